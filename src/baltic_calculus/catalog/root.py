"""Where the project's data folder is."""

import os
from pathlib import Path

from baltic_calculus.errors import DataError

CATALOG_FILE = "data/catalog.yaml"


def project_root() -> Path:
    """Folder that holds ``data/``: ``BALTIC_ROOT`` when set, else the checkout this package runs from.

    Raises
    ------
    DataError
        When the folder has no ``data/catalog.yaml``.
    """
    named = os.environ.get("BALTIC_ROOT")
    root = Path(named) if named else Path(__file__).parents[3]
    if not (root / CATALOG_FILE).is_file():
        raise DataError(
            f"no {CATALOG_FILE}",
            where=str(root),
            remedy="install with 'pip install -e .' from the project's folder, or set BALTIC_ROOT to that folder",
        )
    return root.resolve()
