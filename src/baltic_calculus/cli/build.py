"""``baltic build``: execute the notebooks and publish the report."""

import sys
from typing import Any

import click

from baltic_calculus.cli import build_arguments
from baltic_calculus.cli.options import choose_execution, execution_options, parameters_option, rendering_options
from baltic_calculus.cli.output import project, tell_result


def _arguments() -> tuple[str, ...] | None:
    """The command line, for the next build to compare; None when it was not read from one.

    A build by force leaves what the same build without it would leave.
    """
    _, arguments = build_arguments(sys.argv[1:])
    return None if arguments is None else tuple(word for word in arguments if word != "--force")


@click.command()
@click.option(
    "--only", multiple=True, metavar="PAGE", help="Execute only this page; repeatable. Others stay as they are."
)
@rendering_options
@parameters_option
@execution_options
@click.option("--build-seconds", type=click.IntRange(min=1), help="Time all notebooks together may take.")
@click.option("--fail-fast", is_flag=True, help="Cancel the other pages when one fails.")
@click.option("--force", is_flag=True, help="Execute pages of which nothing has changed, too.")
@click.option(
    "--output", default="", metavar="ADDRESS", help="Copy what is published there too, as s3://BUCKET/FOLDER."
)
def build(
    only: tuple[str, ...],
    formats: tuple[str, ...],
    papers: tuple[str, ...],
    parameters: dict[str, Any],
    build_seconds: int | None,
    fail_fast: bool,
    force: bool,
    output: str,
    address: str,
    **execution: Any,
) -> None:
    """Execute the notebooks and publish the report into _build/."""
    import signal

    from baltic_calculus.report.execution.kernels import BEHIND_OWN, choose_kernel, prepare_kernels

    # A build that is not fresh has most often something to execute. This process takes as long to find out what, and
    # to import what that needs, as the fork server takes to import what chapters need.
    if execution["scheduler"] == "threads":
        prepare_kernels(choose_kernel(execution["kernel"]), BEHIND_OWN, {})

    from rich.console import Console

    from baltic_calculus.report.build import build_report
    from baltic_calculus.report.options import BuildOptions

    # A cancelled job ends like Ctrl-C: kernels and their children go, nothing is published.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = BuildOptions(
        only=only,
        formats=formats,
        papers=papers,
        parameters=parameters,
        **choose_execution(**execution),
        build_seconds=build_seconds,
        fail_fast=fail_fast,
        force=force,
        output=output,
        address=address,
        arguments=None if only or output else _arguments(),
    )
    console = Console(soft_wrap=True)
    result = build_report(project(), options, console)
    tell_result(result)
