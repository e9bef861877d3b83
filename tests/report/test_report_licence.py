"""Licences as machines name them."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.report.licence import read_licence, report_licence


@pytest.mark.parametrize(
    ("terms", "name", "path"),
    [
        ("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-SA 3.0", "CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("public domain", "other-pd", ""),
        ("Less than a tenth, non-commercial use", "other-nc", ""),
        ("IMF, Eurostat CC BY 4.0, others as single figures", "other-at", ""),
    ],
)
def test_terms_are_recognised_only_when_they_are_the_whole_licence(terms, name, path) -> None:
    licence = read_licence(terms)
    assert (licence.name, licence.path) == (name, path)
    assert licence.entry()["title"]


def test_the_report_is_under_the_licence_that_its_terms_name_first() -> None:
    licence = report_licence("Text and figures CC BY 4.0; data under the licences named in the appendix")
    assert licence.name == "CC-BY-4.0"
    assert licence.title.startswith("Text and figures")


def test_no_dataset_under_conditions_passes_for_open() -> None:
    limited = [record for record in catalog.records() if record.redistribution == "limited"]
    assert limited
    assert all(not read_licence(record.licence).name.startswith("CC-BY") for record in limited)
