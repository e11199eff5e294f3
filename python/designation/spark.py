"""Portfolios in Spark: the executors assess batches with the same core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from designation import _core
from designation._api import RulebookSource, as_rulebook, build_rules
from designation._lazy import lazy
from designation._tables.assess_table import parse_as_of, validate_columns, validate_on_error

pa = lazy("pyarrow", "spark")
spark_types = lazy("pyspark.sql.pandas.types", "spark")


def assess(  # noqa: PLR0913 (the parameters of assess_table)
    df: Any,
    as_of: Any = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    *,
    columns: Sequence[str] | None = None,
    on_error: str = "raise",
) -> Any:
    """Assess a Spark DataFrame with one partner per row; Spark computes the result when it needs it.

    Each executor needs the package ``designation``. One thread assesses a batch, because a Spark task has one core.

    Args:
        df: A DataFrame with the columns of a portfolio (docs/portfolio.md).
        as_of: As in `assess_table`. Default: today, by the driver's clock.
        policy: As in `assess`.
        rulebook: As in `assess`.
        columns: As in `assess_table`.
        on_error: As in `assess_table`; an invalid row fails the job, with its column, row in the batch, and id.

    Returns:
        A DataFrame with the columns of `assess_table`; enumerations are strings.

    Raises:
        InputError: The table lacks a column, or the policy does not fit the rulebook.
        ImportError: The extra ``spark`` is not installed.
    """
    rulebook = as_rulebook(rulebook)  # its file is on the driver only
    arguments = (parse_as_of(as_of), validate_columns(columns), validate_on_error(on_error), 1)
    schema = _without_dictionaries(_assess_no_rows(df, build_rules(policy, rulebook), arguments).schema)

    def assess_batches(batches: Iterable[Any]) -> Iterator[Any]:
        rules = build_rules(policy, rulebook)
        for batch in batches:
            if batch.num_rows:
                result = _core.assess_table(pa.Table.from_batches([batch]), rules, *arguments)
                yield from pa.table(result).cast(schema).to_batches()

    return df.mapInArrow(assess_batches, spark_types.from_arrow_schema(schema))


def _assess_no_rows(df: Any, rules: _core.Rules, arguments: tuple[Any, ...]) -> Any:
    """Assess an empty table: the driver then reports a missing column, before an executor does."""
    schema = spark_types.to_arrow_schema(df.schema)
    return pa.table(_core.assess_table(schema.empty_table(), rules, *arguments))


def _without_dictionaries(schema: Any) -> Any:
    """Return the schema with strings instead of dictionaries, which Spark does not have."""
    return pa.schema(
        [
            field.with_type(field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )
