"""The report of a validation: grouped by dataset and rule, faults first, long lists cut in text and whole in JSON."""

import json

from baltic_calculus.catalog.finding import Finding, Validation, Weight
from baltic_calculus.catalog.validation_report import as_json, as_text


def failure(dataset="spending", line=2, weight=Weight.FAULT, rule="sum: parts add up"):
    return Finding(
        dataset, "m", weight=weight, file="data/s.csv", line=line, row="EST 2024", expected="2", found="3",
        tolerance="0.5", rule=rule, remedy="look",
    )  # fmt: skip


def validation(*findings):
    return Validation(findings, datasets=1, rows=1200, rules=3, cross_checks=1, comparisons=2, exceptions=0)


def test_sound_data_are_told_in_one_line():
    assert as_text(validation()) == (
        "1 dataset, 1,200 rows, 3 rules, 1 cross-check (2 comparisons): 0 faults, 0 warnings, 0 known exceptions in use"
    )


def test_finding_has_place_expectation_and_remedy():
    assert as_text(validation(failure())).splitlines()[:5] == [
        "spending: 1 fault",
        "  fault  sum: parts add up",
        "    data/s.csv line 2 EST 2024",
        "      found 3, expected 2 (tolerance 0.5)",
        "    do: look",
    ]


def test_faults_come_before_warnings_and_datasets_stay_together():
    found = (failure(weight=Weight.WARNING, rule="near"), failure("macro"), failure())
    text = as_text(validation(*found))
    assert [line for line in text.splitlines() if not line.startswith("    ")][:-1] == [
        "spending: 1 fault, 1 warning",
        "  fault  sum: parts add up",
        "  warning  near",
        "",
        "macro: 1 fault",
        "  fault  sum: parts add up",
        "",
    ]


def test_text_shows_the_first_of_many_and_json_all():
    many = validation(*(failure(line=line) for line in range(2, 10)))
    assert "    and 3 more (--format json lists all)" in as_text(many).splitlines()
    report = json.loads(as_json(many))
    assert len(report["findings"]) == report["faults"] == 8
    assert report["findings"][0]["line"] == 2
