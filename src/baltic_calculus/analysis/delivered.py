"""Planned against delivered: what a budget said of a year, and what NATO said of it then, a year later and now."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.editions import ROUNDED, SHARE

BUDGET = "defence_budget_gdp_pct"


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
        One row for each country and year before ``last_year`` with a national budget, and one for the year before
        ``last_year`` of a country without any: ``iso3, year, planned_gdp_pct`` (first figure published),
        ``revised_gdp_pct`` (last one; NaN where there is only one), ``then_gdp_pct, then_edition`` (NATO's first
        edition in that year), ``later_gdp_pct, later_edition, later_rounded`` (its last edition of the year after;
        whether known with one decimal only), ``core_gdp_pct`` (present edition), a ``flag_`` of each of NATO's figures,
        ``delivered_points`` (later less planned, on the old basis), ``core_points`` (present edition less planned),
        ``source``.
    """
    budgets = plans[(plans["measure"] == BUDGET) & plans["iso3"].isin(list(countries)) & (plans["year"] < last_year)]
    told = (
        editions[editions["measure"].isin([SHARE, ROUNDED])]
        .dropna(subset=["value"])
        .sort_values("vintage", kind="stable")
    )
    core = nato[nato["measure"] == SHARE].set_index(["iso3", "year"])
    known = dict(iter(budgets.sort_values("source_date", kind="stable").groupby(["iso3", "year"])))
    absent = [(code, last_year - 1) for code in countries if code not in set(budgets["iso3"])]
    rows = []
    for code, year in [*known, *absent]:
        own = known.get((code, year), budgets.iloc[:0])
        figures = own["value"].to_list() or [np.nan]
        same = told[(told["iso3"] == code) & (told["year"] == year)]
        then = same[same["vintage"].str[:4] == str(year)].head(1)
        later = same[same["vintage"].str[:4] == str(year + 1)].tail(1)
        rows.append(
            {
                "iso3": code,
                "year": year,
                "planned_gdp_pct": figures[0],
                "revised_gdp_pct": figures[-1] if len(figures) > 1 else np.nan,
                "then_gdp_pct": then["value"].max(),
                "flag_then_gdp_pct": "".join(then["flag"]),
                "then_edition": "".join(then["vintage"]),
                "later_gdp_pct": later["value"].max(),
                "flag_later_gdp_pct": "".join(later["flag"]),
                "later_edition": "".join(later["vintage"]),
                "later_rounded": bool((later["measure"] == ROUNDED).any()),
                "core_gdp_pct": core["value"].get((code, year), np.nan),
                "flag_core_gdp_pct": core["flag"].get((code, year), ""),
                "source": ", ".join(dict.fromkeys(own["source"])),
            }
        )
    delivered = pd.DataFrame(rows)
    delivered["delivered_points"] = delivered["later_gdp_pct"] - delivered["planned_gdp_pct"]
    delivered["core_points"] = delivered["core_gdp_pct"] - delivered["planned_gdp_pct"]
    order = delivered["iso3"].map(list(countries).index)
    return delivered.assign(order=order).sort_values(["order", "year"]).drop(columns="order").reset_index(drop=True)
