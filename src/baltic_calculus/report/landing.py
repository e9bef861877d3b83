"""What the landing page repeats from the summary: its findings, with links that lead from there."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from baltic_calculus.report.document import Document
from baltic_calculus.report.html_chapter import ChapterHtml

LOCAL_LINK = re.compile(r'href="#')
IDENTIFIER = re.compile(r'\s(?:id|data-cites)="[^"]*"')


def landing_findings(document: Document, bodies: Mapping[str, ChapterHtml]) -> list[Markup]:
    """Findings as HTML, in the order of the summary.

    Links within the summary become links to it; identifiers are dropped, for they belong to the summary.
    """
    findings = []
    for chapter in document.chapters:
        for finding in chapter.findings:
            markup = bodies[chapter.page.slug].findings[finding.label]
            markup = LOCAL_LINK.sub(f'href="{chapter.page.href}#', markup)
            findings.append(Markup(IDENTIFIER.sub("", markup)))
    return findings
