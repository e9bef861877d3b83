"""HTML CodeSniffer by way of pa11y: it asks about tables, forms and languages what axe does not."""

from collections.abc import Sequence
from pathlib import Path

from checks.fault import Fault
from checks.tools import chromium, node_module, node_version, program, read_answer, run

NAME = "pa11y"
SCRIPT = Path(__file__).with_name("pa11y.mjs")


def version() -> str:
    """Version of the checker."""
    return node_version("pa11y")


def check_with_pa11y(top: str, names: Sequence[str]) -> list[Fault]:
    """Errors in pages below `top`, a server's address, all in one process and one browser."""
    node_module("pa11y/lib/pa11y.js")
    done = run([program("node"), SCRIPT, chromium(), *(top + name for name in names)], timeout=600)
    return [
        Fault(issue["address"].removeprefix(top), issue["where"], issue["rule"], issue["help"])
        for issue in read_answer(done, "issues")
    ]
