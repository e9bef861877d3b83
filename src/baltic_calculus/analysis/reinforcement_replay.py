"""The one move that was measured in public, put through the model's road to see how near it comes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.force_model import HOURS_PER_DAY
from baltic_calculus.analysis.reinforcement import Array, Lane, Product, Tier, certain, simulate_present
from baltic_calculus.analysis.reinforcement_fan import FlowSettings, first_day_with
from baltic_calculus.analysis.reinforcement_inputs import ROAD

MOST_DAYS = 10


def replay_move(mobility: pd.DataFrame, lanes: Sequence[Lane], settings: FlowSettings) -> pd.DataFrame:
    """Griffin Storm on the road alone: how long the model takes for its troops, beside what it took.

    The model runs in steps of an hour. Troops and vehicles are the exercise's; it was planned in peace, so no delay and
    full availability hold. Capacity and days on the way are drawn as for the report's road.

    Parameters
    ----------
    mobility : DataFrame
        The mobility dataset.
    lanes : sequence of Lane
        The report's lanes, the road among them.
    settings : FlowSettings
        Draws and seed.

    Returns
    -------
    DataFrame
        One row: ``troops, vehicles, distance_km, measured_days``; ``model_p05_days, model_p50_days, model_p95_days``
        until all have arrived, ``sooner_pct`` (draws of 100 in which the model is no slower than what was measured).
    """
    troops, vehicles, distance, days = (
        sole_figure(mobility, f"Griffin Storm: {what}").low
        for what in ("troops moved", "vehicles moved", "distance", "time")
    )
    took = _hours_taken(_own_road(lanes, vehicles / troops), troops, settings) / HOURS_PER_DAY
    low, middle, high = np.percentile(took, (5, 50, 95))
    return pd.DataFrame(
        {
            "troops": [troops],
            "vehicles": [vehicles],
            "distance_km": [distance],
            "measured_days": [days],
            "model_p05_days": [low],
            "model_p50_days": [middle],
            "model_p95_days": [high],
            "sooner_pct": [float(np.mean(took <= days) * 100)],
        }
    )


def _own_road(lanes: Sequence[Lane], vehicles_per_soldier: float) -> Lane:
    """The report's road with the exercise's vehicles, open at once and wholly available, in hours."""
    road = next(lane for lane in lanes if lane.name == ROAD)
    own = Product(times=road.troops_per_day.times, per=(certain(vehicles_per_soldier),))
    return road.model_copy(
        update={
            "troops_per_day": own.scaled(1 / HOURS_PER_DAY),
            "availability_pct": certain(100),
            "transit_days": road.transit_days.scaled(HOURS_PER_DAY),
            "start_delay_days": (),
        }
    )


def _hours_taken(road: Lane, troops: float, settings: FlowSettings) -> Array:
    """Hours until all have arrived, one a draw; all troops are ready within the first hour."""
    tier = Tier(name="exercise", troops=certain(troops), first_day=0, last_day=1)
    hours = MOST_DAYS * HOURS_PER_DAY
    present = simulate_present([tier], [road], days=hours, draws=settings.draws, seed=settings.seed)
    return first_day_with(present, troops)
