"""Allied forces present on the eastern flank: who hosts, who leads, how many, as published."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.figures import latest_figures, select_figures
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

FORMATION = "allied formation in the country"
LEAD_ONLY = "lead nation's troops only"
EXERCISE = "formation assembled for an exercise"
PLANNED = "planned"
SCOPE_ORDER = (FORMATION, LEAD_ONLY, EXERCISE, PLANNED)

# Left out: totals of several states, one contributor's troops, an upper limit for all missions together, and a
# brigade counted with its battalions still at home. None of them is a strength in the country.
SCOPES = {
    "battlegroup strength": FORMATION,
    "battlegroup strength before reinforcement": FORMATION,
    "brigade strength": FORMATION,
    "brigade strength in Lithuania after subordination": FORMATION,
    "UK personnel rotating continuously": LEAD_ONLY,
    "UK personnel in Estonia": LEAD_ONLY,
    "UK troops in country at any one time": LEAD_ONLY,
    "Canadian troops deployed": LEAD_ONLY,
    "45th Brigade advance element": LEAD_ONLY,
    "45th Brigade personnel in Lithuania": LEAD_ONLY,
    "45th Brigade own personnel permanently in Lithuania": LEAD_ONLY,
    "troops in first brigade exercise (Resolute Warrior 2024)": EXERCISE,
    "brigade troops mobilised in Oak Resolve": EXERCISE,
    "planned brigade strength mid-2026": PLANNED,
    "planned total allied troops in Latvia": PLANNED,
}

TEXTS = ("date", "dated", "scope", "confidence", "indicator")


def lead_nations(presence: pd.DataFrame) -> dict[str, str]:
    """Lead (framework) nation of each host, by name as published.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.

    Returns
    -------
    dict
        Host code to name; the keys are all hosts, in alphabetical order.
    """
    rows = presence[presence["indicator"].str.contains("framework nation")].sort_values(["entity", "date"])
    if rows.empty:
        raise DataError("no row names a framework nation", where="forward_presence", remedy="restore these rows")
    return {row.entity: str(row.text).split(";")[0].strip() for row in rows.itertuples()}


def compute_strengths(presence: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Every published strength in the countries and comparators that host, within the years.

    Unlike counts are kept apart by ``scope``; nothing is joined into a series or filled in between.

    Returns
    -------
    DataFrame
        ``iso3, date, dated`` (in words), ``when, low_troops, high_troops, scope, confidence, indicator, note``, in the
        order of the parameters. A host without a number in these years has one row of NaN and empty text.
    """
    hosts = host_order(presence, parameters)
    rows = select_figures(presence, SCOPES, "scope")
    rows = rows[rows["entity"].isin(hosts)]
    rows = rows[rows["when"].dt.year.between(parameters.first_year, parameters.last_year)]
    silent = [code for code in hosts if code not in set(rows["entity"])]
    gaps = pd.DataFrame({"entity": silent, **dict.fromkeys(TEXTS, "")}).assign(note="no strength published")
    rows = pd.concat([rows, gaps], ignore_index=True)
    rows = rows.assign(order=rows["entity"].map(hosts.index)).sort_values(["order", "when", "scope"], kind="stable")
    rows = rows.rename(columns={"entity": "iso3", "low": "low_troops", "high": "high_troops"})
    columns = ["iso3", "date", "dated", "when", "low_troops", "high_troops", "scope", "confidence", "indicator", "note"]
    return rows[columns].reset_index(drop=True)


def host_order(presence: pd.DataFrame, parameters: Parameters) -> list[str]:
    """Those of the countries and comparators that host forward land forces, in the parameters' order."""
    leads = lead_nations(presence)
    return [code for code in parameters.countries + parameters.comparators if code in leads]


def latest_strengths(presence: pd.DataFrame, first: Sequence[str] = ()) -> pd.DataFrame:
    """Latest published strength of the allied formation in every host state.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.
    first : sequence of str
        Hosts to list first.

    Returns
    -------
    DataFrame
        ``iso3, lead_nation, low_troops, high_troops, date, dated`` (in words), ``lead_and_date`` (both in words),
        ``confidence, note``; NaN and empty text for a host whose strength has not been published.
    """
    leads = lead_nations(presence)
    order = [*(code for code in first if code in leads), *(code for code in leads if code not in first)]
    rows = select_figures(presence, {name: scope for name, scope in SCOPES.items() if scope == FORMATION}, "scope")
    latest = latest_figures(rows, ["entity"]).set_index("entity").reindex(order)
    texts = latest[["date", "dated", "confidence", "note"]].astype(object).where(latest["low"].notna(), "")
    return pd.DataFrame(
        {
            "iso3": order,
            "lead_nation": [leads[code] for code in order],
            "low_troops": latest["low"].to_numpy(),
            "high_troops": latest["high"].to_numpy(),
            "lead_and_date": [_lead_and_date(leads[code], texts.at[code, "dated"]) for code in order],
            **{name: texts[name].to_numpy() for name in texts},
        }
    )


def _lead_and_date(lead: str, dated: str) -> str:
    """Lead nation and date of the number; where there is none, what the name of a country alone would not say."""
    return f"{lead}, {dated}" if dated else f"lead nation: {lead}"


def total_strength(presence: pd.DataFrame) -> pd.DataFrame:
    """Published totals of several battlegroups: the first four in 2017 and all eight in 2022.

    Returns
    -------
    DataFrame
        ``groups, date, low_troops, high_troops, confidence``.
    """
    names = {
        "eFP battlegroups total (4 host states), initial deployment": "four battlegroups",
        "battlegroups total": "eight battlegroups",
    }
    rows = select_figures(presence, names, "groups").sort_values("when", kind="stable")
    rows = rows.rename(columns={"low": "low_troops", "high": "high_troops"})
    return rows[["groups", "date", "low_troops", "high_troops", "confidence"]].reset_index(drop=True)
