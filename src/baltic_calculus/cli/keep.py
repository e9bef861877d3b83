"""``baltic keep``: keep the numbers of an edition, so that the next one can say what changed."""

import click

from baltic_calculus.cli.output import project


@click.command()
@click.option("--draft", is_flag=True, help="Keep it as a draft that was not published, and name its commit.")
def keep(draft: bool) -> None:
    """Write the facts of the last build to report/editions/, to be committed with what was published."""
    from baltic_calculus.report.config import read_config
    from baltic_calculus.report.kept_edition import KeptEdition
    from baltic_calculus.report.release.site import find_ready_site
    from baltic_calculus.report.revision import read_revision

    config = read_config(project())
    find_ready_site(config, allow_partial=False)
    state = str(read_revision(config.root)) if draft else ""
    file = KeptEdition.of_build(config, draft=state).write(config.root)
    click.echo(f"kept {config.edition} in {file.relative_to(config.root)}; commit it with the edition")
