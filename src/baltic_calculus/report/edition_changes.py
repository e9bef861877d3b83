"""What changed since the last edition, as the report says it: counts, the largest changes with links, all as data.

The comparison needs the facts of every page, so it is made when the chapters are put together. A notebook marks the
place with a block of the class ``changes``, whose own text stands wherever the notebook is read alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.exhibits.label import name_in_text
from baltic_calculus.exhibits.number import format_date, format_list, format_quantity
from baltic_calculus.report.changes import Change, changes_csv, compare_facts, count_compared
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.document import Document
from baltic_calculus.report.kept_edition import KeptEdition, edition_before
from baltic_calculus.report.pandoc import Node, div, find, raw_inline, transform, words

MARK = "changes"
"""Class of the block that is replaced."""

FILE = "changes.csv"
MOST_SHOWN = 8
WITHOUT_SIZE = ("", "year")
"""Units of counts, names and calendar years, whose changes are told in the data alone."""


@dataclass(frozen=True)
class EditionChanges:
    """What became of the facts of the edition before.

    Attributes
    ----------
    before : KeptEdition
        That edition.
    changes : tuple of Change
        All of them, in the order of the report.
    compared : int
        Facts that both editions have in the same unit.
    other : tuple of str
        Pages that are not compared, because they are made with other parameters now.
    """

    before: KeptEdition
    changes: tuple[Change, ...]
    compared: int
    other: tuple[str, ...]

    @property
    def data(self) -> str:
        """All changes as CSV."""
        return changes_csv(self.changes)

    def count(self, status: str) -> int:
        """Number of facts of a status."""
        return sum(change.status == status for change in self.changes)

    def largest(self, pages: Sequence[str]) -> list[Change]:
        """The largest changes of numbers that have a unit and are printed otherwise than before, each number once.

        A number that several pages state is shown where it comes first in ``pages``.
        """
        order = {page: place for place, page in enumerate(pages)}
        sized = [c for c in self.changes if c.page in order and c.size is not None and c.after is not None]
        sized = [change for change in sized if change.after and change.after["unit"] not in WITHOUT_SIZE]
        sized = [change for change in sized if len(set(_both(change))) > 1]
        shown: dict[tuple[Any, ...], Change] = {}
        for change in sorted(sized, key=lambda one: (-one.relative, order[one.page])):
            shown.setdefault((str(change.before), str(change.after)), change)
        return list(shown.values())[:MOST_SHOWN]


def compare_with_last(document: Document, parameters: Mapping[str, Mapping[str, Any]]) -> EditionChanges | None:
    """Compare the facts of a document with those of the edition before.

    Parameters
    ----------
    document : Document
        The pages that were built.
    parameters : mapping of str to mapping
        Their parameters, by slug.

    Returns
    -------
    EditionChanges or None
        None when no edition before it is kept.
    """
    before = edition_before(document.config)
    if before is None:
        return None
    new = {chapter.page.slug: chapter.facts for chapter in document.chapters}
    other = tuple(
        slug for slug in new if slug in before.pages and not before.pages[slug].is_about(parameters.get(slug, {}))
    )
    not_built = {page.slug for page in document.config.pages} - new.keys()
    old = {slug: page.facts for slug, page in before.pages.items() if slug not in not_built.union(other)}
    new = {slug: facts for slug, facts in new.items() if slug not in other}
    return EditionChanges(before, tuple(compare_facts(old, new)), count_compared(old, new), other)


def tell_changes(document: Document, parameters: Mapping[str, Mapping[str, Any]]) -> tuple[Document, frozenset[str]]:
    """Write what changed into the chapters that have a place for it.

    Returns
    -------
    tuple of Document and frozenset of str
        The document with its changes, and the slugs of the chapters that now say something else.
    """
    changes = compare_with_last(document, parameters)
    marked = frozenset(chapter.page.slug for chapter in document.chapters if any(_marked(chapter.blocks)))
    chapters = tuple(
        _told(chapter, document, changes) if chapter.page.slug in marked else chapter for chapter in document.chapters
    )
    return replace(document, chapters=chapters, changes=changes), marked


def _marked(blocks: Sequence[Node]) -> Iterator[Node]:
    return (block for block in find(blocks, "Div") if MARK in block["c"][0][1])


def _told(chapter: Chapter, document: Document, changes: EditionChanges | None) -> Chapter:
    def tell(node: Node) -> list[Node] | None:
        if node["t"] != "Div" or MARK not in node["c"][0][1]:
            return None
        return [div(list(_blocks(document, chapter, changes)), MARK)]

    return replace(chapter, blocks=tuple(transform(list(chapter.blocks), tell)))


def _blocks(document: Document, chapter: Chapter, changes: EditionChanges | None) -> Iterator[Node]:
    if changes is None:
        yield _paragraph("This is the first edition whose numbers are kept: there is none before it to compare with.")
        return
    yield _paragraph(_counts(changes))
    # where a number is explained, rather than where it is repeated
    shown = [one for one in document.chapters if not one.page.under and one.page != chapter.page]
    largest = changes.largest([one.page.slug for one in shown])
    if largest:
        yield _paragraph("The largest, against the size of the number; names are those of facts.json:")
        labels = {one.page.slug: one.page.label for one in shown}
        yield {"t": "BulletList", "c": [[_plain(_line(change, labels[change.page]))] for change in largest]}
    else:
        yield _paragraph("Of the chapters that are in both, no number with a unit has changed.")
    if changes.other:
        names = [
            document.numbering.targets[page.page.label].title
            for page in document.chapters
            if page.page.slug in changes.other
        ]
        yield _paragraph(f"Not compared, because they are made with other parameters now: {format_list(names)}.")
    href = f"{chapter.page.up}data/{FILE}"
    yield {
        "t": "Para",
        "c": [
            *words("All of them are in "),
            raw_inline("html", f'<a href="{href}" download>data/{FILE}</a>'),
            raw_inline("typst", f'#raw("data/{FILE}")'),
            *words(", with both values and units."),
        ],
    }


def _counts(changes: EditionChanges) -> str:
    before = changes.before
    day = format_date(before.date)
    name = f"the unpublished draft of {day} ({before.draft})" if before.draft else f"the edition of {day}"
    counted = {status: f"{changes.count(status):,}" for status in ("changed", "new", "gone", "redefined")}
    same = f"{changes.compared - changes.count('changed'):,}"
    return (
        f"Compared with {name}: of {changes.compared:,} facts that both state in the same unit, {same} are as they "
        f"were and {counted['changed']} changed. New: {counted['new']}; gone or moved to another page: "
        f"{counted['gone']}; under the same name in another unit, and so not compared: {counted['redefined']}."
    )


def _line(change: Change, label: str) -> list[Node]:
    before, after = _both(change)
    return [_reference(label), *words(f", {_in_words(change.name)}: {before} before, {after} now")]


def _reference(label: str) -> Node:
    citation = {
        "citationId": label,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "AuthorInText"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[citation], words(f"@{label}")]}


def _in_words(name: str) -> str:
    """The name of a fact as words: ``debt.levels_end.EST`` becomes "debt, levels end, Estonia"."""
    return ", ".join(re.sub(r"[_-]+", " ", name_in_text(part)) for part in name.split("."))


def _both(change: Change) -> list[str]:
    """The number as it was and as it is, printed."""
    return [_printed(fact) for fact in (change.before, change.after) if fact is not None]


def _printed(fact: Mapping[str, Any]) -> str:
    high = fact.get("high")
    return format_quantity(
        Quantity(fact["value"], fact["unit"], high=None if high is None or high == fact["value"] else high)
    )


def _paragraph(text: str) -> Node:
    return {"t": "Para", "c": words(text)}


def _plain(inlines: Sequence[Node]) -> Node:
    return {"t": "Plain", "c": list(inlines)}
