"""Render the report again from what the last build executed; nothing is executed."""

from collections.abc import Sequence
from pathlib import Path

from baltic_calculus.report.build import BuildResult
from baltic_calculus.report.freshness import remove_stamp
from baltic_calculus.report.last_run import read_last_run
from baltic_calculus.report.publish import workspace
from baltic_calculus.report.rendering import Rendering
from baltic_calculus.report.state import read_state


def render_again(root: Path, formats: Sequence[str], *, papers: tuple[str, ...] = (), address: str = "") -> BuildResult:
    """Render and publish the report of the project in ``root`` as `build_report` does, from its executed notebooks.

    Parameters
    ----------
    root : Path
        Project folder.
    formats : sequence of str
        Of ``html`` and ``pdf``.
    papers : tuple of str, optional
        Papers of the PDF; those of the configuration without it.
    address : str, optional
        Where readers will find the site; that of the configuration without it.

    Returns
    -------
    BuildResult
        With failures when the last build had some; then nothing is rendered and nothing changes.

    Raises
    ------
    ConfigurationError
        When there was no build, or pages have changed since.
    RenderError
        When a chapter breaks a rule; the last report stays as it was.
    """
    state = read_state(root, address=address)
    config = state.config.on_papers(papers)
    with workspace(config.build) as space:
        with Rendering(config, formats) as rendering:
            runs = read_last_run(state, space.room / "executed")
            if any(run.failure for run in runs):
                return BuildResult(runs)
            products = rendering.render(runs, space.room, stage=lambda _: None)
        remove_stamp(str(config.root))
        space.publish(products)
    return BuildResult.published(runs, config.build, products)
