"""The verbs of the ``baltic`` command. What they do is in the layers below, imported when a verb needs it."""

import os
from pathlib import Path

import click

from baltic_calculus.cli.build import build
from baltic_calculus.cli.cache import cache, explain
from baltic_calculus.cli.data import data
from baltic_calculus.cli.doctor import doctor
from baltic_calculus.cli.keep import keep
from baltic_calculus.cli.new import new
from baltic_calculus.cli.open import open_product
from baltic_calculus.cli.output import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, project
from baltic_calculus.cli.publish import publish
from baltic_calculus.cli.render import render
from baltic_calculus.cli.serve import serve
from baltic_calculus.cli.sweep import sweep
from baltic_calculus.errors import CalculusError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="baltic-calculus")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Project folder; by default BALTIC_ROOT, or else the folder this package was installed from.",
)
def cli(root: Path | None) -> None:
    """The Baltic security calculus: build the report and look into its data."""
    if root is not None:
        os.environ["BALTIC_ROOT"] = str(root.resolve())


cli.add_command(build)
cli.add_command(cache)
cli.add_command(data)
cli.add_command(doctor)
cli.add_command(explain)
cli.add_command(keep)
cli.add_command(new)
cli.add_command(open_product)
cli.add_command(publish)
cli.add_command(render)
cli.add_command(serve)
cli.add_command(sweep)


@cli.command()
def clean() -> None:
    """Delete everything generated (the folder _build)."""
    import shutil

    generated = project() / "_build"
    if generated.exists():
        shutil.rmtree(generated)


def run() -> int:
    """Run the verb of the command line and tell its errors; gives the exit code."""
    try:
        return cli.main(standalone_mode=False) or EXIT_OK
    except click.exceptions.Abort:
        click.echo("interrupted; nothing was published", err=True)
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CalculusError as error:
        click.echo(f"error: {error}", err=True)
        return error.exit_code
    except OSError as error:
        from baltic_calculus.report.publish import DISK_ERRORS

        if error.errno not in DISK_ERRORS:
            raise
        click.echo(
            f"error: the disk is full: {error}\n  do: make room and build again; the last report is intact", err=True
        )
        return EXIT_FAILED
