"""``baltic data``: look into the datasets behind the report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from baltic_calculus.catalog.connector import Connector


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


@data.command(epilog="Example:  baltic data refresh nato --from def-exp-2027-en.xlsx --dry-run")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read this file or saved answer instead of fetching it; repeatable, for all files of one edition.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would change; write nothing.")
@click.option("--read-on", default="", metavar="DATE", help="Day on which the files were had; today without it.")
@click.option("--edition", default="", metavar="NAME", help='Edition of files that do not name it, as "April 2026".')
def refresh(sources: tuple[str, ...], files: tuple[Path, ...], dry_run: bool, read_on: str, edition: str) -> None:
    """Fetch new figures and keep them as vintages beside the tables that the report uses.

    SOURCE is a publisher (nato), a dataset, or one connector of the two; without it all are refreshed. Nothing that
    the report uses changes: see `baltic data diff` and `baltic data adopt`.
    """
    from datetime import date

    from baltic_calculus.catalog import default_catalog
    from baltic_calculus.catalog.connector import choose_connectors
    from baltic_calculus.errors import DataError

    catalog = default_catalog()
    day = _day(read_on, "--read-on") if read_on else date.today()
    connectors = choose_connectors(catalog, sources)
    if files and len(connectors) != 1:
        names = ", ".join(f"{each.name} ({each.record.name})" for each in connectors)
        raise click.UsageError(f"--from is for one connector; name it as SOURCE, of those that are meant: {names}")
    if edition and not files:
        raise click.UsageError("--edition says what --from FILE does not: give both")
    failed = False
    for connector in connectors:
        try:
            _refresh(connector, files, day, dry_run, edition)
        except DataError as error:
            failed = True
            click.echo(f"error: {connector.name} ({connector.record.name}): {error}", err=True)
    if failed:
        raise click.exceptions.Exit(DataError.exit_code)


def _day(text: str, option: str) -> "date":
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day as 2027-01-31", param_hint=option) from None


def _refresh(connector: "Connector", files: tuple[Path, ...], day: "date", dry_run: bool, edition: str) -> None:
    from baltic_calculus.catalog import comparison_text, default_catalog
    from baltic_calculus.catalog.exchange import alone
    from baltic_calculus.catalog.fetched import fetch_documents, read_saved
    from baltic_calculus.catalog.refresh import refresh
    from baltic_calculus.catalog.vintage import store_vintage

    catalog = default_catalog()
    documents = read_saved(files, connector) if files else fetch_documents(catalog, connector, day.year)
    outcome = refresh(catalog, connector, documents, day.isoformat(), edition) if documents else None
    if outcome is None or outcome.comparison is None:
        known = f": {outcome.vintage.address} holds it" if outcome else ""
        click.echo(f"{connector.name} ({connector.record.name}): nothing new{known}")
        return
    vintage = outcome.vintage
    click.echo(f"{connector.name} ({connector.record.name}): {vintage.edition}, valid")
    for remark in vintage.remarks:
        click.echo(f"  note: {remark}")
    click.echo(comparison_text.as_text(outcome.comparison, connector.record.name, vintage.address))
    if dry_run:
        click.echo(f"would be kept as {vintage.address}")
    else:
        with alone(catalog.root):
            store_vintage(catalog.root, vintage, outcome.table)
        click.echo(f"kept as {vintage.address}; to use it: baltic data adopt {vintage.dataset} {vintage.name}")


@data.command("vintages")
@click.argument("names", nargs=-1)
def list_vintages(names: tuple[str, ...]) -> None:
    """List the vintages of the datasets NAMES, or of all; a star marks those that the report uses."""
    from baltic_calculus.catalog import default_catalog, vintage
    from baltic_calculus.catalog.adoption import is_in_use

    catalog = default_catalog()
    for name in names:
        catalog.record(name)
    found = [each for each in vintage.list_vintages(catalog) if not names or each.dataset in names]
    if not found:
        click.echo("no vintages; get one: baltic data refresh")
        return
    rows = [("vintage", "published", "read", "years", "edition")]
    for each in found:
        years = f"{each.years[0]}-{each.years[1]}" if each.years else ""
        star = "*" if is_in_use(catalog, each) else ""
        rows.append((each.address + star, each.published, each.read, years, each.edition))
    # no table of rich's: in a pipe it would cut the names that one has to type
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@data.command(epilog="Example:  baltic data diff nato_defence_expenditure nato_defence_expenditure@2027")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "layout", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True, help="Layout."
)
def diff(old: str, new: str, layout: str) -> None:
    """Say what differs between OLD and NEW: each DATASET, as the report uses it, or DATASET@VINTAGE."""
    from baltic_calculus.catalog import comparison_text, default_catalog
    from baltic_calculus.catalog.side import compare_sides, read_side

    catalog = default_catalog()
    found = compare_sides(catalog, read_side(catalog, old), read_side(catalog, new))
    if layout == "csv":
        click.echo(comparison_text.as_csv(found), nl=False)
    elif layout == "json":
        click.echo(comparison_text.as_json(found, old, new))
    else:
        click.echo(comparison_text.as_text(found, old, new))


@data.command("adopt", epilog="Example:  baltic data adopt nato_defence_expenditure 2027-07-09")
@click.argument("dataset")
@click.argument("vintage")
@click.option("--redefined", default="", metavar="TEXT", help="What is counted from now on, if it is something else.")
@click.option("--cut-off", default="", metavar="DATE", help="Day up to which the figures reach, if it is known.")
def adopt_vintage(dataset: str, vintage: str, redefined: str, cut_off: str) -> None:
    """Make VINTAGE the table of DATASET that the report uses; the former one is kept as a vintage.

    Rows that stand beside those of other publishers are added, and replace nothing.
    """
    from baltic_calculus.catalog import Catalog, project_root
    from baltic_calculus.catalog.adoption import TO_REVIEW, adopt, is_in_use
    from baltic_calculus.catalog.exchange import alone, finish_exchange
    from baltic_calculus.catalog.vintage import read_vintage

    day = _day(cut_off, "--cut-off").isoformat() if cut_off else ""
    root = project_root()
    with alone(root):
        if finish_exchange(root):
            click.echo("finished the adoption that was interrupted")
        catalog = Catalog(root)
        chosen = read_vintage(catalog, dataset, vintage)
        if is_in_use(catalog, chosen):
            click.echo(f"{chosen.address} is what the report uses")
            return
        done = adopt(catalog, chosen, redefined=redefined, cut_off=day)
    click.echo(f"the report uses {chosen.address} now; the former table is {done.kept}")
    click.echo(f"changed in the record: {', '.join(done.changed)}")
    click.echo(f"look through the rest of it in data/catalog.yaml: {', '.join(TO_REVIEW)}")


@data.command("validate")
@click.argument("names", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report; json lists every finding, text the first of each rule.",
)
def validate_data(names: tuple[str, ...], form: str) -> None:
    """Check the datasets NAMES, or all, against schema and recorded hash, and one against the other.

    Faults end with exit code 2; warnings do not.
    """
    from baltic_calculus import catalog
    from baltic_calculus.catalog.validation_report import as_json, as_text
    from baltic_calculus.errors import DataError

    validation = catalog.validate(names or None)
    click.echo(as_json(validation) if form == "json" else as_text(validation))
    if validation.faults:
        raise click.exceptions.Exit(DataError.exit_code)
