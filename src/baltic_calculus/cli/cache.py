"""``baltic explain`` and ``baltic cache``: why pages are executed again, and what is kept so that they need not be."""

import click

from baltic_calculus.cli.options import parameters_option
from baltic_calculus.cli.output import project


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@parameters_option
def explain(pages: tuple[str, ...], parameters: dict[str, object]) -> None:
    """Say why PAGE, or every page, is fresh or stale: what changed since it was executed."""
    from baltic_calculus.report.state import read_state

    reasons = read_state(project(), pages, parameters).explain()
    width = max(map(len, reasons))
    for page, reason in reasons.items():
        click.echo(f"{page:{width}}  {reason}")


@click.group()
def cache() -> None:
    """Look after the executed notebooks that builds keep."""


@cache.command("list")
def list_cache() -> None:
    """List the executed notebooks that are kept, the one used last first."""
    from datetime import datetime

    from baltic_calculus.report.state import read_state

    state = read_state(project())
    current = state.keys()
    for entry in state.cache.entries():
        used = datetime.fromtimestamp(entry.used).isoformat(" ", "minutes")
        freshness = "fresh" if entry.key in current else "stale"
        click.echo(f"{entry.page:24}  {entry.key[:12]}  {freshness}  {entry.size / 1000:6.0f} kB  used {used}")


@cache.command("prune")
def prune_cache() -> None:
    """Delete the executed notebooks that a build of the report as it is now would not use."""
    from baltic_calculus.report.state import read_state

    state = read_state(project())
    deleted, freed = state.cache.prune(state.keys())
    noun = "notebook" if deleted == 1 else "notebooks"
    click.echo(f"{deleted} executed {noun} deleted, {freed / 1e6:.1f} MB freed")
