"""The papers that the report is printed on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A size of paper.

    Attributes
    ----------
    name : str
        What people and the theme call it.
    title : str
        What readers are told.
    file : str
        Name of the PDF.
    room : float
        Height of the text on a page, in mm: the paper less the upper and lower margins of the theme.
    """

    name: str
    title: str
    file: str
    room: float


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("a4", "A4", "report.pdf", 297 - 27 - 25),
        Paper("letter", "US Letter", "report-letter.pdf", 279.4 - 27 - 24),
    )
}

FIRST_PAPER = "a4"
"""The one that site and catalogues link to."""


def choose_papers(names: Iterable[str]) -> tuple[str, ...]:
    """Check the names of papers, and put them in the order in which they are printed.

    Raises
    ------
    ValueError
        When one is unknown, or the first paper is missing.
    """
    chosen = set(names)
    if chosen - set(PAPERS):
        raise ValueError(f"no paper {', '.join(sorted(chosen - set(PAPERS)))}: choose from {', '.join(PAPERS)}")
    if FIRST_PAPER not in chosen:
        raise ValueError(f"{FIRST_PAPER} must be among the papers: the site links to it")
    return tuple(name for name in PAPERS if name in chosen)
