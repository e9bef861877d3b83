"""Publish to a folder: the new site is laid beside it and takes its place in one step."""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.release.manifest import Manifest, read_manifest

_HERE = -100
"""AT_FDCWD of fcntl.h: paths are as the process sees them."""

_EXCHANGE = 2
"""RENAME_EXCHANGE of linux/fs.h."""

_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})
"""What a file system or a kernel says that does not know how to exchange."""


class FolderPlace:
    """A folder of this machine, such as the one a web server serves.

    Where the system can exchange two folders (Linux, on all its usual file systems), a reader meets the old site or the
    new one at every moment. Elsewhere the old one is set aside first, and for some microseconds there is none.

    Parameters
    ----------
    folder : Path
        The folder; it may be missing or empty. A link is followed, so that the folder behind it changes.
    """

    def __init__(self, folder: Path) -> None:
        self.address = str(folder)
        self.folder = folder.resolve()
        self._next = self.folder.with_name(f".{self.folder.name}.next")
        self._previous = self.folder.with_name(f".{self.folder.name}.previous")
        self._lock = self.folder.with_name(f".{self.folder.name}.lock")

    def prepare(self, site: Path, address: str) -> None:
        """Nothing is needed besides."""

    def published(self) -> Manifest | None:
        """What is published in the folder; None when it is missing or empty."""
        if self._previous.exists() and not self.folder.exists():
            self._previous.rename(self.folder)  # a publication was cut short between its two renames
        if not self.folder.exists() or (self.folder.is_dir() and not any(self.folder.iterdir())):
            return None
        manifest = read_manifest(self._read, self.address)
        if manifest is None:
            raise ConfigurationError(
                "there is something else, which publishing would delete",
                where=self.address,
                remedy="name a folder that is empty, missing, or holds a site published before",
            )
        return manifest

    def publish(self, site: Path, manifest: Manifest, before: Manifest | None) -> None:
        """Replace the folder by a copy of the site.

        Raises
        ------
        ConfigurationError
            When the folder cannot be written to, or another checkout publishes to it; what was published is in its
            place.
        """
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with self._alone():
                self._lay(site)
        except OSError as error:
            raise ConfigurationError(
                f"the site cannot be published there: {error}",
                where=self.address,
                remedy="see that it is no mount point, and that the folder above it may be written to and has room; "
                "the old site is in its place",
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other checkouts from publishing here meanwhile; the system ends that when this process ends."""
        with self._lock.open("w") as held:
            if not self._is_taken(held):
                raise ConfigurationError(
                    "something else is being published there", where=self.address, remedy="wait until it ends"
                )
            try:
                yield
            finally:
                self._lock.unlink()

    def _is_taken(self, held: IO[str]) -> bool:
        """Lock the file, and see that it is not one that another publication, now at its end, has just removed."""
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.fstat(held.fileno()), self._lock.stat())
        except (BlockingIOError, FileNotFoundError):
            return False

    def _lay(self, site: Path) -> None:
        for left_over in (self._next, self._previous):
            shutil.rmtree(left_over, ignore_errors=True)
        try:
            shutil.copytree(site, self._next)
            if not self.folder.exists():
                self._next.rename(self.folder)
            elif exchange(self._next, self.folder):
                shutil.rmtree(self._next, ignore_errors=True)  # it is the old site now
            else:
                self._replace()
        finally:
            shutil.rmtree(self._next, ignore_errors=True)

    def _replace(self) -> None:
        self.folder.rename(self._previous)
        try:
            self._next.rename(self.folder)
        except BaseException:
            self._previous.rename(self.folder)
            raise
        shutil.rmtree(self._previous, ignore_errors=True)

    def _read(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None


def exchange(one: Path, other: Path) -> bool:
    """Let two files or folders change places in one step; False where the system or its disk cannot.

    Raises
    ------
    OSError
        When they may not be renamed.
    """
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:  # a C library from before 2018
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))
