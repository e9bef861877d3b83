"""Where the project's folder is."""

import os


def find_root() -> str:
    """Folder that holds ``data/``, ``notebooks/`` and ``report/``, whether or not it is there.

    ``BALTIC_ROOT`` when set, else the checkout this package runs from.
    """
    return os.path.realpath(os.environ.get("BALTIC_ROOT") or os.path.join(os.path.dirname(__file__), "..", ".."))
