"""Investments of the defence industry: where, how much, how many jobs, and what has opened."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.dates import date_span, name_date

ANNOUNCED, CONTRACTED, BUILDING, PRODUCING = "announced", "contracted", "under construction", "producing"
STATUSES = (PRODUCING, BUILDING, CONTRACTED, ANNOUNCED)
"""From the furthest to the first step."""
FIRM = (PRODUCING, BUILDING)
"""Steps at which something stands or is being built."""

_BLANK = "not public"


def states_of(industry: pd.DataFrame, countries: Sequence[str]) -> list[str]:
    """The countries that the register covers, in their order; all that it covers when it covers none of them.

    Examples
    --------
    >>> states_of(pd.DataFrame({"iso3": ["EST", "LTU"]}), ["LTU", "POL"])
    ['LTU']
    """
    covered = list(dict.fromkeys(industry["iso3"]))
    return [code for code in countries if code in covered] or covered


def compute_projects(industry: pd.DataFrame, countries: Sequence[str], as_of: str) -> pd.DataFrame:
    """Every project of the countries, furthest step first, with its opening set beside the calendar.

    Parameters
    ----------
    industry : DataFrame
        Dataset ``industry``.
    countries : sequence of str
        Codes; others are left out.
    as_of : str
        ISO date of the report.

    Returns
    -------
    DataFrame
        The columns of the dataset, and ``opening`` (words for a table), ``is_open``, ``later`` (the opening, or the
        expected one, lies wholly after the first date announced), ``due`` (the newest date has passed, and no report of
        an opening was found).
    """
    own = industry[industry["iso3"].isin(list(countries))]
    rows = own.assign(
        is_open=own["opened"] != "",
        opening=[_say_opening(*dates) for dates in _dates(own)],
        later=[_is_later(first, opened or expected) for first, expected, opened in _dates(own)],
        due=[_is_due(first, expected, opened, as_of) for first, expected, opened in _dates(own)],
        country=own["iso3"].map(list(countries).index),
        step=own["status"].map(STATUSES.index),
    )
    ordered = rows.sort_values(["country", "step", "place", "project"], kind="stable")
    return ordered.drop(columns=["country", "step"]).reset_index(drop=True)


def _dates(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """First announced, now expected and actual opening of each project; empty where none was found."""
    return list(zip(rows["opening_announced"], rows["opening_expected"], rows["opened"], strict=True))


def _say_opening(first: str, expected: str, opened: str) -> str:
    """Opening in words: what happened, else what is expected, and what was said at first where that differs."""
    if opened:
        now = f"opened {name_date(opened)}"
    elif expected and expected != first:
        now = f"now {name_date(expected)}"
    elif first or expected:
        return f"due {name_date(first or expected)}"
    else:
        return _BLANK
    return f"{now}; at first {name_date(first)}" if first else now


def _is_later(first: str, actual: str) -> bool:
    """Whether a date lies wholly after the one announced first; False where either is missing or they overlap."""
    return bool(first and actual) and date_span(actual)[0] >= date_span(first)[1]


def _is_due(first: str, expected: str, opened: str, as_of: str) -> bool:
    """Whether the newest date has passed without a report of an opening."""
    newest = expected or first
    return bool(newest) and not opened and date_span(newest)[1] <= pd.Timestamp(as_of)


def sum_investments(projects: pd.DataFrame) -> tuple[float, float]:
    """Announced investments added up, EUR m: lower ends, and upper ends; projects without a figure count nothing.

    Examples
    --------
    >>> sum_investments(pd.DataFrame({"investment_low_eur_m": [180.0, None], "investment_high_eur_m": [300.0, None]}))
    (180.0, 300.0)
    """
    return float(projects["investment_low_eur_m"].sum()), float(projects["investment_high_eur_m"].sum())


def gather_places(projects: pd.DataFrame) -> pd.DataFrame:
    """Projects put together by town, for a map.

    Parameters
    ----------
    projects : DataFrame
        From :func:`compute_projects`. Projects whose place is not public are left out.

    Returns
    -------
    DataFrame
        One row for each town, from north to south: ``place, iso3, latitude, longitude, status`` (the furthest step
        there), ``projects`` (number), ``names`` (joined by "; "), ``valued`` (projects with a published investment),
        ``low_eur_m, high_eur_m`` (sums of those; NaN where there is none), ``standing`` (what a map prints below the
        name), ``confidence`` (the lowest of the town).
    """
    placed = projects[projects["place"] != ""]
    rows = [_gather(str(place), own) for place, own in placed.groupby("place", sort=False)]
    return pd.DataFrame(rows).sort_values("latitude", ascending=False, kind="stable").reset_index(drop=True)


def _gather(place: str, own: pd.DataFrame) -> dict[str, object]:
    """One town: sums, furthest step, and weakest evidence."""
    low, high = sum_investments(own)
    valued = int(own["investment_low_eur_m"].notna().sum())
    furthest = min(own["status"], key=STATUSES.index)
    standing = furthest if len(own) == 1 else f"{len(own)} projects; furthest: {furthest}"
    return {
        "place": place,
        "iso3": own["iso3"].iloc[0],
        "latitude": own["latitude"].iloc[0],
        "longitude": own["longitude"].iloc[0],
        "status": furthest,
        "projects": len(own),
        "names": "; ".join(own["project"]),
        "valued": valued,
        "low_eur_m": low if valued else float("nan"),
        "high_eur_m": high if valued else float("nan"),
        "standing": standing,
        "confidence": max(own["confidence"], key=["high", "medium", "low"].index),
    }
