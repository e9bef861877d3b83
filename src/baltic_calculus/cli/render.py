"""``baltic render``: render again what the last build executed, with the report's own engine or with Quarto."""

import click

from baltic_calculus.cli.options import rendering_options
from baltic_calculus.cli.output import EXIT_FAILED, EXIT_STAGED, project, shown_path, tell_result


@click.command(
    epilog="Exit codes: 0 rendered; 1 the last build had failures; 2 something must be corrected, or built again; "
    "3 staged for Quarto, which is not installed."
)
@click.option(
    "--engine",
    type=click.Choice(["baltic", "quarto"]),
    default="baltic",
    show_default=True,
    help="baltic publishes into _build as a build does; quarto writes site and book below _build/quarto.",
)
@rendering_options
def render(engine: str, formats: tuple[str, ...], papers: tuple[str, ...], address: str) -> None:
    """Render the report again from what the last build executed; nothing is executed."""
    if engine == "quarto":
        if papers:
            raise click.UsageError("--paper is for the engine baltic; Quarto's book has its paper in _quarto-book.yml")
        _render_with_quarto(formats, address)
        return
    from baltic_calculus.report.rerender import render_again

    tell_result(render_again(project(), formats, papers=papers, address=address))


def _render_with_quarto(formats: tuple[str, ...], address: str) -> None:
    from baltic_calculus.report.quarto.engine import render_with_quarto

    result = render_with_quarto(project(), formats, address=address, tell=click.echo)
    if result.failed:
        click.echo(f"the last build failed in {', '.join(result.failed)}; mend it and run: baltic build", err=True)
        raise click.exceptions.Exit(EXIT_FAILED)
    if result.products is None:
        folder = shown_path(result.project)
        click.echo(f"the project is staged in {folder}, and Quarto, which renders it, is not on PATH.", err=True)
        click.echo("get Quarto 1.9 or later: https://quarto.org/docs/get-started, or the environment of", err=True)
        click.echo("environment.yml; then run this again, or: quarto render --profile site, in that folder", err=True)
        raise click.exceptions.Exit(EXIT_STAGED)
    for product in result.products:
        click.echo(f"Quarto  {shown_path(product)}")
