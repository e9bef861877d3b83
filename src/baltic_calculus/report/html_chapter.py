"""A chapter as HTML: numbered headings, references as links, exhibits from their templates, a list of references."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from lxml import html

from baltic_calculus.analysis.glossary import Term
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.crossref import resolve
from baltic_calculus.report.document import Document, sections
from baltic_calculus.report.glossary import TermLinker
from baltic_calculus.report.html_code import tidy_code
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.pandoc import Node, Pandoc, div, raw_block, transform, words

CALLOUTS = {"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution"}
REFERENCES_TITLE = "References"

ExhibitWriter = Callable[[str, str, list[str]], str]
"""From an exhibit's label, the HTML of its caption and of its notes to the HTML of the exhibit."""


@dataclass(frozen=True)
class Contents:
    """One line of a chapter's contents."""

    identifier: str
    number: str
    title: str
    level: int


@dataclass(frozen=True)
class ChapterHtml:
    """A chapter ready for its page.

    Attributes
    ----------
    body : str
        HTML of the text, exhibits included.
    text : lxml element
        The text with captions and notes but without charts and tables, for the search index.
    contents : tuple of Contents
        Its sections.
    """

    body: str
    text: html.HtmlElement
    contents: tuple[Contents, ...]


def html_chapter(document: Document, chapter: Chapter, write_exhibit: ExhibitWriter) -> ChapterHtml:
    """Write the text of a chapter as HTML."""
    link = html_linker(document, chapter)
    text = document.link_terms(chapter, html_term_linker(document, chapter))
    blocks: list[Node] = resolve(transform(text, _html_block), document.numbering, link)
    contents = [Contents(s.identifier, s.number, s.title, s.level) for s in sections(chapter) if s.level <= 3]
    if document.cited[chapter.page.slug]:
        blocks += [
            {"t": "Header", "c": [2, ["references", ["unnumbered"], []], words(REFERENCES_TITLE)]},
            div([], label="refs"),
        ]
        contents.append(Contents("references", "", REFERENCES_TITLE, 2))
    markup = Pandoc.of(document.config).write(
        blocks,
        "html5",
        "--mathml",
        "--section-divs",
        "--syntax-highlighting=pygments",
        bibliography=document.config.bibliography,
        language=document.config.language,
    )
    root = html.fragment_fromstring(markup, create_parent="div")
    _tidy(root)
    searchable = copy.deepcopy(root)
    exhibits = _take_exhibits(root, write_exhibit)
    return ChapterHtml(_insert(_inner(root), exhibits), searchable, tuple(contents))


def html_linker(document: Document, chapter: Chapter) -> Callable[[Target, str], Node]:
    """Links for one page: to another place on it, to another page, or plain text when that page was not built."""

    def link(target: Target, text: str) -> Node:
        address = document.place(target, chapter.page)
        if not address:
            return {"t": "Str", "c": text}
        return {"t": "Link", "c": [["", ["xref"], []], [{"t": "Str", "c": text}], [address, ""]]}

    return link


def html_term_linker(document: Document, chapter: Chapter) -> TermLinker:
    """Links from one page to the glossary, which say what the term means when they are pointed at."""
    explained = document.glossary.page
    page = "" if explained is None or explained == chapter.page else chapter.page.up + explained.href

    def link(term: Term, words_used: str) -> Node:
        target = [f"{page}#{term.label}", term.explain(words_used)]
        return {"t": "Link", "c": [["", ["term"], []], words(words_used), target]}

    return link


def _html_block(node: Node) -> list[Node] | None:
    if node["t"] == "Header":
        return [_heading(node)]
    if node["t"] != "Div":
        return None
    (_, classes, attributes), blocks = node["c"]
    kind = next((name.removeprefix("callout-") for name in classes if name.startswith("callout-")), "")
    if kind:
        title = dict(attributes).get("title", CALLOUTS.get(kind, kind.capitalize()))
        opening = f'<aside class="callout" aria-label="{escape(title)}"><p class="callout-title">{escape(title)}</p>'
        inner: list[Node] = transform(blocks, _html_block)
        return [raw_block("html", opening), *inner, raw_block("html", "</aside>")]
    return None


def _heading(node: Node) -> Node:
    level, (label, classes, attributes), inlines = node["c"]
    number = dict(attributes).get("number")
    if number:
        mark = {"t": "Span", "c": [["", ["section-number"], []], words(number)]}
        inlines = [mark, {"t": "Space"}, *inlines]
    return {"t": "Header", "c": [level, [label, classes, []], inlines]}


def _tidy(root: html.HtmlElement) -> None:
    """Drop what pandoc adds for its own style sheets and what validators reject."""
    tidy_code(root)
    for entry in root.xpath(".//*[@role='list' or @role='listitem']"):
        del entry.attrib["role"]
    for notes in root.xpath(".//section[@role='doc-endnotes'] | .//aside[@role='doc-endnotes']"):
        notes.set("aria-label", "Footnotes")
    # the policy of the pages takes no styles but those of the style sheet
    for cell in root.xpath(".//*[@style]"):
        style = cell.attrib.pop("style")
        if cell.tag == "mtd":
            cell.set("class", "right" if "right" in style.partition(";")[0] else "left")


def _take_exhibits(root: html.HtmlElement, write_exhibit: ExhibitWriter) -> dict[str, str]:
    """Replace each exhibit's block by a comment; the finished exhibit never passes through an HTML parser."""
    exhibits: dict[str, str] = {}
    for block in root.xpath(".//div[contains(concat(' ', @class, ' '), ' exhibit ')]"):
        label = str(block.get("id"))
        captions = block.xpath("./div[@class='caption']")
        notes = [_inner(note) for note in block.xpath("./div[@class='note']")]
        exhibits[label] = write_exhibit(label, _inline(_inner(captions[0])), [_inline(note) for note in notes])
        block.getparent().replace(block, _placeholder(label, block.tail))
    return exhibits


def _placeholder(label: str, tail: str | None) -> html.HtmlElement:
    comment = html.HtmlComment(f"exhibit:{label}")
    comment.tail = tail
    return comment


def _inline(markup: str) -> str:
    """Take a single paragraph out of its tag, so that it may stand in a caption."""
    stripped = markup.strip()
    if stripped.startswith("<p>") and stripped.endswith("</p>") and stripped.count("<p>") == 1:
        return stripped[3:-4]
    return stripped


def _insert(body: str, exhibits: Mapping[str, str]) -> str:
    for label, markup in exhibits.items():
        body = body.replace(f"<!--exhibit:{label}-->", markup)
    return body


def _inner(element: html.HtmlElement) -> str:
    children = "".join(html.tostring(child, encoding="unicode") for child in element)
    return escape(element.text or "", quote=False) + children
