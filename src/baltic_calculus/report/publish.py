"""Put a finished build in place of the last one: built beside it, swapped in at the end, put back if the swap fails.

POSIX has no rename that exchanges two folders, and none that moves several things at once. So each product is set aside
and its successor takes the name, one product after the other: for some microseconds a name is missing, and for about a
millisecond new products lie beside old ones. A program of its own does that (`swap`), so that it ends although the
build is killed; what a crash of the whole machine leaves of it is undone by the next build. Who needs a site that is
whole at every moment takes `lock`, as `baltic publish` does while it copies.
"""

import errno
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report import swap
from baltic_calculus.report.swap import ABSENT, DISCARDED, PREVIOUS

NEXT = ".next"
LOCK = ".lock"
PARTIAL = "site.partial"
FAILED = "failed"
"""Notebooks of the failures of the last build, as far as they came."""
DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a full disk, an exhausted quota and a limit on file sizes look like."""
BRIEFLY = 0.5
"""Seconds for which the lock may be held by who only looks at it, or by the swap of a build that was killed."""


@contextmanager
def lock(build: Path) -> Iterator[IO[str]]:
    """Keep every other build from changing what lies in the build folder; what a crash left of a swap is undone.

    The system gives the lock back when its process ends, however it ends: a build that was killed stops no other.

    Parameters
    ----------
    build : Path
        The build folder; made when missing.

    Yields
    ------
    file
        What holds the lock, for a program that is to hold it too.

    Raises
    ------
    ConfigurationError
        When another build of the same report is running, or the folder cannot be written to.
    """
    with _open_lock(build) as held:
        late = time.monotonic() + BRIEFLY
        while not _take(held):
            if time.monotonic() > late:
                held.seek(0)
                raise ConfigurationError(
                    f"another build, or a publication, is at work there: process {held.read() or 'unknown'}",
                    where=str(build),
                    remedy="wait until it ends, or end it; what a killed process held is free at once",
                )
            time.sleep(BRIEFLY / 50)
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        _put_back(build)
        yield held


def _take(held: IO[str]) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open_lock(build: Path) -> IO[str]:
    try:
        build.mkdir(parents=True, exist_ok=True)
        return (build / LOCK).open("a+", encoding="ascii")  # what it says is who holds it
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise ConfigurationError(
            f"nothing can be written there: {error.strerror}",
            where=str(build),
            remedy="give yourself the right to write there, or copy the checkout and work in the copy",
        ) from error
    except OSError as error:
        if error.errno != errno.EROFS:
            raise
        raise ConfigurationError(
            "nothing can be written there: the disk is read-only",
            where=str(build),
            remedy="copy the checkout to a disk that can be written to, and build in the copy",
        ) from error


def is_locked(build: Path) -> bool:
    """Whether a build is running in this folder, or something else holds its `lock`."""
    if not (build / LOCK).exists():
        return False
    with (build / LOCK).open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


class Workspace:
    """Where the next build is made, and from where it is put in place.

    Attributes
    ----------
    room : Path
        An empty folder.
    build : Path
        The build folder.
    """

    def __init__(self, room: Path, build: Path, held: IO[str]) -> None:
        self.room, self.build, self._held = room, build, held

    def publish(self, products: Sequence[str], gone: Sequence[str] = ()) -> None:
        """Swap finished products into the build folder; either all of them change or none.

        Parameters
        ----------
        products : sequence of str
            Names of files and folders in the room. Other products in the build folder stay as they are.
        gone : sequence of str
            Names of what the build folder loses, if it has it.

        Raises
        ------
        OSError
            When a product is missing or a rename fails; the last build is in place again.
        """
        for name in products:
            (self.room / name).lstat()
        names = [*products, *(name for name in gone if name not in products)]
        try:
            self._swap(names)
        except BaseException:
            _put_back(self.build)
            raise
        _remove(self.build / DISCARDED)

    def _swap(self, names: Sequence[str]) -> None:
        command = [sys.executable, "-I", "-S", swap.__file__, str(self.room), str(self.build), *names]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True, pass_fds=[self._held.fileno()]
        )
        try:
            said, _ = process.communicate()
        finally:
            process.wait()  # also after Ctrl-C: what is begun is ended
        if process.returncode:
            number, _, name = said.partition("\t")
            code = int(number) if number.isdigit() else errno.EIO
            raise OSError(code, os.strerror(code), name or str(self.build))


@contextmanager
def workspace(build: Path) -> Iterator[Workspace]:
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
    with lock(build) as held:
        room = build / NEXT
        for left_over in (room, build / DISCARDED):
            _remove(left_over)
        room.mkdir()
        try:
            yield Workspace(room, build, held)
        finally:
            _remove(room)


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
