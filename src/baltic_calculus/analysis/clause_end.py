"""One row per member state on the national escape clause: what it may count, and what is left when it ends."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.fiscal_rules import NATIONAL_ACCOUNTS, ClauseTerms
from baltic_calculus.analysis.series import widen


def compute_paid_rise(nato: pd.DataFrame, codes: Sequence[str], base_year: int) -> pd.DataFrame:
    """Rise of NATO's share of GDP since the base year of the clause: payments, shown beside it and never in its place.

    Returns
    -------
    DataFrame
        ``iso3, paid_year`` (NATO's last), ``paid_rise_points``; NaN for a state that is no ally.
    """
    shares = widen(nato[nato["iso3"].isin(codes)], ["share_gdp_pct"]).dropna()
    last = int(nato["year"].max())
    by_year = shares.set_index(["year", "iso3"])["share_gdp_pct"]
    rise = by_year.get(last, pd.Series(dtype=float)) - by_year.get(base_year, pd.Series(dtype=float))
    return pd.DataFrame({"iso3": list(codes), "paid_year": last, "paid_rise_points": rise.reindex(codes).to_numpy()})


def last_known(deficits: pd.DataFrame, *, projected: bool) -> pd.DataFrame:
    """Last deficit of each country, indexed by it: of those projected, or of those counted."""
    rows = deficits[deficits["deficit_gdp_pct"].notna() & (deficits["flag"].eq("forecast") == projected)]
    return rows.sort_values("year", kind="stable").drop_duplicates("iso3", keep="last").set_index("iso3")


def summarise_rules(
    clause: pd.DataFrame,
    deficits: pd.DataFrame,
    delivered: pd.DataFrame,
    paid: pd.DataFrame,
    population: pd.DataFrame,
    macro: pd.DataFrame,
    terms: ClauseTerms,
) -> pd.DataFrame:
    """The clause by member state, and the adjustment that its end asks for.

    ``flexibility_points = min(cap, delivered rise)``, zero without the clause. The adjustment is what the last
    projected deficit exceeds the reference value by: after the clause nothing else may cover it, if spending and
    revenue stay. In euros it is taken of the last GDP of the national accounts, per inhabitant of the last population.

    Parameters
    ----------
    clause, macro : DataFrame
        Datasets ``escape_clause`` and ``macro_fiscal``.
    deficits, delivered, paid : DataFrame
        From :func:`~baltic_calculus.analysis.fiscal_rules.collect_deficits`,
        :func:`~baltic_calculus.analysis.fiscal_rules.compute_delivered_rise` and :func:`compute_paid_rise`.
    population : DataFrame
        From :func:`~baltic_calculus.analysis.burden.join_population`.
    terms : ClauseTerms
        Terms of the clause.

    Returns
    -------
    DataFrame
        ``iso3, activated, in_report_2026, procedure, plan_2026, counted_year, counted_deficit_gdp_pct,
        projected_year, projected_deficit_gdp_pct, projected_vintage, delivered_year, delivered_rise_points, paid_year,
        paid_rise_points, flexibility_points, adjustment_points, adjustment_eur_m, adjustment_eur_per_inhabitant,
        cap_eur_per_inhabitant`` (what the whole cap comes to) and ``flag_projected_deficit_gdp_pct``; NaN where
        nothing was published.
    """
    codes = list(dict.fromkeys(deficits["iso3"]))
    told = clause.set_index("iso3").reindex(codes)[["activated", "in_report_2026", "procedure", "plan_2026"]]
    counted, projected = last_known(deficits, projected=False), last_known(deficits, projected=True)
    rise = (
        delivered.sort_values("year", kind="stable")
        .drop_duplicates("iso3", keep="last")
        .set_index("iso3")
        .reindex(codes)
    )
    payments = paid.set_index("iso3").reindex(codes)
    room = rise["delivered_rise_points"].clip(0, terms.cap_gdp_pct)
    ahead = projected["deficit_gdp_pct"].reindex(codes)
    adjustment = (ahead - terms.reference_gdp_pct).clip(lower=0)
    gdp = macro[(macro["vintage"] == NATIONAL_ACCOUNTS) & (macro["measure"] == "gdp_eur_m")]
    gdp_eur_m = (
        gdp.sort_values("year", kind="stable")
        .drop_duplicates("iso3", keep="last")
        .set_index("iso3")["value"]
        .reindex(codes)
    )
    people = (
        population.sort_values("year", kind="stable").drop_duplicates("iso3", keep="last").set_index("iso3")["value"]
    )
    amount = adjustment / 100 * gdp_eur_m
    return told.assign(
        counted_year=counted["year"].reindex(codes).astype("Int64"),
        counted_deficit_gdp_pct=counted["deficit_gdp_pct"].reindex(codes),
        projected_year=projected["year"].reindex(codes).astype("Int64"),
        projected_deficit_gdp_pct=ahead,
        projected_vintage=projected["vintage"].reindex(codes).fillna(""),
        flag_projected_deficit_gdp_pct=projected["flag"].reindex(codes).fillna(""),
        delivered_year=rise["year"].astype("Int64"),
        delivered_rise_points=rise["delivered_rise_points"],
        paid_year=payments["paid_year"].astype("Int64"),
        paid_rise_points=payments["paid_rise_points"],
        flexibility_points=room.where(told["activated"] != "", 0.0),
        adjustment_points=adjustment,
        adjustment_eur_m=amount,
        adjustment_eur_per_inhabitant=amount * 1e6 / people.reindex(codes),
        cap_eur_per_inhabitant=terms.cap_gdp_pct / 100 * gdp_eur_m * 1e6 / people.reindex(codes),
    ).reset_index()
