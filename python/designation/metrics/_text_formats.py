"""Formats of dates that are rewritten as ISO dates first: with names of months, and the formats of strptime.

Engines agree on regular expressions but not on references to groups, so a part of a text is what remains when the
patterns before and after it are removed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import narwhals as nw

from designation._input.spaces import PADDING
from designation.metrics._languages import month_stems
from designation.metrics._letter_case import lower_expr
from designation.metrics._source import Frame

SPACE = "[ \u00a0\u202f]"
LETTERS = f"[^{PADDING}0-9,./-]"
ANY_WORD = rf"{LETTERS}+\.?"
WEEKDAY = rf"(?:{LETTERS}{{2,12}}\.?,?{SPACE}+)?"
SEPARATOR = rf"(?:{SPACE}*[-/.]{SPACE}*|{SPACE}+)"
REST = rf"(?:(?:,?T|,?{SPACE}+)[0-9][^\n]*)?"
ENGLISH_WEEKDAY = rf"(?:(?i:mon|tue|wed|thu|fri|sat|sun){LETTERS}*\.?,?{SPACE}+)?"
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")  # what every engine lets a pattern escape
CENTURY = 69  # as strptime: 69 to 99 are in the 20th century
PARTS = ("year", "month", "month_name", "day", "rest", "hour", "minute", "second", "half", "zone")
BEFORE = {"hour": " ", "minute": ":", "second": ":", "half": " ", "zone": " "}
NUMBERS = {"Y": ("year", 4), "m": ("month", 2), "d": ("day", 2), "H": ("hour", 2), "I": ("hour", 2), "M": ("minute", 2)}
NUMBERS |= {"S": ("second", 2), "y": ("year", 2)}
WORDS = {"p": ("half", "[AaPp]\\.?[Mm]\\.?"), "z": ("zone", "Z|z|[+-][0-9]{2}:?[0-9]{2}")}
WORDS |= {"Z": ("zone", "[A-Za-z]+(?:/[A-Za-z_]+)*"), "f": ("fraction", "[0-9]{1,9}")}
WORDS |= {"a": ("weekday", ANY_WORD), "A": ("weekday", ANY_WORD)}


class TextFormat(NamedTuple):
    """A format of dates: patterns in the order of the text, each with the name of the part that it matches."""

    parts: tuple[tuple[str, str], ...]

    @property
    def pattern(self) -> str:
        """The pattern of a whole text."""
        return f"^{_join(self.parts)}$"

    def part(self, text: nw.Expr, name: str) -> nw.Expr | None:
        """Return a part of the texts that match the pattern; None if the format has no such part."""
        at = next((index for index, (part, _) in enumerate(self.parts) if part == name), None)
        if at is None:
            return None
        # The text is known to match, so any word can stand for a month; the list of all names would be slow.
        loose = [(part, ANY_WORD if part == "month_name" else pattern) for part, pattern in self.parts]
        before, after = _join(loose[:at]), _join(loose[at + 1 :])
        text = text.str.replace_all(f"^{before}", "") if before else text
        return text.str.replace_all(f"{after}$", "") if after else text


def with_iso_dates(frame: Frame, source: str, name: str, formats: Formats) -> Frame:
    """Add a column of texts in which the dates that have one of the formats are ISO dates, each with what follows it.

    Each step adds columns, because an engine evaluates an expression again wherever it is used.
    """
    text, number = nw.col(source), nw.col(f"{name}_format")
    index = nw.lit(-1)
    for at, form in enumerate(formats.formats):
        index = nw.when(text.str.contains(form.pattern)).then(nw.lit(at)).otherwise(index)
    frame = frame.with_columns(index.alias(f"{name}_format"))
    frame = frame.with_columns(*(_any_part(text, number, formats, part).alias(f"{name}_{part}") for part in PARTS))
    parts = {part: nw.col(f"{name}_{part}") for part in PARTS}
    frame = frame.with_columns(
        _full_year(parts["year"]).alias(f"{name}_year"),
        _month_number(parts["month_name"], parts["month"], formats.stems).alias(f"{name}_month"),
    )
    rest = [parts[part] for part in ("rest", "hour", "minute", "second", "half", "zone")]
    iso = nw.concat_str([parts["year"], nw.lit("-"), parts["month"], nw.lit("-"), parts["day"], *rest])
    # A stated format is the only one, so that any other text is not a valid date.
    other = nw.when(text != nw.lit("")).then(nw.lit("?")).otherwise(text) if formats.is_stated else text
    return frame.with_columns(nw.when(number >= 0).then(iso).otherwise(other).alias(name))


def _any_part(text: nw.Expr, number: nw.Expr, formats: Formats, name: str) -> nw.Expr:
    """Return a part of each text by the text's format, with what separates it from the part before."""
    value: nw.Expr = nw.lit("")
    for at, form in enumerate(formats.formats):
        part = form.part(text, name)
        has_clock = form.part(text, "hour") is not None
        if part is None and has_clock and name in ("minute", "second"):
            part = nw.lit("00")
        if part is not None:
            before = nw.lit(BEFORE.get(name, ""))
            value = nw.when(number == at).then(nw.concat_str([before, part])).otherwise(value)
    return value


def _full_year(year: nw.Expr) -> nw.Expr:
    is_last_century = year >= nw.lit(str(CENTURY))
    full = nw.concat_str([nw.when(is_last_century).then(nw.lit("19")).otherwise(nw.lit("20")), year])
    return nw.when(year.str.len_chars() == 2).then(full).otherwise(year)


def _month_number(name: nw.Expr, number: nw.Expr, stems: Sequence[Sequence[str]]) -> nw.Expr:
    name, month = lower_expr(name), number
    for index, starts in enumerate(stems, 1):
        begins = nw.any_horizontal(*(name.str.starts_with(stem) for stem in starts), ignore_nulls=False)
        month = nw.when(begins).then(nw.lit(f"{index:02}")).otherwise(month)
    return month


def _join(parts: Sequence[tuple[str, str]]) -> str:
    return "".join(f"(?:{pattern})" for _, pattern in parts)


class Formats(NamedTuple):
    """Formats, the first letters of the names of the months, and whether the user stated the only format."""

    formats: tuple[TextFormat, ...]
    stems: tuple[tuple[str, ...], ...]
    is_stated: bool = False


def named_month_formats(languages: Sequence[str]) -> Formats:
    """Return the formats that need no statement, because a month has its name: only two digits can be a year."""
    stems = month_stems(languages)
    day, month = ("day", "[0-9]{1,2}"), ("month_name", _month_pattern(stems))
    year, short_year = ("year", "[0-9]{4}"), ("year", "[0-9]{4}|[0-9]{2}")
    before, between, rest = ("", WEEKDAY), ("", SEPARATOR), ("rest", REST)
    day_end = ("", rf"(?:st|nd|rd|th)?,?{SPACE}+")
    of, then = ("", rf"\.?{SEPARATOR}(?:de{SPACE}+)?"), ("", rf"(?:{SPACE}+de{SPACE}+|,?{SEPARATOR})")
    orders = (
        (before, day, of, month, then, short_year, rest),
        (("", ENGLISH_WEEKDAY), month, between, day, day_end, year, rest),
        (year, between, month, between, day, rest),
    )
    return Formats(tuple(map(TextFormat, orders)), stems)


def parse_format(text: str, languages: Sequence[str]) -> Formats:
    """Parse a format of strptime.

    Raises:
        ValueError: The format has an unknown directive, or does not determine a date.
    """
    stems = month_stems(languages)
    parts: list[tuple[str, str]] = []
    tokens = re.findall(r"%-?.|[^%]+|%$", text, re.DOTALL)
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        key = token[-1]
        if not token.startswith("%"):
            parts.append(("", re.sub(r"\s+", rf"{SPACE}+", PUNCTUATION.sub(r"\\\g<0>", token))))
        elif key in NUMBERS:
            name, digits = NUMBERS[key]
            fixed = key in "Yy" or (following.lstrip("%-")[:1] in NUMBERS and following.startswith("%"))
            parts.append((name, f"[0-9]{{{digits}}}" if fixed else f"[0-9]{{1,{digits}}}"))
        elif key in "bB":
            parts.append(("month_name", _month_pattern(stems)))
        elif key in WORDS:
            parts.append(WORDS[key])
        elif token == "%%":
            parts.append(("", "%"))
        else:
            known = " ".join(f"%{one}" for one in (*NUMBERS, "b", "B", *WORDS))
            raise ValueError(f'unknown directive "{token}"; known are {known}')
    names = [name for name, _ in parts if name and name != "weekday"]
    has_date = "day" in names and "year" in names and {"month", "month_name"} & {*names}
    if not has_date or len(names) != len(set(names)):
        raise ValueError("must have a year, a month and a day, each once, such as %d/%m/%y %H:%M")
    return Formats((TextFormat(tuple(parts)),), stems, is_stated=True)


def _month_pattern(stems: Sequence[Sequence[str]]) -> str:
    return rf"(?i:{'|'.join(stem for starts in stems for stem in starts)}){LETTERS}*\.?"
