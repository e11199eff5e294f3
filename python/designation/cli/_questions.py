"""Questions to a person at a terminal: a wrong answer is followed by what is valid, and the question again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from designation._input.spellings import fold
from designation._messages import quote, suggestion
from designation._text.wording import humanize
from designation.cli._errors import UsageError, print_error

UNKNOWN, NONE = "unknown", "none"
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})


def say(text: str = "") -> None:
    """Write a line to standard error, where the questions are: standard output can be the document."""
    print(text, file=sys.stderr, flush=True)


def ask(question: str, check: Callable[[str], str | None], default: str = "") -> str:
    """Return an answer without spaces at its ends.

    Args:
        question: The question, without a colon.
        check: Returns what is wrong with an answer, or None.
        default: The answer to an empty line, which is shown in brackets.

    Raises:
        UsageError: The input ends.
    """
    while True:
        print(f"{question} [{default}]: " if default else f"{question}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.buffer.readline()
        if not line:
            say()
            raise UsageError("<stdin>: the answers end before the last question; nothing was written [input]")
        try:
            answer = line.decode("utf-8").strip() or default
            problem = check(answer) if answer.isprintable() else "must not contain control characters"
        except UnicodeDecodeError:
            problem = "must be UTF-8 text"
        if problem is None:
            return answer
        print_error(f"  {problem}")


def choose(
    question: str, words: Sequence[str], default: str = UNKNOWN, spellings: Mapping[str, str] = NO_SPELLINGS
) -> str:
    """Return one of the words; the answer can be the word, its text, a folded spelling, or its number in the list."""
    answers = {**spellings, **{fold(text): word for word in words for text in (word, humanize(word))}}
    answers |= {str(number): word for number, word in enumerate(words, 1)}
    say(question)
    for number, word in enumerate(words, 1):
        say(f"  {number}  {humanize(word)}")

    def check(answer: str) -> str | None:
        if fold(answer) in answers:
            return None
        return f"must be a number from 1 to {len(words)}, or a word of the list, not {quote(answer)}" + suggestion(
            answer, words, ""
        )

    return answers[fold(ask("Answer", check, humanize(default)))]
