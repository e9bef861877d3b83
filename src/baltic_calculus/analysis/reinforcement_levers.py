"""What would bring troops sooner: each improvement of the lanes by itself, and all together, on the same draws."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.parameters import PermitCase
from baltic_calculus.analysis.reinforcement import Lane, Product, Tier, certain
from baltic_calculus.analysis.reinforcement_fan import FlowSettings, compute_tier_odds, run_present
from baltic_calculus.analysis.reinforcement_inputs import (
    AIR,
    PERMITS,
    RAIL,
    ROAD,
    SEA,
    assumed_value,
    gather_lanes,
    permit_delay,
)
from baltic_calculus.catalog import PolicySet

Lanes = tuple[Lane, ...]

AS_ASSUMED, ALL, WITHOUT_LIMIT = "as assumed", "all of these together", "lanes without limit"
NORWEGIAN = "Sea, Norwegian ships"
NORWEGIAN_ADDED = "Norwegian ro-ro ships (low confidence)"
NO_LIMIT = 1e6
"""Times the capacity that stands for lanes without limit."""


def permit_words(case: PermitCase) -> str:
    """A permit case in words."""
    return {"today": "notice of today", "proposed": "limit proposed", "emergency": "emergency limit proposed"}[case]


def double(lanes: Lanes, name: str, factor: float = 2) -> Lanes:
    """The lanes with so many times the capacity on one of them."""
    return _replace(lanes, name, lambda lane: {"troops_per_day": lane.troops_per_day.scaled(factor)})


def store_double(lanes: Lanes) -> Lanes:
    """The lanes with equipment stored in the region for twice as many soldiers."""
    return _replace(
        lanes, AIR, lambda lane: {"total_troops": lane.total_troops.scaled(2) if lane.total_troops else None}
    )


def use_all(lanes: Lanes) -> Lanes:
    """The lanes with all of their capacity at hand every day."""
    full = {"availability_pct": certain(100)}
    return tuple(lane.model_copy(update=full) for lane in lanes)


def widen_gauge(lanes: Lanes, assumed: PolicySet) -> Lanes:
    """The lanes with European gauge through the region."""
    trains = assumed_value(assumed, "rail_trains_per_day_european_gauge")
    transit = assumed_value(assumed, "rail_transit_days_european_gauge")

    def changed(lane: Lane) -> dict[str, object]:
        _, *others = lane.troops_per_day.times
        return {
            "troops_per_day": Product(times=(trains, *others), per=lane.troops_per_day.per),
            "transit_days": transit,
        }

    return _replace(lanes, RAIL, changed)


def add_norwegian_ships(lanes: Lanes, assumed: PolicySet, mobility: pd.DataFrame) -> Lanes:
    """The lanes and one more: part of the ro-ro ships under Norwegian control, whose number has low confidence."""
    ships = sole_figure(mobility, "ro-ro ships in Norwegian-controlled merchant fleet").low
    sea = next(lane for lane in lanes if lane.name == SEA)
    permit, _ = sea.start_delay_days
    added = sea.model_copy(
        update={
            "name": NORWEGIAN,
            "troops_per_day": Product(
                times=(certain(ships), assumed_value(assumed, "norwegian_ships_metres")), per=sea.troops_per_day.per
            ),
            "availability_pct": assumed_value(assumed, "norwegian_availability_pct"),
            "start_delay_days": (permit, assumed_value(assumed, "norwegian_preparation_days")),
        }
    )
    return (*lanes, added)


def list_improvements(assumed: PolicySet, mobility: pd.DataFrame, case: PermitCase) -> dict[str, Lanes]:
    """Lanes as assumed, with one change each, with all of them, and without limit.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``reinforcement``.
    mobility : DataFrame
        The mobility dataset.
    case : str
        The case of permits that holds where they are not what changes.

    Returns
    -------
    dict
        Name in words to lanes, ``AS_ASSUMED`` first. Where doubling a lane and changing its gauge exclude one another,
        ``ALL`` has the gauge.
    """
    lanes = gather_lanes(assumed, permit_delay(mobility, case))
    others: list[PermitCase] = [one for one in PERMITS if one != case]
    permits = {f"permits: {permit_words(one)}": gather_lanes(assumed, permit_delay(mobility, one)) for one in others}
    best = use_all(double(gather_lanes(assumed, permit_delay(mobility, "emergency")), ROAD))
    unlimited = lanes
    for name in (ROAD, RAIL, SEA):
        unlimited = double(unlimited, name, NO_LIMIT)
    return {
        AS_ASSUMED: lanes,
        **permits,
        "road capacity doubled": double(lanes, ROAD),
        "rail capacity doubled": double(lanes, RAIL),
        "European gauge throughout": widen_gauge(lanes, assumed),
        "sealift doubled": double(lanes, SEA),
        NORWEGIAN_ADDED: add_norwegian_ships(lanes, assumed, mobility),
        "stored equipment doubled": store_double(lanes),
        "all capacity available": use_all(lanes),
        ALL: add_norwegian_ships(store_double(widen_gauge(double(best, SEA), assumed)), assumed, mobility),
        WITHOUT_LIMIT: unlimited,
    }


def compare_improvements(
    improvements: Mapping[str, Lanes], tiers: Sequence[Tier], settings: FlowSettings
) -> pd.DataFrame:
    """Troops in the region by each deadline, and later odds of the tiers, for each improvement on the same draws.

    Parameters
    ----------
    improvements : mapping of str to lanes
        From :func:`list_improvements`, what is assumed first.
    tiers : sequence of Tier
        In the order of their deadlines.
    settings : FlowSettings
        What is simulated.

    Returns
    -------
    DataFrame
        ``improvement`` and for each deadline ``N``: ``troops_day_N`` (middle of the draws), ``gain_day_N`` (change of
        the middle); ``first_met_pct`` (draws of 100 with the first tier wholly there by the last deadline) and
        ``all_met_pct`` (with all tiers there by the last day simulated).
    """
    rows = list(_compare(improvements, tiers, settings))
    frame = pd.DataFrame(rows)
    for name in [name for name in frame.columns if name.startswith("troops_day_")]:
        frame[name.replace("troops", "gain")] = frame[name] - frame[name].iloc[0]
    return frame


def _compare(
    improvements: Mapping[str, Lanes], tiers: Sequence[Tier], settings: FlowSettings
) -> Iterator[dict[str, str | float]]:
    days = [int(tier.last_day) for tier in tiers]
    for name, lanes in improvements.items():
        present = run_present(tiers, lanes, settings)
        odds = compute_tier_odds(present, tiers, (days[-1], settings.days))["met_pct"]
        middles = {f"troops_day_{day}": float(np.median(present[day])) for day in days}
        yield {"improvement": name, **middles, "first_met_pct": odds.iloc[0], "all_met_pct": odds.iloc[-1]}


def _replace(lanes: Lanes, name: str, changed: Callable[[Lane], dict[str, object]]) -> Lanes:
    """The lanes with one of them changed."""
    return tuple(lane.model_copy(update=changed(lane)) if lane.name == name else lane for lane in lanes)
