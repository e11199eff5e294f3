"""The model of a partner's report as plain values, which the templates only lay out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from designation import _core
from designation._answers.budget import add_up_plans
from designation._answers.plan import SUBJECTS
from designation._answers.readings import Reading, Readings, readings
from designation._days import years_after
from designation._records import type_of
from designation._report._standing import build_standing, later_editions
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES
from designation._text.drawing import draw_benefits, draw_timeline, report_span
from designation._text.explanation import (
    currency_of,
    describe_pointer,
    format_citation,
    format_details,
    format_title,
    format_verdict,
)
from designation._text.outlook import describe_deadline, describe_open_questions
from designation._text.sentences import by_days, describe_effects
from designation._text.unknowns import describe_unknowns
from designation._text.wording import Wording, capitalize, format_money, humanize

Model = dict[str, Any]

PLANNED_YEARS = 5


def build_partner_model(partner: _core.Partner, as_of: datetime.date, rules: _core.Rules) -> Model:
    """Build the model of a partner's report."""
    assessment = _core.assess(partner, as_of, rules)
    wording, currency = Wording(assessment.rulebook), currency_of(assessment)
    span = report_span(partner, as_of)
    segments = _core.timeline(partner, *span, rules)
    found = readings(partner, as_of, assessment.policy, assessment.rulebook, span)
    return {
        "kind": "partner",
        "title": partner.name or partner.id,
        "id": partner.id,
        "as_of": str(as_of),
        "edition": assessment.edition,
        "edition_title": assessment.rulebook.title,
        "later_editions": later_editions(assessment.edition),
        **build_standing(assessment, currency),
        "actions": [build_action(action, currency) for action in assessment.actions],
        "deadline": describe_deadline(assessment),
        "deciding": describe_open_questions(assessment),
        "timeline": draw_timeline(partner, segments, as_of),
        "checks": _checks(assessment, wording),
        "benefits": draw_benefits(segments, as_of, wording),
        "plan": build_plans(partner, as_of, rules),
        "findings": [
            {"on": str(one.on), "code": str(one.code), "why": _node(assessment.explain(one).to_dict(), currency)}
            for one in assessment.findings
        ],
        "findings_known": partner.events is not None,
        "unknown": describe_unknowns(assessment, wording),
        "facts_needed": [describe_pointer(pointer) for pointer in assessment.explain().facts_needed],
        "interpretations": _interpretations(found, rules, wording),
        "span": [str(day) for day in span],
        "explanations": [_node(assessment.explain(rule).to_dict(), currency) for rule in _explained_rules(assessment)],
        "policy": assessment.policy.to_dict(),
        "provenance": assessment.provenance,
        "assessment": assessment.to_dict(),
        "partner": partner.to_dict(),
    }


def build_action(action: _core.Action, currency: str) -> Model:
    """Build an action: who does what by when, and its fee."""
    return {
        "actor": humanize(action.actor),
        "do": action.do,
        "from": str(action.not_before),
        "by": str(action.by or ""),
        "overdue_since": str(action.overdue_since or ""),
        "fee": "" if action.fee is None else format_money(action.fee, currency),
        "rule": action.rule,
    }


def _checks(assessment: _core.Assessment, wording: Wording) -> list[Model]:
    def check(rule: str, verdict: str, detail: str) -> Model:
        return {
            "verdict": humanize(verdict),
            "token": str(verdict),
            "title": wording.title(rule),
            "detail": detail,
            "rule": rule,
        }

    amounts = {
        name: format_money(amount["amount"], amount["currency"]) if amount else ""
        for name, amount in assessment.to_dict()["amounts"].items()
    }
    verdicts = assessment.eligibility.prerequisites
    groups = {
        "Prerequisites": [
            check(rule, verdicts[name], _records_of(assessment, rule) or f"required: {wording.text(rule)}")
            for name, rule in PREREQUISITES.items()
        ],
        "Evaluations": [
            check(EVALUATIONS[name], result.verdict, _validity(result))
            for name, result in assessment.evaluations.items()
        ],
        "Benefits": [
            check(rule, assessment.benefits[name], amounts.get(name) or _requirement(assessment, rule))
            for name, rule in BENEFITS.items()
        ],
    }
    return [{"label": label, "checks": checks} for label, checks in groups.items()]


def _records_of(assessment: _core.Assessment, rule: str) -> str:
    explanation = assessment.explain(rule)
    met = explanation.verdict == "met"
    return "; ".join(_record(fact["value"]) for fact in explanation.facts) if met else ""


def _record(record: dict[str, str]) -> str:
    through = f" through {record['through']}" if "through" in record else ""
    return f"{humanize(type_of(record))} from {record['from']}{through}"


def _requirement(assessment: _core.Assessment, rule: str) -> str:
    shortfall = assessment.explain(rule).to_dict().get("shortfall")
    return f"requires {shortfall['required']}" if shortfall else ""


def _validity(result: _core.EvaluationResult) -> str:
    if result.passed_on is None:
        return "" if result.verdict == "unknown" else "no pass that counts"
    return f"passed {result.passed_on}, last day {result.valid_through}"


def build_plans(partner: _core.Partner, as_of: datetime.date, rules: _core.Rules) -> Model:
    """Build the plans that no other plan beats, and the steps and fees of the recommended one."""
    through = years_after(as_of, PLANNED_YEARS)
    plans = _core.plan_under(partner, as_of, through, rules)
    recommended = plans.recommended
    no_plan = str(plans.impossible) if plans.impossible else "the events are not given" if plans.facts_needed else ""
    costs = add_up_plans([plans], as_of, through, rules)
    return {
        "through": str(through),
        "no_plan": no_plan,
        "front": [
            {
                "fees": format_money(plan.fees, plans.currency),
                "lapsed_days": plan.lapsed_days,
                "held_until": str(plan.held_until),
                "depends_on": [humanize(interpretation) for interpretation in plan.readings],
                "recommended": plan == recommended,
            }
            for plan in plans.front
        ],
        "steps": [_step(step, plans.currency) for step in (recommended.steps if recommended else ())],
        "by_fiscal_year": [
            [f"FY{year}", format_money(sum_, plans.currency)] for year, sum_ in costs.by_fiscal_year.items()
        ],
        "total": format_money(costs.total, plans.currency),
    }


def _step(step: _core.PlanStep, currency: str) -> Model:
    result = f"valid through {step.valid_through}" if step.valid_through else f"the term expires on {step.expires_on}"
    return {
        "on": str(step.on),
        "latest": str(step.latest),
        "what": capitalize(humanize(SUBJECTS[step.type])),
        "who": " and ".join(humanize(actor) for actor in (step.actor, step.then) if actor),
        "fee": format_money(step.fee, currency) if step.valid_through else "",
        "result": result,
    }


def _interpretations(found: Readings, rules: _core.Rules, wording: Wording) -> list[Model]:
    changing = {reading.interpretation: reading for reading in found.changing}
    texts = wording.content["interpretations"]
    return [
        {
            "name": humanize(name),
            "question": texts[name]["question"],
            "used": humanize(both.used),
            "alternative": humanize(both.alternative),
            **_effect(changing.get(name), found.assessment),
        }
        for name, both in rules.readings.items()
    ]


def _effect(reading: Reading | None, assessment: _core.Assessment) -> Model:
    """Return what the other reading of an interpretation changes."""
    if reading is None:
        return {"effect": "changes nothing here", "differences": []}
    as_of = assessment.as_of
    now = [f"as of {as_of}: {effect}" for effect in describe_effects(reading.now, assessment)]
    over_time = [
        f"{days}: {', '.join(describe_effects(group, assessment))}" for days, group in by_days(reading.over_time)
    ]
    first = min((one.from_ for one in reading.over_time if one.from_), default=None)
    effect = f"changes the assessment as of {as_of}" if now else f"changes days from {first}"
    return {"effect": effect, "differences": now + over_time}


def _explained_rules(assessment: _core.Assessment) -> Iterator[str]:
    yield "SSD-T7"
    yield "SSD-J3" if assessment.renewal is None else "SSD-R"
    yield "SSD-F2"


def _node(node: dict[str, Any], currency: str) -> Model:
    citation = node["citation"]
    url = citation.get("url", "")
    return {
        "title": node["title"],
        "answer": format_verdict(node) if node["verdict"] else "",
        "token": (node["verdict"] or "") if node["counts"] else "",
        "headline": format_title(node, currency),
        "rule": node["rule"],
        "open": node["verdict"] in ("unmet", "unknown"),
        "details": format_details(node, currency),
        "source": format_citation(citation),
        "url": url if url.startswith("https://") else "",
        "why_not": node.get("why_not") or "",
        "children": [_node(child, currency) for child in node["children"]],
    }
