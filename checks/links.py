"""Links and fragments inside the site, followed by linkinator over a server of its own."""

from pathlib import Path

from checks.fault import Fault
from checks.tools import node_module, node_version, program, read_answer, run

NAME = "linkinator"
OUTSIDE = r"^https?://(?!localhost|127\.0\.0\.1)"


def version() -> str:
    """Version of the checker."""
    return node_version("linkinator")


def check_links(site: Path) -> list[Fault]:
    """Links from any page that lead nowhere: pages, fragments, pictures, styles, scripts and downloads.

    Addresses outside the site are not asked: a check must say the same on a machine without a network.
    """
    flags = (
        "--verbosity",
        "error",
        "--recurse",
        "--check-fragments",
        "--check-css",
        "--skip",
        OUTSIDE,
        "--format",
        "json",
    )
    tool = node_module("linkinator/build/src/cli.js")
    done = run([program("node"), tool, "**/*.html", "--server-root", site, "--skip", OUTSIDE, *flags])
    return [
        Fault(link.get("parent", ""), link["url"], str(link["status"]), "the link leads nowhere")
        for link in read_answer(done, "links")
        if link["state"] == "BROKEN"
    ]
