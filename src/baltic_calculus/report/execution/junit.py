"""The pages of a build as JUnit XML, which continuous integration shows as a list of tests."""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.execution.task import FAILURES

# All that XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(runs: Sequence[PageRun], name: str, path: Path) -> None:
    """Write one test case a page, with its time, processor time and memory.

    A page whose own code failed is a ``failure``; one that was stopped, or whose kernel died or never came up, an
    ``error``.

    Parameters
    ----------
    runs : sequence of PageRun
        The pages of the build.
    name : str
        Name of the test suite.
    path : Path
        File to write; it is replaced in one step.
    """
    suite = ET.Element(
        "testsuite",
        name=_text(name),
        tests=str(len(runs)),
        failures=str(sum(run.status == "failed" for run in runs)),
        errors=str(sum(run.status in FAILURES - {"failed"} for run in runs)),
        skipped=str(sum(run.status == "skipped" for run in runs)),
        time=_seconds(sum(run.wall_seconds for run in runs)),
    )
    for run in runs:
        _add_case(suite, run)
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    beside = path.with_suffix(".xml.new")
    ET.ElementTree(root).write(beside, encoding="utf-8", xml_declaration=True)
    beside.replace(path)


def _add_case(suite: ET.Element, run: PageRun) -> None:
    case = ET.SubElement(
        suite, "testcase", classname="notebooks", name=run.page.notebook, time=_seconds(run.wall_seconds)
    )
    properties = ET.SubElement(case, "properties")
    for name, value in (
        ("status", run.status),
        ("cpu_seconds", _seconds(run.cpu_seconds)),
        ("peak_memory_mb", f"{run.peak_memory_mb:.1f}"),
        ("attempts", str(run.attempts)),
    ):
        ET.SubElement(properties, "property", name=name, value=value)
    if run.status == "skipped":
        ET.SubElement(case, "skipped", message=_text(run.error))
    elif run.status in FAILURES:
        where = f"{run.cell}: " if run.cell else ""
        kind = "failure" if run.status == "failed" else "error"
        problem = ET.SubElement(case, kind, type=run.status, message=_text(where + run.error))
        problem.text = _text(run.traceback)


def _seconds(value: float) -> str:
    return f"{value:.3f}"


def _text(text: str) -> str:
    return _FORBIDDEN.sub("", text)
