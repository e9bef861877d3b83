"""Whether a build would find everything as the last one left it: answered from names, sizes and times of files.

A build notes what it read and what it wrote. The next one compares; a file whose time changed is compared by content,
so a fresh checkout of the same state is fresh. This module imports next to nothing, because its answer is often all
that a command needs.
"""

import os
import sys
from collections.abc import Iterator, Sequence

STAMP = "_build/stamp"
VERSION = "1"
INPUTS = ("data", "notebooks", "report")
"""Folders of a project that a build reads."""

LOCK = "requirements.lock"
COMMITS = "commits"
PACKAGES = ("baltic_calculus", "kernel_forkserver")
NEVER_READ = frozenset({"__pycache__", ".ipynb_checkpoints", "vintages"})
"""Folders among the inputs that no page depends on; data/vintages holds tables that were not adopted."""

PRODUCTS = {"site": "_build/site/index.html", "PDF": "_build/report.pdf"}


class File:
    """One file as a build met it: bytes, time of its last change, SHA-256."""

    __slots__ = ("digest", "mtime_ns", "size")

    def __init__(self, size: int, mtime_ns: int, digest: str) -> None:
        self.size, self.mtime_ns, self.digest = size, mtime_ns, digest

    def looks_like(self, stat: os.stat_result) -> bool:
        """Whether size and time say that the file is the same."""
        return (self.size, self.mtime_ns) == (stat.st_size, stat.st_mtime_ns)


class Snapshot:
    """Everything a build depends on, as it was when the build began.

    Attributes
    ----------
    files : dict of str to File
        Files of the project by their path in it, files of the packages as ``src/<package>/...``.
    environment : str
        Python and the installed distributions with their versions.
    """

    def __init__(self, files: dict[str, File], environment: str) -> None:
        self.files, self.environment = files, environment


def take_snapshot(root: str) -> Snapshot:
    """Read the state of everything that a build of the project in ``root`` depends on.

    The digest of a file that is as the last build met it is taken from there.
    """
    stamp = _read_stamp(root)
    known = stamp.inputs if stamp else {}
    files = {}
    for name, path, stat in _inputs(root):
        before = known.get(name)
        digest = before.digest if before and before.looks_like(stat) else _digest(path)
        files[name] = File(stat.st_size, stat.st_mtime_ns, digest)
    return Snapshot(files, describe_environment())


def file_states(root: str) -> dict[str, tuple[int, int]]:
    """Size and time of everything that `take_snapshot` reads: what is the same here is taken to be the same."""
    return {name: (stat.st_size, stat.st_mtime_ns) for name, _, stat in _inputs(root)}


def describe_environment() -> str:
    """Python's version and every installed distribution with its version, in one line."""
    found = {
        entry.removesuffix(".dist-info")
        for folder in sys.path
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder)
        for entry in os.listdir(folder)
        if entry.endswith(".dist-info")
    }
    return " ".join([sys.version.replace("\n", " "), sys.platform, *sorted(found)])


def write_stamp(root: str, arguments: Sequence[str], snapshot: Snapshot, products: Sequence[str]) -> None:
    """Note that a build with these arguments made ``products`` from ``snapshot`` and that all of it went well.

    Parameters
    ----------
    root : str
        Project folder.
    arguments : sequence of str
        The command line after ``build``.
    snapshot : Snapshot
        State of the inputs when the build began: what changed since then is met as a change.
    products : sequence of str
        Files and folders below ``_build`` that the build published.
    """
    lines = [VERSION, repr(list(arguments)), snapshot.environment]
    lines += [
        f"in\t{file.size}\t{file.mtime_ns}\t{file.digest}\t{name}" for name, file in sorted(snapshot.files.items())
    ]
    for name in products:
        for path, stat in sorted(_walk(os.path.join(root, "_build", name))):
            # what a build wrote is known by size and time alone: it is not read back to be hashed
            lines.append(f"out\t{stat.st_size}\t{stat.st_mtime_ns}\t\t{os.path.relpath(path, root)}")
    stamp = os.path.join(root, STAMP)
    with open(f"{stamp}.new", "w", encoding="utf-8") as beside:
        beside.write("\n".join([*lines, "end\n"]))
    os.replace(f"{stamp}.new", stamp)


def remove_stamp(root: str) -> None:
    """Forget the last build: its products are about to change."""
    if os.path.exists(os.path.join(root, STAMP)):
        os.remove(os.path.join(root, STAMP))


def last_arguments(root: str) -> list[str] | None:
    """The command line after ``build`` of the last build, if all of it went well; None when a build was begun since."""
    import ast

    stamp = _read_stamp(root)
    return None if stamp is None else list(ast.literal_eval(stamp.arguments))


def products_if_fresh(root: str, arguments: Sequence[str]) -> dict[str, str] | None:
    """What the last build published, when a build with these arguments would publish the same again.

    Parameters
    ----------
    root : str
        Project folder.
    arguments : sequence of str
        The command line after ``build``.

    Returns
    -------
    dict of str to str or None
        ``site`` and ``PDF``, as far as they were made, with their paths in the project; None when there is something
        to do.
    """
    stamp = _read_stamp(root)
    if stamp is None or stamp.arguments != repr(list(arguments)) or stamp.environment != describe_environment():
        return None
    seen = 0
    for name, path, stat in _inputs(root):
        before = stamp.inputs.get(name)
        if before is None or not (before.looks_like(stat) or before.digest == _digest(path)):
            return None
        seen += 1
    if seen != len(stamp.inputs) or not all(_is_as_written(root, path, file) for path, file in stamp.outputs.items()):
        return None
    return {name: path for name, path in PRODUCTS.items() if path in stamp.outputs}


class _Stamp:
    def __init__(self, arguments: str, environment: str) -> None:
        self.arguments, self.environment = arguments, environment
        self.inputs: dict[str, File] = {}
        self.outputs: dict[str, File] = {}


def _read_stamp(root: str) -> _Stamp | None:
    """The note of the last build; None when there is none, or one that is damaged or of another version."""
    try:
        with open(os.path.join(root, STAMP), encoding="utf-8") as file:
            lines = file.read().split("\n")
    except OSError:
        return None
    if lines[0] != VERSION or lines[-2:] != ["end", ""]:
        return None
    stamp = _Stamp(lines[1], lines[2])
    try:
        for line in lines[3:-2]:
            side, size, mtime_ns, digest, name = line.split("\t")
            (stamp.inputs if side == "in" else stamp.outputs)[name] = File(int(size), int(mtime_ns), digest)
    except ValueError:
        return None
    return stamp


def input_places(root: str) -> list[tuple[str, str]]:
    """Name and path of every folder and file from which a build of the project in ``root`` is made, if it is there."""
    source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    # data/ may be a link to a folder shared by several projects
    places = [(name, os.path.realpath(os.path.join(root, name))) for name in INPUTS]
    places += [(f"src/{name}", os.path.realpath(os.path.join(source, name))) for name in PACKAGES]
    places += [(LOCK, os.path.join(root, LOCK)), (COMMITS, _commit_log(root))]
    return [(name, path) for name, path in places if os.path.exists(path)]


def _inputs(root: str) -> Iterator[tuple[str, str, os.stat_result]]:
    """Name, path and state of every file that a build reads."""
    for name, place in input_places(root):
        for path, stat in _walk(place):
            yield name + path[len(place) :], path, stat


def _commit_log(root: str) -> str:
    """The file in which git notes each change of the commit that is checked out: the report names that commit."""
    folder = os.path.join(root, ".git")
    if os.path.isfile(folder):  # a linked working tree: a file that says where its folder is
        with open(folder, encoding="utf-8") as file:
            folder = os.path.join(root, file.read().removeprefix("gitdir:").strip())
    return os.path.join(folder, "logs", "HEAD")


def _walk(path: str) -> Iterator[tuple[str, os.stat_result]]:
    if not os.path.isdir(path):
        yield path, os.stat(path)
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name in NEVER_READ:
                continue
            if entry.is_dir():
                yield from _walk(entry.path)
            else:
                yield entry.path, entry.stat()


def _is_as_written(root: str, path: str, file: File) -> bool:
    try:
        return file.looks_like(os.stat(os.path.join(root, path)))
    except OSError:
        return False


def _digest(path: str) -> str:
    import hashlib

    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
