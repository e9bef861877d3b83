"""Planned against delivered: what a budget said of a year, and what NATO said of it then, a year later and now."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

BUDGET = "defence_budget_gdp_pct"
EDITION_MEASURES = ("share_gdp_pct", "share_gdp_rounded_pct")


def compare_delivered(
    plans: pd.DataFrame, editions: pd.DataFrame, nato: pd.DataFrame, countries: Sequence[str], last_year: int
) -> pd.DataFrame:
    """National budgets beside NATO's figures for the same year, edition after edition, side by side and never joined.

    Parameters
    ----------
    plans : DataFrame
        Dataset ``defence_budget_plans``, long.
    editions : DataFrame
        Dataset ``nato_editions``, long, with ``vintage`` (month of the edition); none is on the core basis.
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long: the present edition, on the core basis.
    countries : sequence of str
        Codes, in the order wanted.
    last_year : int
        Last year that is looked at.

    Returns
    -------
    DataFrame
        One row for each country and year before ``last_year`` with a national budget: ``iso3, year, planned_gdp_pct``
        (first figure published), ``revised_gdp_pct`` (last one; NaN where there is only one), ``then_gdp_pct,
        then_edition`` (NATO's first edition of that year), ``later_gdp_pct, later_edition`` (its last edition of the
        year after), ``core_gdp_pct, flag_core_gdp_pct`` (present edition), ``delivered_points`` (later less planned,
        on the old basis), ``core_points`` (present edition less planned), ``source``.
    """
    budgets = plans[(plans["measure"] == BUDGET) & plans["iso3"].isin(list(countries)) & (plans["year"] < last_year)]
    told = editions[editions["measure"].isin(EDITION_MEASURES)].dropna(subset=["value"]).sort_values("vintage")
    core = nato[nato["measure"] == "share_gdp_pct"].set_index(["iso3", "year"])
    rows = []
    for (code, year), own in budgets.sort_values("source_date").groupby(["iso3", "year"]):
        same = told[(told["iso3"] == code) & (told["year"] == year)]
        then = same[same["vintage"].str[:4] == str(year)].head(1)
        later = same[same["vintage"].str[:4] == str(year + 1)].tail(1)
        first, last = own.iloc[0], own.iloc[-1]
        rows.append(
            {
                "iso3": code,
                "year": year,
                "planned_gdp_pct": first["value"],
                "revised_gdp_pct": last["value"] if len(own) > 1 else np.nan,
                "then_gdp_pct": then["value"].max(),
                "then_edition": "".join(then["vintage"]),
                "later_gdp_pct": later["value"].max(),
                "later_edition": "".join(later["vintage"]),
                "core_gdp_pct": core["value"].get((code, year), np.nan),
                "flag_core_gdp_pct": core["flag"].get((code, year), ""),
                "source": ", ".join(dict.fromkeys(own["source"])),
            }
        )
    columns = ["iso3", "year", "planned_gdp_pct", "revised_gdp_pct", "then_gdp_pct", "then_edition", "later_gdp_pct"]
    columns += ["later_edition", "core_gdp_pct", "flag_core_gdp_pct", "source"]
    delivered = pd.DataFrame(rows, columns=columns)
    delivered["delivered_points"] = delivered["later_gdp_pct"] - delivered["planned_gdp_pct"]
    delivered["core_points"] = delivered["core_gdp_pct"] - delivered["planned_gdp_pct"]
    order = delivered["iso3"].map(list(countries).index)
    return delivered.assign(order=order).sort_values(["order", "year"]).drop(columns="order").reset_index(drop=True)
