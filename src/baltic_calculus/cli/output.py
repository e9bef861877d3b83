"""What the verbs of the command line share: the project, exit codes, paths as a person types them, results told."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from baltic_calculus.cli import shown

if TYPE_CHECKING:
    from baltic_calculus.report.build import BuildResult

EXIT_OK, EXIT_FAILED, EXIT_STAGED, EXIT_INTERRUPTED = 0, 1, 3, 130


def project() -> Path:
    """Folder of the project."""
    from baltic_calculus import catalog

    return catalog.project_root()


def shown_path(path: Path | None) -> str:
    """A path as the person would type it."""
    return shown(str(path))


def tell_result(result: "BuildResult") -> None:
    """Say what was published, or tell the failures and leave with their exit code."""
    if result.failures:
        from rich.console import Console

        from baltic_calculus.report.progress import print_failures

        print_failures(Console(stderr=True, soft_wrap=True), result.failures)
        click.echo(f"{len(result.failures)} of {len(result.runs)} pages failed; the last good report stays.", err=True)
        if result.site:
            click.echo(f"see   {shown_path(result.site)}", err=True)
        raise click.exceptions.Exit(EXIT_FAILED)
    if result.site:
        click.echo(f"site  {shown_path(result.site)}")
    if result.pdf:
        click.echo(f"PDF   {shown_path(result.pdf)}")
