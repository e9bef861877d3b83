"""``baltic serve``: the site on this machine, built again and shown again whenever something is edited."""

import click

from baltic_calculus.cli.output import project


@click.command(epilog="Example:  baltic serve -- --format html --param countries=POL")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port; the next free one when it is taken, any with 0.",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[-- BUILD OPTIONS]")
def serve(host: str, port: int, no_open: bool, arguments: tuple[str, ...]) -> None:
    """Serve the site, build it again when notebooks, data, theme or code are edited, and reload what shows it.

    A failed build is told on the page, over the last good site. Ctrl-C ends it.
    """
    import asyncio

    from baltic_calculus.report.serving import server

    show = None if no_open else click.launch
    asyncio.run(server.serve(project(), host, port, arguments, say=click.echo, show=show))
