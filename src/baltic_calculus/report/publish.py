"""Put a finished build in place of the last one: built beside it, swapped in at the end, put back if the swap fails.

POSIX has no rename that exchanges two folders, and none that moves several things at once. So each product is set aside
and its successor takes the name, one product after the other: for some microseconds a name is missing, and for about a
millisecond new products lie beside old ones. What a crash leaves of a swap is undone by the next build. Who needs a
site that is whole at every moment takes `lock`, as `baltic publish` does while it copies.
"""

import errno
import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from baltic_calculus.errors import ConfigurationError

NEXT = ".next"
PREVIOUS = ".previous"
DISCARDED = ".discarded"
PARTIAL = "site.partial"
ABSENT = ".absent"
"""Folder in `PREVIOUS` with an empty file for every product that there was none of before the swap."""

FAILED = "failed"
"""Notebooks of the failures of the last build, as far as they came."""
DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a full disk, an exhausted quota and a limit on file sizes look like."""


@contextmanager
def lock(build: Path) -> Iterator[None]:
    """Keep every other build from changing what lies in the build folder; what a crash left of a swap is undone.

    Parameters
    ----------
    build : Path
        The build folder; made when missing.

    Raises
    ------
    ConfigurationError
        When another build of the same report is running.
    """
    build.mkdir(parents=True, exist_ok=True)
    with (build / ".lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                "another build of this report is running", where=str(build), remedy="wait until it ends"
            ) from None
        _put_back(build)
        yield


def is_locked(build: Path) -> bool:
    """Whether a build is running in this folder, or something else holds its `lock`."""
    if not (build / ".lock").exists():
        return False
    with (build / ".lock").open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def workspace(build: Path) -> Iterator[Path]:
    """Give an empty folder in which to make the next build; it is gone afterwards, whatever happened.

    Parameters
    ----------
    build : Path
        The build folder; made when missing.

    Raises
    ------
    ConfigurationError
        When another build of the same report is running.
    """
    with lock(build):
        room = build / NEXT
        for left_over in (room, build / DISCARDED):
            _remove(left_over)
        room.mkdir()
        try:
            yield room
        finally:
            _remove(room)


def publish(room: Path, build: Path, products: Sequence[str]) -> None:
    """Swap finished products into the build folder; either all of them change or none.

    Parameters
    ----------
    room : Path
        Folder made by `workspace` with the new products.
    build : Path
        The build folder.
    products : sequence of str
        Names of files and folders in ``room``. Other products in ``build`` stay as they are.

    Raises
    ------
    OSError
        When a rename fails; the last build is in place again.
    """
    previous = build / PREVIOUS
    (previous / ABSENT).mkdir(parents=True)
    try:
        for name in products:
            if (build / name).exists():
                (build / name).rename(previous / name)
            else:
                (previous / ABSENT / name).touch()
            (room / name).rename(build / name)
    except BaseException:
        _put_back(build)
        raise
    # This rename ends the swap: from here on nothing is put back, even if the deletion is cut short.
    _remove(previous.rename(build / DISCARDED))
    _remove(build / PARTIAL)


def publish_partial(site: Path, build: Path) -> Path:
    """Lay a site with failed pages beside the last good one, as ``site.partial``."""
    partial = build / PARTIAL
    _remove(partial)
    return site.rename(partial)


def keep_failed(room: Path, build: Path) -> None:
    """Lay the notebooks of failures into the build folder, in place of those of the build before."""
    _remove(build / FAILED)
    if (room / FAILED).exists():
        (room / FAILED).rename(build / FAILED)


def _put_back(build: Path) -> None:
    """Undo a swap that did not end: what it brought for the first time goes, everything set aside returns."""
    previous = build / PREVIOUS
    if not previous.exists():
        return
    absent = previous / ABSENT
    for brought in absent.iterdir() if absent.exists() else ():
        _remove(build / brought.name)
    _remove(absent)
    for kept in previous.iterdir():
        _remove(build / kept.name)
        kept.rename(build / kept.name)
    previous.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
