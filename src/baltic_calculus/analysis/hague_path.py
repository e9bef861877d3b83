"""The Hague path: how fast core defence expenditure must grow to reach, or hold, the target by its year.

With share s today, target s*, n years left and output growing by gY a year, expenditure at constant prices must grow by

    g = (s* / s)^(1/n) (1 + gY) - 1

a year: expenditure s Y (1 + g)^n over output Y (1 + gY)^n is then s*. The first factor is what expenditure must grow
beyond output, and does not depend on how output grows; nor does the path of the share, s (s* / s)^(t/n).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.output_growth import (
    CASES,
    GrowthRule,
    assume_growth,
    compound_growth_pct,
    measure_output,
)
from baltic_calculus.analysis.series import flags_of, widen
from baltic_calculus.errors import DataError

TO_TARGET = "even path to the target"
FROZEN = "spending frozen in real terms"


@dataclass(frozen=True)
class Goal:
    """A share of GDP to be reached by a year.

    Parameters
    ----------
    share_gdp_pct : float
        Target share in per cent of GDP.
    year : int
        Year by which it is due.
    """

    share_gdp_pct: float
    year: int

    def years_left(self, last_year: int) -> int:
        """Years from the last one known to the year of the target.

        Raises
        ------
        DataError
            When none is left.
        """
        if last_year >= self.year:
            raise DataError(
                f"no year is left from {last_year} to {self.year}",
                where="parameter last_year",
                remedy=f"choose a year before {self.year}",
            )
        return self.year - last_year


def pace_over_output_pct(share_gdp_pct: float, goal_gdp_pct: float, years: int) -> float:
    """How much faster than output expenditure must grow: ``((goal / share) ** (1 / years) - 1) * 100``.

    Negative where the share is above the target: expenditure may then grow more slowly than output.

    Examples
    --------
    >>> round(pace_over_output_pct(2.0, 4.0, 9), 2), pace_over_output_pct(3.5, 3.5, 9)
    (8.01, 0.0)
    """
    return compound_growth_pct(share_gdp_pct, goal_gdp_pct, years)


def even_path_gdp_pct(share_gdp_pct: float, goal_gdp_pct: float, done: float) -> float:
    """Share on the even path when a part ``done`` of the time has passed: ``share * (goal / share) ** done``.

    Examples
    --------
    >>> even_path_gdp_pct(2.0, 8.0, 0.5)
    4.0
    """
    return float(share_gdp_pct * (goal_gdp_pct / share_gdp_pct) ** done)


def required_growth_pct(share_gdp_pct: float, goal_gdp_pct: float, years: int, output_growth_pct: float) -> float:
    """Real growth of expenditure a year that moves a share to a target: g of the module's formula, in per cent.

    Examples
    --------
    >>> round(required_growth_pct(2.0, 4.0, 9, 2.0), 2)
    10.17
    >>> round(required_growth_pct(3.5, 3.5, 9, 2.0), 2)
    2.0
    """
    pace = pace_over_output_pct(share_gdp_pct, goal_gdp_pct, years)
    return float(((1 + pace / 100) * (1 + output_growth_pct / 100) - 1) * 100)


def compute_required_growth(
    nato: pd.DataFrame, codes: Sequence[str], *, since: int, last_year: int, goal: Goal, rule: GrowthRule
) -> pd.DataFrame:
    """What each country's expenditure must do until the year of the target, beside what it did.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    codes : sequence of str
        Allies and aggregates, in the order wanted.
    since : int
        Year from which growth achieved is measured; NaN where it is not before the last year.
    last_year : int
        Last year known: the path begins there.
    goal : Goal
        Target share and its year.
    rule : GrowthRule
        How growth of output is assumed.

    Returns
    -------
    DataFrame
        One row per code: ``iso3, share_last_gdp_pct, flag_last, above_target, years_left, spend_last_usd_m_2021``;
        ``pace_over_output_pct`` (expenditure beyond output, a year); ``achieved_pct`` (expenditure, a year);
        ``growth_<case>_pct`` (output, a year: also what expenditure needs to hold today's share),
        ``required_<case>_pct`` (expenditure, a year) and ``frozen_<case>_gdp_pct`` (share in the target's year if real
        expenditure stood still) for the cases low, central and high of output; ``why_missing``. Where growth of
        output is not computable all that depends on it is NaN.

    Raises
    ------
    DataError
        When a code has no share in the last year, or no year is left.
    """
    years = goal.years_left(last_year)
    output = measure_output(nato)
    level = widen(nato[nato["year"] == last_year], ["share_gdp_pct", "spend_usd_m_2021"]).set_index("iso3")
    absent = [code for code in codes if code not in level.index or pd.isna(level.loc[code, "share_gdp_pct"])]
    if absent:
        raise DataError(
            f"no share of GDP for {', '.join(absent)} in {last_year}",
            where="measure share_gdp_pct",
            remedy="leave these countries out or choose another last year",
        )
    flags = flags_of(nato[nato["year"] == last_year], "share_gdp_pct").set_index("iso3")["flag"]
    share = level["share_gdp_pct"].reindex(list(codes))
    required = pd.DataFrame(
        {
            "share_last_gdp_pct": share,
            "flag_last": flags.reindex(list(codes)),
            "above_target": share >= goal.share_gdp_pct,
            "years_left": years,
            "spend_last_usd_m_2021": level["spend_usd_m_2021"].reindex(list(codes)),
            "pace_over_output_pct": [pace_over_output_pct(one, goal.share_gdp_pct, years) for one in share],
            "achieved_pct": _growth_achieved(output, since, last_year).reindex(list(codes)),
        }
    )
    own = output[output["iso3"].isin(list(codes))]
    growth = assume_growth(own, last_year, rule).set_index("iso3").reindex(list(codes))
    required = required.join(growth.drop(columns="history_first_year"))
    for case in CASES:
        assumed = required[f"growth_{case}_pct"]
        required[f"required_{case}_pct"] = [
            required_growth_pct(one, goal.share_gdp_pct, years, rate) for one, rate in zip(share, assumed, strict=True)
        ]
        required[f"frozen_{case}_gdp_pct"] = share / (1 + assumed / 100) ** years
    return required.rename_axis("iso3").reset_index()


def _growth_achieved(output: pd.DataFrame, since: int, last_year: int) -> pd.Series:
    """Compound growth of real expenditure by country, in per cent a year; NaN where a year is missing."""
    spend = output.pivot(index="iso3", columns="year", values="spend_usd_m_2021").reindex(columns=[since, last_year])
    if since >= last_year:
        return pd.Series(np.nan, index=spend.index)
    return ((spend[last_year] / spend[since]) ** (1 / (last_year - since)) - 1) * 100


def project_paths(required: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Year by year: expenditure at constant prices and its share, on the path to the target and with spending frozen.

    Parameters
    ----------
    required : DataFrame
        From ``compute_required_growth``.
    last_year : int
        Year of its last figures; the paths begin there.

    Returns
    -------
    DataFrame
        ``iso3, year, course`` (``TO_TARGET`` or ``FROZEN``), ``case`` (of growth of output), ``spend_usd_m_2021,
        output_usd_m_2021, share_gdp_pct``. Countries without an assumption for output are left out.
    """
    rows = []
    for row in required.dropna(subset=["growth_central_pct"]).to_dict("records"):
        spend, share = row["spend_last_usd_m_2021"], row["share_last_gdp_pct"]
        for case in CASES:
            for course, growth in ((TO_TARGET, row[f"required_{case}_pct"]), (FROZEN, 0.0)):
                years = np.arange(row["years_left"] + 1)
                amounts = spend * (1 + growth / 100) ** years
                output = spend / share * 100 * (1 + row[f"growth_{case}_pct"] / 100) ** years
                path = pd.DataFrame({"spend_usd_m_2021": amounts, "output_usd_m_2021": output})
                path = path.assign(year=last_year + years, iso3=row["iso3"], course=course, case=case)
                rows.append(path.assign(share_gdp_pct=amounts / output * 100))
    columns = ["iso3", "year", "course", "case", "spend_usd_m_2021", "output_usd_m_2021", "share_gdp_pct"]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)
