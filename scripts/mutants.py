"""Mutants: small changes of the rules' C++ that a test should notice, and the sources that hold them all at once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "cpp" / "src" / "rules"
FAMILIES = sorted(path.stem for path in RULES.glob("*.cpp"))

RELATIONS = {
    " < ": (" <= ", " > "),
    " <= ": (" < ", " > "),
    " > ": (" >= ", " < "),
    " >= ": (" > ", " < "),
    " == ": (" != ",),
    " != ": (" == ",),
}
WORDS = {
    "Verdict::met": ("Verdict::unmet", "Verdict::unknown"),
    "Verdict::unmet": ("Verdict::met", "Verdict::unknown"),
    "Verdict::unknown": ("Verdict::met", "Verdict::unmet"),
    "Outcome::pass": ("Outcome::fail",),
    "Outcome::eligible": ("Outcome::ineligible",),
    "Outcome::ineligible": ("Outcome::eligible",),
    "Status::active": ("Status::expired",),
    "Status::renewal_open": ("Status::active",),
    "Status::renewal_overdue": ("Status::expired",),
    "Status::expired": ("Status::renewal_overdue",),
    "Status::not_attained": ("Status::expired",),
    "Status::unknown": ("Status::not_attained",),
    "window.from": ("window.through",),
    "window.through": ("window.from",),
    "std::ranges::upper_bound": ("std::ranges::lower_bound",),
    "std::ranges::any_of": ("std::ranges::all_of", "std::ranges::none_of"),
    "true": ("false",),
    "false": ("true",),
}
ASSIGNMENTS = {" &= ": (" |= ", " = "), " |= ": (" &= ", " = "), " += ": (" -= ", " = ")}


class Mutant(NamedTuple):
    """A part of a family's source or header, and its replacement.

    `kind` says what the part is to the compiler: a condition, a value or a statement.
    """

    family: str
    begin: int
    end: int
    replacement: str
    kind: str

    @property
    def row(self) -> tuple[str, str, str]:
        """The family, the line with the part in brackets, and the replacement, as the pages show them."""
        text = source_of(self.family)
        first = text.rfind("\n", 0, self.begin) + 1
        last = text.find("\n", self.end)
        marked = f"{text[first : self.begin]}[{text[self.begin : self.end]}]{text[self.end : last]}"
        return self.family, " ".join(marked.split()), " ".join(self.replacement.split()) or "nothing"

    @property
    def line(self) -> int:
        return source_of(self.family).count("\n", 0, self.begin) + 1

    def __str__(self) -> str:
        _, before, after = self.row
        return f"{path_of(self.family).name}:{self.line}: {before}  ->  {after}"


def path_of(family: str) -> Path:
    """Return the path of a family's source, or of its header if the name ends in `.hpp`."""
    return ROOT / "cpp" / "include" / "designation" / family if is_header(family) else RULES / f"{family}.cpp"


def is_header(family: str) -> bool:
    return family.endswith(".hpp")


@functools.cache
def source_of(family: str) -> str:
    return path_of(family).read_text("utf-8")


@functools.cache
def code_of(family: str) -> str:
    """Return the source with comments, string literals and preprocessor lines replaced by blanks."""
    return re.sub(r'//.*|"[^"\n]*"|^#.*', lambda match: " " * len(match[0]), source_of(family), flags=re.MULTILINE)


def mutants(family: str) -> Iterator[Mutant]:  # noqa: PLR0912 - one kind of mutant after the other
    """Return each mutant: a changed condition, relation, number, word or sign, or a removed statement."""
    code = code_of(family)
    for begin, end in dict.fromkeys(conditions(code)):
        condition = code[begin:end]
        for replacement in ("true", "false", f"!({condition})"):
            yield Mutant(family, begin, end, replacement, "condition")
        for old, news in RELATIONS.items():
            if len(re.findall("|".join(RELATIONS), condition)) == 1 and old in condition:
                yield from (Mutant(family, begin, end, condition.replace(old, new), "condition") for new in news)
        for old, new in ((" && ", " || "), (" || ", " && ")):
            if old in condition and condition.count(old) == len(re.findall(r"&&|\|\|", condition)):
                yield Mutant(family, begin, end, condition.replace(old, new, 1), "condition")
    for old, news in WORDS.items():
        for match in re.finditer(rf"(?<![\w:.]){re.escape(old)}(?!\w)", code):
            if "case" not in code[code.rfind("\n", 0, match.start()) : match.start()]:
                function = old.startswith("std::")
                begin, end = match.start(), closing(code, match.end() + 1) + 1 if function else match.end()
                rest = code[match.end() : end]
                yield from (Mutant(family, begin, end, new + rest, "value") for new in news)
    for match in re.finditer(r"std::(max|min)\(", code):
        other = {"max": "std::min(", "min": "std::max("}[match[1]]
        end = closing(code, match.end()) + 1
        yield Mutant(family, match.start(), end, other + code[match.end() : end], "value")
    for match in re.finditer(r"(?<![\w.:\[])\d+(?![\w'])", code):
        yield from (Mutant(family, *match.span(), str(int(match[0]) + by), "value") for by in (1, -1))
    for match in re.finditer(r"[\w.>()-]+(?:\(\w+\))?( [-+] )[\w.]+", code):
        if match[0].count("(") == match[0].count(")"):
            other = match[0].replace(match[1], " - " if "+" in match[1] else " + ")
            yield Mutant(family, *match.span(), other, "value")
    for match in re.finditer(r"(?<=[ )])[\w.\[\]>-]+( (?:&=|\|=|\+=) )[^;{}]+;", code):
        for new in ASSIGNMENTS[match[1]]:
            yield Mutant(family, *match.span(), match[0].replace(match[1], new, 1), "statement")
    declared = (
        r"(?:return|const|using|static|case|default|struct|class|enum|if|for|while)\b|[\w:<>, &*]+ [&*]?\w+[;({ ]"
    )
    for match in re.finditer(rf"^ +(?!{declared})[\w*(:][^;{{}}]*;$", code, re.MULTILINE):
        begin = match.end() - len(match[0].lstrip())
        if code[:begin].rstrip()[-1] in ";{})":  # otherwise the line continues an expression
            yield Mutant(family, begin, match.end(), ";", "statement")


def conditions(code: str) -> Iterator[tuple[int, int]]:
    """Return the conditions of `if`, `while` and `?`, and the clauses that they consist of."""
    for match in re.finditer(r"\b(?:if|while) \(", code):
        begin, end = match.end(), closing(code, match.end())
        if not re.search(r"; | = ", code[begin:end]):
            yield begin, end
    for match in re.finditer(r" (?:\?|&&|\|\|)\s", code):
        begin, end = clause_before(code, match.start())
        if not re.search(r"&&|\|\||;", code[begin:end]):
            yield begin, end
        if match[0].strip() != "?":
            begin, end = clause_after(code, match.end())
            if not re.search(r"&&|\|\||;", code[begin:end]):
                yield begin, end


def closing(code: str, at: int) -> int:
    """Return where the bracket closes that is open at a position."""
    depth = 1
    while depth:
        depth += (code[at] in "([{") - (code[at] in ")]}")
        at += 1
    return at - 1


def clauses(family: str) -> Iterator[Mutant]:
    """Return two mutants of each clause of each compound condition: always true, and always false."""
    code, seen = code_of(family), set()
    for operator in re.finditer(r" (?:&&|\|\|)\s", code):
        for begin, end in (clause_before(code, operator.start()), clause_after(code, operator.end())):
            if begin not in seen and not re.search(r"&&|\|\|", code[begin:end]):
                yield from (Mutant(family, begin, end, word, "condition") for word in ("true", "false"))
            seen.add(begin)


def clauses_of(families: list[str]) -> list[Mutant]:
    """Return the clause mutants of families, including the inline code in their headers."""
    return [each for family in families for file in (family, f"{family}.hpp") for each in clauses(file)]


def clause_after(code: str, begin: int) -> tuple[int, int]:
    """Return the bounds of the clause that begins at a position."""
    begin += len(code[begin:]) - len(code[begin:].lstrip())
    end = begin
    while code[end] not in ";?,)}" and not re.match(r"&&|\|\|", code[end:]):
        end = closing(code, end + 1) + 1 if code[end] in "([{" else end + 1
    return begin, begin + len(code[begin:end].rstrip())


def clause_before(code: str, end: int) -> tuple[int, int]:
    """Return the bounds of the clause that ends at a position."""
    depth, begin = 0, end
    while depth or not re.search(r"(?:[(\[{;,?]|&&|\|\||\s=\s|return)\s*$", code[:begin]):
        begin -= 1
        depth += (code[begin] in ")]}") - (code[begin] in "([{")
    return begin, end


def instrumented(family: str, numbers: dict[Mutant, int]) -> str:
    """Return the source with all mutants in it; `is_active` selects one of them at run time."""
    parts: dict[tuple[int, int, str], list[Mutant]] = {}
    for mutant in numbers:
        parts.setdefault((mutant.begin, mutant.end, mutant.kind), []).append(mutant)
    order = sorted(parts, key=lambda part: (part[0], -part[1], part[2] != "statement"))
    text = source_of(family)

    def render(begin: int, end: int) -> str:
        pieces, at = [], begin
        while order and order[0][0] < end:
            first, last, kind = part = order.pop(0)
            chosen = [(numbers[each], each.replacement) for each in parts[part]]
            pieces.append(text[at:first])
            inner = render(first, last)
            if kind == "statement":
                others = "".join(
                    f"if (is_active({number})) {{ {replacement} }} else " for number, replacement in chosen
                )
                pieces.append(f"{{ {others}{{ {inner} }} }}")
            else:
                inner = f"static_cast<bool>({inner})" if kind == "condition" else f"({inner})"
                pieces.append(
                    "(" + "".join(f"is_active({number}) ? ({other}) : " for number, other in chosen) + inner + ")"
                )
            at = last
        return "".join((*pieces, text[at:end]))

    return render(0, len(text))
