"""Check that the search of the built site finds the words that people use: python docs/_search.py SITE."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from sphinx.search.en import SearchEnglish

HERE = Path(__file__).parent
STEMMER = SearchEnglish({})


def find(index: dict[str, Any], word: str) -> set[str]:
    """Return the pages that contain a word or have it in a title, as the search of the site finds them."""
    stem = STEMMER.stem(word.lower())
    numbers: list[int] = []
    for terms in (index["terms"], index["titleterms"]):
        found = terms.get(stem, [])
        numbers += [found] if isinstance(found, int) else found
    return {index["docnames"][number] for number in numbers}


def words_of_glossary() -> list[str]:
    """Return the words in the glossary's last table, without those that no search engine indexes."""
    table = (HERE / "glossary.md").read_text("utf-8").partition("| you say | here it is |")[2]
    said = re.findall(r"^\| ([^|-]+) \|", table, re.MULTILINE)
    words = {word for cell in said for word in re.findall(r"[A-Za-z]{3,}", cell)}
    return sorted(word for word in words if word.lower() not in STEMMER.stopwords)


def main(site: Path) -> None:
    """Print the words that the search does not find in the glossary; exit with 1 if there are any."""
    text = (site / "searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").rstrip().removesuffix(")"))
    words = words_of_glossary()
    lost = [word for word in words if "docs/glossary" not in find(index, word)]
    if lost or "docs/faq" not in find(index, "expiry") or len(words) < 50:
        sys.exit(f"docs: the search does not find {', '.join(lost) or 'expiry'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
