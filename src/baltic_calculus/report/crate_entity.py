"""Entities of an RO-Crate: how they are named, how they refer to each other, and the software among them."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import metadata, version
from typing import Any

PACKAGE = "baltic-calculus"
LIBRARIES = (
    "altair",
    "great-tables",
    "ipykernel",
    "nbclient",
    "numpy",
    "pandas",
    "papermill",
    "pypandoc-binary",
    "typst",
    "vl-convert-python",
)
"""What computes, draws and sets the report; all others are in requirements.lock."""

PYTHON = "https://www.python.org/"
NOTEBOOK = "application/x-ipynb+json"

Entity = dict[str, Any]


def reference(identifiers: Iterable[str]) -> Entity | list[Entity]:
    """References to other entities; a single one stands alone, as the specification wants it."""
    references = [{"@id": identifier} for identifier in identifiers]
    return references[0] if len(references) == 1 else references


def filled(entity: Entity) -> Entity:
    """An entity without its empty properties."""
    return {key: value for key, value in entity.items() if value not in ("", [], None)}


def organisation_id(name: str) -> str:
    """Identifier of an organisation within a crate."""
    return "#" + re.sub(r"\W+", "-", name.lower()).strip("-")


@cache
def package_id(name: str) -> str:
    """The package as a package URL, which names no server."""
    return f"pkg:pypi/{name}@{version(name)}"


def software(name: str) -> Entity:
    """An installed package with its version."""
    return filled(
        {
            "@id": package_id(name),
            "@type": "SoftwareApplication",
            "name": name,
            "url": _home(name),
            "softwareVersion": version(name),
        }
    )


def _home(name: str) -> str:
    """Home page of a package, or that of its source, as it states them."""
    stated = metadata(name)
    if "Home-page" in stated:
        return stated["Home-page"]
    pages = dict(entry.lower().split(", ", 1) for entry in stated.get_all("Project-URL") or [])
    return pages.get("homepage") or pages.get("source") or ""
