"""``baltic data``: look into the datasets behind the report."""

import click


@click.group()
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
