"""Government debt as officially projected: the IMF's path, its revision, and other forecasters beside it."""

import pandas as pd

from baltic_calculus.analysis.budget import date_vintage
from baltic_calculus.analysis.outlook import newest_outlooks
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

DEBT = "gross_debt_gdp_pct"
NONE_FOUND = "no other projection found"


def debt_outlooks(macro: pd.DataFrame) -> tuple[str, str]:
    """The newest edition of the World Economic Outlook that holds debt, and the one before it (empty for none)."""
    return newest_outlooks(macro.loc[macro["measure"] == DEBT, "vintage"])


def compute_debt_paths(macro: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """General government gross debt in two editions of the IMF's World Economic Outlook.

    The earlier edition is kept from the last year that the latest one does not project: before it, the two tell
    the same past.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    parameters : Parameters
        ``countries`` and ``first_year``; the last year is the edition's own horizon.

    Returns
    -------
    DataFrame
        ``iso3, year, vintage, gross_debt_gdp_pct`` (per cent of GDP), ``flag``; countries that an edition lacks are
        left out.

    Raises
    ------
    DataError
        When no country is in the latest edition.
    """
    latest, before = debt_outlooks(macro)
    rows = macro[
        (macro["measure"] == DEBT)
        & macro["vintage"].isin((latest, before))
        & macro["iso3"].isin(parameters.countries)
        & (macro["year"] >= parameters.first_year)
        & macro["value"].notna()
    ]
    if latest not in set(rows["vintage"]):
        raise DataError(
            f"no debt of {', '.join(parameters.countries)} in {latest or 'any edition of the World Economic Outlook'}",
            where=f"macro_fiscal, measure {DEBT}",
            remedy="choose at least one country that this edition covers",
        )
    known = rows.loc[(rows["vintage"] == latest) & (rows["flag"] != "forecast"), "year"].max()
    rows = rows[(rows["vintage"] == latest) | (rows["year"] >= known)]
    order = rows["iso3"].map(list(parameters.countries).index)
    line = rows["iso3"].where(rows["vintage"] == latest, rows["iso3"] + ", " + rows["vintage"])
    rows = rows.assign(order=order, line=line).sort_values(["order", "vintage", "year"])
    return rows.rename(columns={"value": DEBT})[["iso3", "year", "vintage", "line", DEBT, "flag"]].reset_index(
        drop=True
    )


def compute_debt_revision(paths: pd.DataFrame) -> pd.DataFrame:
    """How much the later edition of the IMF changed the earlier one.

    Parameters
    ----------
    paths : DataFrame
        From ``compute_debt_paths``.

    Returns
    -------
    DataFrame
        ``iso3, year, latest_gdp_pct, before_gdp_pct`` (per cent of GDP), ``revision_points`` (latest less
        before), for the years that both editions have.
    """
    latest, before = newest_outlooks(paths["vintage"])
    wide = paths.pivot(index=["iso3", "year"], columns="vintage", values=DEBT)
    wide = wide.reindex(columns=[latest, before]).dropna()
    revision = wide.rename(columns={latest: "latest_gdp_pct", before: "before_gdp_pct"}).rename_axis(columns=None)
    revision["revision_points"] = revision["latest_gdp_pct"] - revision["before_gdp_pct"]
    return revision.reset_index()


def collect_projections(macro: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Debt as others project it, beside the IMF's latest figure for the same year.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage`` and ``note``.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        One row per country, forecaster and the last year it projects: ``iso3, vintage, year,
        projected_gdp_pct, imf_gdp_pct`` (per cent of GDP), ``difference_points`` (projected less IMF),
        ``flag, source``; by country, then year. A country without another projection has one row with the
        vintage ``NONE_FOUND`` and no values.
    """
    debt = macro[(macro["measure"] == DEBT) & macro["iso3"].isin(parameters.countries) & macro["value"].notna()]
    imf = debt[debt["vintage"] == debt_outlooks(macro)[0]].set_index(["iso3", "year"])["value"]
    # A legal ceiling bounds debt; it does not say what is expected.
    ceiling = debt["note"].str.contains("ceiling")
    others = debt[(debt["flag"] == "forecast") & ~debt["vintage"].str.startswith("IMF") & ~ceiling]
    others = others.sort_values("year", kind="stable").drop_duplicates(["iso3", "vintage"], keep="last")
    absent = [code for code in parameters.countries if code not in set(others["iso3"])]
    none = pd.DataFrame({"iso3": absent, "vintage": NONE_FOUND, "flag": "", "source": ""})
    rows = pd.concat([others, none], ignore_index=True)
    rows = rows.assign(
        order=rows["iso3"].map(list(parameters.countries).index),
        dated=rows["vintage"].map(date_vintage),
        imf_gdp_pct=imf.reindex(pd.MultiIndex.from_frame(rows[["iso3", "year"]])).to_numpy(),
        difference_points=lambda frame: frame["value"] - frame["imf_gdp_pct"],
    ).sort_values(["order", "year", "dated"])
    columns = ["iso3", "vintage", "year", "projected_gdp_pct", "imf_gdp_pct", "difference_points", "flag", "source"]
    return rows.rename(columns={"value": "projected_gdp_pct"})[columns].astype({"year": "Int64"}).reset_index(drop=True)


def compute_interest(macro: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The interest bill at the first and the last year of each country's longest projection.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        ``iso3, vintage, first_year, last_year, first_gdp_pct, last_gdp_pct`` (per cent of GDP),
        ``first_eur_m, last_eur_m``, one row for every country that publishes both measures.
    """
    rows = macro[macro["measure"].isin(("interest_gdp_pct", "interest_eur_m")) & macro["value"].notna()]
    wide = rows.pivot(index=["iso3", "vintage", "year"], columns="measure", values="value")
    wide = wide.reindex(columns=["interest_gdp_pct", "interest_eur_m"]).dropna().reset_index()
    bills = []
    for code in parameters.countries:
        own = wide[wide["iso3"] == code].sort_values("year", kind="stable")
        if own.empty:
            continue
        longest = own[own["vintage"] == own["vintage"].iloc[-1]]
        start, end = longest.iloc[0], longest.iloc[-1]
        bills.append(
            {
                "iso3": code,
                "vintage": start["vintage"],
                "first_year": int(start["year"]),
                "last_year": int(end["year"]),
                "first_gdp_pct": start["interest_gdp_pct"],
                "last_gdp_pct": end["interest_gdp_pct"],
                "first_eur_m": start["interest_eur_m"],
                "last_eur_m": end["interest_eur_m"],
            }
        )
    columns = [
        "iso3",
        "vintage",
        "first_year",
        "last_year",
        "first_gdp_pct",
        "last_gdp_pct",
        "first_eur_m",
        "last_eur_m",
    ]
    return pd.DataFrame(bills, columns=columns)
