"""JUnit XML: a test case a page, as continuous integration shows it."""

from xml.etree import ElementTree as ET

from baltic_calculus.report.execution.junit import write_junit
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.page import Page

RUNS = [
    PageRun(Page(notebook="01_ok", coverage="x"), "ok", {}, wall_seconds=1.5, cpu_seconds=1.25, peak_memory_mb=180.2),
    PageRun(
        Page(notebook="02_bad", coverage="x"), "failed", {}, cell="cell 3", error="ValueError: a < b", traceback="T"
    ),
    PageRun(Page(notebook="03_dead", coverage="x"), "kernel_died", {}, error="the kernel left with exit code 3"),
    PageRun(Page(notebook="04_none", coverage="x"), "skipped", {}, error="nothing to say"),
    PageRun(Page(notebook="05_same", coverage="x"), "cached", {}),
]


def cases(path):
    suite = ET.parse(path).getroot().find("testsuite")  # noqa: S314  (written by the line above)
    return suite, {case.get("name"): case for case in suite.iter("testcase")}


def test_each_page_is_a_case_with_its_end(tmp_path):
    write_junit(RUNS, "November 2026", tmp_path / "junit.xml")
    suite, found = cases(tmp_path / "junit.xml")
    counts = {name: suite.get(name) for name in ("name", "tests", "failures", "errors", "skipped", "time")}
    assert counts == {
        "name": "November 2026",
        "tests": "5",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
        "time": "1.500",
    }
    assert found["02_bad"].find("failure").attrib == {"type": "failed", "message": "cell 3: ValueError: a < b"}
    assert found["02_bad"].find("failure").text == "T"
    assert found["03_dead"].find("error").get("message") == "the kernel left with exit code 3"
    assert found["04_none"].find("skipped").get("message") == "nothing to say"
    for good in ("01_ok", "05_same"):
        assert [child.tag for child in found[good]] == ["properties"]


def test_costs_are_properties(tmp_path):
    write_junit(RUNS, "e", tmp_path / "junit.xml")
    case = cases(tmp_path / "junit.xml")[1]["01_ok"]
    assert case.get("time") == "1.500"
    assert {entry.get("name"): entry.get("value") for entry in case.iter("property")} == {
        "status": "ok",
        "cpu_seconds": "1.250",
        "peak_memory_mb": "180.2",
        "attempts": "0",
    }


def test_characters_that_xml_cannot_hold_are_dropped(tmp_path):
    page = Page(notebook="01_bad", coverage="x")
    error = "colour \x1b[31m, bell \x07, lone \ud800, none \ufffe, Šķēle 🙂\n\ttab"
    write_junit([PageRun(page, "failed", {}, error="E", traceback=error)], "e", tmp_path / "junit.xml")
    text = cases(tmp_path / "junit.xml")[1]["01_bad"].find("failure").text
    assert text == "colour [31m, bell , lone , none , Šķēle 🙂\n\ttab"
