"""What the numbers of a SAFE loan say, for sentences: its service, its worth, and how it compares with estimates."""

import pandas as pd

from baltic_calculus.analysis.by_country import known_by_country, ranges_by_country
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.safe import GDP_YEAR
from baltic_calculus.analysis.safe_checks import ZlotyReplay, read_term, replay_zloty_saving, saving_per_billion
from baltic_calculus.analysis.safe_terms import LoanRate
from baltic_calculus.catalog import PolicySet

NOT_COMPUTABLE = "not computable"


def describe_safe_value(value: pd.DataFrame, agreed: PolicySet, rate: LoanRate) -> dict[str, Fact]:
    """What the loans save against own bonds.

    Parameters
    ----------
    value : DataFrame
        From ``safe_value.compute_safe_value``.
    agreed : PolicySet
        Policy set ``safe_terms``.
    rate : LoanRate
        From ``safe_terms.carry_rate``.

    Returns
    -------
    dict
        ``verdict`` (words), ``loan_rate, quoted_rate`` (per cent), ``rise, lower, premium, premium_range`` (points),
        ``quoted_year, full_year, present_year``; by country: ``own_rates`` (per cent), ``gaps`` (points),
        ``saving_year, present`` (EUR m), ``saving_year_gdp`` (points of GDP), ``present_loan`` (per cent of the loan),
        ``present_range`` (low to high), ``per_inhabitant`` (EUR); ``present_total`` (EUR m), ``no_own_rate`` (codes).
    """
    gaps = value.assign(gap=value["own_rate_pct"] - value["loan_rate_pct"])
    known = value.dropna(subset=["own_rate_pct"])
    premium = agreed.own_maturity_premium_points
    return {
        "verdict": _say_cheaper(known["own_rate_pct"] - known["loan_rate_pct"]),
        "loan_rate": Quantity(rate.pct, "%", 1),
        "quoted_rate": Quantity(rate.quoted_pct, "%", 2),
        "quoted_year": year(rate.quoted_year),
        "rise": Quantity(rate.rise_points, "points", 1),
        "lower": Quantity(rate.lower_points, "points", 2),
        "premium": Quantity(premium.value, "points", 1),
        "premium_range": Quantity(float(premium.low or 0), "points", 1, high=float(premium.high or premium.value)),
        "full_year": year(int(value["full_year"].iloc[0])),
        "present_year": year(int(agreed.first_payment_year.value)),
        "own_rates": known_by_country(gaps, "own_rate_pct", "%", 1, empty=NOT_COMPUTABLE),
        "gaps": known_by_country(gaps, "gap", "points", 1, empty=NOT_COMPUTABLE),
        "saving_year": known_by_country(value, "saving_year_eur_m", "EUR m", 0, empty=NOT_COMPUTABLE),
        "saving_year_gdp": known_by_country(value, "saving_year_gdp_pct", "points of GDP", 2, empty=NOT_COMPUTABLE),
        "present": known_by_country(value, "saving_present_eur_m", "EUR m", 0, empty=NOT_COMPUTABLE),
        "present_loan": known_by_country(value, "saving_present_loan_pct", "%", 1, empty=NOT_COMPUTABLE),
        "present_range": ranges_by_country(value, "saving_present_low_loan_pct", "saving_present_high_loan_pct", "%", 0)
        or NOT_COMPUTABLE,
        "per_inhabitant": known_by_country(value, "saving_present_eur_per_inhabitant", "EUR", 0, empty=NOT_COMPUTABLE),
        "present_total": Quantity(float(known["saving_present_eur_m"].sum()), "EUR m", 0)
        if len(known)
        else NOT_COMPUTABLE,
        "no_own_rate": tuple(value.loc[value["own_rate_pct"].isna(), "iso3"]),
    }


def _say_cheaper(gaps: pd.Series) -> str:
    """Whether the loan is cheaper than own bonds, in words that complete "At the assumed rates ..."."""
    if gaps.empty:
        return "no comparison with own bonds can be made"
    if (gaps > 0).all():
        return "a SAFE loan is cheaper than own bonds in every case"
    return f"a SAFE loan is cheaper than own bonds in {'some cases' if (gaps > 0).any() else 'no case'}"


def describe_safe_service(service: pd.DataFrame, summary: pd.DataFrame) -> dict[str, Fact]:
    """What the loans cost a year, before and after the grace period.

    Parameters
    ----------
    service : DataFrame
        From ``safe_service.schedule_service``.
    summary : DataFrame
        From ``safe_service.summarise_service``.

    Returns
    -------
    dict
        ``borrowers`` (codes), ``full_year, grace_end`` (last year without repayment), ``repay_year`` (first with it),
        ``peak_year, last_year, gdp_year, defence_year``; by country: ``interest_year`` (EUR m, first full year),
        ``peak, annuity`` (EUR m), ``peak_gdp, peak_grown`` (per cent of GDP), ``peak_defence`` (per cent of defence
        expenditure), ``interest_all`` (EUR bn); ``peak_times`` (highest bill over that of the first full year).
    """
    repay = int(summary["repay_year"].min())
    totals = summary.assign(interest_all_eur_bn=summary["interest_all_eur_m"] / 1000)
    return {
        "borrowers": tuple(summary["iso3"]),
        "full_year": year(int(summary["full_year"].iloc[0])),
        "grace_end": year(repay - 1),
        "repay_year": year(repay),
        "peak_year": year(int(summary["peak_year"].max())),
        "last_year": year(int(service["year"].max())),
        "gdp_year": year(GDP_YEAR),
        "defence_year": year(int(summary["defence_year"].iloc[0])),
        "interest_year": known_by_country(summary, "interest_year_eur_m", "EUR m", 0),
        "peak": known_by_country(summary, "peak_eur_m", "EUR m", 0),
        "peak_gdp": known_by_country(summary, "peak_gdp_pct", "% of GDP", 2, empty=NOT_COMPUTABLE),
        "peak_grown": known_by_country(summary, "peak_grown_gdp_pct", "% of GDP", 2, empty=NOT_COMPUTABLE),
        "peak_defence": known_by_country(summary, "peak_defence_pct", "%", 1, empty=NOT_COMPUTABLE),
        "peak_times": Quantity(float(summary["peak_eur_m"].sum() / summary["interest_year_eur_m"].sum()), "times", 1),
        "annuity": known_by_country(summary, "annuity_eur_m", "EUR m", 0),
        "interest_all": known_by_country(totals, "interest_all_eur_bn", "EUR bn", 1),
    }


def describe_safe_checks(
    loans: pd.DataFrame,
    terms: pd.DataFrame,
    yields: pd.DataFrame,
    agreed: PolicySet,
    assumed: PolicySet,
    rate: LoanRate,
) -> dict[str, Fact]:
    """The model beside what ministries and others have estimated.

    Parameters
    ----------
    loans : DataFrame
        From ``safe.compute_safe_loans``.
    terms, yields : DataFrame
        Datasets ``safe_terms`` and ``government_yields``.
    agreed, assumed : PolicySet
        Policy sets ``safe_terms`` and ``fiscal_assumptions``.
    rate : LoanRate
        From ``safe_terms.carry_rate``.

    Returns
    -------
    dict
        ``estonia_published, estonia_model`` (EUR m a year for each EUR bn); ``poland_published`` (PLN bn, low to high),
        ``poland_model, poland_present`` (PLN bn), ``poland_rate`` (per cent), ``poland_implied`` (points, low to high),
        ``poland_verdict`` (words), ``poland_loss`` (PLN bn, by others, with the exchange rate hedged); ``union_short,
        union_long`` (yields of the Union's bonds for three and thirty years).
    """
    replay = replay_zloty_saving(loans, terms, yields, agreed)
    union = terms[terms["instrument"] == "EU-Bonds"].set_index("term")["value"]
    return {
        "estonia_published": Quantity(float(read_term(terms, "saving_a_year_estonia")["value"]), "EUR m", 0),
        "estonia_model": Quantity(saving_per_billion(agreed, assumed, rate.pct), "EUR m", 1),
        "poland_published": Quantity(replay.published_low_pln_bn, "PLN bn", 0, high=replay.published_high_pln_bn),
        "poland_model": Quantity(replay.saving_pln_bn, "PLN bn", 0),
        "poland_present": Quantity(replay.present_pln_bn, "PLN bn", 0),
        "poland_rate": Quantity(replay.own_rate_pct, "%", 2),
        "poland_implied": Quantity(replay.implied_low_points, "points", 1, high=replay.implied_high_points),
        "poland_verdict": _verdict(replay),
        "poland_loss": Quantity(float(read_term(terms, "loss_hedged_poland")["value"]), "PLN bn", 1),
        "union_short": Quantity(float(union["issue_yield_3y"]), "%", 1),
        "union_long": Quantity(float(union["issue_yield_30y"]), "%", 1),
    }


def _verdict(replay: ZlotyReplay) -> str:
    """Where the model's saving lies against the ministry's range, in words that complete "The model is ..."."""
    low, high = replay.published_low_pln_bn, replay.published_high_pln_bn
    if replay.saving_pln_bn > high:
        return "above the range"
    return "below the range" if replay.saving_pln_bn < low else "within the range"
