"""The model beside official projections: where they part, and how much of that is growth and how much is borrowing."""

import pandas as pd

from baltic_calculus.analysis.debt import DEBT, collect_projections, compute_interest, debt_outlooks
from baltic_calculus.analysis.outlook import newest_outlooks
from baltic_calculus.analysis.parameters import Parameters

MODEL = "this model, held at plan"
FIRST_YEAR = "first projected year"
GROWTH = "growth of output and prices"
BORROWING = "borrowing"
CAUSES = (FIRST_YEAR, GROWTH, BORROWING)


def last_official_year(macro: pd.DataFrame) -> int:
    """Last year that the IMF's latest edition projects debt for."""
    return int(macro.loc[(macro["vintage"] == debt_outlooks(macro)[0]) & (macro["measure"] == DEBT), "year"].max())


def line_up_paths(scenarios: pd.DataFrame, macro: pd.DataFrame, scenario: str) -> pd.DataFrame:
    """Debt of the model and of two editions of the IMF, year by year.

    Parameters
    ----------
    scenarios : DataFrame
        From ``debt_model.project_scenarios``.
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    scenario : str
        Path of the model that keeps policy as it is.

    Returns
    -------
    DataFrame
        ``iso3, year, line, debt_gdp_pct, flag``: the model from its start, the IMF's editions over the same years.
    """
    own = scenarios.loc[scenarios["scenario"] == scenario, ["iso3", "year", "debt_gdp_pct"]]
    start, codes = int(own["year"].min()), list(dict.fromkeys(own["iso3"]))
    outlooks = debt_outlooks(macro)
    rows = macro[(macro["measure"] == DEBT) & macro["vintage"].isin(outlooks) & macro["iso3"].isin(codes)]
    last = int(rows["year"].max())
    others = rows[rows["year"] >= start].rename(columns={"value": "debt_gdp_pct", "vintage": "line"})
    lines = pd.concat([own[own["year"] <= last].assign(line=MODEL, flag=""), others], ignore_index=True)
    lines["flag"] = lines["flag"].mask(lines["year"] > start, "forecast")
    lines["order"] = lines["iso3"].map(codes.index) * 10 + lines["line"].map([MODEL, *outlooks].index)
    return lines.sort_values(["order", "year"])[["iso3", "year", "line", "debt_gdp_pct", "flag"]].reset_index(drop=True)


def compare_official(lines: pd.DataFrame, macro: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The model less every official projection, in the last year of each.

    Parameters
    ----------
    lines : DataFrame
        From ``line_up_paths``.
    macro : DataFrame
        Dataset ``macro_fiscal``.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        ``iso3, forecaster, year, projected_gdp_pct, model_gdp_pct`` (per cent of GDP), ``difference_points`` (model
        less projection); the IMF first, then others by year. A projection for a year that the model does not reach is
        left out.
    """
    codes = list(dict.fromkeys(lines["iso3"]))
    imf = lines[lines["line"] != MODEL].drop_duplicates(["iso3", "line"], keep="last")
    imf = imf.rename(columns={"line": "forecaster", "debt_gdp_pct": "projected_gdp_pct"})
    others = collect_projections(macro, parameters).dropna(subset=["projected_gdp_pct"])
    others = others.rename(columns={"vintage": "forecaster"})
    rows = pd.concat([imf, others], ignore_index=True).astype({"year": int})
    model = lines[lines["line"] == MODEL].rename(columns={"debt_gdp_pct": "model_gdp_pct"})
    rows = rows.merge(model[["iso3", "year", "model_gdp_pct"]], on=["iso3", "year"])
    rows = rows.assign(
        difference_points=rows["model_gdp_pct"] - rows["projected_gdp_pct"],
        order=rows["iso3"].map(codes.index),
    ).sort_values("order", kind="stable")
    columns = ["iso3", "forecaster", "year", "projected_gdp_pct", "model_gdp_pct", "difference_points"]
    return rows[columns].reset_index(drop=True)


def compare_interest(
    scenarios: pd.DataFrame, macro: pd.DataFrame, parameters: Parameters, scenario: str
) -> pd.DataFrame:
    """Interest of the model beside that of national projections, in the last year of each.

    Parameters
    ----------
    scenarios : DataFrame
        From ``debt_model.project_scenarios``.
    macro : DataFrame
        Dataset ``macro_fiscal``.
    parameters : Parameters
        ``countries`` are used.
    scenario : str
        Path of the model that keeps policy as it is.

    Returns
    -------
    DataFrame
        ``iso3, vintage, year, projected_gdp_pct, model_gdp_pct`` (interest, per cent of GDP), one row for every country
        with a projection.
    """
    bills = compute_interest(macro, parameters).rename(
        columns={"last_year": "year", "last_gdp_pct": "projected_gdp_pct"}
    )
    own = scenarios[scenarios["scenario"] == scenario].rename(columns={"interest_gdp_pct": "model_gdp_pct"})
    rows = bills.astype({"year": int}).merge(own[["iso3", "year", "model_gdp_pct"]], on=["iso3", "year"])
    return rows[["iso3", "vintage", "year", "projected_gdp_pct", "model_gdp_pct"]]


def explain_gap(scenarios: pd.DataFrame, macro: pd.DataFrame, scenario: str) -> pd.DataFrame:
    """Model less the IMF's latest edition, year by year, by cause.

    Debt is last year's debt over growth at current prices, plus what is borrowed: b(t) = d(t) - d(t-1) / (1 + n(t)).
    With g for the gap, m for the model and f for the IMF:

        g(t) = g(t-1) / (1 + n_f) + d_m(t-1) (1 / (1 + n_m) - 1 / (1 + n_f)) + b_m - b_f

    The IMF's n is that of its GDP in dollars, which is close to that in euros after the first projected year: its
    outlook holds real exchange rates. In the first year the dollar moved, and the gap is not split.

    Parameters
    ----------
    scenarios : DataFrame
        From ``debt_model.project_scenarios``.
    macro : DataFrame
        Dataset ``macro_fiscal``, with ``gdp_usd_bn``.
    scenario : str
        Path of the model that keeps policy as it is.

    Returns
    -------
    DataFrame
        ``iso3, year, cause, gap_points`` (model less IMF, cumulated; the causes of a year add up to its gap),
        ``model_borrowing_gdp_pct, imf_borrowing_gdp_pct`` (of the year; not known for the first), ``flag``.
    """
    found = []
    own = scenarios[scenarios["scenario"] == scenario]
    for code in dict.fromkeys(own["iso3"]):
        model = own[own["iso3"] == code].set_index("year")
        imf, gdp = (_edition(macro, code, measure) for measure in (DEBT, "gdp_usd_bn"))
        years = [year for year in model.index[1:] if year in imf.index and year in gdp.index]
        parts = dict.fromkeys(CAUSES, 0.0)
        for year in years:
            before = model.loc[year - 1, "debt_gdp_pct"]
            carried = before + model.loc[year, "growth_effect_points"]
            borrowed = model.loc[year, "debt_gdp_pct"] - carried
            if year == years[0]:
                parts[FIRST_YEAR] = model.loc[year, "debt_gdp_pct"] - imf[year]
                expected = float("nan")
            else:
                shrink = gdp[year - 1] / gdp[year]
                expected = imf[year] - imf[year - 1] * shrink
                parts = {cause: points * shrink for cause, points in parts.items()}
                parts[GROWTH] += carried - before * shrink
                parts[BORROWING] += borrowed - expected
            found += [
                {
                    "iso3": code,
                    "year": year,
                    "cause": cause,
                    "gap_points": points,
                    "model_borrowing_gdp_pct": borrowed,
                    "imf_borrowing_gdp_pct": expected,
                    "flag": "",
                }
                for cause, points in parts.items()
            ]
    return pd.DataFrame(found)


def _edition(macro: pd.DataFrame, code: str, measure: str) -> pd.Series:
    """One measure of the IMF's latest edition by year."""
    edition, _ = debt_outlooks(macro)
    rows = macro[(macro["vintage"] == edition) & (macro["iso3"] == code) & (macro["measure"] == measure)]
    return rows.set_index("year")["value"]


def tabulate_gaps(gaps: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Model and IMF in the last year of its latest edition, with the causes of their difference side by side.

    Parameters
    ----------
    gaps : DataFrame
        From ``explain_gap``.
    compared : DataFrame
        From ``compare_official``.

    Returns
    -------
    DataFrame
        ``iso3, year, model_gdp_pct, projected_gdp_pct, difference_points, first_year_points, growth_points,
        borrowing_points``; the last three add up to the difference.
    """
    imf = compared[compared["forecaster"] == newest_outlooks(compared["forecaster"])[0]].drop(columns="forecaster")
    names = {FIRST_YEAR: "first_year_points", GROWTH: "growth_points", BORROWING: "borrowing_points"}
    causes = gaps.pivot(index=["iso3", "year"], columns="cause", values="gap_points").rename(columns=names)
    return imf.merge(causes[list(names.values())].reset_index(), on=["iso3", "year"])
