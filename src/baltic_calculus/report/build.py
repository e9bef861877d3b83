"""Build the report: plan, execute, render, publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rich.console import Console

from baltic_calculus.report.execution.junit import write_junit
from baltic_calculus.report.execution.ledger import PageFailure, PageRun, write_ledger
from baltic_calculus.report.freshness import remove_stamp, write_stamp
from baltic_calculus.report.options import BuildOptions
from baltic_calculus.report.page_runs import PageRuns, prepare_pages
from baltic_calculus.report.paper import PAPERS
from baltic_calculus.report.progress import open_progress
from baltic_calculus.report.publish import FAILED, PARTIAL, workspace
from baltic_calculus.report.rendering import Rendering
from baltic_calculus.report.state import read_state

LEDGER, JUNIT = "ledger.json", "junit.xml"


@dataclass(frozen=True)
class BuildResult:
    """What a build came to.

    Attributes
    ----------
    runs : tuple of PageRun
        All pages, in the order of the report.
    site : Path or None
        Index page of the published site, or of ``site.partial`` when pages failed; None when no HTML was asked for.
    pdf : Path or None
        The published PDF; the first one when there are several.
    """

    runs: tuple[PageRun, ...]
    site: Path | None = None
    pdf: Path | None = None

    @classmethod
    def published(cls, runs: tuple[PageRun, ...], build: Path, products: Sequence[str]) -> Self:
        """The result of a build of which these products were published into the folder ``build``."""
        return cls(
            runs,
            site=build / "site" / "index.html" if "site" in products else None,
            pdf=next((build / paper.file for paper in PAPERS.values() if paper.file in products), None),
        )

    @property
    def failures(self) -> tuple[PageFailure, ...]:
        """Why pages failed, in the order of the report."""
        return tuple(run.failure for run in self.runs if run.failure)


def build_report(root: Path, options: BuildOptions, console: Console) -> BuildResult:
    """Build the report of the project in ``root`` into its ``_build`` folder.

    Parameters
    ----------
    root : Path
        Project folder.
    options : BuildOptions
        What to build and how.
    console : Console
        Where progress goes: a live table on a terminal, lines elsewhere.

    Returns
    -------
    BuildResult
        With failures when notebooks failed; then ``site.partial`` is written and nothing else changes.

    Raises
    ------
    ConfigurationError, DataError, RenderError
        Before anything is published.
    OSError
        When the disk is full; the last build stays as it was.
    """
    from baltic_calculus.report.numbering import read_numbering

    state = read_state(root, options.only, options.parameters, options.address)
    config = state.config.on_papers(options.papers)
    read_numbering(config)  # a label used twice is found now, not after all kernels have run
    if options.output:
        from baltic_calculus.report.delivery import check_address

        check_address(config.build, options.output)
    with workspace(config.build) as space, open_progress(console, [page.page for page in state.plan.pages]) as progress:
        room = space.room
        remove_stamp(str(config.root))
        work = prepare_pages(state, options, progress)
        with Rendering(config, options.formats) as rendering:
            runs = PageRuns(work, room / "executed", progress, rendering).run()
            write_ledger(runs, config.edition, room / LEDGER)
            write_junit(runs, config.title, room / JUNIT)
            records = [name for name in (LEDGER, JUNIT, FAILED) if (room / name).exists()]
            try:
                products = rendering.render(runs, room, progress.stage)
            except Exception:
                space.publish(records, gone=[FAILED])  # what became of the pages, but not of the report
                raise
        if any(run.failure for run in runs):
            (room / "site").rename(room / PARTIAL)
            space.publish([PARTIAL, *records])
            return BuildResult(runs, site=config.build / PARTIAL / "index.html")
        space.publish([*products, *records], gone=[PARTIAL, FAILED])
        if options.arguments is not None:
            write_stamp(str(config.root), options.arguments, state.snapshot, products)
        if options.output:
            from baltic_calculus.report.delivery import deliver

            progress.stage(f"copying to {options.output}")
            deliver(config.build, options.output, products)
    return BuildResult.published(runs, config.build, products)
