"""The ``baltic`` command: verbs a person types. What they do is in the layers below, imported when a verb needs it."""

import os
import sys
from pathlib import Path

import click

from baltic_calculus import __version__
from baltic_calculus.errors import CalculusError

EXIT_OK, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Project folder; by default BALTIC_ROOT, or else the folder this package was installed from.",
)
def cli(root: Path | None) -> None:
    """The Baltic security calculus: build the report and look into its data."""
    if root is not None:
        # The catalogue and every kernel find the project through this one variable.
        os.environ["BALTIC_ROOT"] = str(root.resolve())


def _project() -> Path:
    from baltic_calculus import catalog

    return catalog.project_root()


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = sorted(set(chosen) - {"html", "pdf"})
    if unknown or not chosen:
        raise click.BadParameter(f"{value!r}: choose html, pdf or html,pdf")
    return chosen


@cli.command()
@click.option(
    "--only", multiple=True, metavar="PAGE", help="Execute only this page; repeatable. Others stay as they are."
)
@click.option("--format", "formats", default="html,pdf", callback=_formats, show_default=True, help="What to render.")
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Notebook parameter, as countries=POL,FIN; repeatable.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks executed at once  [default: processors + 1]")
@click.option(
    "--cell-seconds", type=click.IntRange(min=1), default=300, show_default=True, help="Time one cell may take."
)
@click.option("--fail-fast", is_flag=True, help="Cancel the other pages when one fails.")
@click.option("--force", is_flag=True, help="Execute pages of which nothing has changed, too.")
def build(
    only: tuple[str, ...],
    formats: tuple[str, ...],
    parameters: tuple[str, ...],
    jobs: int | None,
    cell_seconds: int,
    fail_fast: bool,
    force: bool,
) -> None:
    """Execute the notebooks and publish the report into _build/."""
    import signal

    from rich.console import Console

    from baltic_calculus.report.build import BuildOptions, build_report
    from baltic_calculus.report.plan import parse_parameter
    from baltic_calculus.report.progress import print_failures

    # A cancelled job ends like Ctrl-C: kernels and their children go, nothing is published.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = BuildOptions(
        only=only,
        formats=formats,
        parameters=dict(parse_parameter(text) for text in parameters),
        jobs=jobs or 0,
        cell_seconds=cell_seconds,
        fail_fast=fail_fast,
        force=force,
    )
    console = Console(soft_wrap=True)
    result = build_report(_project(), options, console)
    if result.failures:
        print_failures(Console(stderr=True, soft_wrap=True), result.failures)
        click.echo(f"{len(result.failures)} of {len(result.runs)} pages failed; the last good report stays.", err=True)
        click.echo(f"see   {_shown(result.site)}", err=True)
        raise click.exceptions.Exit(EXIT_FAILED)
    if result.site:
        click.echo(f"site  {_shown(result.site)}")
    if result.pdf:
        click.echo(f"PDF   {_shown(result.pdf)}")


def _shown(path: Path | None) -> str:
    """A path as the person would type it: relative to where they are, when it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path and path.is_relative_to(here) else path)


@cli.group()
def data() -> None:
    """Look into the datasets behind the report."""


@data.command("list")
def list_data() -> None:
    """List all datasets."""
    from rich.console import Console
    from rich.table import Table

    from baltic_calculus import catalog

    table = Table("name", "title", "years", "rows", box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for row in catalog.list_datasets().itertuples():
        table.add_row(row.name, row.title, row.years, str(row.rows))
    Console().print(table)


@data.command("show")
@click.argument("name")
def show_data(name: str) -> None:
    """Print everything the catalogue knows about dataset NAME."""
    from baltic_calculus import catalog

    click.echo(catalog.describe(name))


@data.command("validate")
@click.argument("names", nargs=-1)
def validate_data(names: tuple[str, ...]) -> None:
    """Check the datasets NAMES, or all of them, against schema, recorded hash and known outliers."""
    from baltic_calculus import catalog
    from baltic_calculus.errors import DataError

    findings = catalog.validate(names or None)
    for finding in findings:
        click.echo(f"{finding.dataset}: {finding.message}", err=True)
    if findings:
        raise click.exceptions.Exit(DataError.exit_code)
    click.echo(f"{len(names or catalog.records())} datasets are in order")


@cli.command("open")
def open_site() -> None:
    """Open the published site in the browser."""
    from baltic_calculus.errors import ConfigurationError

    index = _project() / "_build" / "site" / "index.html"
    if not index.exists():
        raise ConfigurationError("there is no site yet", where=str(index), remedy="run: baltic build")
    click.launch(index.as_uri())


@cli.command()
def clean() -> None:
    """Delete everything generated (the folder _build)."""
    import shutil

    generated = _project() / "_build"
    if generated.exists():
        shutil.rmtree(generated)


def main() -> int:
    """Run the command line; errors meant for people are printed without a traceback.

    Returns
    -------
    int
        0 done; 1 a notebook failed or the disk is full; 2 configuration, data or command line wrong; 130 interrupted.
    """
    try:
        return cli.main(standalone_mode=False) or EXIT_OK
    except click.exceptions.Abort:
        click.echo("interrupted; nothing was published", err=True)
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CalculusError as error:
        click.echo(f"error: {error}", err=True)
        return error.exit_code
    except OSError as error:
        from baltic_calculus.report.publish import DISK_ERRORS

        if error.errno not in DISK_ERRORS:
            raise
        click.echo(
            f"error: the disk is full: {error}\n  do: make room and build again; the last report is intact", err=True
        )
        return EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
