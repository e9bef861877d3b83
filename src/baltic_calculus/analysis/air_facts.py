"""The numbers on air policing and air defence that go into sentences."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.air import AIRCRAFT, BASE, EUROPE, ROTATIONS, SCRAMBLES
from baltic_calculus.analysis.air_defence import (
    CONTRACTS,
    DELIVERED,
    LAYERS,
    PLANNED,
    ROTATION,
    layers_without_contract,
)
from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.quantity import Fact, Quantity, year


def describe_air(policing: pd.DataFrame) -> dict[str, Fact]:
    """Aircraft before, at their most and at last count; rotations a year; scrambles in the region and over Europe.

    Parameters
    ----------
    policing : DataFrame
        From ``compute_policing``.

    Returns
    -------
    dict
        ``first_year`` (of any count); ``aircraft_first, aircraft_peak, aircraft_last`` with ``..._date``;
        ``base_counts, base_least, base_most, base_first_date, base_last_date`` (one base alone), ``base_low_count``
        (of these of low confidence); ``rotation_last, rotation_last_date, rotations_a_year``; ``scrambles_least,
        scrambles_most, scrambles_last`` with dates; ``europe_most, europe_last`` with dates.
    """
    aircraft, base, rotations, scrambles, europe = (
        policing[policing["measure"] == measure] for measure in (AIRCRAFT, BASE, ROTATIONS, SCRAMBLES, EUROPE)
    )
    peak, most = aircraft.loc[aircraft["high"].idxmax()], europe.loc[europe["high"].idxmax()]
    busiest, quietest = scrambles.loc[scrambles["high"].idxmax()], scrambles.loc[scrambles["low"].idxmin()]
    years = date_years(rotations.iloc[-1]["date"]).low - date_years(rotations.iloc[0]["date"]).low
    return {
        "first_year": year(int(policing["when"].dt.year.min())),
        **_count("aircraft_first", aircraft.iloc[0], "aircraft"),
        **_count("aircraft_peak", peak, "aircraft"),
        **_count("aircraft_last", aircraft.iloc[-1], "aircraft"),
        "base_counts": Quantity(len(base), "", 0),
        "base_least": Quantity(float(base["low"].min()), "", 0),
        "base_most": Quantity(float(base["high"].max()), "aircraft", 0),
        "base_first_date": name_date(base.iloc[0]["date"]),
        "base_last_date": name_date(base.iloc[-1]["date"]),
        "base_low_count": Quantity(int(base["confidence"].eq("low").sum()), "", 0),
        **_count("rotation_last", rotations.iloc[-1], ""),
        "rotations_a_year": Quantity(float(rotations.iloc[-1]["low"] - rotations.iloc[0]["low"]) / years, "", 1),
        **_count("scrambles_least", quietest, ""),
        **_count("scrambles_most", busiest, ""),
        **_count("scrambles_last", scrambles.iloc[-1], ""),
        **_count("europe_most", most, ""),
        **_count("europe_last", europe.iloc[-1], ""),
    }


def _count(name: str, row: pd.Series, unit: str) -> dict[str, Fact]:
    """A count, as a range where it was published so, and its date in words."""
    high = float(row["high"]) if row["high"] > row["low"] else None
    return {name: Quantity(float(row["low"]), unit, 0, high), f"{name}_date": name_date(row["date"])}


def describe_air_defence(rows: pd.DataFrame, countries: Sequence[str], now: int) -> dict[str, Fact]:
    """How many orders there are in each layer, when they are due, what has arrived, and where there is none.

    Parameters
    ----------
    rows : DataFrame
        From ``compute_air_defence``.
    countries : sequence of str
        Codes of the states with orders.
    now : int
        Calendar year in which deliveries count as due.

    Returns
    -------
    dict
        ``contracts`` (number), one number for each layer (``very_short_range`` and so on), ``contracts_eur_bn`` (sum
        of the published sums), ``with_sum, without_date`` (numbers), ``delivered``, ``due`` (contracts whose delivery
        begins by ``now``), ``now``, ``first_year, last_year`` (of deliveries ahead or under way), ``planned`` (number),
        ``none_very_short_range`` and so on (codes of states without a contract), ``rotations, rotations_long,
        rotation_hosts`` (stays found, those of long range, states that had one), ``low`` (rows of low confidence).
    """
    contracts = rows[rows["standing"].isin(CONTRACTS)]
    ahead = contracts[contracts["standing"] != DELIVERED]
    stays = rows[rows["standing"] == ROTATION]
    layers = contracts["layer"].value_counts()
    return {
        "contracts": Quantity(len(contracts), "", 0),
        **{_key(layer): Quantity(int(layers.get(layer, 0)), "", 0) for layer in LAYERS},
        "contracts_eur_bn": Quantity(float(contracts["amount_eur_m"].sum()) / 1000, "EUR bn", 1),
        "with_sum": Quantity(int(contracts["amount_eur_m"].notna().sum()), "", 0),
        "without_date": Quantity(int(contracts["start"].isna().sum()), "", 0),
        "delivered": Quantity(int((contracts["standing"] == DELIVERED).sum()), "", 0),
        "due": Quantity(int((ahead["first_year"] <= now).sum()), "", 0),
        "now": year(now),
        "first_year": year(int(ahead["first_year"].min())),
        "last_year": year(int(ahead["last_year"].max())),
        "planned": Quantity(int((rows["standing"] == PLANNED).sum()), "", 0),
        **{f"none_{_key(layer)}": codes for layer, codes in layers_without_contract(rows, countries).items()},
        "rotations": Quantity(len(stays), "", 0),
        "rotations_long": Quantity(int((stays["layer"] == LAYERS[-1]).sum()), "", 0),
        "rotation_hosts": tuple(code for code in countries if code in set(stays["iso3"])),
        "low": Quantity(int(rows["confidence"].eq("low").sum()), "", 0),
    }


def _key(layer: str) -> str:
    return layer.replace(" ", "_")
