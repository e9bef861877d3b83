"""What a reader may try: the flow model at chosen values, where its sliders stand at first, and how far they go."""

from collections.abc import Mapping

import pandas as pd

from baltic_calculus.analysis.force_model import HOURS_PER_DAY
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.analysis.reinforcement import (
    Array,
    Frozen,
    Lane,
    Product,
    Tier,
    Uncertain,
    certain,
    simulate_present,
)
from baltic_calculus.analysis.reinforcement_fan import gather_flow_settings
from baltic_calculus.analysis.reinforcement_inputs import (
    PERMITS,
    assumed_value,
    gather_lanes,
    gather_tiers,
    permit_delay,
)
from baltic_calculus.analysis.reinforcement_levers import add_norwegian_ships
from baltic_calculus.catalog import PolicySet

Range = tuple[float, float]
Settings = Mapping[str, float]

PERMIT, SHARE, VEHICLES = "permit_days", "region_share_pct", "vehicles_per_soldier"
TRAINS, NORWEGIAN = "rail_trains_per_day", "norwegian_availability_pct"
CAPACITIES = (
    "road_vehicles_per_day",
    TRAINS,
    "sea_availability_pct",
    NORWEGIAN,
    "air_troops_per_day",
    "prepositioned_troops",
)
"""Values that a reader may change, named as in the policy set; at zero the lane is closed."""

AS_ASSUMED, WORST, BEST = "as assumed", "least favourable", "most favourable"
"""Where the sliders can start: central values, and every value at the end of its range that hinders or helps."""


class FlowWhatIf(Frozen):
    """The flow model as the sliders find it."""

    tiers: tuple[Tier, ...]
    """The Force Model's troops, all of them; a slider says how many are sent."""
    lanes: tuple[Lane, ...]
    """The Norwegian ro-ro ships are a lane of their own, closed at first."""
    days: int
    cases: dict[str, dict[str, float]]
    """Value of each slider, by its name, for each of the places to start from; ``AS_ASSUMED`` comes first."""
    ranges: dict[str, Range]
    """Ends of each slider, by its name."""

    def arrivals(self, moved: Settings) -> Array:
        """Soldiers in the region by the end of each day.

        Parameters
        ----------
        moved : mapping of str to float
            Values of the sliders that are not as assumed.

        Returns
        -------
        ndarray
            Shape ``(days + 1,)``, day 0 first.
        """
        settings = {**self.cases[AS_ASSUMED], **moved}
        share = settings[SHARE] / 100
        tiers = [tier.model_copy(update={"troops": certain(tier.troops.mode * share)}) for tier in self.tiers]
        lanes = [_set_lane(lane, settings) for lane in self.lanes]
        present: Array = simulate_present(tiers, lanes, days=self.days, draws=1, seed=0)[:, 0]
        return present


def gather_flow_what_if(
    assumed: PolicySet, force_model: PolicySet, mobility: pd.DataFrame, parameters: Parameters
) -> FlowWhatIf:
    """Put together what the sliders start from.

    Parameters
    ----------
    assumed, force_model : PolicySet
        Policy sets ``reinforcement`` and ``force_model``.
    mobility : DataFrame
        The mobility dataset.
    parameters : Parameters
        ``permit_case`` and ``region_share_pct`` say where these two sliders stand at first.
    """
    lanes = gather_lanes(assumed, permit_delay(mobility, parameters.permit_case))
    flow = gather_flow_settings(assumed, parameters)
    values = {name: assumed_value(assumed, name) for name in (*CAPACITIES, VEHICLES)}
    permits = [permit_delay(mobility, case) for case in PERMITS]
    share = assumed_value(assumed, SHARE)
    at_first = {
        PERMIT: permit_delay(mobility, parameters.permit_case),
        **{name: value.mode for name, value in values.items()},
        NORWEGIAN: 0.0,
        SHARE: flow.share_pct,
    }
    worst = {**{name: values[name].low for name in CAPACITIES}, NORWEGIAN: 0.0, VEHICLES: values[VEHICLES].high}
    best = {**{name: values[name].high for name in CAPACITIES}, VEHICLES: values[VEHICLES].low}
    most_trains = assumed_value(assumed, "rail_trains_per_day_european_gauge").high
    return FlowWhatIf(
        tiers=gather_tiers(force_model, 100),
        lanes=add_norwegian_ships(lanes, assumed, mobility),
        days=flow.days,
        cases={
            AS_ASSUMED: at_first,
            WORST: {**at_first, **worst, PERMIT: max(permits)},
            BEST: {**at_first, **best, PERMIT: min(permits)},
        },
        ranges={
            PERMIT: (min(permits), max(permits)),
            **{name: (0.0, value.high) for name, value in values.items()},
            TRAINS: (0.0, most_trains),
            VEHICLES: (values[VEHICLES].low, values[VEHICLES].high),
            SHARE: (min(share.low, flow.share_pct), share.high),
        },
    )


def tabulate_cases(what_if: FlowWhatIf) -> pd.DataFrame:
    """Troops by day for each of the places that the sliders can start from.

    Returns
    -------
    DataFrame
        ``case, day, troops``.
    """
    days = range(what_if.days + 1)
    frames = [
        pd.DataFrame({"case": case, "day": days, "troops": what_if.arrivals(settings)})
        for case, settings in what_if.cases.items()
    ]
    return pd.concat(frames, ignore_index=True)


def describe_flow_what_if(what_if: FlowWhatIf) -> dict[str, Fact]:
    """What a reader finds who moves the permits to either end, or starts from the most favourable values.

    Returns
    -------
    dict
        Troops, to thousands, by the deadlines of the two tiers: ``first_`` and ``second_`` with ``as_assumed``,
        ``with_notice`` and ``at_once`` (permits as long and as short as they can be) and ``at_best``; ``notice`` and
        ``shortest`` (those permits), ``first_day, second_day`` (the deadlines) and ``first_ready, second_ready``
        (troops of the tiers, added up).
    """
    shortest, longest = what_if.ranges[PERMIT]
    runs: dict[str, Settings] = {
        "as_assumed": {},
        "with_notice": {PERMIT: longest},
        "at_once": {PERMIT: shortest},
        "at_best": what_if.cases[BEST],
    }
    facts: dict[str, Fact] = {
        "notice": Quantity(longest, "days", 0),
        "shortest": Quantity(shortest * HOURS_PER_DAY, "hours", 0),
    }
    ready = 0.0
    for place, tier in zip(("first", "second"), what_if.tiers, strict=True):
        ready += tier.troops.mode
        facts[f"{place}_day"] = Quantity(tier.last_day, "", 0)
        facts[f"{place}_ready"] = Quantity(ready, "", 0)
        for name, moved in runs.items():
            troops = float(what_if.arrivals(moved)[int(tier.last_day)])
            facts[f"{place}_{name}"] = Quantity(round(troops, -3), "", 0)
    return facts


def _set_lane(lane: Lane, settings: Settings) -> Lane:
    """The lane with every part at the value that is set, or at its central one."""

    def at(part: Uncertain) -> Uncertain:
        return certain(settings.get(part.name, part.mode), part.name)

    return Lane(
        name=lane.name,
        troops_per_day=Product(
            times=tuple(map(at, lane.troops_per_day.times)), per=tuple(map(at, lane.troops_per_day.per))
        ),
        availability_pct=at(lane.availability_pct),
        transit_days=at(lane.transit_days),
        start_delay_days=tuple(map(at, lane.start_delay_days)),
        total_troops=None if lane.total_troops is None else at(lane.total_troops),
    )
