"""The report as one document: chapters with their numbers, after all references, citations and labels were checked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from baltic_calculus.errors import RenderError
from baltic_calculus.report.cell import CELL_MARK
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.crossref import check_labels, check_references, resolve
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.glossary import Glossary, TermLinker, read_glossary
from baltic_calculus.report.numbering import Heading, Numbering, Target, read_numbering
from baltic_calculus.report.page import Format, Page
from baltic_calculus.report.pandoc import Node, Pandoc, find, identifier, plain_text
from baltic_calculus.report.table_model import labels_in_cells

if TYPE_CHECKING:
    from baltic_calculus.report.edition_changes import EditionChanges


@dataclass(frozen=True)
class Section:
    """A heading of a chapter as it is printed and linked."""

    level: int
    identifier: str
    number: str
    title: str


@dataclass(frozen=True)
class Document:
    """The chapters that were built, in order, and everything needed to print them.

    Attributes
    ----------
    config : ReportConfig
        Edition, people and folders.
    numbering : Numbering
        Numbers of everything in the report, built now or not.
    chapters : tuple of Chapter
        The chapters; their headings carry the final identifier and the attribute ``number``.
    cited : dict of str to frozenset of str
        Citation keys by slug of the page.
    built : frozenset of str
        Slugs of the pages that the finished report has; only they can be linked to.
    glossary : Glossary
        The terms, and the page that explains them.
    changes : EditionChanges, optional
        What changed since the edition before; None when there is none, or while chapters are still being executed.
    """

    config: ReportConfig
    numbering: Numbering
    chapters: tuple[Chapter, ...]
    cited: dict[str, frozenset[str]]
    built: frozenset[str]
    glossary: Glossary = field(default_factory=Glossary)
    changes: "EditionChanges | None" = None

    def has(self, page: Page) -> bool:
        """Whether the page is part of this build."""
        return page.slug in self.built

    def link_terms(self, chapter: Chapter, link: TermLinker) -> list[Node]:
        """The text of a chapter with the first use of each term linked, when the page that explains them was built."""
        page = self.glossary.page
        return self.glossary.link(chapter.blocks, link) if page and self.has(page) else list(chapter.blocks)

    def address(self, slug: str) -> str:
        """Address of a page, from the top of the site; empty when it is not part of this build."""
        return next((page.href for page in self.config.pages if page.slug == slug and self.has(page)), "")

    def place(self, target: Target, page: Page) -> str:
        """Address of a place, as ``page`` writes it; empty when it is on a page that is not part of this build."""
        if not self.has(target.page):
            return ""
        other = "" if target.page == page else page.up + target.page.href
        return other + ("" if target.kind == "chapter" and other else f"#{target.label}")

    def in_format(self, name: Format) -> Self:
        """The part of the document that is printed as one format: it cannot link to the pages that are not."""
        chapters = tuple(chapter for chapter in self.chapters if name in chapter.page.formats)
        others = {page.slug for page in self.config.pages if name not in page.formats}
        return replace(self, chapters=chapters, built=self.built - others)

    def exhibits(self, kind: str) -> Iterator[tuple[Target, Exhibit, str]]:
        """Target, exhibit and caption (plain text) of every figure or table, in order of appearance."""
        for chapter, captions in zip(self.chapters, self._captions, strict=True):
            for label, exhibit in chapter.exhibits.items():
                if exhibit.kind == kind:
                    yield self.numbering.targets[label], exhibit, captions[label]

    @cached_property
    def _captions(self) -> list[dict[str, str]]:
        return [caption_texts(chapter, self.numbering) for chapter in self.chapters]


def sections(chapter: Chapter) -> list[Section]:
    """The headings of an assembled chapter."""
    found = []
    for header in find(chapter.blocks, "Header"):
        level, (label, _, attributes), inlines = header["c"]
        found.append(Section(level, label, dict(attributes).get("number", ""), plain_text(inlines)))
    return found


def caption_texts(chapter: Chapter, numbering: Numbering) -> dict[str, str]:
    """Caption of each exhibit of a chapter as plain text, references resolved."""
    texts = {}
    for block in find(chapter.blocks, "Div"):
        (label, classes, _), blocks = block["c"]
        if "exhibit" in classes:
            resolved = resolve(blocks[0]["c"][1], numbering, lambda target, name: {"t": "Str", "c": name})
            texts[label] = plain_text(resolved)
    return texts


@dataclass(frozen=True)
class Ground:
    """What every chapter is held against; it comes from the sources, so it is there before any notebook has run.

    Attributes
    ----------
    config : ReportConfig
        The report's configuration.
    numbering : Numbering
        Everything that can be referred to.
    citations : frozenset of str
        Keys of the bibliography.
    glossary : Glossary
        The terms, and the page that explains them.
    """

    config: ReportConfig
    numbering: Numbering
    citations: frozenset[str]
    glossary: Glossary

    @classmethod
    def of(cls, config: ReportConfig) -> Self:
        """Read the source notebooks and the bibliography of a report.

        Raises
        ------
        RenderError
            When a label is used twice, or a source cannot be read.
        """
        numbering = read_numbering(config)
        citations = Pandoc.of(config).citation_keys(config.bibliography)
        return cls(config, numbering, citations, read_glossary(config, numbering))

    def excerpt(self, chapter: Chapter, built: Iterable[Page]) -> Document:
        """One chapter as it stands in a report of the pages ``built``.

        Raises
        ------
        RenderError
            When a reference or citation is unknown, or the executed notebook no longer matches its source. The message
            names notebook, cell and label.
        """
        cited = {chapter.page.slug: _check_chapter(chapter, self.numbering, self.citations)}
        numbered = _number_headings(chapter, self.numbering)
        slugs = frozenset(page.slug for page in built)
        return Document(self.config, self.numbering, (numbered,), cited, slugs, self.glossary)


def assemble(chapters: Sequence[Chapter], config: ReportConfig) -> Document:
    """Put the chapters of a build together and check that everything they point at exists.

    Parameters
    ----------
    chapters : sequence of Chapter
        The chapters built, in any order.
    config : ReportConfig
        The report's configuration.

    Raises
    ------
    RenderError
        As `Ground.of` and `Ground.excerpt` do.
    """
    ground = Ground.of(config)
    order = {page.slug: position for position, page in enumerate(config.pages)}
    ordered = sorted(chapters, key=lambda one: order[one.page.slug])
    built = [chapter.page for chapter in ordered]
    return join(ground, [ground.excerpt(chapter, built) for chapter in ordered])


def join(ground: Ground, excerpts: Sequence[Document]) -> Document:
    """Make one document of excerpts, in their order."""
    chapters = tuple(chapter for excerpt in excerpts for chapter in excerpt.chapters)
    cited = {slug: keys for excerpt in excerpts for slug, keys in excerpt.cited.items()}
    built = frozenset(chapter.page.slug for chapter in chapters)
    return Document(ground.config, ground.numbering, chapters, cited, built, ground.glossary)


def _check_chapter(chapter: Chapter, numbering: Numbering, keys: frozenset[str]) -> frozenset[str]:
    stale = [label for label in chapter.exhibits if getattr(numbering.targets.get(label), "page", None) != chapter.page]
    if stale:
        raise RenderError(
            f"the executed notebook shows {', '.join(stale)}, which its source does not label",
            where=f"{chapter.page.notebook}.ipynb",
            remedy="execute the page again",
        )
    cited: set[str] = set()
    place = f"{chapter.page.notebook}.ipynb"
    for label, exhibit in chapter.exhibits.items():
        check_labels(labels_in_cells(exhibit.table), numbering, f"{place}, a cell of {label}")
    for block in chapter.blocks:
        cell = _cell_marked(block)
        if cell:
            place = f"{chapter.page.notebook}.ipynb, {cell}"
        else:
            cited |= check_references([block], numbering, keys, place)
    return frozenset(cited)


def _cell_marked(block: Node) -> str:
    """The cell that begins with this mark, as ``cell 7 (fig-share)``; empty for any other block."""
    if block["t"] != "Div" or CELL_MARK not in block["c"][0][1]:
        return ""
    attributes = dict(block["c"][0][2])
    return f"cell {attributes['number']}" + (f" ({attributes['name']})" if "name" in attributes else "")


def _number_headings(chapter: Chapter, numbering: Numbering) -> Chapter:
    """Give each heading its number and identifier; drop the marks between cells."""
    headings = list(numbering.outline(chapter.page).headings)
    blocks = [block for block in chapter.blocks if not _cell_marked(block)]
    found = [block for block in blocks if block["t"] == "Header"]
    if [header["c"][0] for header in found] != [heading.level for heading in headings]:
        raise RenderError(
            f"{len(found)} headings in the executed notebook, {len(headings)} in its source",
            where=f"{chapter.page.notebook}.ipynb",
            remedy="write headings in Markdown cells only, and execute the page again",
        )
    taken = set(numbering.targets)
    numbered = iter([_numbered(header, heading, taken) for header, heading in zip(found, headings, strict=True)])
    blocks = [next(numbered) if block["t"] == "Header" else block for block in blocks]
    return replace(chapter, blocks=tuple(blocks))


def _numbered(header: Node, heading: Heading, taken: set[str]) -> Node:
    level, (label, classes, _), inlines = header["c"]
    if not label:
        stem = identifier(plain_text(inlines)) or "section"
        label, repeat = stem, 2
        while label in taken:
            label, repeat = f"{stem}-{repeat}", repeat + 1
        taken.add(label)
    attributes = [["number", heading.number]] if heading.number else []
    return {"t": "Header", "c": [level, [label, classes, attributes], inlines]}
