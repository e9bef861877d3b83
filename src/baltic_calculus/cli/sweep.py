"""``baltic sweep``: run a notebook over a grid of parameters and collect its facts."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from baltic_calculus.cli import shown
from baltic_calculus.cli.options import choose_execution, execution_options
from baltic_calculus.cli.output import EXIT_FAILED, EXIT_INTERRUPTED

if TYPE_CHECKING:
    from baltic_calculus.report.sweep.grid import Axes
    from baltic_calculus.report.sweep.run import SweepResult

_FAILURES_SHOWN = 20


@click.command(
    epilog='Example:  baltic sweep notebooks/01_spending_trends.ipynb --grid "countries=[EST],[LVA],[LTU]" '
    "first_year=2014,2020 --output _build/sweeps/spending"
)
@click.argument("notebook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("more", nargs=-1, metavar="[NAME=VALUE,VALUE]...")
@click.option("--grid", multiple=True, metavar="NAME=VALUE,VALUE", help="Values of a parameter; more may follow.")
@click.option(
    "--matrix",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file with the grid: values by name, or a list of such grids.",
)
@click.option("--output", required=True, metavar="DIR", help="Folder, or an address such as s3://BUCKET/FOLDER.")
@click.option("--force", is_flag=True, help="Execute runs that are done, too.")
@execution_options
@click.option("--parquet", is_flag=True, help="Write the facts as Parquet too.")
def sweep(
    notebook: Path,
    more: tuple[str, ...],
    grid: tuple[str, ...],
    matrix: Path | None,
    output: str,
    force: bool,
    parquet: bool,
    **execution: Any,
) -> None:
    """Run NOTEBOOK over a grid of its parameters and collect all its facts in one table.

    Runs that are done are not executed again, so an interrupted sweep is resumed by the same command.
    """
    import signal

    from baltic_calculus.report.publish import DISK_ERRORS
    from baltic_calculus.report.sweep.run import SweepOptions, run_sweep
    from baltic_calculus.root import find_root

    # A cancelled job ends like Ctrl-C: kernels and their children go, what is done is kept.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = SweepOptions(force=force, parquet=parquet, **choose_execution(**execution))
    grids = _read_grids((*grid, *more), matrix)
    try:
        result = run_sweep(notebook, grids, output, root=Path(find_root()), options=options, say=click.echo)
    except KeyboardInterrupt:
        click.echo("interrupted; what is done is kept: run the same command again for the rest", err=True)
        raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        click.echo(
            f"error: the disk is full: {error}\n  do: make room and run the same command again; what is done is kept",
            err=True,
        )
        raise click.exceptions.Exit(EXIT_FAILED) from None
    click.echo(f"facts   {shown(result.address)}/facts.csv")
    click.echo(f"ledger  {shown(result.address)}/ledger.json")
    _tell_failures(result)


def _read_grids(words: tuple[str, ...], matrix: Path | None) -> "list[Axes]":
    from baltic_calculus.report.sweep.grid import parse_grid, read_matrix

    if bool(words) == bool(matrix):
        raise click.UsageError("give either --grid NAME=VALUE,VALUE or --matrix FILE")
    return read_matrix(matrix) if matrix else parse_grid(words)


def _tell_failures(result: "SweepResult") -> None:
    """List the runs that failed, and leave with their exit code when there are any."""
    if not result.failures:
        return
    for record in result.failures[:_FAILURES_SHOWN]:
        where = f", {record.cell}" if record.cell else ""
        click.echo(f"{record.name}: {record.status}{where}", err=True)
        for line in record.error.splitlines():
            click.echo(f"    {line}", err=True)
    if len(result.failures) > _FAILURES_SHOWN:
        click.echo(f"... and {len(result.failures) - _FAILURES_SHOWN} more: see the ledger", err=True)
    click.echo(
        f"{len(result.failures)} of {len(result.records)} runs failed; the same command runs them again.", err=True
    )
    raise click.exceptions.Exit(EXIT_FAILED)
