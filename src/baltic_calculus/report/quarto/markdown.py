"""The report's Markdown as Quarto reads it: the same sentences, where the two differ in what they make of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import dirname, relpath

from baltic_calculus.report.crossref import reference_label
from baltic_calculus.report.exporter import escape_currency
from baltic_calculus.report.numbering import CODE_FENCE, HEADING, Numbering, Target
from baltic_calculus.report.page import Page

CODE_SPAN = re.compile(r"(`+[^`]+`+)")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
BRACKET_OR_REFERENCE = re.compile(
    r"\[(?P<bracket>[^\[\]]*@[^\[\]]*)\](?!\()|(?<![\w@\\/])@(?P<bare>(?:[Ff]ig|[Tt]bl|[Ss]ec)-[\w-]*\w)"
)
ONE_REFERENCE = re.compile(r"\s*-?@([\w-]*\w)\s*")


def staged_name(page: Page) -> str:
    """Name of a page's notebook in the staged project: its address, with the ending of a notebook."""
    return page.href.removesuffix(".html") + ".ipynb"


@dataclass(frozen=True)
class QuartoMarkdown:
    """Rewrites the Markdown of one page.

    Quarto numbers every heading, cannot refer to what has no number, and joins all chapters into one document for the
    PDF, where the names of footnotes would meet.

    Attributes
    ----------
    page : Page
        The page whose text it is.
    numbering : Numbering
        What has a number in the report.
    """

    page: Page
    numbering: Numbering

    def rewrite(self, text: str) -> str:
        """Rewrite a text; code in it stays as it is."""
        parts = [part if is_code else self._prose(part) for is_code, part in _blocks(text)]
        return "\n".join(parts)

    def _prose(self, text: str) -> str:
        lines = [self._heading(line) for line in text.split("\n")]
        spans = CODE_SPAN.split("\n".join(lines))
        changes: tuple[Callable[[str], str], ...] = (self._footnotes, self._references, escape_currency)
        for place in range(0, len(spans), 2):  # the others are code
            for change in changes:
                spans[place] = change(spans[place])
        return "".join(spans)

    def _heading(self, line: str) -> str:
        match = HEADING.match(line)
        if match is None or self.page.chapter_number:
            return line
        given = (match["attributes"] or "").split()
        attributes = " ".join([*given, *([] if {".unnumbered", "-"} & set(given) else [".unnumbered"])])
        return f"{match[1]} {match['title']} {{{attributes}}}"

    def _footnotes(self, text: str) -> str:
        return FOOTNOTE.sub(lambda match: f"[^{self.page.identifier}-{match[1]}]", text)

    def _references(self, text: str) -> str:
        return BRACKET_OR_REFERENCE.sub(self._reference, text)

    def _reference(self, match: re.Match[str]) -> str:
        if match["bare"]:
            target = self._unnumbered(match["bare"])
            return self._link(target) if target else match[0]
        items = [(item, ONE_REFERENCE.fullmatch(item)) for item in match["bracket"].split(";")]
        targets = [self._unnumbered(found[1]) if found else None for _, found in items]
        if not any(targets):
            return match[0]
        return ", ".join(
            self._link(target) if target else item.strip() for target, (item, _) in zip(targets, items, strict=True)
        )

    def _unnumbered(self, key: str) -> Target | None:
        """The target of a reference that Quarto has no number for: it is called by its title, or not in the book."""
        label = reference_label(key)
        target = self.numbering.targets.get(label) if label else None
        if target and (not target.number or self._is_left_out(target)):
            return target
        return None

    def _is_left_out(self, target: Target) -> bool:
        """Whether the book is without the target, although this page may be in it."""
        return "pdf" not in target.page.formats and target.page != self.page

    def _link(self, target: Target) -> str:
        folder = dirname(self.page.href) or "."
        place = "" if target.page == self.page else relpath(staged_name(target.page), folder)
        link = f"[{target.name}]({place}#{target.label})"
        if self._is_left_out(target) and "pdf" in self.page.formats:
            is_html = 'when-format="html"'
            return f"[{link}]{{.content-visible {is_html}}}[{target.name}]{{.content-hidden {is_html}}}"
        return link


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """The text cut at the fences of code blocks, each part with whether it is code."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = CODE_FENCE.match(line)
        if mark and not fence:
            if lines:
                yield False, "\n".join(lines)
            lines, fence = [line], mark[1][:3]
        elif mark and line.strip().startswith(fence):
            yield True, "\n".join([*lines, line])
            lines, fence = [], ""
        else:
            lines.append(line)
    if lines:
        yield bool(fence), "\n".join(lines)
