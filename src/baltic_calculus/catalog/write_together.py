"""Write several files that belong together: all of them, or none."""

from collections.abc import Mapping
from pathlib import Path


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files beside their places, and rename them when all are complete, in the order given.

    Raises
    ------
    OSError
        When a folder may not be written to or the disk is full; nothing has changed.
    """
    beside = {path: path.with_name(f".{path.name}.new") for path in files}
    try:
        for path, content in files.items():
            beside[path].write_bytes(content)
        for path, complete in beside.items():
            complete.replace(path)
    finally:
        for left_over in beside.values():
            left_over.unlink(missing_ok=True)
