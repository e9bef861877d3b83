"""Rows on `baltic build`: from nothing, after an edit, with nothing to do, and on a bare machine."""

import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import peers
from bench.comparison import Cost, seconds_at_most, times_as_much, times_less
from bench.place import Place
from bench.process import CommandError
from bench.ratio import Spread, timed
from bench.record import Measured
from bench.row import Line, Row, Variant

EDITED = "01_spending_trends.ipynb"


def report_row(place: Place) -> Row:
    """The whole report from nothing, against papermill and nbconvert on the same notebooks."""
    project, output = place.scratch / "report", place.scratch / "report-peer"
    lines = place.scratch / "report.txt"

    def setup() -> None:
        place.copy_project("report")
        sources = sorted((project / "notebooks").glob("*.ipynb"))
        peers.write_lines(lines, [[path, output / path.name] for path in sources])

    def emptied() -> None:
        shutil.rmtree(output, ignore_errors=True)
        output.mkdir()

    here = {"BALTIC_ROOT": str(project)}
    variants = [
        Variant("papermill loop, nbconvert to HTML", peers.papermill_then_html(lines, output), emptied, here),
        Variant("ours, site and PDF", ["baltic", "build"], _without_build(project), here),
        Variant("ours, site alone", ["baltic", "build", "--format", "html"], _without_build(project), here),
    ]

    def conclude(measured: Measured) -> list[Line]:
        cost = {name: Cost.of(rounds) for name, rounds in measured.items()}
        peer, both, site = (variant.name for variant in variants)
        return [
            times_less("the whole report from nothing: site and PDF", cost[both], peer, cost[peer], {"wall": 3}),
            times_less("the whole report from nothing: site alone", cost[site], peer, cost[peer], {}),
        ]

    return Row("report", variants, conclude, setup)


def edit_row(place: Place) -> Row:
    """The report again, after the code of one chapter has changed."""
    project, edits = place.scratch / "edit", itertools.count(1)
    here = {"BALTIC_ROOT": str(project)}

    def setup() -> None:
        place.copy_project("edit")
        _run(["baltic", "build"], place, here)

    def edit() -> None:
        change_code(place.checkout / "notebooks" / EDITED, project / "notebooks" / EDITED, next(edits))

    variant = Variant("ours", ["baltic", "build"], edit, here)

    def conclude(measured: Measured) -> list[Line]:
        what = "site and PDF again, after an edit to the code of one chapter"
        return [seconds_at_most(what, Cost.of(measured["ours"]), 4)]

    return Row("edit", [variant], conclude, setup)


def change_code(original: Path, copy: Path, number: int) -> None:
    """Write a notebook with a comment, new for each number, at the end of the cell behind its parameters."""
    content = json.loads(original.read_text(encoding="utf-8"))
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    place = next(i for i, cell in enumerate(code) if "parameters" in cell["metadata"].get("tags", []))
    code[place + 1]["source"] = "".join(code[place + 1]["source"]) + f"\n# edit {number}"
    copy.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def noop_row(place: Place) -> Row:
    """A build with nothing to do, over some four hundred files made by the last."""
    project = place.scratch / "noop"
    here = {"BALTIC_ROOT": str(project)}

    def setup() -> None:
        write_many_pages(place.copy_project("noop"), place.sizes.pages)
        _run(["baltic", "build"], place, here)

    variants = [
        Variant("python -c pass", [place.python, "-c", "pass"]),
        Variant("ours", ["baltic", "build"], environment=here),
        place.script("key check", "key_check", project, reports=True),
    ]

    def conclude(measured: Measured) -> list[Line]:
        reports = [record.report for record in timed(measured["key check"]).values()]
        outputs = reports[0]["outputs"]
        check = Spread.of(report["seconds"] * 1000 for report in reports)
        ours, bare = Cost.of(measured["ours"]), Cost.of(measured["python -c pass"])
        return [
            times_as_much(f"nothing to do, {outputs} files built", ours, "python -c pass", bare, {"CPU": 3}),
            Line(
                what=f"the check alone, {outputs} files built",
                ours=f"{check.median:.1f} ms",
                ratio=f"{check:.1f} ms",
                target="at most 20 ms",
                met=check.median <= 20,
            ),
        ]

    return Row("noop", variants, conclude, setup)


def write_many_pages(project: Path, count: int) -> None:
    """Replace the pages of a project by this many small ones; each makes three files."""
    configuration = project / "report" / "report.yaml"
    head = configuration.read_text(encoding="utf-8").partition("\npages:\n")[0]
    names = [f"{number % 100:02d}_page_{number}" for number in range(count)]
    pages = "".join(f"  - {{notebook: {name}, coverage: nato_defence_expenditure}}\n" for name in names)
    configuration.write_text(f"{head}\npages:\n{pages}", encoding="utf-8")
    for notebook in (project / "notebooks").glob("*.ipynb"):
        notebook.unlink()
    for name in names:
        (project / "notebooks" / f"{name}.ipynb").write_text(json.dumps(_small_page(name)), encoding="utf-8")


def _small_page(title: str) -> dict[str, Any]:
    front_matter = f"---\ntitle: {title}\ndescription: One of many.\n---\n"
    code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
    parameters = {"id": "parameters", "metadata": {"tags": ["parameters"]}, "source": 'countries = ["EST"]'}
    return {
        "cells": [
            {"cell_type": "markdown", "id": "front", "metadata": {}, "source": front_matter},
            code | parameters,
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def bare_row(place: Place) -> Row:
    """From an empty folder to the site: clone, install, build. Nothing is taken from a cache of downloads."""
    clone = place.scratch / "bare"
    # the clone's own environment and project, and the interpreter that a person has
    environment = {"PATH": os.environ["PATH"], "BALTIC_ROOT": str(clone), "PIP_NO_CACHE_DIR": "1"}
    make = ["make", "--no-print-directory", "--directory", str(clone)]
    variants = [
        Variant("clone", ["git", "clone", "--quiet", str(place.checkout), str(clone)], environment=environment),
        Variant("install", [*make, ".venv/installed"], environment=environment),
        Variant("build", [*make, "report"], environment=environment),
    ]

    def conclude(measured: Measured) -> list[Line]:
        seconds = {name: rounds[1].wall_seconds for name, rounds in measured.items()}
        total = sum(seconds.values())
        steps = ", ".join(f"{name} {each:.1f} s" for name, each in seconds.items())
        memory = max(rounds[1].peak_memory_mb or 0.0 for rounds in measured.values())
        return [
            Line(
                what="make report in an empty folder, to the site and the PDF",
                ours=f"{total:.0f} s: {steps}; {memory:.0f} MB",
                ratio=f"installing is {seconds['install'] / total:.0%} of it",
                target="reported",
            )
        ]

    return Row("bare", variants, conclude, once=True)


def _run(command: list[str], place: Place, environment: dict[str, str]) -> None:
    """Run a command that is not measured; what it writes is shown when it fails."""
    done = subprocess.run(
        command, env=place.environment() | environment, cwd=place.scratch, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"exit code {done.returncode}: {' '.join(command)}\n{done.stdout}{done.stderr}")


def _without_build(project: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(project / "_build", ignore_errors=True)
