"""Chapters as Typst: the same syntax tree as the site, with the theme's functions in place of pandoc's own choices."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Self

from baltic_calculus.analysis.glossary import Term
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.crossref import resolve
from baltic_calculus.report.document import Document
from baltic_calculus.report.html_chapter import CALLOUTS, REFERENCES_TITLE
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.pandoc import Node, Pandoc, div, find, raw_block, raw_inline, transform, words
from baltic_calculus.report.typst_table import typst_string

SEPARATOR = "// next equation"

ExhibitWriter = Callable[[str, list[Node], list[list[Node]]], Node]
"""From an exhibit's label, the inlines of its caption and of its notes to one paragraph that calls the theme."""


@dataclass(frozen=True)
class Draft:
    """A chapter as far as it can be written without the others: all but its citations.

    Attributes
    ----------
    blocks : tuple of Node
        The text.
    citing : frozenset of int
        Places of the blocks with citations.
    notes : int
        Number of its footnotes.
    files : dict of str to str
        Drawings and data that it consists of, by name of the file.
    """

    blocks: tuple[Node, ...]
    citing: frozenset[int]
    notes: int
    files: dict[str, str]

    @classmethod
    def of(cls, blocks: Iterable[Node], files: dict[str, str], pandoc: Pandoc) -> Self:
        """Make the draft of a chapter's blocks."""
        described = _describe_equations(list(blocks), pandoc)
        citing = frozenset(place for place, block in enumerate(described) if any(find(block, "Cite")))
        return cls(tuple(described), citing, sum(1 for _ in find(described, "Note")), files)


@dataclass(frozen=True)
class Sheet:
    """A chapter as Typst markup.

    Attributes
    ----------
    name : str
        Identifier of its page.
    markup : str
        The text.
    notes_before : int
        Footnotes in the chapters before it: its own are numbered from there.
    """

    name: str
    markup: str
    notes_before: int


def typst_sheets(document: Document, drafts: Sequence[Draft]) -> tuple[list[Sheet], str]:
    """Write each chapter, and the list of references, as Typst markup.

    Citations become text first, all of them at once: how one is printed depends on the others (2025a, 2025b). What a
    sheet says is then a matter of its chapter alone, so only a chapter that changed is written and set again.
    """
    pandoc, language = Pandoc.of(document.config), document.config.language
    chapters, references = _print_citations(drafts, document, pandoc)

    def write(blocks: Sequence[Node]) -> str:
        return pandoc.write(blocks, "typst", language=language) if blocks else ""

    with ThreadPoolExecutor() as pool:
        *markups, back = pool.map(write, [*chapters, references])
    before = accumulate((draft.notes for draft in drafts), initial=0)
    names = [chapter.page.identifier for chapter in document.chapters]
    return [Sheet(*parts) for parts in zip(names, markups, before, strict=False)], back


def _print_citations(
    drafts: Sequence[Draft], document: Document, pandoc: Pandoc
) -> tuple[list[Sequence[Node]], list[Node]]:
    """Put the printed form in place of each citation; the second part is the chapter of references, if any."""
    if not any(document.cited.values()):
        return [draft.blocks for draft in drafts], []
    found: list[Node] = []

    def take(node: Node) -> list[Node] | None:
        if node["t"] != "Cite":
            return None
        found.append({"t": "Para", "c": [node]})
        return [node]

    for draft in drafts:
        transform([draft.blocks[place] for place in sorted(draft.citing)], take)
    config = document.config
    text = pandoc.write(
        [*found, div([], label="refs")], "json", bibliography=config.bibliography, language=config.language
    )
    *paragraphs, entries = json.loads(text)["blocks"]
    printed = iter(paragraphs)

    def put(node: Node) -> list[Node] | None:
        if node["t"] != "Cite":
            return None
        inlines: list[Node] = next(printed)["c"][0]["c"][1]
        return inlines

    chapters: list[Sequence[Node]] = []
    for draft in drafts:
        chapters.append([transform(b, put) if place in draft.citing else b for place, b in enumerate(draft.blocks)])
    return chapters, [
        _call(_chapter_opening("", "", "references"), words(REFERENCES_TITLE), "]"),
        *_wrapped("#references[", [entries]),
    ]


def chapter_blocks(document: Document, chapter: Chapter, write_exhibit: ExhibitWriter) -> Iterator[Node]:
    """Blocks of a chapter with the theme's functions in them."""
    target = document.numbering.targets[chapter.page.label]
    yield _call(_chapter_opening(target.number, target.word, target.label), words(chapter.title), "]")
    yield _call("#lede[", words(chapter.description), "]")

    def change(node: Node) -> list[Node] | None:
        if node["t"] == "Header":
            level, (label, _, attributes), inlines = node["c"]
            named = label if label in document.numbering.targets else ""
            return [_heading(level, dict(attributes).get("number", ""), inlines, named)]
        if node["t"] == "Div":
            return _div(node, change, write_exhibit)
        if node["t"] == "DefinitionList":
            return [_definition(term, inlines_of(blocks)) for term, (blocks, *_) in node["c"]]
        return None

    resolved = resolve(document.link_terms(chapter, typst_term), document.numbering, typst_linker(document))
    yield from transform(resolved, change)


def typst_term(term: Term, words_used: str) -> Node:
    """A link from a term to its entry in the glossary."""
    return raw_inline("typst", f"#term(<{term.label}>, {typst_string(words_used)})")


def _chapter_opening(number: str, word: str, label: str) -> str:
    return f"#chapter({typst_string(number)}, {typst_string(word)}, {typst_string(label)})["


def typst_linker(document: Document) -> Callable[[Target, str], Node]:
    """Links inside the PDF.

    To a page that only the site has, a link to the site when its address is known; else, and when the target's page
    was not built, plain text.
    """
    address = document.config.address

    def link(target: Target, text: str) -> Node:
        if document.has(target.page):
            return raw_inline("typst", f"#link(<{target.label}>)[#{typst_string(text)}]")
        if address and "pdf" not in target.page.formats:
            place = typst_string(f"{address}{target.page.href}#{target.label}")
            return raw_inline("typst", f"#link({place})[#{typst_string(text)}]")
        return {"t": "Str", "c": text}

    return link


def _div(node: Node, change: Callable[[Node], list[Node] | None], write_exhibit: ExhibitWriter) -> list[Node] | None:
    (label, classes, attributes), blocks = node["c"]
    if "exhibit" in classes:
        parts = [(part["c"][0][1][0], inlines_of(part["c"][1])) for part in blocks]
        notes = [inlines for name, inlines in parts if name == "note"]
        return [write_exhibit(label, parts[0][1], notes)]
    kind = next((name.removeprefix("callout-") for name in classes if name.startswith("callout-")), "")
    if kind:
        title = dict(attributes).get("title", CALLOUTS.get(kind, kind.capitalize()))
        return _wrapped(f"#callout({typst_string(title)})[", transform(blocks, change))
    if "finding" in classes:
        return _wrapped(f"#finding({typst_string(label)})[", transform(blocks, change))
    return None


def inlines_of(blocks: Sequence[Node]) -> list[Node]:
    """Inlines of a few paragraphs as one."""
    inlines: list[Node] = []
    for block in blocks:
        if inlines:
            inlines.append({"t": "Space"})
        inlines += block["c"]
    return inlines


def _wrapped(opening: str, blocks: list[Node]) -> list[Node]:
    return [raw_block("typst", opening), *blocks, raw_block("typst", "]")]


def _call(opening: str, inlines: Sequence[Node], closing: str) -> Node:
    return {"t": "Para", "c": [raw_inline("typst", opening), *inlines, raw_inline("typst", closing)]}


def _definition(term: Sequence[Node], meaning: Sequence[Node]) -> Node:
    """A term and its meaning on one line: pandoc sets them apart, and a page could end between them."""
    return _call("/ #[", [*term, raw_inline("typst", "]: "), *meaning], "")


def _heading(level: int, number: str, inlines: Sequence[Node], label: str = "") -> Node:
    closing = f"] <{label}>" if label else "]"
    return _call(f"#section({level}, {typst_string(number)})[", inlines, closing)


def _describe_equations(blocks: list[Node], pandoc: Pandoc) -> list[Node]:
    """Give every equation its TeX source as alternative text, without which PDF/UA refuses it.

    All equations go through pandoc at once: one process instead of one for each.
    """
    equations = list(find(blocks, "Math"))
    if not equations:
        return blocks
    alone: list[Node] = []
    for equation in equations:
        alone += [{"t": "Para", "c": [equation]}, raw_block("typst", SEPARATOR)]
    written = iter(pandoc.write(alone, "typst").split(SEPARATOR))

    def describe(node: Node) -> list[Node] | None:
        if node["t"] != "Math":
            return None
        (style, tex), markup = node["c"], next(written).strip()
        is_block = "true" if style["t"] == "DisplayMath" else "false"
        return [raw_inline("typst", f"#math.equation(block: {is_block}, alt: {typst_string(tex)}, {markup})")]

    described: list[Any] = transform(blocks, describe)
    return described
