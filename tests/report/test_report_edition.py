"""What identifies an edition."""

from dataclasses import replace

from baltic_calculus import catalog
from baltic_calculus.exhibits.number import format_date
from baltic_calculus.report.edition import describe_edition


def test_the_vintages_are_those_of_the_datasets_shown(small_report) -> None:
    edition = describe_edition(small_report.document())
    assert [vintage.name for vintage in edition.vintages] == ["nato_defence_expenditure"]
    assert edition.vintages[0].title == catalog.record("nato_defence_expenditure").title
    assert edition.date == "21 November 2026"


def test_a_report_is_cited_by_its_authors_year_and_edition(small_report) -> None:
    edition = describe_edition(small_report.document())
    assert edition.citation == (
        "One Author and Another Author (2026). A title: A subtitle. Edition November 2026. An institute."
    )
    assert edition.bibtex.startswith("@techreport{a2026,\n  author = {{One Author} and {Another Author}},")
    assert "  month = {nov}," in edition.bibtex


def test_an_edition_says_when_its_sources_were_read_and_how_far_its_main_ones_reach(small_report) -> None:
    edition = describe_edition(small_report.document())
    record = catalog.record("nato_defence_expenditure")
    assert edition.read == format_date(record.read)
    assert [one.state for one in edition.main] == [f"data to {format_date(record.cut_off)}"]


def test_a_dataset_without_a_cut_off_is_as_recent_as_its_publication(small_report) -> None:
    (vintage,) = describe_edition(small_report.document()).main
    published = replace(vintage, cut_off="", published="April 2026")
    assert published.state == "published April 2026"
    assert replace(published, published="").state == f"read {vintage.read}"
