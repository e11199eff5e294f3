"""The rules of Microsoft's Support Services designation: over time, with unknowns, with reasons and sources.

>>> import designation as dsg
>>> partner = dsg.parse_partner({"id": "contoso", "events": []})
>>> assessment = dsg.assess(partner, as_of="2026-09-15")
>>> assessment.term.status
<Status: 'not_attained'>
>>> assessment.eligibility.verdict == "unknown"
True
"""

from __future__ import annotations

from designation import rulebooks
from designation._api import assess, load, load_policy, parse_partner, parse_policy
from designation._core import (
    Action,
    Actor,
    Assessment,
    Authorization,
    AuthorizationType,
    BenefitName,
    Benefits,
    ContractType,
    Diagnostic,
    Eligibility,
    EvaluationName,
    EvaluationResult,
    Evaluations,
    Event,
    EventType,
    Explanation,
    Fees,
    Finding,
    FindingCode,
    Grade,
    Journey,
    LeapDay,
    Outcome,
    Partner,
    PlanStep,
    Policy,
    Renewal,
    Rulebook,
    Segment,
    SolutionArea,
    SolutionsPartnerDesignation,
    Status,
    Step,
    SupportContract,
    Term,
    Verdict,
    __version__,
)
from designation._errors import InputError
from designation._shown import shown
from designation._time import Timeline, next_change, timeline
from designation._versions import show_versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from designation import metrics, plot, portfolio
    from designation._budget import Budget, budget
    from designation._calendar import calendar
    from designation._compare import Change, Comparison, Difference, compare
    from designation._plan import Impossible, Plan, Plans, plan
    from designation._readings import Reading, Readings, readings
    from designation._report import Report, report
    from designation._summary import Summary, summarize
    from designation._table import assess_table, explain_row
    from designation._what_if import what_if

for _bound, _page in ((Assessment, "_text"), (Explanation, "_explanation"), (Partner, "_partner")):
    shown(f"{__name__}.{_page}")(_bound)

_LATER = {
    **dict.fromkeys(("Budget", "budget"), "designation._budget"),
    "calendar": "designation._calendar",
    **dict.fromkeys(("Change", "Comparison", "Difference", "compare"), "designation._compare"),
    **dict.fromkeys(("Impossible", "Plan", "Plans", "plan"), "designation._plan"),
    **dict.fromkeys(("Reading", "Readings", "readings"), "designation._readings"),
    **dict.fromkeys(("Summary", "summarize"), "designation._summary"),
    **dict.fromkeys(("assess_table", "explain_row"), "designation._table"),
    **dict.fromkeys(("Report", "report"), "designation._report"),
    "what_if": "designation._what_if",
}
_MODULES = ("metrics", "plot", "portfolio")

__all__ = [
    "Action",
    "Actor",
    "Assessment",
    "Authorization",
    "AuthorizationType",
    "BenefitName",
    "Benefits",
    "Budget",
    "Change",
    "Comparison",
    "ContractType",
    "Diagnostic",
    "Difference",
    "Eligibility",
    "EvaluationName",
    "EvaluationResult",
    "Evaluations",
    "Event",
    "EventType",
    "Explanation",
    "Fees",
    "Finding",
    "FindingCode",
    "Grade",
    "Impossible",
    "InputError",
    "Journey",
    "LeapDay",
    "Outcome",
    "Partner",
    "Plan",
    "PlanStep",
    "Plans",
    "Policy",
    "Reading",
    "Readings",
    "Renewal",
    "Report",
    "Rulebook",
    "Segment",
    "SolutionArea",
    "SolutionsPartnerDesignation",
    "Status",
    "Step",
    "Summary",
    "SupportContract",
    "Term",
    "Timeline",
    "Verdict",
    "__version__",
    "assess",
    "assess_table",
    "budget",
    "calendar",
    "compare",
    "explain_row",
    "load",
    "load_policy",
    "metrics",
    "next_change",
    "parse_partner",
    "parse_policy",
    "plan",
    "plot",
    "portfolio",
    "readings",
    "report",
    "rulebooks",
    "show_versions",
    "summarize",
    "timeline",
    "what_if",
]


def __getattr__(name: str) -> object:
    # What few programs use is loaded when first used, so that the import stays quick.
    import importlib

    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_LATER[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
