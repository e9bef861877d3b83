"""Code as HTML: highlighted by pandoc, without what the site's style does not use."""

from collections.abc import Sequence

from lxml import html
from markupsafe import Markup

from baltic_calculus.report.pandoc import Node, Pandoc

STYLED = frozenset({"co", "st", "ss", "kw", "cf", "im", "dv", "fl", "va"})
"""Kinds of words that the site's style distinguishes: comments, strings, keywords, numbers."""


def highlight(sources: Sequence[str], pandoc: Pandoc) -> list[Markup]:
    """Write pieces of Python as HTML, all in one run of pandoc."""
    if not sources:
        return []
    blocks: list[Node] = [{"t": "CodeBlock", "c": [["", ["python"], []], source]} for source in sources]
    markup = pandoc.write(blocks, "html5", "--syntax-highlighting=pygments")
    root = html.fragment_fromstring(markup, create_parent="div")
    tidy_code(root)
    return [Markup(html.tostring(block, encoding="unicode", with_tail=False)) for block in root]


def tidy_code(root: html.HtmlElement) -> None:
    """Make pandoc's code blocks light and reachable by keyboard: no numbered lines, no words without a style."""
    for anchor in root.xpath(".//pre//a[@aria-hidden]"):
        anchor.drop_tag()
    for part in root.xpath(".//pre | .//pre//span[@id] | .//div[contains(@class, 'sourceCode')]"):
        part.attrib.pop("id", None)
    for word in root.xpath(".//pre//span"):
        if word.get("class") not in STYLED:
            word.drop_tag()
    for scroll in root.xpath(".//pre"):
        scroll.set("tabindex", "0")
        scroll.set("role", "group")
        scroll.set("aria-label", "Code")
