"""Put products in place of those of the last build: a program of its own, so that a killed build cannot cut it short.

It runs in a session of its own, holds the lock of the build that started it, and ends within milliseconds. Whoever
kills the build meanwhile finds the new state when the lock is free. It imports nothing that takes time.

    python swap.py ROOM BUILD NAME...
"""

import os
import sys
from collections.abc import Sequence

PREVIOUS = ".previous"
DISCARDED = ".discarded"
ABSENT = ".absent"
"""Folder in `PREVIOUS` with an empty file for every name that there was nothing of before the swap."""


def swap(room: str, build: str, names: Sequence[str]) -> None:
    """Set aside what bears these names in the build folder, and move in what the room has under them.

    Parameters
    ----------
    room, build : str
        Folders of one disk.
    names : sequence of str
        What is not in the room goes.

    Raises
    ------
    OSError
        When a rename fails; `PREVIOUS` then holds what is to be put back.
    """
    previous = os.path.join(build, PREVIOUS)
    absent = os.path.join(previous, ABSENT)
    os.makedirs(absent)
    for name in names:
        place, new = os.path.join(build, name), os.path.join(room, name)
        if os.path.lexists(place):
            os.rename(place, os.path.join(previous, name))
        else:
            os.mkdir(os.path.join(absent, name))
        if os.path.lexists(new):
            os.rename(new, place)
    # This rename ends the swap: from here on nothing is put back, even if the deletion is cut short.
    os.rename(previous, os.path.join(build, DISCARDED))


if __name__ == "__main__":
    try:
        swap(sys.argv[1], sys.argv[2], sys.argv[3:])
    except OSError as error:
        print(error.errno, error.filename or "", sep="\t", end="")
        sys.exit(1)
