"""The data package, read back by frictionless: every file, every row against its schema."""

import json
from pathlib import Path

from checks.fault import Fault
from checks.tools import check_python, run

NAME = "frictionless"


def version() -> str:
    """Version of the checker."""
    code = "import importlib.metadata as m; print(m.version('frictionless'))"
    return run([check_python(), "-c", code]).stdout.strip()


def check_data_package(package: Path) -> list[Fault]:
    """Errors in the description and in the files that it describes."""
    if not package.is_file():
        return [Fault(package.name, "", "missing", "no data package was built")]
    done = run([check_python(), "-m", "frictionless", "validate", package, "--json"])
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise RuntimeError(f"frictionless gave no report: {done.stdout[:500]} {done.stderr[:1500]}") from error
    places = [(package.name, report), *((task["place"], task) for task in report["tasks"])]
    return [
        Fault(place, f"row {error['rowNumber']}" if "rowNumber" in error else "", error["type"], error["message"])
        for place, part in places
        for error in part["errors"]
    ]
