"""``baltic new``: a chapter or a dataset to begin with, which passes every test at once."""

import click

from baltic_calculus.cli.output import project, shown_path


@click.group()
def new() -> None:
    """Begin a chapter or a dataset: what is made builds, validates and passes the tests at once."""


@new.command("chapter")
@click.argument("name")
@click.option(
    "--dataset", help="Dataset whose countries and years bound the chapter  [default: that of the first page]"
)
def new_chapter(name: str, dataset: str | None) -> None:
    """Write a notebook about NAME (as arms_exports) and list it in report/report.yaml."""
    from baltic_calculus.report.new_chapter import add_chapter

    chapter = add_chapter(project(), name, dataset)
    click.echo(f"notebook  {shown_path(chapter.notebook)}\nlisted in report/report.yaml")
    click.echo(f"see it:   baltic build --only {chapter.slug} --format html")


@new.command("dataset")
@click.argument("name")
@click.option("--folder", default="spending", show_default=True, help="Folder of data/ that it goes to.")
def new_dataset(name: str, folder: str) -> None:
    """Write a table NAME (as arms_exports), its record in data/catalog.yaml and a line in data/sources.csv."""
    from datetime import datetime

    from baltic_calculus import catalog
    from baltic_calculus.catalog.new_dataset import OPEN, add_dataset

    dataset = add_dataset(catalog.default_catalog(), name, folder, datetime.now().astimezone().date())
    click.echo(f"table     {shown_path(dataset.table)}\nrecorded in data/catalog.yaml, source {dataset.source}")
    click.echo(f"fill in:  what is {OPEN!r} in data/catalog.yaml and data/sources.csv, and the table; then the sha256")
    click.echo(f"check it: baltic data validate {name}")
