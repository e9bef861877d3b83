"""What the landing page repeats from the summary: its findings, each with a small chart of the exhibit it refers to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from lxml import html
from markupsafe import Markup

from baltic_calculus.report.document import Document
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.html_chapter import ChapterHtml
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.small_chart import small_chart
from baltic_calculus.report.svg import ChartDrawer

MOST_CARDS = 6
"""Findings that fit into one screen with their charts; the others follow as a list."""

QUANTITY = re.compile(
    r"(?:EUR|USD|US\$|€)[\s\u00a0][\d.,]+(?:[\s\u00a0](?:bn|m)\b)?|\d[\d.,–]*[\s\u00a0]?%(?:[\s\u00a0]of[\s\u00a0]GDP)?"
)
"""Money and percentages, which carry a headline; years do not."""


@dataclass(frozen=True)
class Finding:
    """One finding as the landing page prints it.

    Attributes
    ----------
    label : str
        Its label in the summary.
    href : str
        Where the summary states it.
    part : str
        Identifier of the section of the summary it stands in; empty before the first.
    headline : Markup
        Its opening words in bold type, or all its words when it has none; quantities are marked.
    evidence : tuple of Target
        The exhibits and chapters it refers to that can be linked to.
    chart : Markup
        Small chart of the first of them that has one; empty otherwise.
    unit : str
        Unit of that chart.
    """

    label: str
    href: str
    part: str
    headline: Markup
    evidence: tuple[Target, ...]
    chart: Markup
    unit: str

    @property
    def target(self) -> str:
        """Where a reader goes from here: to the first exhibit, or to the whole statement."""
        return f"{self.evidence[0].page.href}#{self.evidence[0].label}" if self.evidence else self.href


def summary_findings(document: Document, bodies: Mapping[str, ChapterHtml], drawer: ChartDrawer) -> list[Finding]:
    """All findings of a document, in order.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    bodies : mapping of str to ChapterHtml
        Their texts, by slug.
    drawer : ChartDrawer
        Draws the small charts.
    """
    figures = {target.label: exhibit for target, exhibit, _ in document.exhibits("figure")}
    findings = []
    for chapter in document.chapters:
        text = bodies[chapter.page.slug].text
        for finding in chapter.findings:
            (statement,) = text.xpath(".//div[@id=$label]", label=finding.label)
            labels = [link.get("href").rpartition("#")[2] for link in statement.xpath(".//a[@class='xref']")]
            evidence = tuple(target for label in labels if (target := document.numbering.targets.get(label)))
            chart, unit = _first_chart(
                (figures[target.label] for target in evidence if target.label in figures), drawer
            )
            findings.append(
                Finding(
                    label=finding.label,
                    href=f"{chapter.page.href}#{finding.label}",
                    part=next(iter(statement.xpath("ancestor::section[1]/@id")), ""),
                    headline=_headline(statement),
                    evidence=evidence,
                    chart=chart,
                    unit=unit,
                )
            )
    return findings


def _first_chart(exhibits: Iterable[Exhibit], drawer: ChartDrawer) -> tuple[Markup, str]:
    for exhibit in exhibits:
        chart = small_chart(exhibit, drawer)
        if chart:
            return Markup(chart), exhibit.unit
    return Markup(""), ""


def _headline(statement: html.HtmlElement) -> Markup:
    bold = statement.xpath("./p[1]/strong[not(preceding-sibling::*)]")
    text = " ".join((bold[0] if bold else statement).text_content().split()).removesuffix(".")
    pieces = QUANTITY.split(text)
    marked = [Markup("<strong>{}</strong>").format(quantity) for quantity in QUANTITY.findall(text)]
    return Markup("").join(chain.from_iterable(zip_longest(map(Markup.escape, pieces), marked, fillvalue=Markup(""))))


def choose_cards(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Choose the findings that are shown with their charts.

    Returns
    -------
    tuple of two lists
        The findings for cards and the others, both in order. When there are more than `MOST_CARDS`, each part of the
        summary gives its first with a chart, then its second, until there are enough: so every part is shown.
    """
    if len(findings) <= MOST_CARDS:
        return list(findings), []
    parts: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.chart:
            parts.setdefault(finding.part, []).append(finding)
    in_turn = [finding for turn in zip_longest(*parts.values()) for finding in turn if finding]
    chosen = {finding.label for finding in in_turn[:MOST_CARDS]}
    return [one for one in findings if one.label in chosen], [one for one in findings if one.label not in chosen]


def with_small_charts(chapter: ChapterHtml, findings: Iterable[Finding]) -> ChapterHtml:
    """Put its small chart into each finding in the text of a chapter."""
    body = chapter.body
    for finding in findings:
        if finding.chart:
            opening = f'<div id="{finding.label}" class="finding'
            body = body.replace(
                f'{opening}">', f'{opening} has-chart">\n<div class="small-chart">{finding.chart}</div>', 1
            )
    return replace(chapter, body=body)
