"""Terms of the glossary, linked where a page uses them first.

The pass changes nothing but words in running text: headings, links, code, formulas, citations, notes, tables and
exhibits stay as they are, and so do lists of definitions, which are the glossary itself.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from baltic_calculus import catalog
from baltic_calculus.analysis.glossary import Term, gather_terms
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.numbering import Numbering
from baltic_calculus.report.page import Page
from baltic_calculus.report.pandoc import Node, words

TermLinker = Callable[[Term, str], Node]
"""Writes the link to a term with the words given, for one output format."""

SECTION = "sec-glossary"
"""Label of the section that holds the glossary: its page is what terms link to."""

_WORDS = ("Str", "Space", "SoftBreak")
_NESTED = {"Emph": None, "Strong": None, "Quoted": 1, "Span": 1}
"""Inlines whose words are running text too, and where in their content these stand."""


@dataclass(frozen=True)
class Glossary:
    """The terms that can be linked.

    Parameters
    ----------
    terms : tuple of Term
        No form belongs to two of them.
    page : Page, optional
        The page that explains them.
    """

    terms: tuple[Term, ...] = ()
    page: Page | None = None

    @cached_property
    def by_form(self) -> dict[str, Term]:
        """The term that each form stands for; one that begins small may begin a sentence."""
        forms = {form: term for term in self.terms for form in term.forms}
        return {form[:1].upper() + form[1:]: term for form, term in forms.items()} | forms

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any form as a word of its own, the longest first."""
        longest_first = sorted(self.by_form, key=len, reverse=True)
        return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/])")

    def link(self, blocks: Sequence[Node], link: TermLinker) -> list[Node]:
        """Link the first use of each term.

        Parameters
        ----------
        blocks : sequence of Node
            The text of a page.
        link : callable
            Writes the links.

        Returns
        -------
        list of Node
            The text with the links; what is given stays as it is.
        """
        return _Pass(self, link).blocks(blocks) if self.terms else list(blocks)


def read_glossary(config: ReportConfig, numbering: Numbering) -> Glossary:
    """The glossary of a report: empty when it names none, or has no section for it.

    Raises
    ------
    DataError
        When there is no such dataset.
    """
    section = numbering.targets.get(SECTION)
    if not config.glossary or section is None:
        return Glossary()
    return Glossary(gather_terms(catalog.rows(config.glossary)), section.page)


@dataclass
class _Pass:
    """One way through a page, which remembers what it has linked."""

    glossary: Glossary
    link: TermLinker
    linked: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Node]) -> list[Node]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Node) -> Node:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in ("Para", "Plain"):
            return {"t": kind, "c": self._inlines(content)}
        if kind == "BlockQuote":
            return {"t": kind, "c": self.blocks(content)}
        if kind == "BulletList":
            return {"t": kind, "c": [self.blocks(item) for item in content]}
        if kind == "OrderedList":
            return {"t": kind, "c": [content[0], [self.blocks(item) for item in content[1]]]}
        if kind == "Div" and "exhibit" not in content[0][1]:
            return {"t": kind, "c": [content[0], self.blocks(content[1])]}
        return block

    def _inlines(self, inlines: Sequence[Node]) -> list[Node]:
        changed: list[Node] = []
        for is_text, run in groupby(inlines, key=lambda node: node["t"] in _WORDS):
            nodes = list(run)
            changed += self._words(nodes) if is_text else [self._nested(node) for node in nodes]
        return changed

    def _nested(self, node: Node) -> Node:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind not in _NESTED:
            return node
        place = _NESTED[kind]
        if place is None:
            return {"t": kind, "c": self._inlines(content)}
        return {"t": kind, "c": [*content[:place], self._inlines(content[place])]}

    def _words(self, run: list[Node]) -> list[Node]:
        text = "".join(node["c"] if node["t"] == "Str" else " " for node in run)
        changed: list[Node] = []
        end = 0
        for match in self.glossary.pattern.finditer(text):
            term = self.glossary.by_form[match[0]]
            if term.label not in self.linked:
                self.linked.add(term.label)
                changed += [*words(text[end : match.start()]), self.link(term, match[0])]
                end = match.end()
        return [*changed, *words(text[end:])] if changed else run
