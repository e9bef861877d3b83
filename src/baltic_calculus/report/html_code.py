"""Code as HTML: highlighted by pandoc, without what the site's style does not use."""

import re
from collections.abc import Sequence

from lxml import html
from markupsafe import Markup

from baltic_calculus.report.pandoc import Node, Pandoc

ELEMENTS = {"co": "em", "st": "i", "ss": "i", "kw": "b", "cf": "b", "im": "b"}
"""Kinds of words that the site's style distinguishes (comments, strings, keywords), and the shortest element for each:
marks of words are most of what a page of code weighs."""

STRINGS = re.compile(r'<i>[^<]*</i>(?:(?:\s+(?=<i>")|[^<"\n]+(?=<i>[^"]))<i>[^<]*</i>)+')
"""Strings below each other, as long sentences stand in code, and the pieces of one that holds names in braces."""


def highlight(sources: Sequence[str], pandoc: Pandoc) -> list[Markup]:
    """Write pieces of Python as HTML, all in one run of pandoc."""
    if not sources:
        return []
    blocks: list[Node] = [{"t": "CodeBlock", "c": [["", ["python"], []], source]} for source in sources]
    markup = pandoc.write(blocks, "html5", "--syntax-highlighting=pygments")
    root = html.fragment_fromstring(markup, create_parent="div")
    tidy_code(root)
    written = [html.tostring(block, encoding="unicode", with_tail=False) for block in root]
    return [Markup(STRINGS.sub(_join, block)) for block in written]


def _join(strings: re.Match[str]) -> str:
    """One element instead of many."""
    return f"<i>{strings[0].replace('<i>', '').replace('</i>', '')}</i>"


def tidy_code(root: html.HtmlElement) -> None:
    """Make pandoc's code blocks light and reachable by keyboard: no numbered lines, no classes without a style."""
    for anchor in root.xpath(".//pre//a[@aria-hidden]"):
        anchor.drop_tag()
    for part in root.xpath(".//pre | .//pre//span[@id] | .//div[contains(@class, 'sourceCode')]"):
        part.attrib.pop("id", None)
    for word in root.xpath(".//pre//span"):
        kind = word.attrib.pop("class", "")
        if kind in ELEMENTS:
            word.tag = ELEMENTS[kind]
        else:
            word.drop_tag()
    for block in root.xpath(".//pre | .//pre/code"):
        block.attrib.pop("class", None)
    for scroll in root.xpath(".//pre"):
        scroll.set("tabindex", "0")
        scroll.set("role", "group")
        scroll.set("aria-label", "Code")
