"""``baltic doctor``: whether everything is here that a build needs."""

import click

from baltic_calculus.cli.output import EXIT_FAILED

COLOURS = {"ok": "green", "warning": "yellow", "fault": "red"}


@click.command()
def doctor() -> None:
    """Check Python, packages, fonts, data, disk, memory and tools, and say what to do.

    Ends with 0 when a build can start, warnings or not, and with 1 when something would stop it.
    """
    from pathlib import Path

    from baltic_calculus.report.health.survey import survey
    from baltic_calculus.root import find_root

    findings = survey(Path(find_root()))
    for finding in findings:
        state = click.style(f"{finding.state:8}", fg=COLOURS[finding.state])
        click.echo(f"{state} {finding.subject:11} {finding.text}")
        if finding.remedy:
            click.echo(f"{'':21}do: {finding.remedy}")
    faults = [finding for finding in findings if finding.state == "fault"]
    if faults:
        click.echo(f"a build would fail: {', '.join(finding.subject for finding in faults)}", err=True)
        raise click.exceptions.Exit(EXIT_FAILED)
