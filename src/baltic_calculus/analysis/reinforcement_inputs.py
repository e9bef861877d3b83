"""What the flow model starts from: policy values and published figures made into tiers and lanes.

A lane's capacity is put together from its parts, and each part is drawn from its own range (beta-PERT). So the range of
a capacity is that of the product of independent parts, narrower than the product of all low ends and all high ends.
Vehicles per soldier stand in road, rail and sea, and are one draw for all three: a heavy force is heavy on every lane.
"""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.force_model import HOURS_PER_DAY
from baltic_calculus.analysis.parameters import PermitCase
from baltic_calculus.analysis.reinforcement import Lane, Product, Tier, Uncertain, certain
from baltic_calculus.catalog import PolicySet

ROAD, RAIL, SEA, AIR = "Road", "Rail", "Sea", "Air"
LANES = (ROAD, RAIL, SEA, AIR)

PERMITS: Final[Mapping[PermitCase, tuple[str, float]]] = {
    "today": ("advance notice for cross-border movement (one or more states)", 1),
    "proposed": ("proposed peacetime permit limit", 1),
    "emergency": ("proposed emergency permit limit", 1 / HOURS_PER_DAY),
}
"""By case: the published figure in the mobility dataset, and how many days its unit makes."""


def permit_delay(mobility: pd.DataFrame, case: PermitCase) -> float:
    """Days until movement across borders is permitted, in one of the cases.

    Parameters
    ----------
    mobility : DataFrame
        The mobility dataset.
    case : str
        ``today`` (longest notice that auditors found), ``proposed`` (limit in peacetime) or ``emergency``.
    """
    indicator, days = PERMITS[case]
    return sole_figure(mobility, indicator).high * days


def assumed_value(assumed: PolicySet, name: str) -> Uncertain:
    """One assumption of policy set ``reinforcement`` with its range, under its own name."""
    value = getattr(assumed, name)
    low = value.value if value.low is None else value.low
    high = value.value if value.high is None else value.high
    return Uncertain(name=name, low=low, mode=value.value, high=high)


def gather_tiers(force_model: PolicySet, share_pct: float) -> tuple[Tier, ...]:
    """The two tiers of the Force Model that have a deadline within a month, as far as they are sent to the region.

    Parameters
    ----------
    force_model : PolicySet
        Policy set ``force_model``.
    share_pct : float
        Part of the troops that is sent to the region, per cent.
    """

    def tier(name: str, troops: float, first_day: float, last_day: float) -> Tier:
        sent = certain(troops * share_pct / 100, name)
        return Tier(name=name, troops=sent, first_day=first_day, last_day=last_day)

    return (
        tier("tier 1", force_model.tier_1_troops.value, 0, force_model.tier_1_last_day.value),
        tier(
            "tier 2",
            force_model.tier_2_troops.value,
            force_model.tier_2_first_day.value,
            force_model.tier_2_last_day.value,
        ),
    )


def gather_lanes(assumed: PolicySet, permit_days: float) -> tuple[Lane, ...]:
    """The four ways into the region.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``reinforcement``.
    permit_days : float
        Days until movement across borders is permitted; it holds for road, rail and sea.

    Returns
    -------
    tuple of Lane
        In the order of ``LANES``: vehicles a day per vehicles of one soldier on the road; trains times vehicles by
        rail; deck of the ships over the days of a round trip by sea; by air as many soldiers as find equipment.
    """
    permit = certain(permit_days, "permit_days")

    def part(name: str) -> Uncertain:
        return assumed_value(assumed, name)

    with_vehicles = part("vehicles_per_soldier")
    return (
        Lane(
            name=ROAD,
            troops_per_day=Product(times=(part("road_vehicles_per_day"),), per=(with_vehicles,)),
            availability_pct=part("road_availability_pct"),
            transit_days=part("road_transit_days"),
            start_delay_days=(permit,),
        ),
        Lane(
            name=RAIL,
            troops_per_day=Product(
                times=(part("rail_trains_per_day"), part("vehicles_per_train")), per=(with_vehicles,)
            ),
            availability_pct=part("rail_availability_pct"),
            transit_days=part("rail_transit_days"),
            start_delay_days=(permit, part("rail_preparation_days")),
        ),
        Lane(
            name=SEA,
            troops_per_day=Product(
                times=(part("sea_lane_metres"),),
                per=(part("sea_cycle_days"), part("lane_metres_per_vehicle"), with_vehicles),
            ),
            availability_pct=part("sea_availability_pct"),
            transit_days=part("sea_transit_days"),
            start_delay_days=(permit, part("sea_preparation_days")),
        ),
        Lane(
            name=AIR,
            troops_per_day=Product(times=(part("air_troops_per_day"),)),
            availability_pct=part("air_availability_pct"),
            transit_days=part("air_transit_days"),
            start_delay_days=(part("air_preparation_days"),),
            total_troops=part("prepositioned_troops"),
        ),
    )
