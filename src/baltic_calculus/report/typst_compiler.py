"""Typst with the fonts and settings of the report; importing it costs nothing, so that it can warm up first of all."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

import typst

from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.paper import PAPERS, Paper

STANDARDS: list[Literal["ua-1", "a-3a"]] = ["ua-1", "a-3a"]
"""PDF/UA-1 (accessible) and PDF/A-3a (lasting, with attachments); the compiler refuses a file that breaks them."""

MAIN = "main.typ"
"""The document that includes all others."""


def work_folder(config: ReportConfig) -> Path:
    """Where the parts of the PDF are put together; they stay there, to be looked at and for `warm_up`."""
    return config.build / "typst"


def warm_up(config: ReportConfig) -> None:
    """Set the PDF of the last build, if there is one: Typst remembers for as long as the process lives.

    What it remembers has no say in the result; a chapter that did not change is only set much faster.
    """
    main = work_folder(config) / MAIN
    if main.exists():
        # a document that is broken, or half written, says so when it is set for this build
        with suppress(RuntimeError):
            compile_pdf(main, config, PAPERS[config.papers[0]])


def compile_pdf(main: Path, config: ReportConfig, paper: Paper) -> tuple[bytes, list[typst.TypstWarning]]:
    """Set a document on a paper by both standards, dated like the edition.

    Returns
    -------
    tuple of bytes and list of TypstWarning
        The file, and what Typst finds doubtful.

    Raises
    ------
    RuntimeError
        When Typst refuses the document.
    """
    compiler = typst.Compiler(
        str(main),
        root=str(main.parent),
        font_paths=load_fonts(config),
        ignore_system_fonts=True,
        sys_inputs={"paper": paper.name},
    )
    day = config.date
    content, warnings = compiler.compile_with_warnings(
        pdf_standards=list[Any](STANDARDS),
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    return cast("bytes", content), list(warnings)


def font_folder(config: ReportConfig) -> Path:
    """Folder of the TrueType fonts of a report."""
    return config.theme / "fonts" / "ttf"


def load_fonts(config: ReportConfig) -> typst.Fonts:
    """The fonts of a report, and no others: those of a machine would make another PDF."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder(config))])
