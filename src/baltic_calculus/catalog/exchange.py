"""Put several files into place together, whatever interrupts it.

No rename changes several files at once. So all of them are laid into one folder first, whose name appears in one step;
then each takes its place. What an interruption leaves is met as a wrong checksum, and the next adoption finishes it
from that folder.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from baltic_calculus.catalog.root import CATALOG_FILE, PENDING, VINTAGES
from baltic_calculus.errors import DataError

DONE = f"{VINTAGES}/.adopted"


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let one process at a time put tables and vintages into place; the lock goes when the process does.

    Raises
    ------
    DataError
        When another one does so.
    """
    folder = os.open(root / Path(CATALOG_FILE).parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise DataError(
            "another adoption or refresh is under way",
            where="data",
            remedy="wait until it ends, and run the command again",
        ) from None
    finally:
        os.close(folder)


def exchange(root: Path, files: Mapping[str, bytes], unchanged: str) -> None:
    """Put all files into place, or none.

    Parameters
    ----------
    root : Path
        The project's folder.
    files : mapping of str to bytes
        Content by path below it; data/catalog.yaml is among them.
    unchanged : str
        Text of data/catalog.yaml from which the files were made.

    Raises
    ------
    DataError
        When that file says something else by now, or an interrupted exchange was not finished.
    """
    pending = root / PENDING
    if pending.exists():
        raise DataError(
            "an adoption was interrupted",
            where=PENDING,
            remedy="run the same 'baltic data adopt' again, which finishes it",
        )
    write_folder(pending, files)
    if (root / CATALOG_FILE).read_text(encoding="utf-8") != unchanged:
        shutil.rmtree(pending)
        raise DataError(
            "the catalogue changed while the vintage was checked", where=CATALOG_FILE, remedy="run the command again"
        )
    finish_exchange(root)


def finish_exchange(root: Path) -> bool:
    """Finish an exchange that was interrupted; gives whether there was one."""
    pending = root / PENDING
    if not pending.is_dir():
        return False
    # the catalogue last: as long as it is the former one, its checksums tell that something is amiss
    catalog = pending / CATALOG_FILE
    for path in sorted(filter(Path.is_file, pending.rglob("*")), key=lambda path: path == catalog):
        target = root / path.relative_to(pending)
        beside = target.with_name(f".{target.name}.new")
        _write(beside, path.read_bytes())
        beside.replace(target)
    done = root / DONE
    if done.exists():
        shutil.rmtree(done)
    pending.rename(done)
    shutil.rmtree(done)
    return True


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder beside its place and rename it, so that its name never stands for half of it."""
    beside = folder.parent / f".{folder.name}.new"
    if beside.exists():
        shutil.rmtree(beside)  # left by an interruption
    for name, content in files.items():
        path = beside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    beside.rename(folder)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
