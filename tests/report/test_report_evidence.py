"""The evidence: data, facts and notebooks without the traces of a run."""

import json
from pathlib import Path

import nbformat
from jsonschema import Draft202012Validator

from baltic_calculus.report.evidence import FACTS_SCHEMA, write_evidence


def test_the_data_of_each_exhibit_and_each_fact_are_written(small_report, tmp_path: Path) -> None:
    write_evidence(small_report.document(), tmp_path)
    assert (tmp_path / "data" / "fig-share.csv").read_text(encoding="utf-8") == "state,share\nEstonia,3.4\nLatvia,3.7\n"
    assert (tmp_path / "data" / "tbl-shares.csv").exists()
    facts = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert facts == {"summary": {"share.share": {"value": 3.7, "unit": "% of GDP"}}, "spending": {}, "burden": {}}


def test_published_notebooks_show_the_chart_and_hide_the_run(small_report, tmp_path: Path) -> None:
    write_evidence(small_report.document(), tmp_path)
    text = (tmp_path / "notebooks" / "01_spending.ipynb").read_text(encoding="utf-8")
    for trace in ("papermill", "start_time", "iopub", "/home/someone"):
        assert trace not in text
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.data["image/svg+xml"][:4] for output in outputs] == ["<svg"]


def test_what_libraries_say_on_standard_error_is_not_published(write_report, tmp_path: Path) -> None:
    warning = nbformat.v4.new_output("stream", name="stderr", text="/home/someone/lib.py: warning")
    report = write_report(tmp_path / "project", {"01_x": [("#| echo: false\nrun()", warning)]})
    write_evidence(report.document(), tmp_path / "out")
    assert "/home/someone" not in (tmp_path / "out" / "notebooks" / "01_x.ipynb").read_text(encoding="utf-8")


def test_facts_are_as_their_schema_says(small_report, tmp_path: Path) -> None:
    write_evidence(small_report.document(), tmp_path)
    schema = json.loads(FACTS_SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    facts = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert validator.is_valid(facts)
    assert validator.is_valid({"summary": {"range": {"value": 1, "high": 2, "unit": "%"}}})
    for broken in ({"unit": "%"}, {"value": 1}, {"value": {}, "unit": ""}, {"value": 1, "unit": "", "note": ""}):
        assert not validator.is_valid({"summary": {"share": broken}})
