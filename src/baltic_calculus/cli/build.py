"""``baltic build``: execute the notebooks and publish the report."""

import click

from baltic_calculus.cli.output import EXIT_FAILED, project, shown_path


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = sorted(set(chosen) - {"html", "pdf"})
    if unknown or not chosen:
        raise click.BadParameter(f"{value!r}: choose html, pdf or html,pdf")
    return chosen


@click.command()
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
    result = build_report(project(), options, console)
    if result.failures:
        print_failures(Console(stderr=True, soft_wrap=True), result.failures)
        click.echo(f"{len(result.failures)} of {len(result.runs)} pages failed; the last good report stays.", err=True)
        click.echo(f"see   {shown_path(result.site)}", err=True)
        raise click.exceptions.Exit(EXIT_FAILED)
    if result.site:
        click.echo(f"site  {shown_path(result.site)}")
    if result.pdf:
        click.echo(f"PDF   {shown_path(result.pdf)}")
