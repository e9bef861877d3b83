"""The numbers on forces present and promised, and on permits, that the posture chapter and the summary tell."""

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.presence import host_order, latest_strengths, total_strength
from baltic_calculus.analysis.promises import compare_option, compare_promises
from baltic_calculus.analysis.quantity import Fact, Quantity


def quantity_of(interval: Interval, unit: str, decimals: int | None = None) -> Quantity:
    """Hand an interval to a sentence: a range as a range, an exact number as one number."""
    return Quantity(float(interval.low), unit, decimals, None if interval.is_exact else float(interval.high))


def describe_presence(presence: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """Who hosts, the published totals, and the latest strength in the countries.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.
    parameters : Parameters
        ``countries`` and ``comparators``.

    Returns
    -------
    dict
        ``hosts`` (number of states), ``first_groups, last_groups`` (what the totals count, in words), ``total_first,
        total_last`` (troops of four and of eight battlegroups), their dates ``total_first_date, total_last_date``;
        ``strengths`` (by country, troops), ``not_public`` (hosts among the countries and comparators without a
        number), ``not_hosts`` (those that host no such force), ``old`` (all hosts whose latest number is of the year
        of ``total_last`` or earlier), ``old_count``.
    """
    latest = latest_strengths(presence)
    totals = total_strength(presence)
    hosts = host_order(presence, parameters)
    ours = latest[latest["iso3"].isin(hosts)].set_index("iso3").reindex(hosts)
    known = ours[ours["low_troops"].notna()]
    last_total = totals.iloc[-1]
    dated = latest[latest["date"] != ""]
    old = tuple(dated.loc[dated["date"].str[:4] <= last_total["date"][:4], "iso3"])
    strengths = {
        str(code): quantity_of(Interval(row["low_troops"], row["high_troops"]), "troops")
        for code, row in known.iterrows()
    }
    return {
        "hosts": Quantity(len(latest), "", 0),
        "first_groups": str(totals.iloc[0]["groups"]),
        "last_groups": str(last_total["groups"]),
        "total_first": quantity_of(_troops(totals.iloc[0]), "troops"),
        "total_first_date": name_date(totals.iloc[0]["date"]),
        "total_last": quantity_of(_troops(last_total), "troops"),
        "total_last_date": name_date(last_total["date"]),
        "strengths": strengths or "none published",
        "not_public": tuple(ours.index[ours["low_troops"].isna()]),
        "not_hosts": tuple(code for code in parameters.countries + parameters.comparators if code not in hosts),
        "old": old,
        "old_count": Quantity(len(old), "", 0),
    }


def _troops(row: pd.Series) -> Interval:
    """Range of a row that counts troops."""
    return Interval(float(row["low_troops"]), float(row["high_troops"]))


def describe_promise(presence: pd.DataFrame, host: str) -> dict[str, Fact]:
    """The largest promise to one host against the latest published strength there.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.
    host : str
        Country code with a numbered promise, for example ``"LTU"``.

    Returns
    -------
    dict
        ``host, lead, promised, due, present, present_date, share, missing`` (persons), ``confidence``.
    """
    rows = compare_promises(presence)
    row = rows[rows["iso3"] == host].sort_values("promised_high", kind="stable").iloc[-1]
    promised = Interval(row["promised_low"], row["promised_high"])
    present = Interval(row["present_low"], row["present_high"])
    missing = Interval(max(promised.low - present.high, 0), max(promised.high - present.low, 0))
    return {
        "host": host,
        "lead": str(row["lead_nation"]),
        "promised": quantity_of(promised, "persons"),
        "due": name_date(row["due"]),
        "present": quantity_of(present, "persons"),
        "present_date": name_date(row["date"]),
        "share": quantity_of(Interval(row["share_low_pct"], row["share_high_pct"]), "%", 0),
        "missing": quantity_of(missing, "persons"),
        "confidence": str(row["confidence"]),
    }


def describe_option(presence: pd.DataFrame, option: Interval) -> dict[str, Fact]:
    """How many hosts have a published formation of brigade size.

    Returns
    -------
    dict
        ``option`` (troops of a brigade), ``reached`` (hosts whose published strength lies wholly at or above its lower
        end), ``below`` (hosts wholly below it), ``unknown`` (hosts without a number).
    """
    rows = compare_option(presence, option)
    known = rows[rows["present_low"].notna()]
    return {
        "option": quantity_of(option, "troops"),
        "reached": tuple(known.loc[known["present_low"] >= option.low, "iso3"]),
        "below": tuple(known.loc[known["present_high"] < option.low, "iso3"]),
        "below_count": Quantity(int((known["present_high"] < option.low).sum()), "", 0),
        "unknown": tuple(rows.loc[rows["present_low"].isna(), "iso3"]),
    }


def describe_permits(mobility: pd.DataFrame) -> dict[str, Fact]:
    """How long a permit to cross a border takes now, and what is proposed.

    Returns
    -------
    dict
        ``permit_now, permit_proposed`` (days), ``permit_emergency`` (hours).
    """
    names = {
        "permit_now": ("advance notice for cross-border movement (one or more states)", "days"),
        "permit_proposed": ("proposed peacetime permit limit", "days"),
        "permit_emergency": ("proposed emergency permit limit", "hours"),
    }
    return {fact: quantity_of(sole_figure(mobility, indicator), unit) for fact, (indicator, unit) in names.items()}
