"""The search index of the site: one entry for each section, as a classic script that needs no server."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain

from lxml import html

TEXT_LIMIT = 6000
"""Characters of a section that are searched; more would cost every reader and find little."""

SKIPPED = frozenset({"details", "math", "script", "style"})


@dataclass(frozen=True)
class SearchEntry:
    """A section that can be found.

    Attributes
    ----------
    address : str
        Page and fragment.
    title, page : str
        Title of the section and of its page.
    text : str
        Its words.
    """

    address: str
    title: str
    page: str
    text: str


def search_entries(text: html.HtmlElement, href: str, page: str) -> Iterator[SearchEntry]:
    """Cut the text of a page into entries: what stands before the first section, then each section.

    Parameters
    ----------
    text : lxml element
        Text of the page, its sections as ``section`` elements with identifiers.
    href, page : str
        Address and title of the page.
    """
    top = _words(text)
    if top:
        yield SearchEntry(href, page, page, top)
    for section in text.iter("section"):
        headings = section.xpath("./h2|./h3|./h4")
        if section.get("id") and headings:
            title = " ".join(headings[0].text_content().split())
            yield SearchEntry(f"{href}#{section.get('id')}", title, page, _words(section))


def _words(element: html.HtmlElement) -> str:
    """Words of an element without its inner sections, code and headings."""
    words = " ".join(chain.from_iterable(piece.split() for piece in _pieces(element)))
    return re.sub(r"\s+([.,;:)])", r"\1", words)[:TEXT_LIMIT]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED and child.tag not in ("section", "h2", "h3", "h4"):
            yield from _pieces(child)
        if child.tail:
            yield child.tail


def search_script(entries: list[SearchEntry]) -> str:
    """Write the index as a script that sets ``window.balticSearch``."""
    text = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, separators=(",", ":"))
    return f"window.balticSearch = {text};\n"
