"""The search index of the site: an entry for each section, figure and table, as a script that needs no server."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Literal

from lxml import html

from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.document import Document
from baltic_calculus.report.numbering import Kind

TEXT_LIMIT = 6000
"""Characters of a section that are searched; more would cost every reader and find little."""

SKIPPED = frozenset({"details", "math", "script", "style", "section", "h2", "h3", "h4"})
CAPTION = "caption"
"""Class of captions, which have entries of their own."""


@dataclass(frozen=True)
class SearchEntry:
    """A place that can be found.

    Attributes
    ----------
    kind : {"chapter", "page", "section", "figure", "table"}
        What it is.
    address : str
        Page and fragment.
    title, page : str
        Title of the section, or number and caption of the exhibit; title of its page.
    text : str
        Its words; of an exhibit what its caption does not say.
    """

    kind: Kind | Literal["page"]
    address: str
    title: str
    page: str
    text: str


def page_entries(chapter: Chapter, text: html.HtmlElement) -> Iterator[SearchEntry]:
    """Entries of a page without its exhibits.

    Of a chapter all sections; of a page under another only itself, by its title and what it is about: there are many of
    them, with the same sections.

    Parameters
    ----------
    chapter : Chapter
        The page.
    text : lxml element
        Its text.
    """
    if chapter.page.under:
        yield SearchEntry("page", chapter.page.href, chapter.title, chapter.title, chapter.description)
    else:
        yield from search_entries(text, chapter.page.href, chapter.title)


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
        yield SearchEntry("chapter", href, page, page, top)
    for section in text.iter("section"):
        headings = section.xpath("./h2|./h3|./h4")
        if section.get("id") and headings:
            title = " ".join(headings[0].text_content().split())
            yield SearchEntry("section", f"{href}#{section.get('id')}", title, page, _words(section))


def exhibit_entries(document: Document) -> Iterator[SearchEntry]:
    """Entries of the figures, then of the tables; found by "Figure 1.4" as by the words of their captions."""
    for kind in ("figure", "table"):
        for target, exhibit, caption in document.exhibits(kind):
            address = f"{target.page.href}#{target.label}"
            page = document.numbering.outline(target.page).title
            yield SearchEntry(target.kind, address, f"{target.word} {target.number} {caption}", page, exhibit.unit)


def _words(element: html.HtmlElement) -> str:
    """Words of an element without its inner sections, code and headings."""
    words = " ".join(chain.from_iterable(piece.split() for piece in _pieces(element)))
    return re.sub(r"\s+([.,;:)])", r"\1", words)[:TEXT_LIMIT]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED and child.get("class") != CAPTION:
            yield from _pieces(child)
        if child.tail:
            yield child.tail


def search_script(entries: list[SearchEntry]) -> str:
    """Write the index as a script that sets ``window.balticSearch``."""
    text = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, separators=(",", ":"))
    return f"window.balticSearch = {text};\n"
