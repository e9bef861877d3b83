"""The numbers of the debt scenarios that sentences hold: levels, financing, and distance from official projections."""

from collections.abc import Sequence
from math import ceil

import pandas as pd

from baltic_calculus.analysis.by_country import known_by_country, values_by_country
from baltic_calculus.analysis.debt_change import DEFENCE, GROWTH, INTEREST, REST
from baltic_calculus.analysis.debt_model import DebtStart, FinancingMix
from baltic_calculus.analysis.debt_validation import BORROWING, FIRST_YEAR
from baltic_calculus.analysis.debt_validation import GROWTH as GROWTH_GAP
from baltic_calculus.analysis.outlook import newest_outlooks
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.catalog import PolicySet

OF_GDP = "% of GDP"
POINTS = "points of GDP"


def describe_model(
    assumed: PolicySet, starts: Sequence[DebtStart], mix: FinancingMix, wanted: Sequence[str]
) -> dict[str, Fact]:
    """What the paths begin with, how fast they turn, and who pays in this run.

    Returns
    -------
    dict
        ``start_year, first_year, before_year, steps``; ``borrowing, taxes, reallocation`` (parts of the rise);
        ``left_out`` (codes wanted that have no assumptions).
    """
    have = [start.iso3 for start in starts]
    return {
        "start_year": year(starts[0].year),
        "first_year": year(starts[0].year + 1),
        "before_year": year(int(assumed.rise_since_year.value)),
        "steps": Quantity(assumed.transition_years.value, "", 0),
        "borrowing": Quantity(100 * mix.borrowing, "%", 0),
        "taxes": Quantity(100 * mix.taxes, "%", 0),
        "reallocation": Quantity(100 * mix.reallocation, "%", 0),
        "left_out": tuple(code for code in wanted if code not in have),
    }


def describe_debt_scenarios(scenarios: pd.DataFrame, reference_gdp_pct: float) -> dict[str, Fact]:
    """Where the paths end, how far apart, and which pass the reference value for debt.

    Parameters
    ----------
    scenarios : DataFrame
        From ``debt_model.project_scenarios``; the first path of a country is its plan, the third the lowest share.
    reference_gdp_pct : float
        Reference value for gross debt in per cent of GDP.

    Returns
    -------
    dict
        ``start_year, end_year, reference``; names of the paths ``plan, core, guideline``; by country ``levels_start,
        levels_plan, levels_core, levels_guideline, plan_less_guideline, rises_plan, shares_plan, interest_first,
        interest_plan``; ``passes_plan`` (code to year, words when none does), ``above_plan, below_plan, above_core,
        above_guideline`` (codes above, or not, at any time).
    """
    names = list(dict.fromkeys(scenarios["scenario"]))[:3]
    first, last = int(scenarios["year"].min()), int(scenarios["year"].max())
    codes = list(dict.fromkeys(scenarios["iso3"]))
    told: dict[str, Fact] = {
        "start_year": year(first),
        "end_year": year(last),
        "reference": Quantity(reference_gdp_pct, OF_GDP, 0),
    }
    table = pd.DataFrame({"iso3": codes})
    for role, name in zip(("plan", "core", "guideline"), names, strict=True):
        rows = scenarios[scenarios["scenario"] == name]
        end = rows[rows["year"] == last].set_index("iso3").reindex(codes)
        table[role] = end["debt_gdp_pct"].to_numpy()
        above = rows[rows["debt_gdp_pct"] > reference_gdp_pct]
        crossed = above.groupby("iso3")["year"].min().reindex(codes).dropna()
        told |= {
            role: name,
            f"levels_{role}": known_by_country(table, role, OF_GDP, 1),
            f"above_{role}": tuple(crossed.index),
        }
        if role == "plan":
            table["interest"], table["share"] = end["interest_gdp_pct"].to_numpy(), end["defence_gdp_pct"].to_numpy()
            told["passes_plan"] = {code: year(int(when)) for code, when in crossed.items()} or "none"
            told["below_plan"] = tuple(code for code in codes if code not in crossed.index)
    starts = scenarios[scenarios["scenario"] == names[0]].pivot(index="iso3", columns="year").reindex(codes)
    table["start"] = starts["debt_gdp_pct"][first].to_numpy()
    table["interest_first"] = starts["interest_gdp_pct"][first + 1].to_numpy()
    table = table.assign(rise=table["plan"] - table["start"], gap=table["plan"] - table["guideline"])
    return told | {
        "levels_start": known_by_country(table, "start", OF_GDP, 1),
        "rises_plan": known_by_country(table, "rise", POINTS, 0),
        "plan_less_guideline": known_by_country(table, "gap", POINTS, 0),
        "shares_plan": known_by_country(table, "share", OF_GDP, 1),
        "interest_first": known_by_country(table, "interest_first", OF_GDP, 1),
        "interest_plan": known_by_country(table, "interest", OF_GDP, 1),
    }


def describe_financing(financing: pd.DataFrame, plan: str) -> dict[str, Fact]:
    """What paying for the rise instead of borrowing it does to debt and interest in the plan's path.

    Returns
    -------
    dict
        ``year``; by country ``rise`` (points), ``debt_borrowed, debt_half, debt_paid``, ``debt_saved, interest_saved``
        (points: all borrowed less all paid for).
    """
    rows = financing[financing["scenario"] == plan]
    rows = rows.assign(
        saved=rows["debt_borrowed_gdp_pct"] - rows["debt_paid_gdp_pct"],
        interest=rows["interest_borrowed_gdp_pct"] - rows["interest_paid_gdp_pct"],
    )
    debts = {
        f"debt_{mix}": known_by_country(rows, f"debt_{mix}_gdp_pct", OF_GDP, 1) for mix in ("borrowed", "half", "paid")
    }
    return {
        "year": year(int(financing["year"].max())),
        "rise": known_by_country(rows, "rise_points", POINTS, 1),
        **debts,
        "debt_saved": known_by_country(rows, "saved", POINTS, 0),
        "interest_saved": known_by_country(rows, "interest", POINTS, 1),
    }


def describe_change(changes: pd.DataFrame) -> dict[str, Fact]:
    """The parts of the change of debt, by country.

    Returns
    -------
    dict
        ``first_year, last_year``; by country ``total, defence, rest, interest, growth`` (points).
    """
    total = changes.groupby("iso3", sort=False)["change_points"].sum().reset_index()
    parts = {"defence": DEFENCE, "rest": REST, "interest": INTEREST, "growth": GROWTH}
    told = {
        name: known_by_country(changes[changes["part"] == part], "change_points", POINTS, 0)
        for name, part in parts.items()
    }
    return {
        "first_year": year(int(changes["first_year"].iloc[0])),
        "last_year": year(int(changes["last_year"].iloc[0])),
        "total": known_by_country(total, "change_points", POINTS, 0),
        **told,
    }


def describe_validation(compared: pd.DataFrame, gaps: pd.DataFrame) -> dict[str, Fact]:
    """How far the model is from the IMF and from others, and why.

    Parameters
    ----------
    compared : DataFrame
        From ``debt_validation.compare_official``.
    gaps : DataFrame
        From ``debt_validation.explain_gap``.

    Returns
    -------
    dict
        ``imf_year, first_year, split_year`` (the first with causes); by country ``imf_differences, first_gaps,
        growth_gaps, borrowing_gaps`` (points, model less IMF), ``model_borrowing_split, imf_borrowing_split,
        model_borrowing_last, imf_borrowing_last``; ``compared`` (count), ``within_two`` (count of projections less than
        two points away), ``model_higher, model_lower`` (counts), ``widest`` (points, absolute, by country),
        ``widest_by, widest_year``.
    """
    imf = compared[compared["forecaster"] == newest_outlooks(compared["forecaster"])[0]]
    final, first = int(gaps["year"].max()), int(gaps["year"].min())
    last = gaps[gaps["year"] == final]
    causes = {"first_gaps": FIRST_YEAR, "growth_gaps": GROWTH_GAP, "borrowing_gaps": BORROWING}
    sizes = compared["difference_points"].abs()
    widest = compared.loc[[sizes.idxmax()]].assign(size=sizes)
    told: dict[str, Fact] = {
        "imf_year": year(final),
        "first_year": year(first),
        "split_year": year(first + 1),
        "imf_differences": known_by_country(imf, "difference_points", POINTS, 1),
        "compared": Quantity(len(compared), "", 0),
        "within_two": Quantity(int((sizes < 2).sum()), "", 0),
        "model_higher": Quantity(int((compared["difference_points"] > 0).sum()), "", 0),
        "model_lower": Quantity(int((compared["difference_points"] < 0).sum()), "", 0),
        "widest": values_by_country(widest, "size", POINTS, 1),
        "widest_by": str(widest["forecaster"].iloc[0]),
        "widest_year": year(int(widest["year"].iloc[0])),
    }
    for name, cause in causes.items():
        told[name] = known_by_country(last[last["cause"] == cause], "gap_points", POINTS, 1)
    for name, when in (("split", first + 1), ("last", final)):
        rows = gaps[(gaps["year"] == when) & (gaps["cause"] == BORROWING)]
        for side in ("model", "imf"):
            told[f"{side}_borrowing_{name}"] = known_by_country(rows, f"{side}_borrowing_gdp_pct", OF_GDP, 1)
    return told


def describe_interest_check(bills: pd.DataFrame) -> dict[str, Fact]:
    """Interest of the model beside that of national projections.

    Parameters
    ----------
    bills : DataFrame
        From ``debt_validation.compare_interest``.

    Returns
    -------
    dict
        By country ``years, model, projected`` (per cent of GDP).
    """
    return {
        "years": {str(row["iso3"]): year(int(row["year"])) for row in bills.to_dict("records")} or "none",
        "model": known_by_country(bills, "model_gdp_pct", OF_GDP, 1),
        "projected": known_by_country(bills, "projected_gdp_pct", OF_GDP, 1),
    }


def describe_replay(replays: pd.DataFrame) -> dict[str, Fact]:
    """How well official projections come out again from their own assumptions.

    Parameters
    ----------
    replays : DataFrame
        From ``debt_replay.replay_projections``.

    Returns
    -------
    dict
        ``first_year, last_year`` (of those whose assumptions are all known), ``full_worst`` (points, absolute,
        rounded up to a hundredth),
        ``full_stock_flow`` (points over the years, by country), ``partial`` (points, replayed less published, of the
        others, by country).
    """
    full, partial = replays[replays["complete"]], replays[~replays["complete"]]
    return {
        "first_year": year(int(full["first_year"].iloc[0])),
        "last_year": year(int(full["last_year"].iloc[0])),
        "full_worst": Quantity(ceil(100 * full["difference_points"].abs().max()) / 100, POINTS, 2),
        "full_stock_flow": known_by_country(full, "stock_flow_gdp_pct", POINTS, 1),
        "partial": known_by_country(partial, "difference_points", POINTS, 1),
    }
