"""Portfolios in Spark: the same kernel, batch by batch, on the executors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from designation import _core
from designation._api import rules_of
from designation._lazy import lazy
from designation._tables.assess_table import checked, days_of, which

pa = lazy("pyarrow", "spark")
spark_types = lazy("pyspark.sql.pandas.types", "spark")


def assess(  # noqa: PLR0913 (as assess_table has them)
    df: Any,
    as_of: Any = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
    *,
    columns: Sequence[str] | None = None,
    on_error: str = "raise",
) -> Any:
    """Assess a Spark DataFrame, one partner a row; lazily, as Spark does.

    Each executor needs the package ``designation``; a batch is assessed by one thread, since Spark gives a task a core.

    Args:
        df: A DataFrame with the columns of a portfolio (docs/portfolio.md).
        as_of: As in `assess_table`. Default: today, by the driver's clock.
        policy: As in `assess`.
        rulebook: As in `assess`.
        columns: As in `assess_table`.
        on_error: As in `assess_table`; a row that is refused fails the job, with its column, row in its batch and id.

    Returns:
        A DataFrame with the columns of `assess_table`, words as strings.

    Raises:
        InputError: The table lacks a column, or the policy does not fit the rulebook.
        ImportError: The extra ``spark`` is not installed.
    """
    question = (days_of(as_of), checked(columns), which(on_error), 1)
    schema = _plain(_answer_to_none(df, rules_of(policy, rulebook), question).schema)

    def each(batches: Iterable[Any]) -> Iterator[Any]:
        rules = rules_of(policy, rulebook)
        for batch in batches:
            if batch.num_rows:
                answer = _core.assess_table(pa.Table.from_batches([batch]), rules, *question)
                yield from pa.table(answer).cast(schema).to_batches()

    return df.mapInArrow(each, spark_types.from_arrow_schema(schema))


def _answer_to_none(df: Any, rules: _core.Rules, question: tuple[Any, ...]) -> Any:
    """Answer a table without rows: what it lacks is said at once, and not by an executor."""
    schema = spark_types.to_arrow_schema(df.schema)
    return pa.table(_core.assess_table(schema.empty_table(), rules, *question))


def _plain(schema: Any) -> Any:
    """Give the columns with words as strings: Spark has no dictionaries."""
    return pa.schema(
        [
            field.with_type(field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )
