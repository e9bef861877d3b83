"""Copy the products of a build to another place, as ``baltic build --output`` does.

A folder of this machine changes as the build folder does (see `publish`): the copies are made in it, on its own disk,
and put in place together, so that whoever kills the build finds all old products or all new ones. An object store
knows no such exchange: it gets the parts of pages before the pages.
"""

from collections.abc import Sequence
from pathlib import Path

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.crate import CRATE
from baltic_calculus.report.paper import PAPERS
from baltic_calculus.report.publish import lock, workspace
from baltic_calculus.report.rendering import EVIDENCE
from baltic_calculus.report.store import FolderStore, check_writable, explained, in_order_of_arrival, open_store

REPLACED = ("site", *EVIDENCE, *(paper.file for paper in PAPERS.values()))
"""What a folder loses when a report is copied into it, as far as it has it and the build made it."""


def check_address(build: Path, address: str) -> None:
    """See that a build may be copied to an address, before anything that takes time.

    Parameters
    ----------
    build : Path
        The build folder.
    address : str
        As for `open_store`.

    Raises
    ------
    ConfigurationError
        When it cannot be written to; when it is the build folder; or when it is a folder with a `site`, `data` or other
        product that no report was copied into: it would be replaced.
    """
    store = open_store(address)
    if isinstance(store, FolderStore):
        if store.folder.resolve() == build.resolve():
            raise ConfigurationError(
                "the report is built there; there is nothing to copy", where=address, remedy="name another folder"
            )
        found = [name for name in REPLACED if (store.folder / name).exists()]
        if found and not (store.folder / CRATE).is_file():
            raise ConfigurationError(
                f"there is something else, which copying would replace: {', '.join(found)}",
                where=address,
                remedy="name a folder without these, or one that a report was copied into before",
            )
        with lock(store.folder):
            return
    check_writable(store)


def deliver(build: Path, address: str, names: Sequence[str]) -> None:
    """Copy products of a finished build to an address.

    Of a folder, they replace what bears their names, all of them together or none; everything else in it stays.

    Parameters
    ----------
    build : Path
        The build folder.
    address : str
        As for `open_store`.
    names : sequence of str
        Files and folders of the build folder.

    Raises
    ------
    ConfigurationError
        As for `check_address`, and when something else is being copied there.
    """
    check_address(build, address)
    store = open_store(address)
    tops = [build / name for name in names]
    paths = [path for top in tops for path in (sorted(top.rglob("*")) if top.is_dir() else [top])]
    files = {path.relative_to(build).as_posix(): path for path in paths if path.is_file()}
    if isinstance(store, FolderStore):
        with explained(address, ConfigurationError), workspace(store.folder) as space:
            FolderStore(space.room).upload(files)
            space.publish(names)
    else:
        for stage in in_order_of_arrival(files):
            store.upload({name: files[name] for name in stage})
