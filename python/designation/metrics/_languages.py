"""Words of languages in exports: yes and no, and the names of months. English is always known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Language(NamedTuple):
    """The words for yes and no, and the first letters of the names of the months, long enough to differ."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    months: tuple[str, ...]


def _language(yes: str, no: str, months: str) -> Language:
    return Language(tuple(yes.split()), tuple(no.split()), tuple(months.split()))


LANGUAGES = {
    "en": _language("true t yes y 1", "false f no n 0", "jan feb mar apr may jun jul aug sep oct nov dec"),
    "da": _language("ja j sand", "nej n falsk", "jan feb mar apr maj jun jul aug sep okt nov dec"),
    "de": _language("ja j wahr", "nein n falsch", "jan|jän feb mär|mrz apr mai jun jul aug sep okt nov dez"),
    "es": _language("sí si s verdadero", "no n falso", "ene feb mar abr may jun jul ago sep|set oct nov dic"),
    "fi": _language(
        "kyllä k tosi", "ei e epätosi", "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"
    ),
    "fr": _language("oui o vrai", "non n faux", "janv fév|fev mars avr mai juin juil août|aout sep oct nov déc|dec"),
    "it": _language("sì si s vero", "no n falso", "gen feb mar apr mag giu lug ago set ott nov dic"),
    "nb": _language("ja j sann", "nei n usann", "jan feb mar apr mai jun jul aug sep okt nov des"),
    "nl": _language("ja j waar", "nee n onwaar", "jan feb maa|mrt apr mei jun jul aug sep okt nov dec"),
    "pl": _language("tak t prawda", "nie n fałsz", "sty lut mar kwi maj cze lip sie wrz paź lis gru"),
    "pt": _language("sim s verdadeiro", "não nao n falso", "jan fev mar abr mai jun jul ago set out nov dez"),
    "sv": _language("ja j sant", "nej n falskt", "jan feb mar apr maj jun jul aug sep okt nov dec"),
}


def words_for_yes(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the words for yes in English and in other languages."""
    return tuple(dict.fromkeys(word for name in ("en", *languages) for word in LANGUAGES[name].yes))


def words_for_no(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the words for no in English and in other languages."""
    return tuple(dict.fromkeys(word for name in ("en", *languages) for word in LANGUAGES[name].no))


def month_stems(languages: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the first letters of the names of each month, in English and in other languages."""
    names = zip(*(LANGUAGES[name].months for name in ("en", *languages)), strict=True)
    return tuple(tuple(dict.fromkeys(stem for stems in month for stem in stems.split("|"))) for month in names)


def language_of(words: Iterable[str]) -> str | None:
    """Return the language in which most words mean yes or no; None if there is none."""
    lower = {word.casefold() for word in words}
    counts = {name: len(lower & {*one.yes, *one.no}) for name, one in LANGUAGES.items()}
    best = max(counts, key=counts.__getitem__)
    return best if 2 * counts[best] > len(lower) else None
