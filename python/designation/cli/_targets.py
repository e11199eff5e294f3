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
# Endings that say what a file is, and what writes one. A file with another ending, or none, can hold anything.
ADVICE = {
    **dict.fromkeys(
        (".pdf", ".doc", ".docx", ".odt", ".ppt", ".pptx"), "designation report --format pdf writes a PDF file"
    ),
    **dict.fromkeys(
        (".xls", ".xlsx", ".xlsm", ".ods"),
        "designation portfolio, designation convert, and designation init --excel write .xlsx files",
    ),
    **dict.fromkeys((".csv", ".tsv"), "designation portfolio and designation convert write .csv files"),
    **dict.fromkeys((".parquet", ".pq"), "designation portfolio and designation convert write .parquet files"),
    **dict.fromkeys((".html", ".htm"), "designation report writes an .html file"),
    **dict.fromkeys((".svg", ".png", ".jpg", ".jpeg", ".gif"), "designation report --format svg writes an .svg file"),
    **dict.fromkeys((".zip", ".gz", ".tar"), ""),
    ".ics": "designation calendar writes an .ics file",
}
OWN: dict[str, dict[str, tuple[str, ...]]] = {
    "impact": {"text": (".html", ".htm", ".parquet", ".csv", ".ndjson", ".jsonl"), "json": JSON},
    "report": {"html": (".html", ".htm"), "pdf": (".pdf",), "svg": (".svg",), "json": JSON},
    "calendar": {"text": (".ics",), "json": JSON},
    "rulebook": {"document": JSON},
    "budget": {"text": (".csv", ".xlsx"), "json": JSON},
    "init": {"text": JSON},
    "schema": {"text": JSON},
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
    if name in ("portfolio", "convert"):
        return  # They choose the kind by the ending, and refuse others.
    ending, form = os.path.splitext(output)[1].lower(), getattr(options, "format", "text")
    allowed = OWN.get(name, {}).get(form, JSON if form == "json" else ())
    if ending in allowed or ending not in (*ADVICE, *JSON):
        return
    if ending in JSON:
        raise UsageError(f"{label(output)}: add --format json to write JSON [output]")
    if own := next((other for other, endings in OWN.get(name, {}).items() if ending in endings), None):
        raise UsageError(f"{label(output)}: add --format {own} to write a {ending} file [output]")
    works = "use " + (" or ".join(allowed) or ".txt, or --format json with .json")
    advice = "; ".join(filter(None, [works, ADVICE[ending]]))
    raise UsageError(f"{label(output)}: designation {name} does not write {ending} files; {advice} [output]")


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
