"""What data there is, and the only way to it: records, validated tables, policy values.

Examples
--------
>>> from baltic_calculus import catalog
>>> spending = catalog.load("nato_defence_expenditure")
>>> spending.attrs["record"].publisher
'NATO'
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from baltic_calculus.catalog.catalog import Catalog
from baltic_calculus.catalog.finding import Finding, Validation, Weight
from baltic_calculus.catalog.policy import PolicySet, PolicyValue
from baltic_calculus.catalog.record import Coverage, DatasetRecord, Measure
from baltic_calculus.catalog.root import project_root

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Catalog",
    "Coverage",
    "DatasetRecord",
    "Finding",
    "Measure",
    "PolicySet",
    "PolicyValue",
    "Validation",
    "Weight",
    "countries",
    "country_in_text",
    "country_name",
    "coverage",
    "cross_check_rules",
    "default_catalog",
    "describe",
    "list_datasets",
    "load",
    "load_geometry",
    "policies",
    "policy",
    "project_root",
    "record",
    "records",
    "rows",
    "validate",
]


@cache
def default_catalog() -> Catalog:
    """Catalogue of the project folder (see :func:`project_root`)."""
    return Catalog(project_root())


def load(name: str) -> "pd.DataFrame":
    """Validated table of a dataset, with its record in ``attrs["record"]``; see :meth:`Catalog.load`."""
    return default_catalog().load(name)


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a table as text, unchecked and without pandas; see :meth:`Catalog.rows`."""
    return default_catalog().rows(name)


def load_geometry(name: str) -> dict[str, Any]:
    """GeoJSON FeatureCollection of a map dataset; see :meth:`Catalog.load_geometry`."""
    return default_catalog().load_geometry(name)


def record(name: str) -> DatasetRecord:
    """Record of a dataset; see :meth:`Catalog.record`."""
    return default_catalog().record(name)


def records() -> tuple[DatasetRecord, ...]:
    """All records, in the order of the catalogue."""
    return default_catalog().records()


def policy(name: str) -> PolicySet:
    """Policy values of one file in data/policy, read as attributes; see :meth:`Catalog.policy`."""
    return default_catalog().policy(name)


def policies() -> tuple[PolicySet, ...]:
    """All sets of policy values the report rests on, by name; see :meth:`Catalog.policies`."""
    return default_catalog().policies()


def cross_check_rules() -> dict[str, str]:
    """What each cross-check says must hold, by its name."""
    from baltic_calculus.catalog.cross_checks import CROSS_CHECKS

    return {check.name: check.rule for check in CROSS_CHECKS}


def countries() -> "pd.DataFrame":
    """Countries and aggregates: ``iso3, name, in_text, kind, nato, eu``; see :meth:`Catalog.countries`."""
    return default_catalog().countries()


def country_name(iso3: str) -> str:
    """English name of a country or aggregate code; see :meth:`Catalog.country_name`."""
    return default_catalog().country_name(iso3)


def country_in_text(iso3: str) -> str:
    """Name as it stands in a sentence, with its article; see :meth:`Catalog.country_in_text`."""
    return default_catalog().country_in_text(iso3)


def coverage(name: str) -> Coverage:
    """Countries and years of a dataset; see :meth:`Catalog.coverage`."""
    return default_catalog().coverage(name)


def validate(names: Sequence[str] | None = None) -> Validation:
    """What is wrong with the named datasets (default: all); see :meth:`Catalog.validate`."""
    return default_catalog().validate(names)


def list_datasets() -> "pd.DataFrame":
    """One row per dataset: ``name, title, publisher, edition, rows, countries, years, redistribution``."""
    from baltic_calculus.catalog import description

    return description.list_datasets(default_catalog())


def describe(name: str) -> str:
    """Everything the catalogue knows about a dataset, as text for a terminal."""
    from baltic_calculus.catalog import description

    return description.describe(default_catalog(), name)
