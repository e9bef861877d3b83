"""References resolved, and refused when they point at nothing."""

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.crossref import check_references, reference_label, resolve
from baltic_calculus.report.numbering import Numbering, Target
from baltic_calculus.report.page import Page
from baltic_calculus.report.pandoc import Pandoc, plain_text

PAGE = Page(notebook="01_x", number="1", coverage="x")
TARGETS = [
    Target("fig-a", "figure", "1.1", "fig-a", PAGE),
    Target("fig-b", "figure", "1.2", "fig-b", PAGE),
    Target("tbl-c", "table", "2.1", "tbl-c", PAGE),
    Target("sec-d", "section", "", "Data", PAGE),
]
NUMBERING = Numbering({target.label: target for target in TARGETS}, {})


def resolved(pandoc: Pandoc, markdown: str) -> str:
    blocks = resolve(pandoc.read_markdown(markdown), NUMBERING, lambda target, text: {"t": "Str", "c": text})
    return plain_text(blocks).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("markdown", "printed"),
    [
        ("See @fig-a.", "See Figure 1.1."),
        ("@Tbl-c shows", "Table 2.1 shows"),
        ("[@fig-a; @fig-b]", "Figures 1.1 and 1.2"),
        ("[@fig-a; @fig-b; @tbl-c]", "Figures 1.1 and 1.2 and Table 2.1"),
        ("figure [-@fig-b]", "figure 1.2"),
        ("in @sec-d", "in “Data”"),
    ],
)
def test_a_reference_prints_the_name_of_its_target(pandoc, markdown: str, printed: str) -> None:
    assert resolved(pandoc, markdown) == printed


def test_citations_are_left_for_the_bibliography(pandoc) -> None:
    assert reference_label("nato2025") is None
    assert "@nato2025" in resolved(pandoc, "[@nato2025]")


def test_citations_used_are_returned(pandoc) -> None:
    blocks = pandoc.read_markdown("@fig-a and [@nato2025; @sipri2025, p. 3]")
    assert check_references(blocks, NUMBERING, {"nato2025", "sipri2025"}, "here") == {"nato2025", "sipri2025"}


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("@fig-none", r"unknown reference @fig-none \(there are: fig-a, fig-b\)"),
        ("[@nobody1999]", "unknown citation @nobody1999"),
        ("[@fig-a; @nato2025]", "mixes references and citations"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_place(pandoc, markdown: str, message: str) -> None:
    with pytest.raises(RenderError, match=message + r"(.|\n)*where: 01_x.ipynb, cell 4"):
        check_references(pandoc.read_markdown(markdown), NUMBERING, {"nato2025"}, "01_x.ipynb, cell 4")
