"""What doctor thinks of what it found: facts in, one line with a state and a remedy out."""

import pytest

from baltic_calculus.report.health.finding import Finding, State, shortened
from baltic_calculus.report.health.judgement import (
    Tool,
    judge_build_folder,
    judge_data,
    judge_disk,
    judge_fonts,
    judge_jupyter,
    judge_left_overs,
    judge_lock,
    judge_memory,
    judge_python,
    judge_tool,
    read_pins,
)

LOCK = """\
# This file was written by a machine
Great_Tables==1.0.0 \\
    --hash=sha256:00
    # via baltic-calculus (pyproject.toml)
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:00
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:00
tzdata==2026.6 ; sys_platform == 'win32' \\
    --hash=sha256:00
ruff==0.17.6 \\
    --hash=sha256:00
"""
PINS = read_pins(LOCK)
INSTALLED = {"great-tables": "1.0.0", "numpy": "2.5.5", "ruff": "0.17.6", "something-else": "1"}
QUARTO = Tool(("quarto",), "baltic render --engine quarto", "install it", (1, 9))


def test_lock_is_read_with_the_versions_of_other_pythons_and_systems():
    assert read_pins(LOCK) == {
        "great-tables": (True, frozenset({"1.0.0"})),
        "numpy": (False, frozenset({"2.4.6", "2.5.5"})),
        "tzdata": (False, frozenset({"2026.6"})),
        "ruff": (True, frozenset({"0.17.6"})),
    }


@pytest.mark.parametrize(
    ("installed", "state", "words"),
    [
        (INSTALLED, State.OK, "4 packages"),
        ({**INSTALLED, "numpy": "2.4.6"}, State.OK, "4 packages"),
        ({**INSTALLED, "numpy": "2.3.0"}, State.WARNING, "numpy 2.3.0, not 2.4.6 or 2.5.5"),
        ({name: version for name, version in INSTALLED.items() if name != "ruff"}, State.WARNING, "missing: ruff"),
        ({name: version for name, version in INSTALLED.items() if name != "numpy"}, State.FAULT, "numpy"),
    ],
)
def test_environment_is_held_to_the_lock(installed, state, words):
    finding = judge_lock(PINS, installed, ["great-tables", "numpy"])
    assert finding.state == state
    assert words in finding.text


@pytest.mark.parametrize(
    ("finding", "state", "words"),
    [
        (judge_python((3, 11, 0)), State.OK, "3.11.0"),
        (judge_python((3, 13, 9)), State.OK, "3.13.9"),
        (judge_python((3, 10, 9)), State.FAULT, "3.10.9"),
        (judge_python((3, 14, 0)), State.FAULT, "3.14.0"),
        (judge_jupyter({"nbformat"}), State.OK, "not in the build environment"),
        (judge_jupyter({"jupyter-server"}), State.WARNING, "a second later"),
        (judge_fonts({"ttf/a.ttf"}, {"ttf/a.ttf": b"\x00\x01\x00\x00"}), State.OK, "1 files"),
        (judge_fonts({"ttf/a.ttf"}, {}), State.FAULT, "ttf/a.ttf is missing"),
        # what git leaves of a large file that was not fetched is text
        (judge_fonts((), {"woff2/a.woff2": b"vers"}), State.FAULT, "woff2/a.woff2 is no font"),
        (judge_disk(5e9), State.OK, "5.0 GB"),
        (judge_disk(1e9), State.WARNING, "1.0 GB"),
        (judge_disk(1e8), State.FAULT, "0.1 GB"),
        (judge_memory(4e9, 3), State.OK, "4.0 GB available for 3 kernels"),
        (judge_memory(5e8, 3), State.WARNING, "0.5 GB"),
        (judge_tool(QUARTO, "1.9.36"), State.OK, "1.9.36"),
        (judge_tool(QUARTO, "1.8.2"), State.WARNING, "1.8.2 is older than 1.9"),
        (judge_tool(QUARTO, None), State.WARNING, "needed only for baltic render"),
        (judge_data({"data/a.csv": "1"}, {"data/a.csv": "1"}), State.OK, "1 files"),
        (judge_data({"data/a.csv": "1"}, {"data/a.csv": "2"}), State.FAULT, "data/a.csv has changed"),
        (judge_data({"data/a.csv": "1"}, {}), State.FAULT, "data/a.csv is missing"),
        (judge_build_folder(writable=True), State.OK, "can be written"),
        (judge_build_folder(writable=False), State.FAULT, "cannot be written"),
        (judge_left_overs(["site", "cache"], locked=False, adopting=False), State.OK, "none"),
        (judge_left_overs(["site", ".next"], locked=True, adopting=False), State.WARNING, "a build is running"),
        (judge_left_overs([".next"], locked=False, adopting=False), State.WARNING, "cut short: .next"),
        (
            judge_left_overs([".previous", ".next"], locked=False, adopting=False),
            State.WARNING,
            "put its products in place",
        ),
        (judge_left_overs([], locked=False, adopting=True), State.FAULT, "neither the former nor the new"),
        (
            judge_left_overs(["site.partial"], locked=False, adopting=False),
            State.WARNING,
            "pages failed in the last build",
        ),
    ],
)
def test_each_look_is_judged(finding, state, words):
    assert finding.state == state
    assert words in finding.text


def test_only_what_is_wrong_has_a_remedy():
    with pytest.raises(ValueError, match="disk: a remedy belongs"):
        Finding("disk", State.FAULT, "full")
    with pytest.raises(ValueError, match="disk: a remedy belongs"):
        Finding("disk", State.OK, "empty", "nothing")


def test_long_lists_are_shortened():
    assert shortened(["a", "b"]) == "a, b"
    assert shortened("abcdefg") == "a, b, c, d, e and 2 more"
