"""What the flow model gives: troops in the region by day as quantiles, odds of the tiers, and what each lane does."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pydantic import Field

from baltic_calculus.analysis.debt_fan import half_interval, share_above
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.reinforcement import Array, Flow, Frozen, Lane, Tier, simulate_flow, simulate_present
from baltic_calculus.catalog import PolicySet

PERCENTILES = (5, 25, 50, 75, 95)
MIDDLE = "troops_p50"
BANDS = {"90 of 100 draws": ("troops_p05", "troops_p95"), "50 of 100 draws": ("troops_p25", "troops_p75")}
"""The bands of the fan, the widest first, and the columns of their ends."""


class FlowSettings(Frozen):
    """What is simulated."""

    days: int = Field(ge=1)
    draws: int = Field(ge=1)
    seed: int = Field(ge=0)
    share_pct: float = Field(gt=0, le=100)
    """Part of the Force Model's troops that is sent to the region."""


def gather_flow_settings(assumed: PolicySet, parameters: Parameters) -> FlowSettings:
    """Draws, seed and share as the parameters have them; share and days as assumed where they do not say.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``reinforcement``.
    parameters : Parameters
        ``draws, seed, region_share_pct``.
    """
    share = parameters.region_share_pct
    return FlowSettings(
        days=int(assumed.horizon_days.value),
        draws=parameters.draws,
        seed=parameters.seed,
        share_pct=assumed.region_share_pct.value if share is None else share,
    )


def run_flow(tiers: Sequence[Tier], lanes: Sequence[Lane], settings: FlowSettings) -> Flow:
    """Simulate with these settings."""
    return simulate_flow(tiers, lanes, days=settings.days, draws=settings.draws, seed=settings.seed)


def run_present(tiers: Sequence[Tier], lanes: Sequence[Lane], settings: FlowSettings) -> Array:
    """Simulate with these settings, for the troops in the region alone."""
    return simulate_present(tiers, lanes, days=settings.days, draws=settings.draws, seed=settings.seed)


def summarise_arrivals(present: Array) -> pd.DataFrame:
    """Quantiles of the troops in the region by the end of each day.

    Parameters
    ----------
    present : ndarray
        From ``Flow.cumulative``, shape ``(days + 1, draws)``.

    Returns
    -------
    DataFrame
        ``day, troops_p05, troops_p25, troops_p50, troops_p75, troops_p95``.
    """
    spread = np.percentile(present, PERCENTILES, axis=1)
    names = [f"troops_p{one:02d}" for one in PERCENTILES]
    return pd.DataFrame({"day": np.arange(len(present)), **dict(zip(names, spread, strict=True))})


def compute_tier_odds(present: Array, tiers: Sequence[Tier], days: Sequence[int]) -> pd.DataFrame:
    """How many of 100 draws have a tier and those before it in the region by the end of some days.

    Parameters
    ----------
    present : ndarray
        From ``Flow.cumulative``.
    tiers : sequence of Tier
        In the order of their deadlines.
    days : sequence of int
        Days, none later than the last simulated.

    Returns
    -------
    DataFrame
        One row for each tier and day: ``tier, troops`` (running total of those sent), ``deadline_day, day, met_pct,
        error_points`` (half the 95% interval that comes from drawing a limited number).
    """
    rows, total = [], 0.0
    for tier in tiers:
        total += tier.troops.mode
        for day in days:
            met = share_above(present[day], total * NEARLY_ALL)
            rows.append((tier.name, total, tier.last_day, day, met, half_interval(met, present.shape[1])))
    return pd.DataFrame(rows, columns=["tier", "troops", "deadline_day", "day", "met_pct", "error_points"])


NEARLY_ALL = 0.9999
"""Part of the troops that stands for all of them: sums of what arrives day by day have rounding errors."""


def first_day_with(present: Array, troops: float) -> Array:
    """Day by whose end so many troops are in the region, one a draw; infinite when that takes longer than simulated."""
    there = present > troops * NEARLY_ALL
    return np.where(there[-1], there.argmax(axis=0), np.inf)


def join_arrivals(horizon: pd.DataFrame, arrivals: pd.DataFrame) -> pd.DataFrame:
    """What was simulated below what was promised and published, as one chart shows them.

    Parameters
    ----------
    horizon : DataFrame
        From ``force_model.compute_horizon``.
    arrivals : DataFrame
        From :func:`summarise_arrivals`.

    Returns
    -------
    DataFrame
        ``label, kind, day_low, day_high, low_troops, high_troops, confidence``; rows that were simulated have the outer
        quantiles as low and high, and ``troops_p25, troops_p50, troops_p75`` besides.
    """
    outer = {"troops_p05": "low_troops", "troops_p95": "high_troops"}
    simulated = arrivals.rename(columns=outer).assign(
        label=SIMULATED, kind=SIMULATED, confidence="illustrative", day_low=arrivals["day"], day_high=arrivals["day"]
    )
    return pd.concat([horizon, simulated.drop(columns="day")], ignore_index=True)


SIMULATED = "simulated"


def compute_lanes(flow: Flow, lanes: Sequence[Lane], settings: FlowSettings, days: Sequence[int]) -> pd.DataFrame:
    """What each lane can carry, what it brings, and how often it is full while troops wait.

    Parameters
    ----------
    flow : Flow
        What moved.
    lanes : sequence of Lane
        The lanes it moved on.
    settings : FlowSettings
        What was simulated.
    days : sequence of int
        Days by which arrivals are counted; the last is also the one up to which full days are.

    Returns
    -------
    DataFrame
        ``lane, usable_p05, usable_p50, usable_p95`` (soldiers a day), ``opening_day, transit_days`` (central values),
        ``full_pct`` (of the days and draws) and for each day ``arrived_day_N`` (middle of the draws).
    """
    rows = []
    for lane in lanes:
        usable = np.percentile(lane.draw_usable(settings.seed, settings.draws), (5, 50, 95))
        arrived = np.cumsum(flow.arrived[lane.name][: max(days) + 1], axis=0)
        rows.append(
            {
                "lane": lane.name,
                **dict(zip(("usable_p05", "usable_p50", "usable_p95"), usable, strict=True)),
                "opening_day": lane.opening_day,
                "transit_days": lane.transit_days.mode,
                "full_pct": float(flow.full[lane.name][1 : max(days) + 1].mean() * 100),
                **{f"arrived_day_{day}": float(np.median(arrived[day])) for day in days},
            }
        )
    return pd.DataFrame(rows)


def in_thousands(frame: pd.DataFrame) -> pd.DataFrame:
    """The same with troops in thousands, as tables show them, wherever a column's name says that it counts troops."""
    counted = [name for name in frame.columns if name.startswith(("arrived_", "gain_", "troops", "usable_"))]
    return frame.assign(**{name: frame[name] / THOUSAND for name in counted})


def tabulate_tier_odds(odds: pd.DataFrame) -> pd.DataFrame:
    """The days side by side: ``tier, deadline_day, troops`` and ``met_day_N`` for each day, of 100 draws."""
    wide = odds.pivot(index=["tier", "deadline_day", "troops"], columns="day", values="met_pct").add_prefix("met_day_")
    return wide.reset_index().rename_axis(columns=None)


THOUSAND = 1000
