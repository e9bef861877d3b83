"""How much of the rise of defence the measures found would pay for.

Only an amount for one year can be set against the rise of that year. What is reserved for defence and decided counts;
what was withdrawn or is only planned does not. A fund's total holds the taxes that feed it: they are taken from it, so
that no euro is counted twice.
"""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.measures import classify_status
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import widen
from baltic_calculus.analysis.spending import SPEND_USD, euro_rate

TAXES = "decided taxes"
OWN = "other funds and transfers"
CUTS = "cuts, also for other priorities"
BORROWING = "decided borrowing"
OPEN = "no measure with an amount"
PARTS = (TAXES, OWN, CUTS, BORROWING, OPEN)
"""What pays for the rise, from zero upwards."""

_PART_OF_KIND = {"tax": TAXES, "transfer": OWN, "fund": OWN, "cut": CUTS, "borrowing": BORROWING}
_RESERVED = r"^yes"


def compute_rise(nato: pd.DataFrame, codes: Sequence[str], base_year: int) -> pd.DataFrame:
    """Core defence expenditure of each year after the base year less that of the base year, in euros at current prices.

    ``rise_eur_m = spend_usd_m / usd_per_eur`` of the year less the same of the base year; the rate is the one that
    NATO's own table implies.

    Returns
    -------
    DataFrame
        ``iso3, year, rise_eur_m, flag`` (NATO's); countries that are no allies are left out.
    """
    measure = SPEND_USD["current"]
    rate = euro_rate(nato, "current")
    rows = widen(nato[nato["iso3"].isin(codes) & (nato["year"] >= base_year)], [measure]).dropna()
    rows["eur_m"] = rows[measure] / rows["year"].map(rate)
    base = rows[rows["year"] == base_year].set_index("iso3")["eur_m"]
    rows["rise_eur_m"] = rows["eur_m"] - rows["iso3"].map(base)
    flags = nato.loc[nato["measure"] == measure, ["iso3", "year", "flag"]]
    later = rows[rows["year"] > base_year].merge(flags, on=["iso3", "year"])
    place = {code: count for count, code in enumerate(codes)}
    later = later.sort_values(["iso3", "year"], key=lambda s: s.map(place) if s.name == "iso3" else s)
    return later[["iso3", "year", "rise_eur_m", "flag"]].reset_index(drop=True)


def select_countable(measures: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Decided amounts in euros for one year that pay for defence, without what is counted in another amount.

    Returns
    -------
    DataFrame
        ``iso3, year, title, part`` (one of ``PARTS``), ``amount_eur_m``; a fund's amount is what its known parts
        leave of it, never below zero. Cuts count even where they pay for other priorities too: an upper limit.
    """
    rows = measures[
        measures["iso3"].isin(codes)
        & measures["unit"].str.startswith("EUR m")
        & (measures["basis"] == "one year")
        & measures["kind"].isin(list(_PART_OF_KIND))
        & (measures["status"].map(classify_status) == "decided")
        & (measures["earmarked"].str.contains(_RESERVED) | (measures["kind"] == "cut"))
    ].dropna(subset=["value"])
    rows = rows.assign(year=rows["budget_period"].astype(int), part=rows["kind"].map(_PART_OF_KIND))
    keys = ["iso3", "year", "title"]
    inside = rows[rows["part_of"] != ""].groupby(["iso3", "year", "part_of"])["value"].sum().rename_axis(keys)
    taken = inside.reindex(pd.MultiIndex.from_frame(rows[keys])).fillna(0).to_numpy()
    rows = rows.assign(amount_eur_m=(rows["value"] - taken).clip(lower=0))
    return rows[["iso3", "year", "title", "part", "amount_eur_m"]].reset_index(drop=True)


def compute_measure_shares(
    measures: pd.DataFrame, nato: pd.DataFrame, parameters: Parameters, base_year: int
) -> pd.DataFrame:
    """The rise of defence by what pays for it.

    Parameters
    ----------
    measures : DataFrame
        Dataset ``national_measures``.
    nato : DataFrame
        Dataset ``nato_defence_expenditure``; its last year ends the table.
    parameters : Parameters
        ``countries`` are used.
    base_year : int
        Year that the rise is counted from.

    Returns
    -------
    DataFrame
        ``iso3, year, part`` (one of ``PARTS``), ``amount_eur_m, rise_eur_m, share_rise_pct`` (per cent of the rise),
        ``flag``; every part for every country and year with a rise. The last part is what the others leave, zero where
        they exceed the rise.
    """
    rise = compute_rise(nato, parameters.countries, base_year)
    rise = rise[rise["rise_eur_m"] > 0]
    sums = select_countable(measures, parameters.countries).groupby(["iso3", "year", "part"])["amount_eur_m"].sum()
    grid = rise.merge(pd.DataFrame({"part": PARTS}), how="cross")
    amounts = sums.reindex(pd.MultiIndex.from_frame(grid[["iso3", "year", "part"]])).fillna(0).to_numpy()
    grid = grid.assign(amount_eur_m=amounts)
    found = grid.groupby(["iso3", "year"])["amount_eur_m"].transform("sum")
    left = (grid["rise_eur_m"] - found).clip(lower=0)
    grid["amount_eur_m"] = grid["amount_eur_m"].where(grid["part"] != OPEN, left)
    grid["share_rise_pct"] = grid["amount_eur_m"] / grid["rise_eur_m"] * 100
    return grid[["iso3", "year", "part", "amount_eur_m", "rise_eur_m", "share_rise_pct", "flag"]]


def join_shares(listed: pd.DataFrame, measures: pd.DataFrame, nato: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Put beside each listed measure its amount as a share of the rise of its year.

    A share is given to every amount of one year that is money raised, saved or borrowed, also to one that was
    withdrawn or is part of a fund: the column tells its size, and must not be added up.

    Parameters
    ----------
    listed : DataFrame
        From :func:`~baltic_calculus.analysis.measures.select_measures`.
    measures, nato : DataFrame
        Datasets.
    base_year : int
        Year that the rise is counted from.

    Returns
    -------
    DataFrame
        ``listed`` with ``kind`` and ``share_rise_pct`` (NaN without an amount of one year or a rise of that year).
    """
    keys = ["iso3", "title", "budget_period"]
    told = listed.merge(measures[[*keys, "kind", "basis"]], on=keys, how="left")
    rise = compute_rise(nato, list(dict.fromkeys(listed["iso3"])), base_year).assign(
        budget_period=lambda rows: rows["year"].astype(str)
    )
    told = told.merge(rise[["iso3", "budget_period", "rise_eur_m"]], on=["iso3", "budget_period"], how="left")
    raised = (told["basis"] == "one year") & told["kind"].isin(list(_PART_OF_KIND)) & (told["rise_eur_m"] > 0)
    told["share_rise_pct"] = (told["amount_eur_m"] / told["rise_eur_m"] * 100).where(raised)
    return told.drop(columns=["rise_eur_m", "basis"]).fillna({"kind": ""})
