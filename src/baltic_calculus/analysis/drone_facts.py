"""The numbers on drone defence that go into sentences."""

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.drone_defence import CAPABILITY, DECISION, PLANNED, REPORTED, UNVERIFIED, VERIFIED
from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.quantity import Fact, Quantity

DRONES, FLANK = "EU: drone defence", "EU: Eastern Flank Watch"
INITIAL, COMPLETE, FUNCTIONAL = "initial capacity", "fully functional", "functional"


def describe_drones(milestones: pd.DataFrame, as_of: str) -> dict[str, Fact]:
    """How many milestones have been reached, and of what sort they are.

    Parameters
    ----------
    milestones : DataFrame
        From ``compute_milestones``.
    as_of : str
        Day of the register.

    Returns
    -------
    dict
        ``drone_milestones`` (number of them), ``milestones_verified, milestones_reported,
        milestones_due, milestones_planned`` (numbers; due: nothing was found),
        ``decisions, decisions_verified, capabilities, capabilities_verified, capabilities_reported,
        capabilities_planned`` (numbers), ``initial, full`` (dates in words of the Drone Defence Initiative),
        ``initial_standing``, ``watch_full`` (date of Eastern Flank Watch), ``drones_as_of`` (in words).
    """
    counts = milestones["standing"].value_counts()
    sorts = milestones.groupby(["kind", "standing"]).size()

    def number(kind: str, standing: str) -> Quantity:
        return Quantity(int(sorts.get((kind, standing), 0)), "", 0)

    at = milestones.set_index(["programme", "milestone"])
    return {
        "drone_milestones": Quantity(len(milestones), "", 0),
        "milestones_verified": Quantity(int(counts.get(VERIFIED, 0)), "", 0),
        "milestones_reported": Quantity(int(counts.get(REPORTED, 0)), "", 0),
        "milestones_due": Quantity(int(counts.get(UNVERIFIED, 0)), "", 0),
        "milestones_planned": Quantity(int(counts.get(PLANNED, 0)), "", 0),
        "decisions": Quantity(int((milestones["kind"] == DECISION).sum()), "", 0),
        "decisions_verified": number(DECISION, VERIFIED),
        "capabilities": Quantity(int((milestones["kind"] == CAPABILITY).sum()), "", 0),
        "capabilities_verified": number(CAPABILITY, VERIFIED),
        "capabilities_reported": number(CAPABILITY, REPORTED),
        "capabilities_planned": number(CAPABILITY, PLANNED),
        "initial": str(at.loc[(DRONES, INITIAL), "dated"]),
        "initial_standing": str(at.loc[(DRONES, INITIAL), "standing"]),
        "full": str(at.loc[(DRONES, COMPLETE), "dated"]),
        "watch_full": str(at.loc[(FLANK, FUNCTIONAL), "dated"]),
        "drones_as_of": name_date(as_of),
    }


def describe_drone_steps(milestones: pd.DataFrame, air: pd.DataFrame) -> dict[str, Fact]:
    """What single programmes have reached, and what drone defence is said to cost.

    Parameters
    ----------
    milestones : DataFrame
        From ``compute_milestones``.
    air : DataFrame
        The dataset ``force_model_air``.

    Returns
    -------
    dict
        ``project_proposed, estonia_first, estonia_border, estonia_full, lithuania_due, sentry_launched, failed``
        (dates in words), ``sentry_states`` (number that joined in its first month), ``cost`` (EUR bn, an interval),
        ``cost_detection`` (EUR bn).
    """
    at = milestones.set_index(["programme", "milestone"])["dated"]
    cost = sole_figure(air, "full drone-wall cost estimates")
    return {
        "project_proposed": str(at[(DRONES, "drone project of common interest proposed")]),
        "estonia_first": str(at[("Estonia: drone wall", "first devices on the eastern border installed")]),
        "estonia_border": str(at[("Estonia: drone wall", "whole eastern border covered")]),
        "estonia_full": str(at[("Estonia: drone wall", "complete")]),
        "lithuania_due": str(at[("Lithuania: drone defence", "acoustic detection in use")]),
        "sentry_launched": str(at[("NATO: Eastern Sentry", "launched")]),
        "failed": str(at[("Latvia: drone defence", "surveillance did not identify drones in time, ministry says")]),
        "sentry_states": Quantity(sole_figure(air, "countries that joined Eastern Sentry").low, "states", 0),
        "cost": Quantity(cost.low / 1000, "EUR bn", 0, cost.high / 1000),
        "cost_detection": Quantity(
            sole_figure(air, "drone detection for POL and three Baltic states").low / 1000, "EUR bn", 0
        ),
    }
