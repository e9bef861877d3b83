"""axe-core in an open page: WCAG 2.2 to level AA, and what is good practice beside it."""

from functools import cache

from playwright.sync_api import Page

from checks.fault import Fault
from checks.tools import node_module, node_version

NAME = "axe"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """
(tags) => axe.run(document, { preload: false, resultTypes: ["violations"], runOnly: tags })
  .then((result) => result.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    where: node.target.flat().join(" "),
    help: rule.help + ". " + [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; "),
  }))))
"""


def version() -> str:
    """Version of the checker."""
    return node_version("axe-core")


@cache
def source() -> str:
    """The checker's script, which the driver runs in the page; a content security policy has no say in that."""
    return node_module("axe-core/axe.min.js").read_text(encoding="utf-8")


def check_accessibility(page: Page, name: str, state: str) -> list[Fault]:
    """Barriers in the page as it is now; `state` says how it got there."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    return [
        Fault(f"{name} ({state})", found["where"], f"axe {found['rule']}", found["help"])
        for found in page.evaluate(RUN, TAGS)
    ]
