"""Where the project's data folder is."""

from pathlib import Path

from baltic_calculus.errors import DataError
from baltic_calculus.root import find_root

CATALOG_FILE = "data/catalog.yaml"
VINTAGES = "data/vintages"
PENDING = f"{VINTAGES}/.adoption"
"""Folder with the files of an adoption that is under way, as they will be; see catalog/adoption.py."""


def project_root() -> Path:
    """Folder that holds ``data/`` (see :func:`baltic_calculus.root.find_root`).

    Raises
    ------
    DataError
        When the folder has no ``data/catalog.yaml``.
    """
    root = Path(find_root())
    if not (root / CATALOG_FILE).is_file():
        raise DataError(
            f"no {CATALOG_FILE}",
            where=str(root),
            remedy="install with 'pip install -e .' from the project's folder, or set BALTIC_ROOT to that folder",
        )
    return root
