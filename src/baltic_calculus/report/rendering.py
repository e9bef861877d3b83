"""Render a build while its notebooks are still running.

Most of what a chapter needs is its own affair: its charts are drawn and its pages written as soon as its notebook has
been executed. What takes long to start is started before: the chart converter, the modules, Typst with the last
document. At the end there remains what needs all chapters together.

This module imports next to nothing, for it is imported before the notebooks run.
"""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from baltic_calculus.errors import RenderError
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.page import Page

if TYPE_CHECKING:
    from baltic_calculus.report.document import Document, Ground
    from baltic_calculus.report.execution.ledger import PageRun
    from baltic_calculus.report.prepared import PreparedChapter
    from baltic_calculus.report.typst_chapter import Draft

EVIDENCE = ("data", "notebooks", "facts.json")
BACKGROUND = 10
"""Niceness of what is done while notebooks run."""

THREADS = 12
"""They mostly wait for other programs; more than there are things to start and pages that finish at once."""


@dataclass(frozen=True)
class _Coming:
    """A chapter that is being read, and written for site and PDF as part of a report with all pages."""

    excerpt: "Future[Document]"
    html: "Future[PreparedChapter] | None"
    typst: "Future[Draft] | None"


class Rendering:
    """The rendering of one build; leave its context and whatever it started is gone.

    Parameters
    ----------
    config : ReportConfig
        The report's configuration.
    formats : sequence of str
        Of ``html`` and ``pdf``.

    Examples
    --------
    ::

        with Rendering(config, ("html", "pdf")) as rendering:
            rendering.start()
            rendering.page_executed(executed, page)  # for each page, from any thread, as soon as it is there
            products = rendering.render(runs, room, stage=print)
    """

    def __init__(self, config: ReportConfig, formats: Sequence[str]) -> None:
        self.config = config
        self.formats = frozenset(formats)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="rendering", initializer=_step_back)
        self._ground: Future[Ground] = self._pool.submit(_read_ground, config)
        self._chapters: dict[str, _Coming] = {}
        self._vega: Future[None] | None = None
        self._typst: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from baltic_calculus.report.svg import ChartDrawer

        if kind is not None:
            ChartDrawer.of(self.config).converter.close()  # who waits for a chart now gets an error instead
        self._pool.shutdown(cancel_futures=True)
        ChartDrawer.of(self.config).converter.close()

    def start(self) -> None:
        """Begin to warm up what will be needed, in the background; call it when notebooks are about to run."""
        if "pdf" in self.formats:
            self._typst = self._pool.submit(_warm_typst, self.config)
        if "html" in self.formats:
            self._vega = self._pool.submit(_make_vega, self.config)
        self._pool.submit(_warm_converter, self.config, self._typst)

    def page_executed(self, executed: Path, page: Page) -> None:
        """Prepare the chapter of a page in the background; what goes wrong is raised by `render`.

        Parameters
        ----------
        executed : Path
            The executed notebook; it must stay until `render` is done.
        page : Page
            Its page.
        """
        excerpt = self._pool.submit(_read, self._ground, executed, page)
        self._chapters[page.slug] = _Coming(
            excerpt,
            self._pool.submit(_write_html, excerpt) if "html" in self.formats else None,
            self._pool.submit(_write_typst, excerpt) if "pdf" in self.formats.intersection(page.formats) else None,
        )

    def render(self, runs: "Sequence[PageRun]", room: Path, stage: Callable[[str], None]) -> list[str]:
        """Write everything that a build publishes into ``room``.

        Parameters
        ----------
        runs : sequence of PageRun
            The pages of the build, in the order of the report. When one has failed, only the site is written, with a
            page that says so.
        room : Path
            Folder to write into.
        stage : callable
            Is told what is being done.

        Returns
        -------
        list of str
            Names of the files and folders written.

        Raises
        ------
        RenderError
            When a chapter breaks a rule, or a program refuses it: the first one in the order of the report.
        """
        from baltic_calculus.report.crate import CRATE
        from baltic_calculus.report.document import join
        from baltic_calculus.report.edition_changes import tell_changes
        from baltic_calculus.report.memo import Memo
        from baltic_calculus.report.site import render_site

        stage("assembling")
        done = [(run.page, run.executed) for run in runs if run.executed]
        for page, executed in done:
            if page.slug not in self._chapters:
                self.page_executed(executed, page)
        ground = self._ground.result()
        chapters = {page.slug: self._chapters[page.slug] for page, _ in done}
        document = join(ground, [chapter.excerpt.result() for chapter in chapters.values()])
        failures = [run.failure for run in runs if run.failure]
        if failures:
            stage("rendering the partial site")
            self._make_sure_of_vega()
            render_site(document, room / "site", failures)
            return ["site"]
        document, retold = tell_changes(document, {run.page.slug: run.parameters for run in runs})
        # what was written links to all pages; in a report with fewer, it would link to nothing
        whole = len(done) == len(self.config.pages)
        written = {slug: chapter for slug, chapter in chapters.items() if whole and slug not in retold}
        products = self._write(document, written, room, stage)
        self._describe(document, runs, room, products)
        products.append(CRATE)
        Memo.of(self.config).prune()
        return products

    def _write(
        self, document: "Document", chapters: Mapping[str, _Coming], room: Path, stage: Callable[[str], None]
    ) -> list[str]:
        """Write the site while Typst sets the PDF."""
        from baltic_calculus.report.evidence import write_evidence
        from baltic_calculus.report.site import render_site
        from baltic_calculus.report.social_card import CARD, social_card

        products = list(EVIDENCE)
        has_html, has_pdf = "html" in self.formats, "pdf" in self.formats
        pdf = self._pool.submit(self._set_pdf, document, chapters, room) if has_pdf else None
        card = self._pool.submit(social_card, document) if has_html else None
        prepared = {slug: chapter.html.result() for slug, chapter in chapters.items() if chapter.html}
        write_evidence(document, room, {slug: chapter.notebook for slug, chapter in prepared.items()})
        if has_html:
            stage("rendering the site")
            self._make_sure_of_vega()
            render_site(document, room / "site", has_pdf=has_pdf, prepared=prepared)
            if card is not None:
                (room / "site" / CARD).write_bytes(card.result())
            products.append("site")
        if pdf is not None:
            stage("rendering the PDF")
            for file in pdf.result():
                products.append(file)
                if has_html:
                    shutil.copyfile(room / file, room / "site" / file)
        return products

    def _describe(self, document: "Document", runs: "Sequence[PageRun]", room: Path, products: Sequence[str]) -> None:
        """Describe which run made what."""
        from baltic_calculus.catalog import default_catalog
        from baltic_calculus.report.crate import Products, write_crate
        from baltic_calculus.report.edition import describe_edition

        write_crate(Products(document, describe_edition(document), runs, room, products), default_catalog())

    def _set_pdf(self, document: "Document", chapters: Mapping[str, _Coming], room: Path) -> list[str]:
        from baltic_calculus.report.pdf import render_pdf

        drafts = {slug: chapter.typst.result() for slug, chapter in chapters.items() if chapter.typst}
        if self._typst:
            self._typst.result()  # it reads the files that are written now
        return render_pdf(document.in_format("pdf"), room, drafts)

    def _make_sure_of_vega(self) -> None:
        """Wait for the Vega libraries, when they are being made, before the site makes them a second time."""
        if self._vega:
            self._vega.result()


def _step_back() -> None:
    """Let this thread, and the programs it starts, leave the processors to the notebooks, for which all else waits."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND)


# What runs in the background imports what it needs there: the modules take as long to import as a chapter to write.


def _read_ground(config: ReportConfig) -> "Ground":
    # One thread imports for all that wait for it: modules that import each other in a circle come out half made when
    # two threads begin at different ends.
    from baltic_calculus.report import chapter, pdf, site  # noqa: F401
    from baltic_calculus.report.document import Ground

    return Ground.of(config)


def _make_vega(config: ReportConfig) -> None:
    from baltic_calculus.report.svg import ChartDrawer

    ChartDrawer.of(config).vega_bundle()


def _warm_converter(config: ReportConfig, typst: "Future[None] | None") -> None:
    """Warm up the converter after Typst: both at once would take their time from the notebooks."""
    from baltic_calculus.report.svg import ChartDrawer

    if typst:
        typst.result()
    with suppress(RenderError):  # a chart that needs the converter says what is wrong with it; perhaps none does
        ChartDrawer.of(config).converter.warm_up()


def _warm_typst(config: ReportConfig) -> None:
    from baltic_calculus.report.typst_compiler import warm_up

    warm_up(config)


def _read(ground: "Future[Ground]", executed: Path, page: Page) -> "Document":
    from baltic_calculus.report.chapter import read_chapter
    from baltic_calculus.report.pandoc import Pandoc

    base = ground.result()
    return base.excerpt(read_chapter(executed, page, Pandoc.of(base.config)), base.config.pages)


def _write_html(excerpt: "Future[Document]") -> "PreparedChapter":
    from baltic_calculus.report.prepared import prepare_chapter

    document = excerpt.result()
    return prepare_chapter(document, document.chapters[0])


def _write_typst(excerpt: "Future[Document]") -> "Draft":
    from baltic_calculus.report.pdf import draft_chapter

    document = excerpt.result().in_format("pdf")
    return draft_chapter(document, document.chapters[0])
