"""How far the breaks of a series can be trusted: intervals for the years, chance, and what the estimates carry.

Three questions, each answered by drawing. How well is the year known? Residuals of the fitted lines are drawn anew
with random signs (wild bootstrap, enlarged for leverage), the search is repeated, and the middle of the years it
gives is the interval. Could it be chance? The same search goes over series of the same length without any break:
independent noise around a straight line, and random walks, whose drifting is easily taken for breaks (Nunes et al.
1996); the share of them with at least as large a gain is a Monte Carlo p-value, (1 + exceeding) / (1 + draws)
(MacKinnon 2007). The gain does not depend on the line or on the size of the noise, so one set of draws serves all
series of a length. Does it rest on estimates? The search is repeated without the last years that are flagged.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from baltic_calculus.analysis.breaks import (
    BreakRules,
    Fit,
    Numbers,
    bic_gain,
    choose_breaks,
    fit_lines,
    penalty_range,
    search_breaks,
    tabulate_squares,
)
from baltic_calculus.errors import DataError

Places = NDArray[np.int_]

STRONG, MODERATE, WEAK, NONE, TOO_SHORT = "strong", "moderate", "weak", "none", "too few years"
"""Rarer than the level even among drifting series; only among noise; not even there; no break; not looked for."""

COLUMNS = [
    "iso3",
    "break_year",
    "low_year",
    "high_year",
    "slope_before_points",
    "slope_after_points",
    "bic_gain",
    "penalty_low",
    "penalty_high",
    "chance_noise_pct",
    "chance_drift_pct",
    "evidence",
    "final_years",
]


def search(series: Numbers, rules: BreakRules) -> tuple[Fit, ...]:
    """Best lines for every number of breaks that the rules allow."""
    return search_breaks(tabulate_squares(series, rules.shortest(len(series))), rules)


def draw_breakless(years: int, draws: int, rng: np.random.Generator, *, drifting: bool) -> Numbers:
    """Series without a break: independent noise, or random walks.

    Returns
    -------
    array, shape (draws, years)
    """
    noise = rng.standard_normal((draws, years))
    return noise.cumsum(axis=1) if drifting else noise


def draw_gains(years: int, rules: BreakRules, rng: np.random.Generator, *, drifting: bool) -> Numbers:
    """Gains in BIC that the search finds where there is no break.

    Returns
    -------
    array, shape (draws,)
    """
    tables = tabulate_squares(draw_breakless(years, rules.draws, rng, drifting=drifting), rules.shortest(years))
    return np.array([bic_gain(search_breaks(table, rules), years) for table in tables])


def chance_pct(gain: float, gains: Numbers) -> float:
    """Share of breakless series with at least this gain, in per cent; never quite zero."""
    return float(100 * (1 + np.count_nonzero(gains >= gain)) / (1 + len(gains)))


def draw_starts(series: Numbers, starts: tuple[int, ...], rules: BreakRules, rng: np.random.Generator) -> Places:
    """Where as many breaks begin in series made from the fitted lines and residuals with random signs.

    Returns
    -------
    array of int, shape (draws, breaks)
    """
    fitted, residuals = fit_lines(series, starts)
    signs = rng.choice([-1.0, 1.0], size=(rules.draws, len(series)))
    tables = tabulate_squares(fitted + signs * residuals, rules.shortest(len(series)))
    found = [search_breaks(table, rules, most=len(starts))[len(starts)].starts for table in tables]
    return np.array(found, dtype=int)


def interval_of(drawn: Places, level_pct: float) -> tuple[Places, Places]:
    """Ends of the middle ``level_pct`` of drawn places, for each break, rounded outwards."""
    tail = (100 - level_pct) / 2
    low = np.percentile(drawn, tail, axis=0, method="lower")
    return low.astype(int), np.percentile(drawn, 100 - tail, axis=0, method="higher").astype(int)


def compute_breaks(shares: pd.DataFrame, rules: BreakRules, rng: np.random.Generator) -> pd.DataFrame:
    """Breaks in the share of GDP of each country, with what speaks for them and against them.

    Parameters
    ----------
    shares : DataFrame
        ``iso3, year, share_gdp_pct, flag``; every country with consecutive years, estimates flagged.
    rules : BreakRules
        How to look and judge.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    DataFrame
        One row for each break, and one for each country without: ``iso3``; ``break_year`` (first year of the new
        line), ``low_year, high_year`` (interval), ``slope_before_points, slope_after_points`` (points of GDP a
        year), all NaN without a break; ``bic_gain`` (0 for none); ``penalty_low, penalty_high`` (multiples of BIC's
        penalty between which the same breaks are chosen; no upper end for none); ``chance_noise_pct,
        chance_drift_pct`` (NaN for none); ``evidence``; ``final_years`` (the breaks without the estimates: years,
        ``none`` or ``too few years``; empty where nothing is an estimate).

    Raises
    ------
    DataError
        When a country's years have a gap.
    """
    references: dict[int, tuple[Numbers, Numbers]] = {}
    rows = []
    for code, own in shares.groupby("iso3", sort=False):
        years, series = _consecutive(str(code), own)
        if len(years) not in references and rules.most_breaks(len(years)):
            references[len(years)] = (
                draw_gains(len(years), rules, rng, drifting=False),
                draw_gains(len(years), rules, rng, drifting=True),
            )
        final = series[: int((own["flag"] == "").to_numpy().sum())]
        final_years = _say_starts(final, years, rules) if len(final) < len(series) else ""
        for row in _rows_of(series, years, rules, rng, references.get(len(years))):
            rows.append({"iso3": code, **row, "final_years": final_years})
    return pd.DataFrame(rows, columns=COLUMNS)


def _consecutive(code: str, own: pd.DataFrame) -> tuple[Places, Numbers]:
    """Years and values of one country, in order."""
    own = own.sort_values("year", kind="stable")
    years = own["year"].to_numpy(dtype=int)
    if (np.diff(years) != 1).any():
        raise DataError(
            f"the years of {code} have a gap", where="compute_breaks", remedy="begin after the gap, or leave it out"
        )
    return years, own["share_gdp_pct"].to_numpy(dtype=float)


def _rows_of(
    series: Numbers,
    years: Places,
    rules: BreakRules,
    rng: np.random.Generator,
    references: tuple[Numbers, Numbers] | None,
) -> Iterator[dict[str, object]]:
    """One row for each break of a series, or one that says there is none."""
    if references is None:
        yield {"bic_gain": np.nan, "evidence": TOO_SHORT}
        return
    fits = search(series, rules)
    count = choose_breaks(fits, len(series))
    gain = bic_gain(fits, len(series))
    low, high = penalty_range(fits, len(series), count)
    common = {"bic_gain": gain, "penalty_low": low}
    if count == 0:
        yield {**common, "evidence": NONE}
        return
    common["penalty_high"] = high
    noise, drift = (chance_pct(gain, gains) for gains in references)
    starts = fits[count].starts
    ends = interval_of(draw_starts(series, starts, rules, rng), rules.interval_pct)
    fitted, _ = fit_lines(series, starts)
    for place, start in enumerate(starts):
        yield {
            **common,
            "break_year": years[start],
            "low_year": years[ends[0][place]],
            "high_year": years[ends[1][place]],
            "slope_before_points": fitted[start - 1] - fitted[start - 2],
            "slope_after_points": fitted[start + 1] - fitted[start],
            "chance_noise_pct": noise,
            "chance_drift_pct": drift,
            "evidence": _weigh(noise, drift, rules.chance_pct),
        }


def _weigh(noise_pct: float, drift_pct: float, level_pct: float) -> str:
    """Evidence in a word."""
    if drift_pct <= level_pct:
        return STRONG
    return MODERATE if noise_pct <= level_pct else WEAK


def find_years(series: Numbers, years: Places, rules: BreakRules) -> tuple[int, ...]:
    """First years of new lines that BIC chooses in a series."""
    fits = search(series, rules)
    return tuple(int(years[start]) for start in fits[choose_breaks(fits, len(series))].starts)


def _say_starts(series: Numbers, years: Places, rules: BreakRules) -> str:
    """The break years of a series in words."""
    if not rules.most_breaks(len(series)):
        return TOO_SHORT
    return ", ".join(map(str, find_years(series, years, rules))) or NONE


def compute_break_lines(shares: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Published shares with the fitted lines beside them; a break that may be chance does not part a line.

    Returns
    -------
    DataFrame
        ``iso3, year, share_gdp_pct, fitted_gdp_pct`` (per cent of GDP), ``line`` (number of the line, from 1),
        ``flag``.
    """
    sure = breaks[breaks["evidence"].isin([STRONG, MODERATE])]
    parts = []
    for code, own in shares.groupby("iso3", sort=False):
        years, series = _consecutive(str(code), own)
        found = sure.loc[sure["iso3"] == code, "break_year"].astype(int)
        starts = tuple(int(start) for start in np.searchsorted(years, found))
        line = 1 + np.searchsorted(np.array(starts, dtype=int), np.arange(len(years)), side="right")
        parts.append(
            own.sort_values("year", kind="stable").assign(fitted_gdp_pct=fit_lines(series, starts)[0], line=line)
        )
    columns = ["iso3", "year", "share_gdp_pct", "fitted_gdp_pct", "line", "flag"]
    return pd.concat(parts, ignore_index=True)[columns]


def find_long_breaks(shares: pd.DataFrame, codes: Iterable[str], rules: BreakRules) -> pd.DataFrame:
    """Break years that BIC chooses in a longer series of another definition, searched on its own.

    Parameters
    ----------
    shares : DataFrame
        Long, with ``iso3, year, measure, value``; the measure ``share_gdp_pct`` is taken.
    codes : iterable of str
        Countries; those that the series do not hold are left out.
    rules : BreakRules

    Returns
    -------
    DataFrame
        ``iso3, long_first_year, long_last_year`` (ends of the series), ``long_years`` (break years, separated by
        commas, or ``none``).
    """
    rows = []
    known = shares[(shares["measure"] == "share_gdp_pct") & shares["value"].notna()]
    for code in codes:
        own = known[known["iso3"] == code].rename(columns={"value": "share_gdp_pct"})
        if len(own):
            years, series = _consecutive(code, own)
            rows.append((code, years[0], years[-1], _say_starts(series, years, rules)))
    return pd.DataFrame(rows, columns=["iso3", "long_first_year", "long_last_year", "long_years"])
