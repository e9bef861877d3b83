"""What identifies an edition."""

from baltic_calculus import catalog
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
