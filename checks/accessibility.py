"""axe-core in an open page: WCAG 2.2 to level AA, and what is good practice beside it."""

from collections.abc import Sequence
from functools import cache

from playwright.sync_api import Page

from checks.fault import Fault
from checks.tools import node_module, node_version

NAME = "axe"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

COLOURS = "color-contrast"
"""The rule that takes most of the time, for it looks behind every letter: skipped where colours were read already."""

RUN = """
([tags, skipped]) => axe.run(document, {
  preload: false,
  resultTypes: ["violations"],
  runOnly: tags,
  rules: Object.fromEntries(skipped.map((rule) => [rule, { enabled: false }])),
})
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


def check_accessibility(page: Page, name: str, state: str, skipped: Sequence[str] = ()) -> list[Fault]:
    """Barriers in the page as it is now; `state` says how it got there, `skipped` names rules that are left out."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    return [
        Fault(f"{name} ({state})", found["where"], f"axe {found['rule']}", found["help"])
        for found in page.evaluate(RUN, [TAGS, list(skipped)])
    ]
