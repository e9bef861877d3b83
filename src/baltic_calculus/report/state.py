"""What a build finds when it begins: configuration, plan, the files it depends on, and the keys of its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baltic_calculus.report.config import ReportConfig, read_config
from baltic_calculus.report.coverage import CoverageMemory
from baltic_calculus.report.execution.cache import PageCache
from baltic_calculus.report.execution.key import CATALOG, Ground, key_of, page_parts, read_ground
from baltic_calculus.report.freshness import Snapshot, file_states, take_snapshot
from baltic_calculus.report.plan import BuildPlan, PagePlan, plan_build


@dataclass(frozen=True)
class ReportState:
    """A report as a build finds it.

    Attributes
    ----------
    config : ReportConfig
        The report.
    snapshot : Snapshot
        All files it depends on.
    ground : Ground
        What notebooks stand on.
    plan : BuildPlan
        Pages with their parameters.
    cache : PageCache
        Executed notebooks of earlier builds.
    """

    config: ReportConfig
    snapshot: Snapshot
    ground: Ground
    plan: BuildPlan
    cache: PageCache

    def parts(self, page: PagePlan) -> dict[str, str]:
        """Digest of each thing that a page depends on."""
        return page_parts(page.notebook, page.parameters, self.ground)

    def explain(self) -> dict[str, str]:
        """Why each planned page is fresh or stale, by notebook name."""
        return {
            page.page.notebook: self.cache.explain(page.page.notebook, self.parts(page)) for page in self.plan.pages
        }

    def still_holds(self) -> bool:
        """Whether no file has changed since: what was executed meanwhile is the result of this state."""
        now = file_states(str(self.config.root))
        return now == {name: (file.size, file.mtime_ns) for name, file in self.snapshot.files.items()}

    def keys(self) -> set[str]:
        """Keys of all planned pages."""
        return {key_of(self.parts(page)) for page in self.plan.pages}


def read_state(
    root: Path, only: Sequence[str] = (), parameters: Mapping[str, Any] | None = None, address: str = ""
) -> ReportState:
    """Read what a build of the project in ``root`` would begin with.

    Parameters
    ----------
    root : Path
        Project folder.
    only, parameters
        As for `plan_build`.
    address : str
        Address at which the site will be found, instead of that in report.yaml.

    Raises
    ------
    ConfigurationError, DataError
        For whatever stops a build before any kernel starts, save faults in data that no page's parameters need.
    """
    config = read_config(root)
    if address:
        config = config.at(address)
    snapshot = take_snapshot(str(config.root))
    ground = read_ground(snapshot, (config.root / CATALOG).read_text(encoding="utf-8"))
    memory = CoverageMemory(config.build / "cache" / "coverage.json", ground)
    plan = plan_build(config, only, parameters, coverage=memory.coverage)
    return ReportState(config, snapshot, ground, plan, PageCache(config.build / "cache" / "pages"))
