"""The site: a landing page, a page for each chapter, and their files. It opens from a folder, without a server."""

import shutil
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import jinja2
from markupsafe import Markup

from baltic_calculus.exhibits.palette import dark_css
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.citation import csl_citation, ris_citation
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.content_policy import site_policy, write_headers
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import Edition, describe_edition
from baltic_calculus.report.evidence import write_evidence
from baltic_calculus.report.execution.ledger import PageFailure
from baltic_calculus.report.html_chapter import ChapterHtml
from baltic_calculus.report.html_evidence import EvidenceHtml
from baltic_calculus.report.landing import Finding, choose_cards, summary_findings, with_small_charts
from baltic_calculus.report.page_head import PageHead, PageHeads
from baltic_calculus.report.page_links import PageLink, find_place, link_pages
from baltic_calculus.report.prepared import PreparedChapter, prepare_chapter, site_templates
from baltic_calculus.report.search import SearchEntry, exhibit_entries, page_entries, search_script
from baltic_calculus.report.sitemap import write_sitemap
from baltic_calculus.report.style_sheet import compact, compact_script, join_styles
from baltic_calculus.report.svg import ChartDrawer


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
    links = link_pages(document, failures)
    edition = describe_edition(document)
    heads = PageHeads(document, edition, has_pdf)
    templates.globals.update(
        config=document.config, edition=edition, links=links, has_pdf=has_pdf, policy=site_policy()
    )
    findings = summary_findings(document, bodies, ChartDrawer.of(document.config))
    entries: list[SearchEntry] = []
    for chapter in document.chapters:
        part = ready[chapter.page.slug]
        body = with_small_charts(part.body, findings)
        _write_chapter(templates, chapter, body, part.files, heads.chapter(chapter), links, folder)
        _write_chapter_evidence(templates, chapter, part.evidence, heads, links, folder)
        entries += page_entries(chapter, body.text)
    for failure in failures:
        page = templates.get_template("failure.html").render(
            failure=failure, current=failure.page, up=failure.page.up, **vars(find_place(links, failure.page))
        )
        _write(folder / failure.page.href, page)
    entries += exhibit_entries(document)
    _write_citations(document.config, edition, folder)
    _write_landing(templates, document, findings, heads.landing(), links, folder)
    _write(folder / "assets" / "search-index.js", search_script(entries))
    write_sitemap(document.config, folder)
    write_headers(folder)


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


def _write_chapter(
    templates: jinja2.Environment,
    chapter: Chapter,
    body: ChapterHtml,
    files: Container[str],
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
        has_controls='<form class="controls"' in body.body,
        has_exhibits=bool(chapter.exhibits),
        has_filters='<form class="filters"' in body.body,
        has_records=f"assets/records/{chapter.page.slug}.css" in files,
        has_long_tables='<table class="sortable' in body.body,
        **vars(find_place(links, chapter.page)),
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
    place = find_place(links, chapter.page)
    chapter_link = place.link
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
        parent=place.parent,
        previous=None,
        next=None,
    )
    _write(folder / chapter.page.evidence_href, page)


def _write_landing(
    templates: jinja2.Environment,
    document: Document,
    findings: Sequence[Finding],
    head: PageHead,
    links: Sequence[PageLink],
    folder: Path,
) -> None:
    cards, others = choose_cards(findings)
    page = templates.get_template("landing.html").render(
        head=head,
        current=None,
        up="",
        first=next(link for top in links for link in (top, *top.children) if link.href),
        cards=cards,
        others=others,
        summary=findings[0].href.partition("#")[0] if findings else "",
        # of the many pages under a chapter, each lists its own
        figures=[entry for entry in document.exhibits("figure") if not entry[0].page.under],
        tables=[entry for entry in document.exhibits("table") if not entry[0].page.under],
        chapters=[chapter for chapter in document.chapters if not chapter.page.under],
    )
    _write(folder / "index.html", page)
