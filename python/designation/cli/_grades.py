"""The check of ``--require-grade``."""

from __future__ import annotations

import argparse

from designation._core import Assessment, Grade
from designation._rulebooks.grades import find_weaker_reliances
from designation.cli._errors import UsageError, print_error


def add_grade(parser: argparse.ArgumentParser) -> None:
    """Add ``--require-grade``."""
    grades = list(map(str, Grade))
    parser.add_argument(
        "--require-grade",
        metavar="GRADE",
        choices=grades,
        help="reject assessments that rely on sources below GRADE, and list these sources; from the strongest grade: "
        f"{', '.join(grades)}. An interpretation counts only if another reading would change the assessment",
    )


def report_weak_sources(assessment: Assessment, grade: str | None) -> bool:
    """Report the sources that are weaker than a grade, and return whether there are any.

    Raises:
        UsageError: A rule of the rulebook itself cites a weaker source, which concerns every partner.
    """
    if grade is None:
        return False
    weak = find_weaker_reliances(assessment, grade)
    cited = [source for source in weak if source.grade != "interpretation"]
    if cited:
        raise UsageError("\n".join(f"{assessment.edition}: {source}" for source in cited))
    for source in weak:
        print_error(f"{assessment.partner.id}: {source}")
    return bool(weak)
