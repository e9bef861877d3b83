"""Numbers from the source notebooks."""

from pathlib import Path

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.numbering import read_numbering


def cells(*labels: str) -> list[tuple[str, None]]:
    return [(f"#| label: {label}", None) for label in labels]


def names(write_report, root: Path, notebooks) -> dict[str, str]:
    config = write_report(root, notebooks).config
    return {label: target.name for label, target in read_numbering(config).targets.items()}


def test_figures_and_tables_are_counted_by_chapter(write_report, tmp_path: Path) -> None:
    found = names(
        write_report,
        tmp_path,
        {"00_summary": cells("fig-s"), "01_x": cells("fig-a", "tbl-a", "fig-b"), "02_y": cells("fig-c")},
    )
    assert found["fig-s"] == "Figure\u00a0S.1"
    assert [found[label] for label in ("fig-a", "tbl-a", "fig-b", "fig-c")] == [
        "Figure\u00a01.1",
        "Table\u00a01.1",
        "Figure\u00a01.2",
        "Figure\u00a02.1",
    ]


def test_sections_count_only_numbered_headings_outside_code(write_report, tmp_path: Path) -> None:
    code = "```python\n## a comment\n```"
    text = f"## One\n\n{code}\n\n## Aside {{.unnumbered}}\n\n### Below {{#sec-below}}\n\n## Two {{#sec-two}}"
    found = names(write_report, tmp_path, {"01_x": [text]})
    assert found["sec-two"] == "Section\u00a01.2"
    assert found["sec-below"] == "“Below”"


def test_pages_are_named_by_number_letter_or_title(write_report, tmp_path: Path) -> None:
    report = write_report(tmp_path, {"00_summary": [], "01_x": [], "99_appendix": []})
    pages = [
        page.model_copy(update={"number": "A"}) if page.slug == "appendix" else page for page in report.config.pages
    ]
    targets = read_numbering(report.config.model_copy(update={"pages": tuple(pages)})).targets
    assert [targets[f"sec-{slug}"].name for slug in ("summary", "x", "appendix")] == [
        "“Summary”",
        "Chapter\u00a01",
        "Appendix\u00a0A",
    ]


def test_a_label_used_twice_is_refused_with_both_places(write_report, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"fig-a is used twice(.|\n)*02_y.ipynb, cell 3 and 01_x.ipynb"):
        names(write_report, tmp_path, {"01_x": cells("fig-a"), "02_y": cells("fig-a")})


def test_a_chapter_heading_in_the_text_is_refused(write_report, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="use ## for sections"):
        names(write_report, tmp_path, {"01_x": ["# Too high"]})


def test_a_missing_notebook_is_refused(write_report, tmp_path: Path) -> None:
    report = write_report(tmp_path, {"01_x": []})
    (tmp_path / "notebooks" / "01_x.ipynb").unlink()
    with pytest.raises(RenderError, match=r"no notebook 01_x\.ipynb"):
        read_numbering(report.config)


def test_a_notebook_without_description_is_refused(write_report, tmp_path: Path) -> None:
    report = write_report(tmp_path, {"01_x": []})
    path = tmp_path / "notebooks" / "01_x.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("description", "comment"), encoding="utf-8")
    with pytest.raises(RenderError, match="the notebook has no description"):
        read_numbering(report.config)
