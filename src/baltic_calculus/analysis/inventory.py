"""The catalogue as tables: what the appendix prints of datasets, measures, flags, gaps, policy values and documents."""

from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.catalog import DatasetRecord, PolicySet

REDISTRIBUTION = {"open": "yes", "limited": "extract only", "none": "no"}


def tabulate_datasets(records: Sequence[DatasetRecord]) -> pd.DataFrame:
    """One row per dataset: what it is, who publishes it, how fresh it is and what may be done with it.

    Returns
    -------
    DataFrame
        ``dataset, title, publisher, edition, data_to, read, licence, may_be_passed_on, address, sha256``.
    """
    rows = [
        {
            "dataset": record.name,
            "title": record.title,
            "publisher": record.publisher,
            "edition": record.edition,
            "data_to": record.cut_off,
            "read": record.read,
            "licence": record.licence,
            "may_be_passed_on": REDISTRIBUTION[record.redistribution],
            "address": record.landing_page,
            "sha256": record.sha256,
        }
        for record in records
    ]
    return pd.DataFrame(rows)


def tabulate_measures(records: Sequence[DatasetRecord]) -> pd.DataFrame:
    """One row per measure: ``dataset, measure, unit, price_basis, definition``; datasets without measures have none."""
    rows = [
        {
            "dataset": record.name,
            "measure": name,
            "unit": measure.unit,
            "price_basis": measure.price_basis,
            "definition": measure.definition,
        }
        for record in records
        for name, measure in record.measures.items()
    ]
    return pd.DataFrame(rows, columns=["dataset", "measure", "unit", "price_basis", "definition"])


def tabulate_flags(records: Sequence[DatasetRecord]) -> pd.DataFrame:
    """What each flag means in each dataset that uses it: ``flag, dataset, meaning``, sorted by flag."""
    rows = [(flag, record.name, meaning) for record in records for flag, meaning in record.flags.items()]
    return pd.DataFrame(rows, columns=["flag", "dataset", "meaning"]).sort_values(
        ["flag", "dataset"], ignore_index=True
    )


def tabulate_gaps(records: Sequence[DatasetRecord]) -> pd.DataFrame:
    """What is known to be missing or odd: ``dataset, kind`` (``gap`` or ``outlier``), ``what``."""
    rows = [(record.name, "gap", gap) for record in records for gap in record.known_gaps]
    rows += [
        (
            record.name,
            "outlier",
            f"{outlier.iso3} {outlier.measure} {outlier.first_year}–{outlier.last_year}: {outlier.reason}",
        )
        for record in records
        for outlier in record.known_outliers
    ]
    return pd.DataFrame(rows, columns=["dataset", "kind", "what"]).sort_values(["dataset", "kind"], ignore_index=True)


def tabulate_exceptions(records: Sequence[DatasetRecord], rules: Mapping[str, str]) -> pd.DataFrame:
    """Rows that are as published though a rule between tables does not hold for them.

    Parameters
    ----------
    records : sequence of DatasetRecord
        Records, with their known exceptions.
    rules : mapping of str to str
        What each cross-check says must hold, by its name.

    Returns
    -------
    DataFrame
        ``dataset, row`` (country, or the key of a row without one), ``years`` (``"2014"``, ``"2022–2026"``; empty for
        rows without years), ``rule, reason``; in the order of the records.
    """
    rows = [
        {
            "dataset": record.name,
            "row": " ".join(each.rows.values()),
            "years": "–".join(str(year) for year in dict.fromkeys([each.first_year, each.last_year]) if year),
            "rule": rules[each.check],
            "reason": each.reason,
        }
        for record in records
        for each in record.known_exceptions
    ]
    return pd.DataFrame(rows, columns=["dataset", "row", "years", "rule", "reason"])


def tabulate_policies(policies: Sequence[PolicySet]) -> pd.DataFrame:
    """One row per value that a government or an alliance has set; assumptions are in ``assumption_log.list_all``.

    Returns
    -------
    DataFrame
        ``set, label, value, low, high, unit, valid_from, reference``; ``low`` and ``high`` are the value itself where
        the source gives no range.
    """
    rows = [
        {
            "set": policy.title,
            "label": value.label,
            "value": value.value,
            "low": value.value if value.low is None else value.low,
            "high": value.value if value.high is None else value.high,
            "unit": value.unit,
            "valid_from": value.valid_from,
            "reference": value.reference,
        }
        for policy in policies
        for value in policy.values.values()
        if not value.support
    ]
    return pd.DataFrame(rows)
