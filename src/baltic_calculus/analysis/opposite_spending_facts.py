"""The numbers that the sentences about the money of the states opposite hold."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from baltic_calculus.analysis.opposite_spending import OPPOSITE, TOGETHER
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year

LEVEL = "US$ bn"
SMALL = 20
"""Amounts and multiples below this are printed with a decimal."""


def _by_party(rows: pd.DataFrame, column: str, unit: str, decimals: int) -> dict[str, Quantity]:
    """One quantity for each party that has the number."""
    known = rows.dropna(subset=[column])
    return {row.party: Quantity(float(getattr(row, column)), unit, decimals) for row in known.itertuples()}


def describe_comparison(compared: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """Levels, growth and effort on both sides.

    Parameters
    ----------
    compared : DataFrame
        From ``compare_with_opposite``.
    parameters : Parameters
        ``countries``.

    Returns
    -------
    dict
        ``base_year, last_year``; ``levels_<side>, growth_<side>`` by party (constant 2024 US$ bn, per cent over the
        period) for ``opposite`` and ``allies`` (sums and comparators included); ``government_base_<side>,
        government_last_<side>`` (per cent of government expenditure); ``not_held`` (countries that SIPRI's extract
        lacks).
    """
    facts: dict[str, Fact] = {
        "base_year": year(int(compared["base_year"].iloc[0])),
        "last_year": year(int(compared["last_year"].iloc[0])),
        "not_held": tuple(code for code in parameters.countries if code not in set(compared["party"])),
    }
    for side, rows in compared.groupby("side"):
        facts[f"levels_{side}"] = _by_party(rows, "spend_last_usd_bn", LEVEL, 1)
        facts[f"growth_{side}"] = _by_party(rows, "growth_pct", "%", 0)
        for when in ("base", "last"):
            facts[f"government_{when}_{side}"] = _by_party(rows, f"share_{when}_government_pct", "%", 1)
    return facts


def describe_power(ranges: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """What the money buys, as ranges, and Russia's as a multiple of the others' on each basis.

    Parameters
    ----------
    ranges : DataFrame
        From ``compute_power_ranges``.
    parameters : Parameters
        ``countries``.

    Returns
    -------
    dict
        ``power_year``; ``power_opposite, power_allies`` (US$ bn by party, as ranges); ``multiples`` (Russia's
        amount over that of the countries, alone or together, and over that of the group of states, times; a range
        from the lower to the higher of both bases); ``factor_russia`` (times, upper end over lower); ``uncounted``
        (states of the group without a factor).
    """
    rows = {str(row["party"]): row for row in ranges.to_dict("records")}
    russia = rows[OPPOSITE[0]]
    allies = [party for party in rows if party not in OPPOSITE]
    own = [party for party in allies if party == TOGETHER or party in parameters.countries]
    group = [party for party in allies if rows[party]["missing"] or len(rows[party]["states"].split()) > 1]
    return {
        "power_year": year(russia["year"]),
        "power_opposite": _ranges({party: rows[party] for party in OPPOSITE if party in rows}),
        "power_allies": _ranges({party: rows[party] for party in allies}),
        "multiples": {party: _multiple(russia, rows[party]) for party in dict.fromkeys((*own, *group))},
        "factor_russia": Quantity(russia["high_usd_bn"] / russia["low_usd_bn"], "times", 1),
        "uncounted": tuple(dict.fromkeys(code for party in group for code in rows[party]["missing"].split())),
    }


def _ranges(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Quantity]:
    """Amounts as ranges; small ones with a decimal."""
    return {
        party: Quantity(row["low_usd_bn"], LEVEL, int(row["high_usd_bn"] < SMALL), high=row["high_usd_bn"])
        for party, row in rows.items()
    }


def _multiple(russia: Mapping[str, Any], other: Mapping[str, Any]) -> Quantity:
    """Russia's amount over another, on both bases."""
    low, high = sorted(russia[end] / other[end] for end in ("low_usd_bn", "high_usd_bn"))
    return Quantity(low, "times", int(low < SMALL), high=high)
