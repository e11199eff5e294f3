"""A rule's id in a text leads to the rule."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from designation import rulebooks

PAGE = "docs/rules"
TITLES = {rule: entry["title"] for rule, entry in rulebooks.load(rulebooks.editions()[0]).to_dict()["rules"].items()}
RULE = re.compile(rf"\b({'|'.join(TITLES)})\b")
NO_TEXT = (nodes.reference, nodes.title, nodes.literal_block, nodes.raw)


class RuleLinks(SphinxPostTransform):
    """Links each rule's id, but for headings, code and what is a link already."""

    default_priority = 900

    def run(self, **_: Any) -> None:
        """Put links in place of ids."""
        if self.app.builder.format != "html" or self.env.docname == PAGE:
            return
        for text in list(self.document.findall(nodes.Text)):
            parts = RULE.split(text.astext())
            if len(parts) > 1 and not _inside(text):
                linked = [self._link(part) if n % 2 else nodes.Text(part) for n, part in enumerate(parts)]
                text.parent.replace(text, linked)

    def _link(self, rule: str) -> nodes.reference:
        heading = f"{rule}-{TITLES[rule]}".lower().replace(" ", "-")
        return make_refnode(self.app.builder, self.env.docname, PAGE, heading, nodes.Text(rule), TITLES[rule])


def _inside(node: nodes.Node | None) -> bool:
    while node is not None:
        if isinstance(node, NO_TEXT):
            return True
        node = node.parent
    return False


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the transform."""
    app.add_post_transform(RuleLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
