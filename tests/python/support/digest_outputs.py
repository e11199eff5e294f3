"""Print a digest of the output of every entry point; test_determinism runs this program in several environments."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import locale
import os
import pathlib
import random
import sys
import tempfile
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet

import designation as dsg
from designation.cli import main
from model.generator import generate
from support.portfolio_tables import table_of

EXAMPLES = pathlib.Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
CONTOSO = str(EXAMPLES / "contoso.json")
# Every command that assesses a partner or a table, with the same input.
COMMANDS = (
    ["assess", CONTOSO, "--as-of", AS_OF],
    ["assess", CONTOSO, "--as-of", AS_OF, "--format", "json"],
    ["explain", CONTOSO, "--as-of", AS_OF],
    ["timeline", CONTOSO, "--as-of", AS_OF],
    ["plan", CONTOSO, "--as-of", AS_OF, "--through", "2031-12-31"],
    ["budget", CONTOSO, "--as-of", AS_OF, "--through", "2031-12-31"],
    ["readings", CONTOSO, "--as-of", AS_OF],
    ["impact", "2026-09-15", "2027-01-15", CONTOSO, "--plans", "--format", "json"],
    ["rulebook", "diff", "2025-11", "2026-04"],
)


def outputs(threads: int) -> Iterator[tuple[str, bytes]]:
    """Return the output of each entry point, by name."""
    cases = [generate(random.Random(seed)) for seed in range(60)]
    partners = [dsg.parse_partner(case["partner"] | {"id": f"p{i}"}) for i, case in enumerate(cases)]
    for i, (case, partner) in enumerate(zip(cases, partners, strict=True)):
        assessment = dsg.assess(partner, case["as_of"], case["policy"])
        yield f"assess {i}", assessment.to_json().encode()
        yield f"explain {i}", (assessment.explain().to_json() + str(assessment.explain())).encode()
    partner = dsg.load(CONTOSO)
    segments = dsg.timeline(partner, "2025-01-01", "2031-12-31").segments
    yield "timeline", "".join(f"{s.from_} {s.through} {s.assessment.to_json()}" for s in segments).encode()
    yield "plan", json.dumps(dsg.plan(partner, as_of=AS_OF, through="2031-12-31").to_dict()).encode()
    yield "calendar", dsg.calendar(partner, as_of=AS_OF, through="2031-12-31").to_ical()
    yield "html", dsg.assess(partner, AS_OF)._repr_html_().encode()
    report = dsg.report(partner, AS_OF)
    assert report.timeline_svg is not None
    yield "report", report.html.encode()
    yield "report's timeline", report.timeline_svg.encode()
    yield "report of a portfolio", dsg.report(partners, AS_OF).html.encode()

    table = table_of([case["partner"] for case in cases] * 2000)
    answer = dsg.assess_table(table, AS_OF, threads=threads)
    sink = io.BytesIO()
    pa.parquet.write_table(answer, sink)
    yield "portfolio", sink.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "partners.parquet")
        some = table.slice(0, 5000)
        ids = pa.array([f"p{i}" for i in range(some.num_rows)])
        pa.parquet.write_table(some.set_column(some.schema.get_field_index("id"), "id", ids), source)
        for ending in ("parquet", "ndjson", "csv"):
            target = os.path.join(folder, f"assessed.{ending}")
            assert run_command("portfolio", source, "--as-of", AS_OF, "--threads", str(threads), "-o", target)[0] == 0
            yield f"portfolio as {ending}", pathlib.Path(target).read_bytes()
    for command in COMMANDS:
        status, text = run_command(*command)
        yield " ".join(command), f"{status} {text}".encode()


def run_command(*command: str) -> tuple[int, str]:
    with contextlib.redirect_stdout(io.StringIO()) as text, contextlib.redirect_stderr(io.StringIO()):
        status = main(list(command))
    return status, text.getvalue()


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    print(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in outputs(int(sys.argv[1]))}))
