"""The pages of a site as its navigation shows them: chapters in their order, under some of them pages of one kind."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baltic_calculus.report.document import Document
from baltic_calculus.report.execution.ledger import PageFailure
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.page import Page


@dataclass(frozen=True)
class PageLink:
    """A page in the navigation.

    Attributes
    ----------
    page : Page
        The page.
    title, description, number : str
        What it is called, what it is about, and its number as printed.
    kicker : str
        What stands above its title: "Chapter 1", or of a page under another what kind of page it is.
    contents : str
        What it holds, counted: "3 figures, 1 table".
    failed : bool
        Whether it could not be built; the page then says why.
    href : str
        Its address; empty when it is not part of this build and stands here for the pages under it.
    children : tuple of PageLink
        The pages under it, by their titles.
    """

    page: Page
    title: str
    description: str
    number: str
    kicker: str
    contents: str
    failed: bool
    href: str
    children: tuple["PageLink", ...]

    @property
    def name(self) -> str:
        """What it is called in a sentence: "Chapter 1", or its title."""
        return self.kicker if self.number else self.title

    @property
    def children_name(self) -> str:
        """What the pages under it are together: "31 profiles"."""
        kind = self.children[0].page.folder or "pages"
        return f"{len(self.children)} {kind}" if len(self.children) > 1 else kind


@dataclass(frozen=True)
class PagePlace:
    """Where a page stands: itself, the page that it is under, and those before and after it."""

    link: PageLink
    parent: PageLink | None
    previous: PageLink | None
    next: PageLink | None


def link_pages(document: Document, failures: Sequence[PageFailure]) -> list[PageLink]:
    """The pages that stand in the contents of a site, each with those under it.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    failures : sequence of PageFailure
        Pages without content, which are linked all the same.
    """
    exhibits = {chapter.page.slug: chapter.exhibits.values() for chapter in document.chapters}
    failed = {failure.page.slug for failure in failures}

    def link(page: Page, children: tuple[PageLink, ...] = ()) -> PageLink:
        outline, target = document.numbering.outline(page), document.numbering.targets[page.label]
        kind = page.source.replace("_", " ").capitalize() if page.under else ""
        return PageLink(
            page=page,
            title=outline.title,
            description=outline.description,
            number=page.chapter_number,
            kicker=f"{target.word} {target.number}" if target.number else kind,
            contents=_count(exhibits.get(page.slug, ())),
            failed=page.slug in failed,
            href=page.href if page.slug in exhibits or page.slug in failed else "",
            children=children,
        )

    links = []
    for page in document.config.chapters:
        children = [link(child) for child in document.config.children(page)]
        one = link(page, tuple(sorted((child for child in children if child.href), key=_by_title)))
        if one.href or one.children:
            links.append(one)
    return links


def find_place(links: Sequence[PageLink], page: Page) -> PagePlace:
    """The place of a page among its equals: chapters among chapters, pages under a chapter among those under it."""
    parent = next((link for link in links if link.page.slug == page.under), None)
    equals = [link for link in (parent.children if parent else links) if link.href]
    place = next(number for number, link in enumerate(equals) if link.page == page)
    return PagePlace(
        link=equals[place],
        parent=parent,
        previous=equals[place - 1] if place else None,
        next=equals[place + 1] if place + 1 < len(equals) else None,
    )


def _by_title(link: PageLink) -> str:
    """Titles as in a register: an accent does not put a name behind all others."""
    letters = unicodedata.normalize("NFD", link.title.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _count(exhibits: Iterable[Exhibit]) -> str:
    counts = Counter[str](exhibit.kind for exhibit in exhibits)
    kinds = [kind for kind in ("figure", "table") if counts[kind]]
    return ", ".join(f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in kinds)
