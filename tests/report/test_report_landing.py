"""Findings on the landing page: which ones have a card with a small chart, what they say and where they lead."""

from pathlib import Path

import pytest
from lxml import html
from markupsafe import Markup

from baltic_calculus.report.landing import MOST_CARDS, Finding, choose_cards
from baltic_calculus.report.site import render_site


@pytest.fixture(scope="module")
def page(small_report, tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    folder = tmp_path_factory.mktemp("landing") / "site"
    render_site(small_report.document(), folder)
    return html.fromstring((folder / "index.html").read_text(encoding="utf-8"))


def finding(label: str, part: str, *, chart: bool = True) -> Finding:
    return Finding(
        label, f"summary.html#{label}", part, Markup(label), (), Markup("<svg/>") if chart else Markup(""), "%"
    )


def labels(findings: list[Finding]) -> list[str]:
    return [one.label for one in findings]


def test_a_finding_is_a_headline_with_its_quantity_a_chart_and_links_to_the_evidence(page) -> None:
    (card,) = page.xpath("//li[@class='finding-card']")
    assert card.xpath("./p[@class='finding-headline']/a/@href") == ["spending.html#fig-share"]
    assert card.xpath("./p[@class='finding-headline']")[0].text_content() == "Latvia leads"
    (chart,) = card.xpath(".//*[local-name()='svg']")
    assert chart.get("aria-hidden") == "true"
    evidence = card.xpath("./p[@class='finding-evidence']")[0]
    assert " ".join(evidence.text_content().split()) == "% of GDP Figure 1.1"
    assert evidence.xpath(".//a/@href") == ["spending.html#fig-share"]


def test_money_and_shares_are_marked_and_years_are_not(write_report, prose_output, tmp_path: Path) -> None:
    sentence = "**In 2026 they spend EUR 9.27 bn, 5.33% of GDP & 34–36% more than the 2 of 2014.** The rest."
    cell = ("#| label: finding-a\n#| echo: false\nProse()", prose_output(sentence))
    render_site(write_report(tmp_path / "project", {"00_summary": [cell]}).document(), tmp_path / "site")
    page = html.fromstring((tmp_path / "site" / "index.html").read_text(encoding="utf-8"))
    (headline,) = page.xpath("//p[@class='finding-headline']/a")
    assert headline.xpath("./strong/text()") == ["EUR 9.27 bn", "5.33% of GDP", "34–36%"]
    assert headline.text_content() == "In 2026 they spend EUR 9.27 bn, 5.33% of GDP & 34–36% more than the 2 of 2014"
    assert headline.get("href") == "summary.html#finding-a"


def test_few_findings_are_all_cards() -> None:
    few = [finding(f"f{number}", "a", chart=number > 2) for number in range(MOST_CARDS)]
    assert choose_cards(few) == (few, [])


def test_of_many_findings_each_part_shows_its_first_ones_with_a_chart() -> None:
    spending = [finding(f"s{number}", "spending") for number in range(5)]
    burden = [finding(f"b{number}", "burden") for number in range(3)]
    posture = [finding("p0", "posture", chart=False), finding("p1", "posture")]
    cards, others = choose_cards([*spending, *burden, *posture])
    assert labels(cards) == ["s0", "s1", "s2", "b0", "b1", "p1"]
    assert labels(others) == ["s3", "s4", "b2", "p0"]


def test_the_summary_shows_the_small_chart_beside_its_finding(small_report, tmp_path: Path) -> None:
    render_site(small_report.document(), tmp_path / "site")
    page = html.fromstring((tmp_path / "site" / "summary.html").read_text(encoding="utf-8"))
    (finding,) = page.xpath("//div[@id='finding-share']")
    assert finding.xpath("./div[@class='small-chart']/*[local-name()='svg']")
    assert "Latvia leads with 3.7% of GDP" in finding.text_content()


def test_the_four_things_to_do_come_first(page) -> None:
    actions = page.xpath("//ul[@class='hero-actions']//a")
    assert [(action.text, action.get("href")) for action in actions] == [
        ("Read the report", "summary.html"),
        ("Get the data", "#data"),
        ("Cite", "#cite"),
    ]
