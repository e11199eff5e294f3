"""What ``--require-grade`` refuses."""

from __future__ import annotations

import argparse

from designation._core import Assessment, Grade
from designation._rulebooks.grades import weaker_than
from designation.cli._errors import UsageError, complain


def add_grade(parser: argparse.ArgumentParser) -> None:
    """Add ``--require-grade``."""
    grades = list(map(str, Grade))
    parser.add_argument(
        "--require-grade",
        metavar="GRADE",
        choices=grades,
        help="refuse answers that lean on weaker sources, and list what does; from the strongest: "
        f"{', '.join(grades)}. An answer leans on a reading where another reading would change it",
    )


def refused(assessment: Assessment, grade: str | None) -> bool:
    """Say on standard error which readings an answer leans on that are too weak; a weak rulebook ends the run."""
    if grade is None:
        return False
    found = weaker_than(assessment, grade)
    cited = [leaning for leaning in found if leaning.grade != "interpretation"]
    if cited:
        raise UsageError("\n".join(f"{assessment.edition}: {leaning}" for leaning in cited))
    for leaning in found:
        complain(f"{assessment.partner.id}: {leaning}")
    return bool(found)
