"""The site: a landing page, a page for each chapter, and their files. It opens from a folder, without a server."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2
from markupsafe import Markup

from baltic_calculus.exhibits.palette import dark_css
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.citation import csl_citation, ris_citation
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import Edition, describe_edition
from baltic_calculus.report.evidence import write_evidence
from baltic_calculus.report.execution.ledger import PageFailure
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.html_chapter import ChapterHtml
from baltic_calculus.report.html_evidence import EvidenceHtml
from baltic_calculus.report.landing import Finding, choose_cards, summary_findings, with_small_charts
from baltic_calculus.report.page import Page
from baltic_calculus.report.page_head import PageHead, PageHeads
from baltic_calculus.report.prepared import PreparedChapter, prepare_chapter, site_templates
from baltic_calculus.report.search import SearchEntry, exhibit_entries, search_entries, search_script
from baltic_calculus.report.sitemap import write_sitemap
from baltic_calculus.report.style_sheet import compact, compact_script, join_styles
from baltic_calculus.report.svg import ChartDrawer


@dataclass(frozen=True)
class PageLink:
    """A page in the navigation."""

    page: Page
    title: str
    description: str
    number: str
    kicker: str
    contents: str
    """What it holds, counted: "3 figures, 1 table"."""
    failed: bool

    @property
    def href(self) -> str:
        """Address of the page."""
        return self.page.href


def render_site(
    document: Document,
    folder: Path,
    failures: Sequence[PageFailure] = (),
    *,
    has_pdf: bool = False,
    prepared: Mapping[str, PreparedChapter] | None = None,
) -> None:
    """Write the site of a document.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    folder : Path
        Where to write; what was there is replaced.
    failures : sequence of PageFailure
        Pages without content: each gets a page that says what happened, so that the rest can be read.
    has_pdf : bool
        Whether ``report.pdf`` will lie beside the pages, so that they may link to it.
    prepared : mapping of str to PreparedChapter, optional
        What was written of chapters while others were being executed, by slug.

    Raises
    ------
    RenderError
        When an exhibit cannot be drawn or a text cannot be converted.
    """
    shutil.rmtree(folder, ignore_errors=True)
    _write_assets(document.config, folder)
    templates = site_templates(document.config)
    ready = dict(prepared or {})
    for chapter in document.chapters:
        if chapter.page.slug not in ready:
            ready[chapter.page.slug] = prepare_chapter(document, chapter)
    write_evidence(document, folder, {slug: chapter.notebook for slug, chapter in ready.items()})
    for part in ready.values():
        for path, content in part.files.items():
            _write_bytes(folder / path, content)
    bodies = {slug: chapter.body for slug, chapter in ready.items()}
    links = list(_page_links(document, failures))
    edition = describe_edition(document)
    heads = PageHeads(document, edition, has_pdf)
    templates.globals.update(config=document.config, edition=edition, links=links, has_pdf=has_pdf)
    findings = summary_findings(document, bodies, ChartDrawer.of(document.config))
    entries: list[SearchEntry] = []
    for chapter in document.chapters:
        part = ready[chapter.page.slug]
        body = with_small_charts(part.body, findings)
        _write_chapter(templates, chapter, body, heads.chapter(chapter), links, folder)
        _write_chapter_evidence(templates, chapter, part.evidence, heads, links, folder)
        entries += search_entries(body.text, chapter.page.href, chapter.title)
    for failure in failures:
        page = templates.get_template("failure.html").render(
            failure=failure, current=failure.page, up=failure.page.up, **_neighbours(links, failure.page)
        )
        _write(folder / failure.page.href, page)
    entries += exhibit_entries(document)
    _write_citations(document.config, edition, folder)
    _write_landing(templates, document, findings, heads.landing(), folder)
    _write(folder / "assets" / "search-index.js", search_script(entries))
    write_sitemap(document.config, folder)


def _write(path: Path, text: str) -> None:
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_assets(config: ReportConfig, folder: Path) -> None:
    assets = folder / "assets"
    assets.mkdir(parents=True)
    for script in sorted((config.theme / "js").glob("*.js")):
        _write(assets / script.name, compact_script(script.read_text(encoding="utf-8")))
    shutil.copytree(config.theme / "fonts" / "woff2", assets / "fonts")
    shutil.copyfile(config.theme / "favicon.svg", assets / "favicon.svg")
    _write(assets / "site.css", join_styles(config.theme / "css"))
    _write(assets / "landing.css", compact((config.theme / "landing.css").read_text(encoding="utf-8")))
    _write(assets / "charts-dark.css", f"@media screen {{\n{dark_css()}}}\n")
    _write(assets / "vega.js", ChartDrawer.of(config).vega_bundle())


def _page_links(document: Document, failures: Sequence[PageFailure]) -> Iterator[PageLink]:
    chapters = {chapter.page.slug: chapter for chapter in document.chapters}
    failed = {failure.page.slug for failure in failures}
    for page in document.config.pages:
        if page.slug not in chapters and page.slug not in failed:
            continue
        outline = document.numbering.outline(page)
        target = document.numbering.targets[page.label]
        exhibits = chapters[page.slug].exhibits.values() if page.slug in chapters else ()
        yield PageLink(
            page=page,
            title=outline.title,
            description=outline.description,
            number=page.number,
            kicker=f"{target.word} {target.number}" if target.number else "",
            contents=_count(exhibits),
            failed=page.slug in failed,
        )


def _count(exhibits: Iterable[Exhibit]) -> str:
    counts = Counter[str](exhibit.kind for exhibit in exhibits)
    kinds = [kind for kind in ("figure", "table") if counts[kind]]
    return ", ".join(f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in kinds)


def _neighbours(links: Sequence[PageLink], page: Page) -> dict[str, PageLink | None]:
    """The link to a page itself, and to those before and after it."""
    place = next(number for number, link in enumerate(links) if link.page == page)
    return {
        "link": links[place],
        "previous": links[place - 1] if place else None,
        "next": links[place + 1] if place + 1 < len(links) else None,
    }


def _write_chapter(
    templates: jinja2.Environment,
    chapter: Chapter,
    body: ChapterHtml,
    head: PageHead,
    links: Sequence[PageLink],
    folder: Path,
) -> None:
    page = templates.get_template("chapter.html").render(
        head=head,
        chapter=chapter,
        current=chapter.page,
        up=chapter.page.up,
        body=Markup(body.body),
        contents=body.contents,
        has_charts=any(exhibit.chart for exhibit in chapter.exhibits.values()),
        has_exhibits=bool(chapter.exhibits),
        has_long_tables='<table class="sortable">' in body.body,
        **_neighbours(links, chapter.page),
    )
    _write(folder / chapter.page.href, page)


def _write_citations(config: ReportConfig, edition: Edition, folder: Path) -> None:
    citations = {"bib": edition.bibtex + "\n", "ris": ris_citation(config), "json": csl_citation(config)}
    for suffix, text in citations.items():
        _write(folder / f"citation.{suffix}", text)


def _write_chapter_evidence(
    templates: jinja2.Environment,
    chapter: Chapter,
    evidence: EvidenceHtml,
    heads: PageHeads,
    links: Sequence[PageLink],
    folder: Path,
) -> None:
    chapter_link = next(link for link in links if link.page == chapter.page)
    title = f"Data and code: {chapter_link.title}"
    description = f"What “{chapter_link.title}” is made from: datasets, the numbers of each exhibit, and code."
    page = templates.get_template("evidence.html").render(
        current=chapter.page,
        up=chapter.page.up,
        head=heads.evidence(chapter, chapter.page.evidence_href, title, description),
        body=Markup(evidence.body),
        contents=evidence.contents,
        chapter_link=chapter_link,
        link=replace(chapter_link, title=title, description=description),
        previous=None,
        next=None,
    )
    _write(folder / chapter.page.evidence_href, page)


def _write_landing(
    templates: jinja2.Environment, document: Document, findings: Sequence[Finding], head: PageHead, folder: Path
) -> None:
    cards, others = choose_cards(findings)
    page = templates.get_template("landing.html").render(
        head=head,
        current=None,
        up="",
        cards=cards,
        others=others,
        summary=findings[0].href.partition("#")[0] if findings else "",
        figures=list(document.exhibits("figure")),
        tables=list(document.exhibits("table")),
        chapters=document.chapters,
    )
    _write(folder / "index.html", page)
