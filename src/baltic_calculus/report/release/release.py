"""Publish the site: choose, copy, compare, bring to its place."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.publish import lock
from baltic_calculus.report.release.manifest import NAME, Changes, Manifest
from baltic_calculus.report.release.place import Place
from baltic_calculus.report.release.site import find_ready_site


@dataclass(frozen=True)
class Release:
    """What became of a publication.

    Attributes
    ----------
    manifest : Manifest
        What is published.
    changes : Changes
        How it differs from what was published before.
    is_new : bool
        Whether anything is different: files, edition or commit.
    """

    manifest: Manifest
    changes: Changes
    is_new: bool


def release(config: ReportConfig, place: Place, *, allow_partial: bool = False, dry_run: bool = False) -> Release:
    """Publish the site that the last build made.

    Parameters
    ----------
    config : ReportConfig
        The report.
    place : Place
        Where to.
    allow_partial : bool
        As for `find_ready_site`.
    dry_run : bool
        Only find out what would be done.

    Raises
    ------
    ConfigurationError
        When there is no site that may be published, or something else is in its place.
    """
    with _copy(config, place, allow_partial=allow_partial) as (site, manifest):
        before = place.published()
        result = Release(manifest, Changes.between(before, manifest), is_new=before != manifest)
        if result.is_new and not dry_run:
            place.publish(site, manifest, before)
    return result


@contextmanager
def _copy(config: ReportConfig, place: Place, *, allow_partial: bool) -> Iterator[tuple[Path, Manifest]]:
    """Copy the site while no build can change it; what takes long happens with the copy."""
    with tempfile.TemporaryDirectory(prefix="baltic-release-") as room:
        site = Path(room) / "site"
        with lock(config.build):
            ready = find_ready_site(config, allow_partial=allow_partial)
            shutil.copytree(ready.folder, site)
            manifest = Manifest.of(config, is_partial=ready.is_partial)
        place.prepare(site, ready.address)
        manifest = manifest.with_files_of(site)
        (site / NAME).write_text(manifest.as_json(), encoding="utf-8")
        yield site, manifest
