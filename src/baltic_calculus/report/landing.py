"""What the landing page repeats from the summary: its findings, with links that lead from there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import html
from markupsafe import Markup

from baltic_calculus.report.document import Document
from baltic_calculus.report.html_chapter import ChapterHtml

LOCAL_LINK = re.compile(r'href="#')
IDENTIFIER = re.compile(r'\s(?:id|data-cites)="[^"]*"')
FULL_STATEMENTS = 5
"""Findings up to this number are printed in full; of more, the headlines and their evidence fit into one screen."""


@dataclass(frozen=True)
class LandingFinding:
    """One finding as the landing page prints it.

    Attributes
    ----------
    href : str
        Where the summary states it.
    headline : Markup
        Its opening words in bold type; the whole statement when it has none.
    statement : Markup
        The whole statement.
    evidence : tuple of Markup
        Links to the exhibits and chapters it refers to.
    """

    href: str
    headline: Markup
    statement: Markup
    evidence: tuple[Markup, ...]


def landing_findings(document: Document, bodies: Mapping[str, ChapterHtml]) -> list[LandingFinding]:
    """Findings in the order of the summary.

    Links within the summary become links to it; identifiers are dropped, for they belong to the summary.
    """
    findings = []
    for chapter in document.chapters:
        for finding in chapter.findings:
            markup = bodies[chapter.page.slug].findings[finding.label]
            markup = IDENTIFIER.sub("", LOCAL_LINK.sub(f'href="{chapter.page.href}#', markup))
            findings.append(_finding(markup, f"{chapter.page.href}#{finding.label}"))
    return findings


def _finding(markup: str, href: str) -> LandingFinding:
    statement = html.fragment_fromstring(markup, create_parent="div")
    bold = statement.xpath("./p[1]/strong[not(preceding-sibling::*)]")
    opening = bold[0].text_content() if bold else statement.text_content()
    links = [
        html.tostring(link, encoding="unicode", with_tail=False) for link in statement.xpath(".//a[@class='xref']")
    ]
    return LandingFinding(href, Markup.escape(opening.strip()), Markup(markup), tuple(map(Markup, links)))
