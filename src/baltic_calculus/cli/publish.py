"""``baltic publish``: bring the site that was built to where it is read."""

import click

from baltic_calculus.cli.output import project


@click.command(
    epilog="Examples:  baltic publish /srv/www/report  |  baltic publish gh-pages  |  baltic publish s3://bucket/report"
)
@click.argument("target")
@click.option("--allow-partial", is_flag=True, help="Publish a site with failed pages, or one built with --only, too.")
@click.option("--message", default="", help="First line of the commit, for gh-pages.")
@click.option("--remote", default="origin", show_default=True, help="Repository to push to, for gh-pages.")
@click.option("--branch", default="gh-pages", show_default=True, help="Branch to push to, for gh-pages.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def publish(target: str, allow_partial: bool, message: str, remote: str, branch: str, dry_run: bool) -> None:
    """Publish the site, with PDF, data and notebooks, to TARGET: a folder, gh-pages, or an address as s3://BUCKET/FOLDER.

    Only a site that is whole and up to date is published. A folder changes in one step; a branch gets one commit; an
    object store gets only what has changed, parts before pages.
    """
    from baltic_calculus.report.config import read_config
    from baltic_calculus.report.release.place import open_place
    from baltic_calculus.report.release.release import release

    config = read_config(project())
    place = open_place(target, config, remote=remote, branch=branch, message=message)
    done = release(config, place, allow_partial=allow_partial, dry_run=dry_run)
    if not done.is_new:
        click.echo(f"{place.address} has it already: {done.manifest.name}")
    elif dry_run:
        click.echo(f"would publish {done.manifest.name} to {place.address}")
        for sign, names in (("+", done.changes.sent), ("-", done.changes.removed)):
            for name in names:
                click.echo(f"  {sign} {name}")
    else:
        click.echo(f"published {done.manifest.name} to {place.address}")
        click.echo(f"  {done.changes}")
