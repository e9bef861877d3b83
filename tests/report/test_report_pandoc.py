"""Reading Markdown that was written with computed numbers in it."""

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report import pandoc as pandoc_module
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.pandoc import Pandoc, plain_text


def test_a_line_that_begins_with_a_year_and_a_stop_is_no_list(pandoc) -> None:
    blocks = pandoc.read_markdown("Estimates were issued from 2023 to\n2026. They differ.")
    assert [block["t"] for block in blocks] == ["Para"]
    assert plain_text(blocks) == "Estimates were issued from 2023 to 2026. They differ."


def test_a_list_follows_a_blank_line(pandoc) -> None:
    assert [block["t"] for block in pandoc.read_markdown("Two things:\n\n- one\n- two")] == ["Para", "BulletList"]


def test_a_heading_keeps_the_identifier_that_it_is_given_and_gets_no_other(pandoc) -> None:
    named, bare = pandoc.read_markdown("## How much? {#sec-share}\n\n## Limits")
    assert (named["c"][1][0], bare["c"][1][0]) == ("sec-share", "")


def test_pandoc_is_asked_once_for_each_text(tmp_path, monkeypatch) -> None:
    pandoc = Pandoc(Memo(tmp_path))
    answer = pandoc.convert("*one*", "markdown", "html")
    monkeypatch.setattr(pandoc_module, "run_pandoc", lambda *_: "asked")
    assert answer == pandoc.convert("*one*", "markdown", "html") == "<p><em>one</em></p>\n"
    assert pandoc.convert("*two*", "markdown", "html") == "asked"
    assert pandoc.convert("*one*", "markdown", "typst") == "asked"


def test_a_bibliography_that_changed_is_read_again(tmp_path) -> None:
    pandoc, bibliography = Pandoc(Memo(tmp_path / "memo")), tmp_path / "references.bib"
    printed = []
    for year in (2024, 2025):
        bibliography.write_text(f"@book{{a, title={{T}}, author={{Ozols, J.}}, year={{{year}}}}}", encoding="utf-8")
        printed.append(pandoc.convert("@a", "markdown", "plain", bibliography=bibliography))
    assert "Ozols (2024)" in printed[0]
    assert "Ozols (2025)" in printed[1]


def test_a_warning_is_an_error_and_is_not_remembered(pandoc) -> None:
    for _ in range(2):
        with pytest.raises(RenderError, match="pandoc: "):
            pandoc.convert("{", "json", "html")
