"""Did health and education fall when defence rose? Changes over the same years, which show no cause."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.budget_functions import base_years
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, widen
from baltic_calculus.errors import DataError

COMPARED = ("defence", "health", "education")
"""Functions that are set against one another."""

LEAST_RISE_POINTS = 0.1
"""Change of the defence share in one year, in points of GDP, from which the year counts as one of rising defence."""

GROWTH = "gdp_nominal_growth_pct"
NORMAL_95 = 1.959964
"""Half the width of the middle 95 per cent of a standard normal distribution."""

CONTROLS = 1
"""Variables held fixed in the correlation: the growth of GDP."""

AGGREGATE = "EU27"


def compute_function_shares(cofog: pd.DataFrame, codes: Sequence[str], functions: Sequence[str]) -> pd.DataFrame:
    """Expenditure by function as a share of GDP, for every year that the accounts hold.

    ``share = function_eur_m / total_eur_m * total_gdp_pct``, as in ``budget_functions.split_by_function``: finer than
    the published share of one decimal.

    Returns
    -------
    DataFrame
        ``iso3, year, function, share_gdp_pct`` (per cent of GDP), ``flag`` (of the total); in the order of the codes
        and functions. Codes without one of the functions are left out.
    """
    amounts = list(dict.fromkeys([*(f"{name}_eur_m" for name in functions), "total_eur_m"]))
    wide = widen(cofog[cofog["iso3"].isin(list(codes))], [*amounts, "total_gdp_pct"]).dropna()
    wide = wide.merge(flags_of(cofog, "total_eur_m"), on=["iso3", "year"])
    gdp_eur_m = wide["total_eur_m"] / wide["total_gdp_pct"] * 100
    parts = [
        wide[["iso3", "year", "flag"]].assign(function=name, share_gdp_pct=wide[f"{name}_eur_m"] / gdp_eur_m * 100)
        for name in functions
    ]
    shares = pd.concat(parts, ignore_index=True)
    place, row = shares["iso3"].map(list(codes).index), shares["function"].map(list(functions).index)
    ordered = shares.assign(place=place, row=row).sort_values(["place", "row", "year"])
    return ordered[["iso3", "year", "function", "share_gdp_pct", "flag"]].reset_index(drop=True)


def states_with_functions(cofog: pd.DataFrame, parameters: Parameters) -> tuple[str, ...]:
    """The countries, then every other state whose accounts hold the functions compared, in the dataset's order."""
    held = cofog[cofog["measure"].isin([f"{name}_eur_m" for name in COMPARED]) & cofog["value"].notna()]
    known = held.groupby("iso3", sort=False)["measure"].nunique()
    codes = [str(code) for code in known.index[known == len(COMPARED)] if code != AGGREGATE]
    return tuple(dict.fromkeys([*(code for code in parameters.countries if code in codes), *codes]))


def correlate_given(first: np.ndarray, second: np.ndarray, held: np.ndarray) -> tuple[float, float, float]:
    """Partial correlation of two series with a third held fixed, and its 95 per cent interval.

    Both are first cleared of what a straight line in the third explains. The interval is Fisher's: ``tanh(atanh(r) ±
    1.96 / sqrt(n - 3 - k))`` with one control, for independent years.

    Parameters
    ----------
    first, second, held : array
        Of equal length n.

    Returns
    -------
    tuple of float
        Correlation and the ends of the interval; NaN where the years are too few or nothing varies.

    Examples
    --------
    >>> years = np.arange(8.0)
    >>> wave = np.array([1, -1, 1, -1, 1, -1, 1, -1.0])
    >>> round(correlate_given(years + wave, 2 * years - wave, years)[0], 3)
    -1.0
    """
    freedom = len(held) - 3 - CONTROLS
    if freedom < 1:
        return math.nan, math.nan, math.nan
    base = np.column_stack([np.ones_like(held), held])
    rests = [one - base @ np.linalg.lstsq(base, one, rcond=None)[0] for one in (first, second)]
    sizes = [float(np.linalg.norm(rest)) for rest in rests]
    if min(sizes) < 1e-9:
        return math.nan, math.nan, math.nan
    # a perfect correlation has no finite transform
    correlation = float(np.clip(rests[0] @ rests[1] / (sizes[0] * sizes[1]), -1 + 1e-12, 1 - 1e-12))
    centre = math.atanh(correlation)
    half = NORMAL_95 / math.sqrt(freedom)
    return correlation, math.tanh(centre - half), math.tanh(centre + half)


def compare_displacement(
    cofog: pd.DataFrame, macro: pd.DataFrame, parameters: Parameters, reference_years: Sequence[int]
) -> pd.DataFrame:
    """Defence against health and education in every state with complete accounts.

    Parameters
    ----------
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    macro : DataFrame
        Dataset ``macro_fiscal``, long; the growth of GDP at current prices has one vintage.
    parameters : Parameters
        ``countries`` come first; ``first_year``, ``last_year``.
    reference_years : sequence of int
        The change is counted from the first of them inside the period, see ``base_years``.

    Returns
    -------
    DataFrame
        One row per state: ``iso3, base_year, last_year``; ``defence_change_points, health_change_points,
        education_change_points, total_change_points`` (points of GDP); ``rise_years`` (years in which defence rose by
        ``LEAST_RISE_POINTS`` or more), ``fell_rise_years`` (those of them in which health and education together
        fell), ``other_years, fell_other_years``; ``correlation, correlation_low, correlation_high`` (of the yearly
        changes of defence and of health and education, growth of GDP held fixed).

    Raises
    ------
    DataError
        When no state has the functions in both years.
    """
    first, last = parameters.first_year, parameters.last_year
    base = base_years(parameters, reference_years)[0]
    codes = states_with_functions(cofog, parameters)
    shares = compute_function_shares(cofog, codes, (*COMPARED, "total"))
    shares = shares[shares["year"].between(first, last)]
    growth = macro[(macro["measure"] == GROWTH)].drop_duplicates(["iso3", "year"]).set_index(["iso3", "year"])["value"]
    rows = []
    for code in codes:
        own = shares[shares["iso3"] == code].pivot(index="year", columns="function", values="share_gdp_pct")
        if not {base, last} <= set(own.index):
            continue
        rows.append({"iso3": code, "base_year": base, "last_year": last} | _compare_country(own, base, growth, code))
    if not rows:
        raise DataError(
            f"no state has {', '.join(COMPARED)} in both {base} and {last}",
            where="cofog_expenditure",
            remedy="choose other years",
        )
    return pd.DataFrame(rows)


def _compare_country(own: pd.DataFrame, base: int, growth: pd.Series, code: str) -> dict[str, float]:
    """The numbers of one state, from its shares of GDP by year and function."""
    change = own.loc[own.index.max()] - own.loc[base]
    yearly = own.diff().dropna()
    together = yearly["health"] + yearly["education"]
    rises, falls = yearly["defence"] >= LEAST_RISE_POINTS, together < 0
    output = growth.reindex(pd.MultiIndex.from_product([[code], yearly.index])).to_numpy(dtype=float)
    known = ~np.isnan(output)
    correlation, low, high = correlate_given(
        yearly["defence"].to_numpy()[known], together.to_numpy()[known], output[known]
    )
    return {
        **{f"{name}_change_points": float(change[name]) for name in (*COMPARED, "total")},
        "rise_years": int(rises.sum()),
        "fell_rise_years": int((rises & falls).sum()),
        "other_years": int((~rises).sum()),
        "fell_other_years": int((~rises & falls).sum()),
        "correlation": correlation,
        "correlation_low": low,
        "correlation_high": high,
    }


def compare_rise(nato: pd.DataFrame, cofog: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """How large the rise of NATO's share since the last accounts is, beside what health and education cost.

    The rise is a difference within NATO's definition; it is set beside expenditure of the national accounts for its
    size only, and not added to it.

    Parameters
    ----------
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long.
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    parameters : Parameters
        ``countries, comparators``; ``last_year`` is the year of the accounts.

    Returns
    -------
    DataFrame
        ``iso3, since_year, core_since_gdp_pct, core_year, core_gdp_pct`` (per cent of GDP, NATO), ``rise_points``,
        ``health_gdp_pct, education_gdp_pct`` (national accounts of ``since_year``), ``rise_health_pct`` (rise as a
        percentage of health). States that one of the two does not hold are left out.
    """
    since = parameters.last_year
    core = nato[(nato["measure"] == "share_gdp_pct") & nato["value"].notna()]
    last = int(core["year"].max())
    shares = core.pivot(index="iso3", columns="year", values="value").reindex(columns=[since, last])
    shares = shares.set_axis(["core_since_gdp_pct", "core_gdp_pct"], axis="columns").dropna()
    codes = parameters.countries + parameters.comparators
    functions = compute_function_shares(cofog, codes, ("health", "education"))
    now = functions[functions["year"] == since].pivot(index="iso3", columns="function", values="share_gdp_pct")
    both = shares.join(now.add_suffix("_gdp_pct"), how="inner")
    both = both.reindex([code for code in codes if code in both.index])
    both = both.assign(
        since_year=since,
        core_year=last,
        rise_points=both["core_gdp_pct"] - both["core_since_gdp_pct"],
    )
    both["rise_health_pct"] = both["rise_points"] / both["health_gdp_pct"] * 100
    return both.rename_axis("iso3").reset_index()
