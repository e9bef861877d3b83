"""Doctor looks at a real machine and at checkouts in which one thing is wrong."""

import hashlib
import sys
from pathlib import Path

import pytest

from baltic_calculus import cli
from baltic_calculus.report import social_card
from baltic_calculus.report.health.finding import State
from baltic_calculus.report.health.survey import (
    PRINTED_FONTS,
    look_at_data,
    look_at_fonts,
    look_at_left_overs,
    look_at_lock,
    survey,
)
from baltic_calculus.report.notebook_html import FACES
from baltic_calculus.report.publish import lock

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the project's lock, style sheets and fonts, and a catalogue of one file."""
    (tmp_path / "report" / "theme").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    for shared in ("requirements.lock", "report/theme/css", "report/theme/fonts"):
        (tmp_path / shared).symlink_to(ROOT / shared)
    (tmp_path / "data" / "a.geojson").write_text("{}")
    digest = hashlib.sha256(b"{}").hexdigest()
    (tmp_path / "data" / "catalog.yaml").write_text(
        "columns: {}\ndatasets:\n  a: {path: data/a.geojson, kind: geometry, title: A, publisher: B, edition: C, "
        f"basis: D, read: 2026, licence: E, redistribution: open, citation: f, sha256: '{digest}'}}\n"
    )
    return tmp_path


def test_this_project_is_found_in_order(checkout):
    findings = {finding.subject: finding for finding in survey(checkout)}
    assert {name for name, finding in findings.items() if finding.state == State.FAULT} <= {"disk"}
    assert list(findings)[:5] == ["Python", "lock", "JupyterLab", "fonts", "data"]
    assert {"disk", "memory", "quarto", "chromium", "java", "node", "git"} <= findings.keys()
    assert findings["data"].text.startswith("1 files")


def test_fonts_looked_for_are_those_that_are_used():
    printed = {face[-1] for face in FACES} | {face[1] for face in (social_card.DISPLAY, social_card.SANS)}
    assert set(PRINTED_FONTS) == printed


def test_missing_font_is_a_fault(checkout):
    (checkout / "report" / "theme" / "fonts").unlink()
    finding = look_at_fonts(checkout)
    assert finding.state == State.FAULT
    assert "ttf/SourceSans3-It.ttf is missing" in finding.text


def test_changed_data_are_a_fault(checkout):
    (checkout / "data" / "a.geojson").write_text("{ }")
    assert look_at_data(checkout).text == "data/a.geojson has changed"


def test_broken_catalogue_is_a_fault_and_no_crash(checkout):
    (checkout / "data" / "catalog.yaml").write_text("datasets: [")
    assert look_at_data(checkout).state == State.FAULT
    (checkout / "data" / "catalog.yaml").unlink()
    assert look_at_data(checkout).state == State.FAULT


def test_missing_lock_is_a_fault(checkout):
    (checkout / "requirements.lock").unlink()
    assert look_at_lock(checkout, {}).text == "no requirements.lock"


def test_running_build_is_told_from_one_that_was_cut_short(checkout):
    assert look_at_left_overs(checkout).state == State.OK
    build = checkout / "_build"
    with lock(build):
        assert look_at_left_overs(checkout).text == "a build is running in this checkout"
    (build / ".next").mkdir()
    assert look_at_left_overs(checkout).text == "a build was cut short: .next"


@pytest.mark.parametrize(("spoilt", "code"), [(False, 0), (True, 1)])
def test_verb_tells_states_and_remedies(checkout, monkeypatch, capsys, spoilt, code):
    monkeypatch.setenv("BALTIC_ROOT", str(checkout))
    monkeypatch.setattr(sys, "argv", ["baltic", "doctor"])
    if spoilt:
        (checkout / "data" / "a.geojson").unlink()
    assert cli.main() == code
    told = capsys.readouterr()
    assert "\nok       data        1 files" in told.out or spoilt
    assert ("fault    data        data/a.geojson is missing\n" in told.out) is spoilt
    assert ("do: restore from git" in told.out) is spoilt
    assert ("a build would fail: data" in told.err) is spoilt
