"""The NATO Force Model's promise of troops by day, and the movements that have been published beside it."""

import re

import pandas as pd

from baltic_calculus.analysis.figures import select_figures, sole_figure
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.errors import DataError

_TIER = re.compile(r"NATO Force Model tier (\d)")
# The deadline is the last number of days in the published name: "within 10 days", "in 10-30 days".
_DAYS = re.compile(r"(\d+)(?:-(\d+))? days")
HOURS_PER_DAY = 24
PROMISED, BESIDE = "promised", "published beside it"


def compute_tiers(force_model: pd.DataFrame) -> pd.DataFrame:
    """Troops of each tier and their running total by the tier's deadline.

    Parameters
    ----------
    force_model : DataFrame
        The Force Model dataset.

    Returns
    -------
    DataFrame
        ``tier, opening_day, deadline_day, troops, cumulative_troops, label`` (in words), ``confidence``, by deadline;
        the running total adds the tiers, as NATO's own presentation does.
    """
    names = {name: match[1] for name in force_model["indicator"] if (match := _TIER.match(name))}
    if not names:
        raise DataError(
            "no Force Model tier", where="force_model_air", remedy="restore the rows 'NATO Force Model tier ...'"
        )
    rows = select_figures(force_model, names, "tier")
    days = rows["indicator"].str.extract(_DAYS).astype(float)
    opening = days[0].where(days[1].notna(), 0.0)
    deadline = days[1].fillna(days[0])
    rows = rows.assign(tier=rows["tier"].astype(int), opening_day=opening, deadline_day=deadline, troops=rows["low"])
    rows = rows.sort_values("deadline_day", kind="stable").assign(
        cumulative_troops=lambda tiers: tiers["troops"].cumsum()
    )
    words = rows["tier"].map(lambda tier: f"{'tier' if tier == 1 else 'with tier'} {tier}")
    rows = rows.assign(label=words + ", ready by day " + rows["deadline_day"].map("{:g}".format))
    columns = ["tier", "opening_day", "deadline_day", "troops", "cumulative_troops", "label", "confidence"]
    return rows[columns].reset_index(drop=True)


def compute_marks(mobility: pd.DataFrame, brigade: Interval) -> pd.DataFrame:
    """Published movements and needs to set beside the tiers.

    Parameters
    ----------
    mobility : DataFrame
        The mobility dataset.
    brigade : Interval
        Troops of one brigade, to put a number of brigades into troops.

    Returns
    -------
    DataFrame
        ``mark, day_low, day_high, low_troops, high_troops, confidence``: the exercise that was measured, and the
        brigades that RAND's games called for within the time that the games lasted.
    """
    moved = sole_figure(mobility, "Griffin Storm: troops moved")
    took = sole_figure(mobility, "Griffin Storm: time")
    brigades = sole_figure(mobility, "RAND: brigades needed to prevent rapid overrun")
    hours = sole_figure(mobility, "RAND games: longest time to outskirts of Tallinn or Riga")
    needed = Interval(brigades.low * brigade.low, brigades.high * brigade.high)
    days = hours.scale(1 / HOURS_PER_DAY)
    return pd.DataFrame(
        {
            "label": [f"Griffin Storm, in {took.high:g} days", f"RAND, {brigades.high:g} brigades"],
            "day_low": [took.low, days.low],
            "day_high": [took.high, days.high],
            "low_troops": [moved.low, needed.low],
            "high_troops": [moved.high, needed.high],
            "confidence": ["medium", "medium"],
        }
    )


def compute_horizon(force_model: pd.DataFrame, mobility: pd.DataFrame, brigade: Interval) -> pd.DataFrame:
    """Tiers and marks together, as one chart shows them.

    Parameters
    ----------
    force_model, mobility : DataFrame
        The datasets.
    brigade : Interval
        Troops of one brigade.

    Returns
    -------
    DataFrame
        ``label, kind`` (``promised`` or ``published beside it``), ``day_low, day_high`` (both the deadline for a tier),
        ``low_troops, high_troops`` (both the running total for a tier), ``confidence``.
    """
    tiers = compute_tiers(force_model)
    promised = pd.DataFrame(
        {
            "label": tiers["label"],
            "kind": PROMISED,
            "day_low": tiers["deadline_day"],
            "day_high": tiers["deadline_day"],
            "low_troops": tiers["cumulative_troops"],
            "high_troops": tiers["cumulative_troops"],
            "confidence": tiers["confidence"],
        }
    )
    beside = compute_marks(mobility, brigade).assign(kind=BESIDE)
    return pd.concat([promised, beside[promised.columns]], ignore_index=True)


def within_days(horizon: pd.DataFrame, days: float) -> pd.DataFrame:
    """The rows of ``compute_horizon`` whose days lie within those that a chart shows."""
    return horizon[horizon["day_high"] <= days].reset_index(drop=True)
