"""Where results go: a folder, or any address that fsspec knows, such as ``s3://bucket/folder``.

One process writes. A reader meets a file as it was or as it is, never half of it: a folder gets each file by a rename,
an object store takes each object whole.
"""

import contextlib
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import fsspec

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.publish import DISK_ERRORS

UNFINISHED = ".new"
"""What a file is called until it is complete."""

PROBE = "probe"
"""File that is written only to see whether it can be."""

_REMEDIES = {
    "s3": 'install the driver: pip install "baltic-calculus[s3]"',
    "s3a": 'install the driver: pip install "baltic-calculus[s3]"',
}
_ETAG_KEYS = ("ETag", "etag")


class Store(Protocol):
    """A place for files with names such as ``notebooks/one.ipynb``."""

    address: str

    def write(self, name: str, content: bytes) -> str:
        """Write a file, or replace it; gives its fingerprint."""

    def upload(self, files: Mapping[str, Path]) -> None:
        """Write files by name from a local folder, in any order."""

    def read(self, name: str) -> bytes:
        """Content of a file; FileNotFoundError when there is none."""

    def read_many(self, names: Sequence[str]) -> list[bytes]:
        """Contents of several files that exist, in the order of ``names``."""

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    def names(self, prefix: str = "") -> list[str]:
        """Names of all files below a folder, sorted."""

    def fingerprints(self, names: Sequence[str]) -> dict[str, str]:
        """What tells whether a file has changed, for those of ``names`` that exist."""

    def remove(self, name: str) -> None:
        """Remove a file, if there is one."""


def open_store(address: str) -> Store:
    """Open a folder or an object store; nothing is written yet.

    Parameters
    ----------
    address : str
        A path, or an address such as ``s3://bucket/folder``. Credentials and the endpoint of a store that is not
        Amazon's come from the environment: ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``.

    Raises
    ------
    ConfigurationError
        When the protocol is unknown or its driver is not installed.
    """
    protocol = fsspec.utils.get_protocol(address)
    try:
        # an instance of its own: a cached one would keep the endpoint and the credentials of an earlier environment
        system, root = fsspec.url_to_fs(address, skip_instance_cache=True)
    except ImportError as error:
        remedy = _REMEDIES.get(protocol, f"install the fsspec driver for {protocol}://")
        raise ConfigurationError(f"cannot write to {protocol}:// : {error}", where=address, remedy=remedy) from None
    except ValueError as error:
        raise ConfigurationError(str(error), where=address, remedy="give a folder, or s3://BUCKET/FOLDER") from None
    if protocol in ("file", "local"):
        return FolderStore(Path(root))
    return ObjectStore(address, system, root.rstrip("/"))


def check_writable(store: Store) -> None:
    """See that files can be written and removed, before anything that takes time.

    Raises
    ------
    ConfigurationError
        When they cannot; it says why and what to check.
    """
    store.write(PROBE, b"")
    store.remove(PROBE)


def in_order_of_arrival(names: Iterable[str]) -> list[list[str]]:
    """Put the files of a site into the order in which they may appear before readers.

    First come images, styles, scripts and data, then the pages, then the index pages that lead to them, at the very end
    the index page of the site.

    Examples
    --------
    >>> in_order_of_arrival(["index.html", "burden.html", "assets/site.css"])
    [['assets/site.css'], ['burden.html'], ['index.html']]
    """
    stages: list[list[str]] = [[], [], [], []]
    for name in names:
        is_index = name.rpartition("/")[2] == "index.html"
        stages[3 if name == "index.html" else 2 if is_index else 1 if name.endswith(".html") else 0].append(name)
    return [stage for stage in stages if stage]


class FolderStore:
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = str(folder)

    def write(self, name: str, content: bytes) -> str:
        """Write a file, or replace it; gives its fingerprint."""
        with explained(self.address), self._replacing(name) as beside:
            beside.write_bytes(content)
        return _digest(content)

    def upload(self, files: Mapping[str, Path]) -> None:
        """Write files by name from a local folder, in any order."""
        for name, path in files.items():
            with explained(self.address), self._replacing(name) as beside:
                shutil.copyfile(path, beside)

    def read(self, name: str) -> bytes:
        """Content of a file; FileNotFoundError when there is none."""
        return (self.folder / name).read_bytes()

    def read_many(self, names: Sequence[str]) -> list[bytes]:
        """Contents of several files that exist, in the order of ``names``."""
        return [self.read(name) for name in names]

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.folder / name).is_file()

    def names(self, prefix: str = "") -> list[str]:
        """Names of all files below a folder, sorted."""
        files = (path for path in (self.folder / prefix).rglob("*") if path.is_file() and path.suffix != UNFINISHED)
        return sorted(path.relative_to(self.folder).as_posix() for path in files)

    def fingerprints(self, names: Sequence[str]) -> dict[str, str]:
        """Hash of the content: a file of a folder can be damaged."""
        return {name: _digest(self.read(name)) for name in names if self.exists(name)}

    def remove(self, name: str) -> None:
        """Remove a file, if there is one."""
        with explained(self.address):
            (self.folder / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _replacing(self, name: str) -> Iterator[Path]:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + UNFINISHED)
        try:
            yield beside
            beside.replace(path)
        except OSError:
            with contextlib.suppress(OSError):  # the first error is the one to tell
                beside.unlink(missing_ok=True)
            raise


class ObjectStore:
    """Objects below an address of any file system that fsspec knows."""

    def __init__(self, address: str, system: Any, root: str) -> None:
        self.address = address
        self._system = system
        self._root = root

    def write(self, name: str, content: bytes) -> str:
        """Write an object, or replace it; gives its fingerprint."""
        with explained(self.address):
            self._system.pipe_file(self._path(name), content)
            return _tag(self._system.info(self._path(name))) or _digest(content)

    def upload(self, files: Mapping[str, Path]) -> None:
        """Write objects by name from a local folder, several at a time; S3 learns what type each is."""
        if files:
            with explained(self.address):
                self._system.put([str(path) for path in files.values()], [self._path(name) for name in files])

    def read(self, name: str) -> bytes:
        """Content of an object; FileNotFoundError when there is none."""
        with explained(self.address, FileNotFoundError):
            return bytes(self._system.cat_file(self._path(name)))

    def read_many(self, names: Sequence[str]) -> list[bytes]:
        """Contents of several objects that exist, read side by side."""
        paths = [self._path(name) for name in names]
        with explained(self.address, FileNotFoundError):
            contents = self._system.cat(paths) if paths else {}
        return [bytes(contents[path]) for path in paths]

    def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        self._system.invalidate_cache()
        with explained(self.address):
            return bool(self._system.isfile(self._path(name)))

    def names(self, prefix: str = "") -> list[str]:
        """Names of all objects below a folder, sorted."""
        return sorted(self._list(prefix))

    def fingerprints(self, names: Sequence[str]) -> dict[str, str]:
        """The store's own tag of each object's content, from one listing a folder; the hash where it gives none."""
        found: dict[str, str] = {}
        for folder in {name.rpartition("/")[0] for name in names}:
            listed = self._list(folder)
            for name in listed.keys() & set(names):
                found[name] = _tag(listed[name]) or _digest(self.read(name))
        return found

    def remove(self, name: str) -> None:
        """Remove an object, if there is one."""
        with explained(self.address), contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _list(self, prefix: str) -> dict[str, Mapping[str, Any]]:
        self._system.invalidate_cache()
        with explained(self.address):
            listed = self._system.find(self._path(prefix), detail=True)
        return {path.removeprefix(f"{self._root}/"): info for path, info in listed.items()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _tag(info: Mapping[str, Any]) -> str:
    """The tag that a store gives to the content of an object; empty when it gives none."""
    return next((str(info[key]).strip('"') for key in _ETAG_KEYS if info.get(key)), "")


@contextlib.contextmanager
def explained(address: str, *expected: type[Exception]) -> Iterator[None]:
    """Turn what a file system raises into an error for people; a full disk and what is expected go on as they are.

    Each driver has exceptions of its own: for missing credentials, an endpoint that does not answer, a bucket that is
    not there.
    """
    try:
        yield
    except expected:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            raise
        remedy = "see that the folder may be written to"
        if "://" in address:
            remedy = "check the address, the credentials and the endpoint (AWS_ENDPOINT_URL), then run it again"
        raise ConfigurationError(f"the results cannot be kept there: {error}", where=address, remedy=remedy) from error
