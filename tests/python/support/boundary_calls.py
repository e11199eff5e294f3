"""Call every function, constructor, method and property of the bound module with hostile values.

The stub decides what is called, and with which valid values the other parameters are filled. A process of its own runs
this file, because a crash is one of the results: `python -m support.boundary_calls` prints each call that raises
anything but the permitted errors, and writes each call to the file `--log` before making it.
"""

from __future__ import annotations

import argparse
import ast
import datetime
import decimal
import inspect
import pathlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import designation as dsg
from designation import _core

STUB = ast.parse(pathlib.Path(dsg.__file__).with_name("_core.pyi").read_text("utf-8"))
PERMITTED = (TypeError, ValueError)  # an InputError is a ValueError
ON = datetime.date(2026, 9, 15)


class HostileError(Exception):
    """An error that a value of ours raises; it must come out as it is."""


class HostileDict(dict[Any, Any]):
    """A dict whose methods raise."""

    def _raise(self, *_: object) -> Any:
        raise HostileError

    keys = items = values = get = __getitem__ = __iter__ = __len__ = __contains__ = _raise


class Hostile:
    """An object whose every method raises."""

    def _raise(self, *_: object) -> Any:
        raise HostileError

    __str__ = __repr__ = __hash__ = __eq__ = __bool__ = __len__ = __iter__ = _raise  # type: ignore[assignment]
    __index__ = __int__ = __float__ = __getitem__ = keys = to_dict = __arrow_c_stream__ = _raise


class EndlessDocument:
    """An object whose document holds the object."""

    def to_dict(self) -> dict[str, Any]:
        return {"id": self}


def endless_list() -> list[Any]:
    endless: list[Any] = []
    endless.append(endless)
    return endless


def bound_classes() -> dict[str, type]:
    """Return the bound classes of the stub, without the enumerations."""
    nodes = [node for node in STUB.body if isinstance(node, ast.ClassDef) and node.name != "_Value"]
    found: dict[str, type] = {node.name: getattr(_core, node.name) for node in nodes}
    return {name: bound for name, bound in found.items() if not issubclass(bound, str)}


def hostile_values() -> Iterator[object]:
    """Yield a value of each wrong type, special numbers, and objects of each class made without `__init__`."""
    yield from (
        None,
        True,
        -1,
        0,
        2**63,
        10**400,
        -(10**5000),
        1.5,
        float("nan"),
        float("inf"),
        decimal.Decimal("sNaN"),
    )
    yield from ("", "a", "\ud800", "2026-02-30", "9999-12-31", "\0", "x" * 100_000, b"", b"\xff{", b"[" * 100_000)
    yield from ([], [None], ["\ud800"], [10**400], (), {}, {"id": None}, {"\ud800": 1}, {1: 2}, {"indent": 3})
    yield from (object(), object, Hostile(), HostileDict(id=1), EndlessDocument(), endless_list(), [HostileDict(id=1)])
    yield from (datetime.datetime(2026, 9, 15), datetime.date.max, datetime.date.min, datetime.time(), range(3))
    for bound in bound_classes().values():
        try:
            empty = bound.__new__(bound)
        except TypeError:
            continue
        yield empty
    empty = dsg.Event.__new__(dsg.Event)
    yield from ([empty], {"id": "a", "events": [empty]}, dsg.Partner.__new__(dsg.Partner))


def samples() -> dict[str, object]:
    """Return a valid value for each annotation of a parameter in the stub."""
    partner = dsg.Partner(id="a", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    rules = _core.rules()
    assessment = _core.assess(partner, ON, rules)
    plan = _core.plan_under(partner, ON, "2027-12-31", rules).front[0]
    rulebook = dsg.rulebooks.load("2025-11")
    numbers = {"int": 1, "int | None": 1, "float | None": 1.5, "decimal.Decimal | float": 0}
    texts = {"str": "a", "str | None": "a", "bytes": b'{"id": "a"}', "bytes | str": rulebook.to_json()}
    texts |= {"LeapDay | str": "clamp", "str | Finding": "SSD-T7"}
    days = {"datetime.date": ON, "datetime.date | str": ON, "datetime.date | str | list[datetime.date | str]": ON}
    bound = {"Partner": partner, "Rules": rules, "Assessment": assessment, "Plan": plan, "Rulebook": rulebook}
    bound |= {"Rulebook | None": rulebook, "Policy | None": dsg.Policy()}
    others = {"dict[str, Any]": {"id": "a"}, "Sequence[int]": [], "list[str]": ["status"], "object": dataframe(partner)}
    others |= {"list[Partner | tuple[Partner, datetime.date] | tuple[str, str]]": [partner]}
    return {**numbers, **texts, **days, **bound, **others}


def dataframe(partner: dsg.Partner) -> object:
    """Return a table of one partner, as the class that has an Arrow stream."""
    return _core.assess_partners([partner], _core.rules(), ON, ["status"], "raise", 1)


def values_of(name: str, bound: type) -> object:
    """Return a value of a bound class, found in the results of the module."""
    known = samples()
    partner, assessment, plan = known["Partner"], known["Assessment"], known["Plan"]
    assert isinstance(partner, dsg.Partner)
    assert isinstance(assessment, dsg.Assessment)
    contract = dsg.SupportContract(type="psfp", from_=ON, annual_value={"amount": 1, "currency": "USD"})
    blocked = {"lead_days": {"performance": 3650}}
    impossible = dsg.plan(partner, ON, through="2028-12-31", policy=dsg.Policy(planning=blocked))
    places: list[Any] = [
        *known.values(),
        contract,
        contract.annual_value,
        dsg.Policy(),
        impossible,
        impossible.impossible,
    ]
    places += [dsg.Authorization(type="direct_bill", from_=ON), dsg.Event(on=ON, type="badge_awarded")]
    places += [dsg.SolutionsPartnerDesignation(area="security", from_=ON), plan.steps[0], known["object"]]
    places += [_core.Diagnostic(code="a", message="b"), _core.record_fields()["events"][0]]
    places += [_core.rules().fees["csat"][0], _core.rules().readings["leap_day"], *assessment.findings]
    places += [*assessment.actions, assessment.explain(), *_core.timeline(partner, ON, ON, _core.rules())]
    places += [
        getattr(assessment, part) for part in ("eligibility", "evaluations", "term", "journey", "fees", "benefits")
    ]
    places += [assessment.evaluations.csat, _core.assess(partner, "2027-01-15", _core.rules()).renewal]
    repriced = _core.reprice(plan, _core.rules())
    places += [repriced, repriced.steps[0]]
    return next(place for place in places if isinstance(place, bound))


Call = tuple[str, Callable[..., object], list[object], dict[str, object]]


def calls_of(name: str, function: Callable[..., object], node: ast.FunctionDef, own: list[object]) -> Iterator[Call]:
    """Yield calls with each hostile value in each place, and the plain call itself first."""
    known = samples()
    positional = [each for each in node.args.posonlyargs + node.args.args if each.arg != "self"]
    keywords = node.args.kwonlyargs

    def valid(parameter: ast.arg) -> object:
        assert parameter.annotation is not None
        return known[ast.unparse(parameter.annotation)]

    given = [*own, *map(valid, positional)]
    yield name, function, given, {}
    yield name, function, [*given, None], {}
    yield name, function, [], {"\ud800": 1}
    for hostile in hostile_values():
        for place in range(len(given)):
            yield f"{name} place {place}", function, [*given[:place], hostile, *given[place + 1 :]], {}
        for keyword in keywords:
            yield f"{name} {keyword.arg}=", function, own, {keyword.arg: hostile}
        yield f"{name} everywhere", function, [hostile for _ in given], {each.arg: hostile for each in keywords}


def all_calls() -> Iterator[Call]:
    """Yield the calls of everything that the stub declares."""
    for node in STUB.body:
        if isinstance(node, ast.FunctionDef):
            yield from calls_of(node.name, getattr(_core, node.name), node, [])
    for name, bound in bound_classes().items():
        (declared,) = (node for node in STUB.body if isinstance(node, ast.ClassDef) and node.name == name)
        value = values_of(name, bound)
        hidden = {"__eq__", "__hash__", "__repr__", "__reduce__", "__getstate__", "__setstate__", "__str__"}
        methods = {node.name: node for node in declared.body if isinstance(node, ast.FunctionDef)}
        for method in sorted({*methods, *(hidden & set(vars(bound)))}):
            attribute = vars(bound).get(method)
            if attribute is None or inspect.isfunction(getattr(attribute, "fget", attribute)):
                continue  # Python adds it
            node = methods.get(method) or ast.parse(f"def {method}(self): ...").body[0]
            assert isinstance(node, ast.FunctionDef)
            if method in {"__eq__", "__setstate__"}:
                node = ast.parse(f"def {method}(self, other: object): ...").body[0]  # type: ignore[assignment]
            if isinstance(attribute, property):
                assert attribute.fget is not None
                yield from calls_of(f"{name}.{method}", attribute.fget, node, [value])
            elif method == "__init__":
                yield from calls_of(name, bound, node, [])
            else:
                yield from calls_of(f"{name}.{method}", getattr(bound, method), node, [value])


def show(given: object) -> str:
    """Return a short text of hostile arguments."""
    try:
        return ascii(given)[:200]
    except Exception as error:  # the values raise on purpose
        return f"<{type(given).__name__}: {type(error).__name__}>"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=pathlib.Path, required=True, help="the last call made")
    log = parser.parse_args().log.open("w", encoding="utf-8")
    made = wrong = 0
    for name, function, positional, keywords in all_calls():
        log.seek(0)
        log.truncate()
        log.write(f"{name}: {[show(each) for each in positional]}, {[*map(ascii, keywords)]}")
        log.flush()
        made += 1
        try:
            function(*positional, **keywords)
        except (*PERMITTED, HostileError):
            pass
        except BaseException as error:
            if isinstance(error, KeyError) and ".__getitem__" in name:
                continue
            wrong += 1
            print(f"{name}: {[show(each) for each in positional]}: {error!r:.300}")
    print(f"{made} calls, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
