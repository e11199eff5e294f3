"""Output files: never an input, and of a kind that the command writes."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Iterator

from designation.cli._errors import UsageError, label

# The options that name files to read. `--update` of a calendar is read before it is written, on purpose.
INPUTS = (
    *("files", "file", "old", "new", "before", "after", "cases", "business", "answers", "evidence"),
    *("policy", "against", "rulebook", "file_of_changes", "columns", "business_columns"),
)
JSON = (".json", ".ndjson", ".jsonl")
# Endings that say what a file is. A file with another ending, or none, can hold anything.
KINDS = {
    **dict.fromkeys((".pdf", ".doc", ".docx", ".odt", ".ppt", ".pptx"), "a document"),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".ods"), "a workbook"),
    **dict.fromkeys((".csv", ".tsv"), "a table"),
    **dict.fromkeys((".parquet", ".pq"), "a Parquet file"),
    **dict.fromkeys((".html", ".htm"), "a page"),
    **dict.fromkeys((".svg", ".png", ".jpg", ".jpeg", ".gif"), "an image"),
    **dict.fromkeys((".zip", ".gz", ".tar"), "an archive"),
    ".ics": "a calendar",
}
ADVICE = {
    "a page": "designation report writes a page",
    "a calendar": "designation calendar writes a calendar",
    "a table": "designation portfolio writes a table",
    "a workbook": "designation portfolio and designation convert write workbooks",
    "a Parquet file": "designation portfolio and designation convert write Parquet files",
    "an image": "designation report --format svg writes an image",
    "a document": "designation report --format pdf writes a PDF file",
}
OWN: dict[str, dict[str, tuple[str, ...]]] = {
    "impact": {"text": (".html", ".htm", ".parquet", ".csv", ".ndjson", ".jsonl"), "json": JSON},
    "report": {"html": (".html", ".htm"), "pdf": (".pdf",), "svg": (".svg",), "json": JSON},
    "calendar": {"text": (".ics",), "json": JSON},
    "rulebook": {"document": JSON},
    "budget": {"text": (".csv", ".xlsx"), "json": JSON},
}


def check_output(options: argparse.Namespace) -> None:
    """Raise UsageError if the output is an input, or if its ending names a kind that the command does not write."""
    output = getattr(options, "output", None)
    inputs = list(_inputs(options))
    for written in _outputs(options):
        if any(_is_same_file(path, written) for path in inputs):
            raise UsageError(f"{label(written)}: is an input; write to another file [output]")
    if output in (None, "-"):
        return
    name = options.command.__name__.rpartition(".")[2].replace("_", "-")
    if name in ("portfolio", "convert", "init", "schema"):
        return  # They choose the kind by the ending, and refuse others.
    ending, form = os.path.splitext(output)[1].lower(), getattr(options, "format", "text")
    allowed = OWN.get(name, {}).get(form, JSON if form == "json" else ())
    if ending in allowed or ending not in (*KINDS, *JSON):
        return
    if ending in JSON:
        raise UsageError(f"{label(output)}: add --format json to write JSON [output]")
    kind = KINDS[ending]
    own = next((f"add --format {other}" for other, endings in OWN.get(name, {}).items() if ending in endings), None)
    works = f"use {' or '.join(allowed)}" if allowed else "use .txt, or --format json with .json"
    advice = own or f"{works}; {ADVICE[kind]}" if kind in ADVICE else own or works
    raise UsageError(f"{label(output)}: designation {name} does not write {kind}; {advice} [output]")


def _outputs(options: argparse.Namespace) -> Iterator[str]:
    names = ["output", "plot", "record", *(["cases"] if hasattr(options, "lists") else [])]
    yield from (path for name in names if (path := getattr(options, name, None)) not in (None, "-"))


def _inputs(options: argparse.Namespace) -> Iterator[str]:
    if hasattr(options, "lists"):
        yield from (path for _, path in options.lists)
        return
    for name in INPUTS:
        value = getattr(options, name, None)
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def _is_same_file(path: str, output: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(output).st_mode) and os.path.samefile(path, output)
    except OSError:
        return False
