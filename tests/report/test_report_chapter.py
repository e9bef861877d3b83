"""An executed notebook read as a chapter."""

from pathlib import Path

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.chapter import read_chapter
from baltic_calculus.report.page import Page
from baltic_calculus.report.pandoc import plain_text


def test_a_chapter_has_its_title_exhibits_and_facts(small_report) -> None:
    summary, spending, burden = small_report.chapters()
    assert (spending.title, spending.description) == ("Spending", "About Spending.")
    assert list(spending.exhibits) == ["fig-share"]
    assert list(burden.exhibits) == ["tbl-shares"]
    assert summary.facts == {"share.share": {"value": 3.7, "unit": "% of GDP"}}


def test_a_finding_is_parsed_text(small_report) -> None:
    (finding,) = small_report.chapters("00_summary")[0].findings
    assert finding.label == "finding-share"
    assert plain_text(finding.blocks).startswith("Latvia leads with 3.7% of GDP")


@pytest.mark.parametrize("content", [None, "not a notebook"])
def test_a_file_that_is_no_notebook_is_refused(pandoc, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "01_x.ipynb"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RenderError, match="cannot read the executed notebook"):
        read_chapter(path, Page(notebook="01_x", coverage="x"), pandoc)
