"""The rule engines that `explanations.py` compares: facts on standard input, results and time on standard output.

Each engine is prepared once and receives the facts in the form that suits it best. The time covers the assessment, and
with `--trace` the trace.
"""

from __future__ import annotations

import datetime
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Facts = dict[str, str | None]
# Batches, the function that assesses one, and the function that reads its result, which is not timed.
Asked = tuple[list[Any], Callable[[Any], Any], Callable[[Any], list[list[int]]]]

NAMES = ("csp_authorization", "support_contract", "solutions_partner")
RANK = {"unmet": 0, "unknown": 1, "met": 2}
UFP_NOT_BEFORE, UFP_ANNOUNCED_BY = "2026-07-01", "2027-06-30"
TRACED = "--trace" in sys.argv


def _document(number: int, facts: Facts) -> dict[str, Any]:
    lists = ("csp_authorizations", "support_contracts", "solutions_partner_designations")
    document: dict[str, Any] = {"id": f"p{number}"}
    for name, key in zip(NAMES, lists, strict=True):
        kind = "area" if name == "solutions_partner" else "type"
        record = {kind: facts[name], "from": facts[f"{name}_from"], "through": facts[f"{name}_through"]}
        document[key] = None if facts[name] is None else [] if facts[name] == "none" else [record]
    return document


def designation_table(partners: list[Facts]) -> Asked:
    """Assess a table of partners, each with its own date, for eligibility, on one thread."""
    import pyarrow as pa

    import designation as dsg

    documents = [_document(number, facts) for number, facts in enumerate(partners)]
    table = dsg.portfolio.from_documents(documents).table
    days = [datetime.date.fromisoformat(str(facts["as_of"])) for facts in partners]
    table = table.append_column("day", pa.array(days))

    def ask(given: pa.Table) -> pa.Table:
        return dsg.assess_table(given, "day", columns=["eligibility", *NAMES], threads=1)

    def read(answer: pa.Table) -> list[list[int]]:
        return [[RANK[word] for word in row.values()] for row in answer.to_pylist()]

    return [table], ask, read


def designation(partners: list[Facts]) -> Asked:
    """Build the tree of SSD-P: verdicts, facts with locations, sources, remedies, and requirements."""
    import designation as dsg

    prepared = [
        (dsg.parse_partner(_document(number, facts)), datetime.date.fromisoformat(str(facts["as_of"])))
        for number, facts in enumerate(partners)
    ]

    def ask(given: tuple[dsg.Partner, datetime.date]) -> list[list[int]]:
        why = dsg.assess(given[0], given[1]).explain("SSD-P")
        return [[RANK[str(why.verdict)], *(RANK[str(child.verdict)] for child in why.children)]]

    return prepared, ask, list


def plain_python(partners: list[Facts]) -> Asked:
    """Compute the verdicts, and list the facts used, in plain Python."""
    accepted = {
        "csp_authorization": ("direct_bill", "distributor"),
        "support_contract": ("asfp", "psfp", "ufp"),
        "solutions_partner": ("security", "modern_work"),
    }
    days = {name: (f"{name}_from", f"{name}_through") for name in NAMES}

    def ask(facts: Facts) -> list[list[int]]:
        as_of, trace, verdicts = str(facts["as_of"]), [], []
        for name in NAMES:
            kind, (first, last) = facts[name], days[name]
            if kind is None:
                verdict, why = 1, "not given"
            elif kind not in accepted[name]:
                verdict, why = 0, "not accepted"
            elif not str(facts[first]) <= as_of <= str(facts[last]):
                verdict, why = 0, "not in force"
            elif kind == "ufp" and as_of <= UFP_ANNOUNCED_BY:
                verdict, why = int(as_of >= UFP_NOT_BEFORE), "not there yet, as far as is known"
            else:
                verdict, why = 2, "in force"
            verdicts.append(verdict)
            trace.append({"rule": name, "verdict": verdict, "why": why, "facts": [kind, facts[first], facts[last]]})
        verdicts.insert(0, min(verdicts))
        assert len(trace) == 3
        return [verdicts]

    return partners, ask, list


def openfisca(partners: list[Facts]) -> Asked:
    """Run a traced simulation for each partner; dates are numbers, and kinds are codes."""
    return _openfisca([[facts] for facts in partners])


def openfisca_at_once(partners: list[Facts]) -> Asked:
    """Run one simulation with one trace for all partners, which suits a vector engine best."""
    return _openfisca([partners])


def _openfisca(batches: list[list[Facts]]) -> Asked:
    import numpy as np
    from openfisca_core import entities, taxbenefitsystems, variables
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder

    entity = entities.build_entity(key="partner", plural="partners", label="Partner", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([entity])
    codes = {None: -1, "none": 0, "indirect_reseller": 0, "ufp": 2}
    number_of = {day: datetime.date.fromisoformat(day).toordinal() for day in (UFP_NOT_BEFORE, UFP_ANNOUNCED_BY)}

    def variable(name: str, formula: Any = None) -> None:
        period = DateUnit.DAY if formula else DateUnit.ETERNITY
        body = {"value_type": int, "entity": entity, "definition_period": period, "label": name}
        system.add_variable(type(name, (variables.Variable,), body | ({"formula": formula} if formula else {})))

    def prerequisite(name: str) -> Any:
        def formula(partner: Any, period: Any, _parameters: Any) -> Any:
            kind, as_of = partner(f"{name}_kind", period), partner("as_of", period)
            runs = (partner(f"{name}_from", period) <= as_of) & (as_of <= partner(f"{name}_through", period))
            ahead, waits = as_of < number_of[UFP_NOT_BEFORE], as_of <= number_of[UFP_ANNOUNCED_BY]
            cases = [kind == -1, (kind == 0) | ~runs, (kind == 2) & ahead, (kind == 2) & waits]
            return np.select(cases, [1, 0, 0, 1], 2)

        return formula

    variable("as_of")
    for name in NAMES:
        for part in ("kind", "from", "through"):
            variable(f"{name}_{part}")
        variable(name, prerequisite(name))

    def eligible(partner: Any, period: Any, _parameters: Any) -> Any:
        return np.minimum.reduce([partner(name, period) for name in NAMES])

    variable("eligibility", eligible)

    def ordinal(day: str | None) -> int:
        return datetime.date.fromisoformat(day).toordinal() if day else 0

    prepared = []
    for batch in batches:
        columns = {"as_of": [ordinal(facts["as_of"]) for facts in batch]}
        for name in NAMES:
            columns[f"{name}_kind"] = [codes.get(facts[name], 1) for facts in batch]
            for part in ("from", "through"):
                columns[f"{name}_{part}"] = [ordinal(facts[f"{name}_{part}"]) for facts in batch]
        prepared.append({key: np.array(values) for key, values in columns.items()})

    def ask(given: dict[str, Any]) -> list[Any]:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(given["as_of"]))
        simulation.trace = TRACED
        for key, value in given.items():
            simulation.set_input(key, "ETERNITY", value)
        verdicts = [simulation.calculate(name, "2026-01-01") for name in ("eligibility", *NAMES)]
        assert not TRACED or simulation.tracer.get_serialized_flat_trace()
        return verdicts

    def read(verdicts: list[Any]) -> list[list[int]]:
        return [list(answer) for answer in zip(*(each.tolist() for each in verdicts), strict=True)]

    return prepared, ask, read


def zen(partners: list[Facts]) -> Asked:
    """Evaluate expressions over the facts with a trace; dates are numbers, which is fastest."""
    import zen as engine

    accepted = {
        "csp_authorization": "['direct_bill', 'distributor']",
        "support_contract": "['asfp', 'psfp', 'ufp']",
        "solutions_partner": "['security', 'modern_work']",
    }
    first, last = (datetime.date.fromisoformat(day).toordinal() for day in (UFP_NOT_BEFORE, UFP_ANNOUNCED_BY))
    expressions = []
    for name in NAMES:
        there = f"({name} == 'ufp' and as_of < {first}) ? 0 : ({name} == 'ufp' and as_of <= {last}) ? 1 : 2"
        in_force = f"({name} in {accepted[name]} and {name}_from <= as_of and as_of <= {name}_through)"
        expressions.append((f"{name}_verdict", f"{name} == null ? 1 : {in_force} ? ({there}) : 0"))
    expressions.append(("eligibility", f"min([{', '.join(f'$.{name}_verdict' for name in NAMES)}])"))
    content = {"expressions": [{"id": key, "key": key, "value": value} for key, value in expressions]}
    nodes = [
        {"id": "i", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {"id": "e", "type": "expressionNode", "name": "e", "position": {"x": 1, "y": 0}, "content": content},
        {"id": "o", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]
    edges = [{"id": a + b, "type": "edge", "sourceId": a, "targetId": b} for a, b in ("ie", "eo")]
    graph = json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})
    decision = engine.ZenEngine().create_decision(engine.ZenDecisionContent(graph))

    def number(key: str, value: str | None) -> str | int | None:
        is_day = key == "as_of" or key.endswith(("_from", "_through"))
        return datetime.date.fromisoformat(value).toordinal() if value and is_day else value

    def ask(facts: dict[str, Any]) -> list[list[int]]:
        answer = decision.evaluate(facts, {"trace": TRACED})
        assert not TRACED or answer["trace"]
        result = answer["result"]
        return [[int(result["eligibility"]), *(int(result[f"{name}_verdict"]) for name in NAMES)]]

    return [{key: number(key, value) for key, value in facts.items()} for facts in partners], ask, list


def main() -> None:
    """Assess every partner, then once more with a timer."""
    known = (designation, designation_table, plain_python, openfisca, openfisca_at_once, zen)
    contender = {f.__name__: f for f in known}[sys.argv[1]]
    partners = json.load(sys.stdin)
    prepared, ask, read = contender(partners)
    answers = [answer for given in prepared for answer in read(ask(given))]
    start = time.perf_counter_ns()
    for given in prepared:
        ask(given)
    elapsed = (time.perf_counter_ns() - start) / len(partners) / 1000
    json.dump({"answers": answers, "microseconds": elapsed}, sys.stdout)


if __name__ == "__main__":
    main()
