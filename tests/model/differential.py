"""Compare the package with the model on random histories, and shrink a difference to a conformance case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from conformance.cases import format_case

from .generator import Json, generate
from .rules import assess as expected

Assess = Callable[[Json, str, Json | None], Json]
Differences = dict[str, tuple[Any, Any]]

REQUIRED = ("partner", "as_of", "policy", "id", "on", "type", "outcome", "from", "area", "amount")


def package(partner: Json, as_of: str, policy: Json | None) -> Json:
    import designation as dsg

    return dict(dsg.assess(dsg.parse_partner(partner), as_of=as_of, policy=policy).to_dict())


def differing(ours: Any, theirs: Any, path: str = "") -> Differences:
    """Return the differences by path; members that only the package has do not count."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        parts = [(f"{path}/{key}", value, theirs.get(key, "nothing")) for key, value in ours.items()]
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        parts = [(path, *both) for both in zip(ours, theirs, strict=True)]
    else:
        return {} if isinstance(theirs, type(ours)) and ours == theirs else {path: (ours, theirs)}
    return {at: pair for place, mine, other in parts for at, pair in differing(mine, other, place).items()}


def differences(case: Json, assess: Assess) -> Differences:
    try:
        return differing(expected(**case), assess(case["partner"], case["as_of"], case["policy"]))
    except Exception as error:
        return {type(error).__name__: (None, str(error))}


def smaller(value: Any, key: str = "") -> Iterator[Any]:
    """Return smaller values: each omits or shortens something that a document does not need."""
    if isinstance(value, list):
        yield from (value[:i] + value[i + n :] for n in (16, 4, 1) for i in range(0, len(value), n) if n <= len(value))
        yield from ([*value[:i], less, *value[i + 1 :]] for i, item in enumerate(value) for less in smaller(item))
    if isinstance(value, dict) and key != "dimensions":
        yield from [None] if key == "policy" else []
        yield from ({k: v for k, v in value.items() if k != name} for name in value if name not in REQUIRED)
        yield from (value | {name: less} for name, item in value.items() for less in smaller(item, name))


def shrink(case: Json, assess: Assess) -> Json:
    """Return a minimal case that differs at one of the same paths."""
    places = differences(case, assess).keys()
    for less in smaller(case):
        if differences(less, assess).keys() & places:
            return shrink(less, assess)
    return case


def compare(count: int, seed: int, assess: Assess = package, start: int = 0) -> Json | None:
    """Return the first history of a seed on which both differ, shrunk, and print it as a conformance case."""
    for number in range(start, start + count):
        case = generate(Random(f"{seed}/{number}"))
        if differences(case, assess):
            case = shrink(case, assess)
            found = {"name": f"differential seed {seed} history {number}", **case, "expected": expected(**case)}
            print(format_case(found), end="")
            for path, (ours, theirs) in differences(case, assess).items():
                print(f"{path}: expected {ours!r}, got {theirs!r}")
            return found
    return None
