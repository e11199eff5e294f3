"""Tables in any form that support metrics read: files of every kind, with any names, and frames of every engine."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet

from support.dataframes import ENGINES

Value = str | None
Row = Mapping[str, Value]

# Names that mean something to an engine, to the package's own queries, or to a reader of text.
NAMES = (
    *("*", "__id", "__day", "__row", "__reason", "__on_day", "c0", "part_0", "day_0", "list_0", "index", "level_0"),
    *("id", "Created On", "select", "order", "group", 'a"b', "it's", "a,b", "a;b", "a|b", "größe", "日付", "1", "%"),
    *("{x}", "$1", "a\\b", "-", "x.y", "two\nlines", "NULL", "true", "@SUM", "'quoted", "#TYPE"),
)
FOLDERS = ("country=NO", "a b", "x[1]", "*", "year=2026", "Größe", "it's", "100%", "-", "{x,y}", "?")
FILES = ("csv", "csv", "csv", "ndjson", "json", "parquet")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16")


class Table(NamedTuple):
    """A source that the package reads, how it was written, and the name of the column of each role."""

    source: Any
    form: str
    names: Mapping[str, str]


def write_table(rows: Sequence[Row], folder: Path, draw: Random) -> Table:
    """Write rows, whose keys are roles, in a random form, with random names, among other columns."""
    names = dict(zip(rows[0], draw.sample(NAMES, len(rows[0])), strict=True))
    if names.get("escalated") == "id":  # A statement that names a role means its column.
        names["escalated"] = "escalated"
    others = [name for name in draw.sample(NAMES, draw.randrange(3)) if name not in names.values()]
    columns = [*names.values(), *others]
    draw.shuffle(columns)
    by_name = [
        {names[role]: value for role, value in row.items()} | {name: draw.choice(("x", None, "9")) for name in others}
        for row in rows
    ]
    cells = [{name: row[name] for name in columns} for row in by_name]
    if draw.random() < 0.9:
        engine = "polars lazy" if draw.random() < 0.9 else draw.choice([*ENGINES])
        return Table(ENGINES[engine](_arrow(cells, columns, draw)), engine, names)
    place = folder / draw.choice(FOLDERS)
    place.mkdir(exist_ok=True)
    kind = draw.choice(FILES)
    if any('"' in name for name in columns) and kind in ("json", "ndjson"):
        kind = "parquet"  # A name with a quote cannot be read from JSON, which is an error.
    parts = [cells]
    if len(cells) > 1 and draw.random() < 0.2:
        cut = draw.randrange(1, len(cells))
        place, parts = folder, [cells[:cut], cells[cut:]]
    number = draw.randrange(10**9)
    form, pattern = f"{kind}, {len(parts)} files", f"{number}-*.{kind}"
    for at, part in enumerate(parts):
        data, how = _encode(part, columns, kind, draw)
        is_packed = kind != "parquet" and draw.random() < 0.15
        path = place / f"{number}-{at}.{kind}{'.gz' if is_packed else ''}"
        path.write_bytes(gzip.compress(data) if is_packed else data)
        form += f", {how}"
    return Table(str(path) if len(parts) == 1 else str(folder / f"{pattern}*"), form, names)


def _arrow(rows: Sequence[Row], columns: Sequence[str], draw: Random) -> pa.Table:
    """Return rows as an Arrow table, in which columns of whole numbers or days may have that type."""
    is_typed = draw.random() < 0.5
    return pa.table({name: _array([row[name] for row in rows], is_typed) for name in columns})


def _array(values: Sequence[Value], is_typed: bool) -> pa.Array:
    known = [value for value in values if value is not None]
    if is_typed and known and all(value.isascii() and value.isdigit() for value in known):
        return pa.array([None if value is None else int(value) for value in values], pa.int64())
    if is_typed and known and all(_is_day(value) for value in known):
        days = [None if value is None else datetime.date.fromisoformat(value) for value in values]
        return pa.array(days, pa.date32())
    return pa.array(values, pa.string())


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and datetime.date.fromisoformat(value).year >= 1900
    except ValueError:
        return False


def _encode(rows: Sequence[Row], columns: Sequence[str], kind: str, draw: Random) -> tuple[bytes, str]:
    """Return rows as the bytes of a file, and how they are written."""
    if kind == "csv":
        return _encode_csv(rows, columns, draw)
    if kind == "parquet":
        output = io.BytesIO()
        pyarrow.parquet.write_table(_arrow(rows, columns, draw), output)
        return output.getvalue(), kind
    numbers = draw.random() < 0.3
    objects = [{name: _plain(value, numbers) for name, value in row.items()} for row in rows]
    if kind == "ndjson":
        return "".join(json.dumps(one, ensure_ascii=draw.random() < 0.5) + "\n" for one in objects).encode(), kind
    return json.dumps(objects, indent=draw.choice((None, 2))).encode(), kind


def _plain(value: Value, numbers: bool) -> Any:
    is_whole = value is not None and value.isascii() and value.isdigit() and (value == "0" or value[0] != "0")
    return int(str(value)) if numbers and is_whole else value


def _encode_csv(rows: Sequence[Row], columns: Sequence[str], draw: Random) -> tuple[bytes, str]:
    separator, encoding, end = draw.choice(",;\t|"), draw.choice(ENCODINGS), draw.choice(("\n", "\r\n"))
    quoted = draw.random() < 0.5
    text = io.StringIO()
    is_named = draw.random() < 0.1 or separator != ","
    if is_named:  # Separators in names can be as frequent as the real one, which this line names.
        text.write(f"sep={separator}{end}")
    writer = csv.writer(
        text, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    )
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in rows)
    return text.getvalue().encode(encoding), f"{separator!r} {encoding} {end!r} quoted {quoted}"


def lazy_frame(rows: Sequence[Row]) -> Any:
    """Return rows as a lazy frame of Polars, in which every column is text."""
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)).lazy()
