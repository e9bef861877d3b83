"""Findings on the landing page: in full while they are few, by their headlines when they are many."""

from pathlib import Path

import pytest
from lxml import html

from baltic_calculus.report.landing import FULL_STATEMENTS
from baltic_calculus.report.site import render_site


@pytest.mark.parametrize("count", [FULL_STATEMENTS, FULL_STATEMENTS + 1])
def test_many_findings_are_told_by_their_headlines(
    write_report, figure_output, prose_output, tmp_path: Path, count: int
) -> None:
    sentence = prose_output("**A headline & more.** The rest, in detail (@fig-a).")
    findings = [(f"#| label: finding-{number}\n#| echo: false\nProse()", sentence) for number in range(count)]
    report = write_report(
        tmp_path / "project", {"00_summary": findings, "01_x": [("#| label: fig-a", figure_output())]}
    )
    render_site(report.document(), tmp_path / "site")
    page = html.fromstring((tmp_path / "site" / "index.html").read_text(encoding="utf-8"))
    items = page.xpath("//section[@class='findings']//li")
    assert len(items) == count
    is_full = count <= FULL_STATEMENTS
    assert ["The rest, in detail" in item.text_content() for item in items] == [is_full] * count
    links = items[-1].xpath(".//a/@href")
    assert links == (["x.html#fig-a"] if is_full else [f"summary.html#finding-{count - 1}", "x.html#fig-a"])
    assert "A headline & more." in items[0].text_content()
