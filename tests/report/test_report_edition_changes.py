"""What the report says of the edition before: which one that is, what is compared, and where it is told."""

import datetime
import json
from pathlib import Path

import pytest
from lxml import html

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.changes import compare_facts
from baltic_calculus.report.edition_changes import MOST_SHOWN, EditionChanges, tell_changes
from baltic_calculus.report.kept_edition import FOLDER, KeptEdition, KeptPage, edition_before, read_editions
from baltic_calculus.report.site import render_site

MARKED = "## Since then {#sec-changes}\n\n::: {.changes}\nTold when the report is put together.\n:::"
BASE = {"countries": ["EST"], "first_year": 2014}


@pytest.fixture
def report(tmp_path: Path, write_report, prose_output):
    """A summary with the mark, and a chapter that states debt and its pace."""
    debt, pace = {"value": 41.2, "unit": "% of GDP"}, {"value": 2.0, "unit": "% a year"}
    return write_report(
        tmp_path / "report",
        {
            "00_summary": [MARKED],
            "01_burden": [("#| label: levels\n#| echo: false\nProse()", prose_output("Debt.", debt=debt, pace=pace))],
        },
    )


def kept(day: str, *, draft: str = "", debt: float = 38.0, **parameters: object) -> KeptEdition:
    facts = {"levels.debt": {"value": debt, "unit": "% of GDP"}, "levels.pace": {"value": 2.0, "unit": "% a year"}}
    page = KeptPage(parameters={**BASE, **parameters}, facts=facts)
    return KeptEdition(edition=f"Of {day}", date=datetime.date.fromisoformat(day), draft=draft, pages={"burden": page})


def text_of(report, folder: Path, parameters: dict[str, object] | None = None) -> str:
    document, retold = tell_changes(report.document(), {"burden": {**BASE, **(parameters or {})}})
    assert retold == {"summary"}
    render_site(document, folder / "site")
    page = html.parse(folder / "site" / "summary.html")
    (told,) = page.xpath("//div[contains(@class, 'changes')]")
    return " ".join(told.text_content().split())


def days_before(report, days: int) -> str:
    return (report.config.date - datetime.timedelta(days)).isoformat()


def test_the_first_edition_says_that_it_is_the_first(report, tmp_path: Path) -> None:
    assert "first edition" in text_of(report, tmp_path)
    assert not (tmp_path / "site" / "data" / "changes.csv").exists()


def test_a_change_is_told_with_both_values_a_link_and_in_the_data(report, tmp_path: Path) -> None:
    kept(days_before(report, 30)).write(report.config.root)
    text = text_of(report, tmp_path)
    assert "2 facts that both state in the same unit, 1 are as they were and 1 changed" in text
    assert "levels, debt: 38.0% of GDP before, 41.2% of GDP now" in text
    page = html.parse(tmp_path / "site" / "summary.html")
    assert page.xpath("//div[contains(@class, 'changes')]//li/a/@href") == ["burden.html"]
    assert "burden,levels.debt,changed,% of GDP,% of GDP,38.0,,41.2,,3.2" in (
        (tmp_path / "site" / "data" / "changes.csv").read_text()
    )
    package = json.loads((tmp_path / "site" / "data" / "datapackage.json").read_text())
    (resource,) = (one for one in package["resources"] if one["name"] == "changes")
    assert [field["name"] for field in resource["schema"]["fields"]][:3] == ["page", "fact", "status"]


def test_a_page_about_other_countries_is_not_compared(report, tmp_path: Path) -> None:
    kept(days_before(report, 30)).write(report.config.root)
    text = text_of(report, tmp_path, {"countries": ["POL"]})
    assert "of 0 facts" in text
    assert "Not compared, because they are made with other parameters now:" in text


def test_a_span_of_years_that_moved_on_is_compared(report, tmp_path: Path) -> None:
    kept(days_before(report, 30)).write(report.config.root)
    assert "1 changed" in text_of(report, tmp_path, {"first_year": 2015})


def test_the_edition_before_is_the_last_one_of_an_earlier_day_or_a_draft_of_the_same(report) -> None:
    root, today = report.config.root, report.config.date.isoformat()
    kept(days_before(report, 60)).write(root)
    kept(days_before(report, 30)).write(root)
    kept(today).write(root)  # this edition, kept after it was published
    assert edition_before(report.config) == kept(days_before(report, 30))
    kept(today, draft="commit 1234").write(root)
    assert edition_before(report.config) == kept(today, draft="commit 1234")
    assert [one.draft for one in read_editions(root)] == ["", "", "commit 1234", ""]


def test_an_edition_that_is_kept_leaves_the_report_of_its_day_as_it_was(report, tmp_path: Path) -> None:
    kept(days_before(report, 30)).write(report.config.root)
    before = text_of(report, tmp_path / "before")
    kept(report.config.date.isoformat(), debt=99.0).write(report.config.root)
    assert text_of(report, tmp_path / "after") == before


def test_a_damaged_file_is_named(report) -> None:
    folder = report.config.root / FOLDER
    folder.mkdir(parents=True)
    (folder / "2026-01-01.json").write_text('{"edition": "x"}')
    with pytest.raises(ConfigurationError, match="2026-01-01"):
        edition_before(report.config)


def test_an_edition_is_kept_from_a_whole_build_only(report) -> None:
    build = report.config.build
    with pytest.raises(ConfigurationError, match="no edition"):
        KeptEdition.of_build(report.config)
    build.mkdir(parents=True)
    debt = {"value": 41.2, "unit": "% of GDP"}
    (build / "facts.json").write_text(json.dumps({"burden": {"debt": debt}}))
    with pytest.raises(ConfigurationError, match="summary"):
        KeptEdition.of_build(report.config)
    (build / "facts.json").write_text(json.dumps({"summary": {}, "burden": {"debt": debt}}))
    (build / "ledger.json").write_text(json.dumps({"pages": [{"page": "01_burden", "parameters": BASE}]}))
    edition = KeptEdition.of_build(report.config)
    assert edition.pages["burden"] == KeptPage(parameters=BASE, facts={"debt": debt})
    edition.write(report.config.root)
    assert read_editions(report.config.root) == [edition]


def test_the_list_shows_the_largest_printed_changes_once_and_leaves_the_rest_to_the_data() -> None:
    # number n moves by n per cent of its new value; the last is below what is printed, the first stands on two pages
    facts = {f"x{n}": ({"value": 100.0 - n, "unit": "%"}, {"value": 100.0, "unit": "%"}) for n in range(1, 12)}
    facts |= {"y": ({"value": 99.999, "unit": "%"}, {"value": 100.0, "unit": "%"})}
    facts |= {"count": ({"value": 1, "unit": ""}, {"value": 9, "unit": ""})}
    sides = [{name: pair[side] for name, pair in facts.items()} for side in (0, 1)]
    compared = compare_facts({"a": sides[0], "b": sides[0]}, {"a": sides[1], "b": sides[1]})
    shown = EditionChanges(kept("2026-01-01"), tuple(compared), 0, ()).largest(["b", "a"])
    assert [(one.page, one.name) for one in shown] == [("b", f"x{n}") for n in range(11, 11 - MOST_SHOWN, -1)]
