"""Options that several verbs share."""

from typing import Any

import click


def _parameters(context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, Any]:
    from baltic_calculus.report.plan import parse_parameter

    return dict(parse_parameter(text) for text in texts)


parameters_option = click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_parameters,
    help="Notebook parameter, as countries=POL,FIN; repeatable.",
)


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = sorted(set(chosen) - {"html", "pdf"})
    if unknown or not chosen:
        raise click.BadParameter(f"{value!r}: choose html, pdf or html,pdf")
    return chosen


def _papers(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    from baltic_calculus.report.paper import choose_papers

    names = [part.strip() for part in value.split(",") if part.strip()]
    try:
        return choose_papers(names) if names else ()
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def rendering_options(command: Any) -> Any:
    """Give a command the options that say what is rendered."""
    for option in reversed(_RENDERING):
        command = option(command)
    return command


_RENDERING = (
    click.option(
        "--format", "formats", default="html,pdf", callback=_formats, show_default=True, help="What to render."
    ),
    click.option(
        "--paper",
        "papers",
        default="",
        metavar="NAMES",
        callback=_papers,
        help="Papers of the PDF, as a4,letter; those of report.yaml without it.",
    ),
    click.option(
        "--address",
        default="",
        metavar="URL",
        help="Where readers will find the site, for links that must be whole  [default: report.yaml]",
    ),
)


def choose_execution(
    jobs: int | None, kernel: str, scheduler: str, cell_seconds: int, page_seconds: int, memory_limit: int | None
) -> dict[str, Any]:
    """What `execution_options` gave, as builds and sweeps take it."""
    from baltic_calculus.report.execution.task import Limits

    limits = Limits(cell_seconds=cell_seconds, page_seconds=page_seconds, memory_mb=memory_limit)
    return {"jobs": jobs or 0, "kernel": kernel, "scheduler": scheduler, "limits": limits}


def execution_options(command: Any) -> Any:
    """Give a command the options that say how notebooks are executed."""
    for option in reversed(_EXECUTION):
        command = option(command)
    return command


_EXECUTION = (
    click.option("--jobs", type=click.IntRange(min=1), help="Notebooks executed at once  [default: processors + 1]"),
    click.option(
        "--kernel",
        type=click.Choice(["auto", "plain", "fork"]),
        default="auto",
        show_default=True,
        help="How kernels start: each anew, or forked from a process that holds the libraries. auto: forked on Linux.",
    ),
    click.option(
        "--scheduler",
        default="threads",
        show_default=True,
        metavar="WHERE",
        help="Who runs the notebooks: threads, dask (a local cluster) or dask://HOST:PORT.",
    ),
    click.option(
        "--cell-seconds", type=click.IntRange(min=1), default=300, show_default=True, help="Time one cell may take."
    ),
    click.option(
        "--page-seconds",
        type=click.IntRange(min=1),
        default=1800,
        show_default=True,
        help="Time one notebook may take.",
    ),
    click.option(
        "--memory-limit",
        type=click.IntRange(min=1),
        metavar="MB",
        help="Memory that one kernel and all it starts may hold.",
    ),
)
