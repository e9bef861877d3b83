"""Where a site may be published: a folder, a branch, an object store."""

from pathlib import Path
from typing import Protocol

from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.release.manifest import Manifest

BRANCH = "gh-pages"
"""The target that is no folder and no address; a folder of this name is ``./gh-pages``."""


class Place(Protocol):
    """Where a site is published."""

    address: str

    def prepare(self, site: Path, address: str) -> None:
        """Add to a copy of the site, built for an address or for none, what this place needs besides."""

    def published(self) -> Manifest | None:
        """What is published there; None when there is nothing at all.

        Raises
        ------
        ConfigurationError
            When there is something that is no published site.
        """

    def publish(self, site: Path, manifest: Manifest, before: Manifest | None) -> None:
        """Replace what is published, ``before``, by a site whose folder holds its manifest."""


def open_place(target: str, config: ReportConfig, *, remote: str, branch: str, message: str) -> Place:
    """Open what a person named as the place to publish to.

    Parameters
    ----------
    target : str
        ``gh-pages``, an address that fsspec knows, or a folder.
    config : ReportConfig
        The report.
    remote, branch, message : str
        As for `BranchPlace`.

    Raises
    ------
    ConfigurationError
        When it cannot be written to: no git, no such remote, an unknown protocol, a missing driver.
    """
    if target == BRANCH:
        from baltic_calculus.report.release.branch import BranchPlace

        return BranchPlace(config, remote, branch, message)
    if "://" in target and not target.startswith(("file://", "local://")):
        from baltic_calculus.report.release.objects import ObjectPlace

        return ObjectPlace(target)
    from baltic_calculus.report.release.folder import FolderPlace

    return FolderPlace(Path(target.removeprefix("file://").removeprefix("local://")))
