"""The numbers on investments of the defence industry that go into sentences."""

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.industry import ANNOUNCED, BUILDING, CONTRACTED, FIRM, PRODUCING, sum_investments
from baltic_calculus.analysis.quantity import Fact, Quantity

NONE = "none"


def describe_industry(projects: pd.DataFrame, as_of: str) -> dict[str, Fact]:
    """How many projects, how much money, how many jobs, and what has opened.

    Parameters
    ----------
    projects : DataFrame
        From :func:`~baltic_calculus.analysis.industry.compute_projects`.
    as_of : str
        ISO date of the report.

    Returns
    -------
    dict
        ``as_of`` (words), ``projects, valued, with_jobs, with_output, placed`` (numbers), ``by_country`` (number of
        projects), ``total, firm_total`` (EUR m, low to high: of all with a figure, of those that stand or are being
        built), ``jobs`` (low to high, of those with a figure), ``producing, building, contracted, announced``
        (numbers), ``opened, opened_names``, ``made`` (projects with a report that something was made), ``made_names``,
        ``dated_twice, later, later_names`` (with an earlier date to compare; those wholly later than it), ``due,
        due_names`` (every date passed, no opening found), ``unplaced_names``, ``largest, largest_status`` (words),
        ``largest_eur_m``,
        ``low_confidence`` (number).
    """
    low, high = sum_investments(projects)
    firm_low, firm_high = sum_investments(projects[projects["status"].isin(FIRM)])
    steps = projects["status"].value_counts()
    first = projects["opening_announced"] != ""
    newer = projects["is_open"] | (projects["opening_expected"] != "")
    return {
        "as_of": name_date(as_of),
        "projects": _count(projects),
        "by_country": {
            str(code): Quantity(number, "", 0) for code, number in projects["iso3"].value_counts(sort=False).items()
        },
        "valued": _count(projects[projects["investment_low_eur_m"].notna()]),
        "with_jobs": _count(projects[projects["jobs_low"].notna()]),
        "with_output": _count(projects[projects["output_low"].notna()]),
        "placed": _count(projects[projects["place"] != ""]),
        "total": Quantity(low, "EUR m", 0, high=high),
        "firm_total": Quantity(firm_low, "EUR m", 0, high=firm_high),
        "jobs": Quantity(float(projects["jobs_low"].sum()), "", 0, high=float(projects["jobs_high"].sum())),
        "producing": Quantity(int(steps.get(PRODUCING, 0)), "", 0),
        "building": Quantity(int(steps.get(BUILDING, 0)), "", 0),
        "contracted": Quantity(int(steps.get(CONTRACTED, 0)), "", 0),
        "announced": Quantity(int(steps.get(ANNOUNCED, 0)), "", 0),
        "opened": _count(projects[projects["is_open"]]),
        "opened_names": _names(projects[projects["is_open"]]),
        "made": _count(projects[projects["outturn"] == "begun"]),
        "made_names": _names(projects[projects["outturn"] == "begun"]),
        "dated_twice": _count(projects[first & newer]),
        "later": _count(projects[projects["later"]]),
        "later_names": _names(projects[projects["later"]]),
        "due": _count(projects[projects["due"]]),
        "due_names": _names(projects[projects["due"]]),
        "unplaced_names": _names(projects[projects["place"] == ""]),
        **_largest(projects),
        "low_confidence": _count(projects[projects["confidence"] == "low"]),
    }


def _count(rows: pd.DataFrame) -> Quantity:
    return Quantity(len(rows), "", 0)


def _names(rows: pd.DataFrame) -> str:
    """Names of projects in one line; they hold commas, so semicolons part them."""
    return "; ".join(rows["project"]) or NONE


def _largest(projects: pd.DataFrame) -> dict[str, Fact]:
    """The project with the largest upper end."""
    valued = projects.dropna(subset=["investment_high_eur_m"])
    if valued.empty:
        return {"largest": NONE, "largest_eur_m": NONE, "largest_status": NONE}
    row = valued.loc[valued["investment_high_eur_m"].idxmax()]
    low, high = float(row["investment_low_eur_m"]), float(row["investment_high_eur_m"])
    return {
        "largest": str(row["project"]),
        "largest_eur_m": Quantity(low, "EUR m", 0, high=high),
        "largest_status": str(row["status"]),
    }
