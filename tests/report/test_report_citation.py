"""How to cite the report, for reference managers."""

import json

from baltic_calculus.report.citation import csl_citation, ris_citation


def test_a_ris_record_names_teams_as_such(small_report) -> None:
    lines = ris_citation(small_report.config).split("\r\n")
    assert lines[:4] == ["TY  - RPRT", "AU  - One Author,", "AU  - Another Author,", "TI  - A title: A subtitle"]
    assert "DA  - 2026/11/21" in lines
    assert lines[-2:] == ["ER  - ", ""]
    assert not any(line.startswith("UR") for line in lines)


def test_a_csl_item_has_an_address_when_there_is_one(small_report) -> None:
    (item,) = json.loads(csl_citation(small_report.config))
    assert item["author"] == [{"literal": "One Author"}, {"literal": "Another Author"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 21]]}
    assert "URL" not in item
    published = small_report.config.model_copy(update={"address": "https://report.example/"})
    assert json.loads(csl_citation(published))[0]["URL"] == "https://report.example/"
