"""The rules of Microsoft's Support Services designation: over time, with unknowns, reasons, and sources.

>>> import designation as dsg
>>> partner = dsg.parse_partner({"id": "contoso", "events": []})
>>> assessment = dsg.assess(partner, as_of="2026-09-15")
>>> assessment.term.status
<Status: 'not_attained'>
>>> assessment.eligibility.verdict == "unknown"
True
"""

from __future__ import annotations

from designation import _display
from designation._api import assess, load, load_policy, parse_partner, parse_policy
from designation._core import (
    Action,
    Actor,
    Assessment,
    Authorization,
    AuthorizationType,
    Benefit,
    Benefits,
    ContractType,
    Diagnostic,
    Eligibility,
    Evaluation,
    EvaluationResult,
    Evaluations,
    Event,
    EventType,
    Explanation,
    Fees,
    Finding,
    FindingCode,
    Grade,
    Impossible,
    Journey,
    LeapDay,
    Money,
    Outcome,
    Partner,
    Plan,
    Plans,
    PlanStep,
    Policy,
    Renewal,
    RepricedPlan,
    RepricedStep,
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
from designation._lazy import TYPE_CHECKING, lazy, need

# The core is a layer below pages and differences; the package is above both and connects them.
_display.pages = lazy("designation._text.pages")
for _class in (Assessment, Explanation, Partner, Plan, Plans):
    _display.displayable(_class)
_timeline = lazy("designation._answers.timeline")


def _next_change(assessment: Assessment) -> Change | None:
    """The first later day on which the state differs, with the differences; None if there is none."""
    change: Change | None = _timeline.next_change_after(assessment)
    return change


setattr(Assessment, "next_change", property(_next_change))  # noqa: B010 (mypy rejects an assignment to an undeclared attribute)

if TYPE_CHECKING:
    from designation import metrics, plot, portfolio, rulebooks
    from designation._answers.budget import Budget, budget
    from designation._answers.budget_change import BudgetChange
    from designation._answers.compare import Comparison, compare
    from designation._answers.difference import Change, Difference
    from designation._answers.plan import plan, reprice
    from designation._answers.readings import Reading, Readings, readings
    from designation._answers.record import record
    from designation._answers.replay import Replay, replay
    from designation._answers.timeline import Timeline, next_change, timeline
    from designation._answers.what_if import what_if
    from designation._report import Report, report
    from designation._tables.assess_table import assess_table, explain_row
    from designation._tables.impact import Impact, impact
    from designation._tables.summary import Summary, summarize
    from designation._text.calendar import calendar
    from designation._versions import show_versions
    from designation.portfolio._convert import check, convert

# These names are imported on first use, to keep `import designation` fast. Some are not public, but pickles of results
# name them.
_LAZY = {
    "metrics": (),
    "plot": (),
    "portfolio": (),
    "rulebooks": (),
    "_answers.assumptions": ("Gap", "LaterFees"),
    "_answers.budget": ("Budget", "Fee", "Unplanned", "budget"),
    "_answers.budget_change": ("BudgetChange", "FeeEffect"),
    "_answers.compare": ("Comparison", "compare"),
    "_answers.difference": ("Change", "Difference"),
    "_answers.plan": ("plan", "reprice"),
    "_answers.readings": ("Reading", "Readings", "readings"),
    "_answers.record": ("record",),
    "_answers.replay": ("RecordDifference", "Replay", "replay"),
    "_answers.sides": ("ImpactSide",),
    "_answers.timeline": ("Timeline", "next_change", "timeline"),
    "_answers.what_if": ("what_if",),
    "_rulebooks.diff": ("RulebookDiff", "RulebookDifference"),
    "_rulebooks.grades": ("Reliance",),
    "_report": ("Report", "report"),
    "_tables.assess_table": ("assess_table", "explain_row"),
    "_tables.impact": ("Impact", "impact"),
    "_tables.impact_groups": ("ImpactGroup", "ImpactMove"),
    "_tables.impact_plans": ("PlanChange", "PlanImpact"),
    "_tables.portfolio_readings": ("PortfolioReadings",),
    "_tables.summary": (
        "ActionTotal",
        "Deadline",
        "EndingCount",
        "FactNeeded",
        "FeeTotal",
        "MissingCount",
        "Summary",
        "summarize",
    ),
    "_text.calendar": ("calendar",),
    "_versions": ("show_versions",),
    "portfolio._convert": ("check", "convert"),
}

__all__ = [
    "Action",
    "Actor",
    "Assessment",
    "Authorization",
    "AuthorizationType",
    "Benefit",
    "Benefits",
    "Budget",
    "BudgetChange",
    "Change",
    "Comparison",
    "ContractType",
    "Diagnostic",
    "Difference",
    "Eligibility",
    "Evaluation",
    "EvaluationResult",
    "Evaluations",
    "Event",
    "EventType",
    "Explanation",
    "Fees",
    "Finding",
    "FindingCode",
    "Grade",
    "Impact",
    "Impossible",
    "InputError",
    "Journey",
    "LeapDay",
    "Money",
    "Outcome",
    "Partner",
    "Plan",
    "PlanStep",
    "Plans",
    "Policy",
    "Reading",
    "Readings",
    "Renewal",
    "Replay",
    "Report",
    "RepricedPlan",
    "RepricedStep",
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
    "check",
    "compare",
    "convert",
    "explain_row",
    "impact",
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
    "record",
    "replay",
    "report",
    "reprice",
    "rulebooks",
    "show_versions",
    "summarize",
    "timeline",
    "what_if",
]


def __getattr__(name: str) -> object:
    for module, names in _LAZY.items():
        if name == module or name in names:
            value: object = need(f"{__name__}.{module}")
            globals()[name] = value = getattr(value, name) if names else value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
