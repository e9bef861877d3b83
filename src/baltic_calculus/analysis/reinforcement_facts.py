"""The numbers that the flow model puts into sentences. Troops are rounded to thousands: the model knows no better."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.assumption_list import OWN
from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.force_model import HOURS_PER_DAY
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.posture_facts import quantity_of
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.reinforcement import Array, Tier
from baltic_calculus.analysis.reinforcement_fan import FlowSettings, first_day_with
from baltic_calculus.analysis.reinforcement_inputs import permit_delay
from baltic_calculus.analysis.reinforcement_levers import ALL, AS_ASSUMED, NORWEGIAN_ADDED, WITHOUT_LIMIT, permit_words
from baltic_calculus.catalog import PolicySet

OUTER = (5, 95)
ARMY = "time to move an army from western ports to eastern border states"
STEP = 1000.0


def describe_reinforcement(
    present: Array, tiers: Sequence[Tier], settings: FlowSettings, mobility: pd.DataFrame, parameters: Parameters
) -> dict[str, Fact]:
    """What the model gives for the two tiers, under which scenario.

    Parameters
    ----------
    present : ndarray
        From ``Flow.cumulative``.
    tiers : sequence of Tier
        The two tiers.
    settings : FlowSettings
        What was simulated.
    mobility : DataFrame
        The mobility dataset.
    parameters : Parameters
        ``permit_case``.

    Returns
    -------
    dict
        The scenario: ``permit_case`` (words), ``permit_wait, share, draws, seed, horizon``. For each tier (``first``,
        ``second``): ``first_sent`` (running total), ``first_day`` (deadline), ``first_there`` (middle of the draws),
        ``first_most`` (range of 90 of 100 draws), ``first_met`` (of 100 draws), ``first_share`` (middle, % of those
        sent); in words, when all are there: ``first_complete_middle`` and, for the ends of 90 of 100
        draws, ``first_complete_soonest, first_complete_latest``. ``early_there, early_day``: middle of the draws when
        the time of RAND's games is over. ``army_days, army_target_days``: what officials said of moving an army;
        ``army_troops, army_tanks``: its size, at second hand.
    """
    hours = sole_figure(mobility, "RAND games: longest time to outskirts of Tallinn or Riga")
    early = int(np.ceil(hours.high / HOURS_PER_DAY))
    facts: dict[str, Fact] = {
        "permit_case": permit_words(parameters.permit_case),
        "permit_wait": _wait(permit_delay(mobility, parameters.permit_case)),
        "share": Quantity(settings.share_pct, "%", 0),
        "draws": Quantity(settings.draws, "", 0),
        "seed": year(settings.seed),
        "horizon": Quantity(settings.days, "days", 0),
        "early_there": _troops(float(np.median(present[early]))),
        "early_day": Quantity(early, "", 0),
        "army_days": quantity_of(sole_figure(mobility, ARMY), "days", 0),
        "army_target_days": quantity_of(sole_figure(mobility, "target time for that move"), "days", 0),
        "army_troops": quantity_of(sole_figure(mobility, "army to be moved east: troops"), "", 0),
        "army_tanks": quantity_of(sole_figure(mobility, "army to be moved east: tanks"), "", 0),
    }
    sent = 0.0
    for name, tier in zip(("first", "second"), tiers, strict=True):
        sent += tier.troops.mode
        facts |= {f"{name}_{key}": fact for key, fact in _describe_tier(present, sent, tier).items()}
    return facts


def _describe_tier(present: Array, sent: float, tier: Tier) -> dict[str, Fact]:
    """One tier, with those before it."""
    there = present[int(tier.last_day)]
    took = first_day_with(present, sent)
    low, middle, high = (float(np.quantile(took, part, method="higher")) for part in (0.05, 0.5, 0.95))
    last = len(present) - 1
    spread = np.percentile(there, OUTER)
    return {
        "sent": Quantity(sent, "", 0),
        "day": Quantity(tier.last_day, "", 0),
        "there": _troops(float(np.median(there))),
        "most": _troops(*spread),
        "share": Quantity(float(np.median(there)) / sent * 100, "%", 0),
        "met": Quantity(float(np.mean(took <= tier.last_day) * 100), "of 100 draws", 0),
        "complete_middle": f"by day {middle:.0f}" if np.isfinite(middle) else f"not within {last} days",
        "complete_soonest": f"day {low:.0f}" if np.isfinite(low) else f"later than day {last}",
        "complete_latest": f"day {high:.0f}" if np.isfinite(high) else f"later than day {last}",
    }


def describe_levers(levers: pd.DataFrame, lanes: pd.DataFrame, tiers: Sequence[Tier]) -> dict[str, Fact]:
    """Which improvement brings most, and what is left without limits of capacity.

    Parameters
    ----------
    levers : DataFrame
        From ``reinforcement_levers.compare_improvements``.
    lanes : DataFrame
        From ``reinforcement_fan.compute_lanes``.
    tiers : sequence of Tier
        The two tiers.

    Returns
    -------
    dict
        ``best_first, best_second`` (single improvements that bring most by either deadline) with ``best_first_gain,
        best_second_gain``; gains by either deadline of European gauge, Norwegian ships and stored equipment
        (``gauge_first_gain, norway_first_gain, store_first_gain`` and so on); ``all_first, all_second``;
        ``all_first_met, all_second_met`` (odds of the first tier by the last deadline, and of both by the last day
        simulated) and, as assumed, ``now_first_met, now_second_met``; ``limitless_first, limitless_second``;
        ``binding`` (lane that is full most often), ``binding_pct``, ``largest`` (lane that brings most by the second
        deadline), ``largest_pct`` (of all arrivals by then).
    """
    first, second = (int(tier.last_day) for tier in tiers)
    rows = levers.set_index("improvement")
    single = rows.drop(index=[AS_ASSUMED, ALL, WITHOUT_LIMIT])
    gains = {"first": single[f"gain_day_{first}"], "second": single[f"gain_day_{second}"]}
    facts: dict[str, Fact] = {}
    for name, gain in gains.items():
        facts[f"best_{name}"] = str(gain.idxmax())
        facts[f"best_{name}_gain"] = _troops(float(gain.max()))
    for name, day in (("first", first), ("second", second)):
        facts[f"all_{name}"] = _troops(float(rows.at[ALL, f"troops_day_{day}"]))
        facts[f"limitless_{name}"] = _troops(float(rows.at[WITHOUT_LIMIT, f"troops_day_{day}"]))
        facts[f"norway_{name}_gain"] = _troops(float(rows.at[NORWEGIAN_ADDED, f"gain_day_{day}"]))
        facts[f"gauge_{name}_gain"] = _troops(float(rows.at["European gauge throughout", f"gain_day_{day}"]))
        facts[f"store_{name}_gain"] = _troops(float(rows.at["stored equipment doubled", f"gain_day_{day}"]))
    for row, start in ((AS_ASSUMED, "now"), (ALL, "all")):
        for name, column in (("first", "first_met_pct"), ("second", "all_met_pct")):
            facts[f"{start}_{name}_met"] = Quantity(float(rows.at[row, column]), "of 100 draws", 0)
    binding = lanes.loc[lanes["full_pct"].idxmax()]
    arrived = lanes.set_index("lane")[f"arrived_day_{second}"]
    return facts | {
        "binding": str(binding["lane"]).lower(),
        "binding_pct": Quantity(float(binding["full_pct"]), "%", 0),
        "largest": str(arrived.idxmax()).lower(),
        "largest_pct": Quantity(float(arrived.max() / arrived.sum() * 100), "%", 0),
    }


def describe_permit_cases(levers: pd.DataFrame, tiers: Sequence[Tier], parameters: Parameters) -> dict[str, Fact]:
    """Troops in the region by each deadline in each permit case.

    Returns
    -------
    dict
        ``first_today, first_proposed, first_emergency, second_today, second_proposed, second_emergency`` (middle of the
        draws).
    """
    rows = levers.set_index("improvement")
    names = {
        case: AS_ASSUMED if case == parameters.permit_case else f"permits: {permit_words(case)}"
        for case in ("today", "proposed", "emergency")
    }
    return {
        f"{name}_{case}": _troops(float(rows.at[row, f"troops_day_{int(tier.last_day)}"]))
        for name, tier in zip(("first", "second"), tiers, strict=True)
        for case, row in names.items()
    }


def describe_replay(replay: pd.DataFrame) -> dict[str, Fact]:
    """How the measured move compares with the model.

    Returns
    -------
    dict
        ``troops, vehicles, distance, measured`` (days), ``model`` (middle of the draws, days), ``model_most`` (range of
        90 of 100 draws), ``sooner`` (draws of 100 in which the model is no slower).
    """
    row = replay.iloc[0]
    return {
        "troops": Quantity(float(row["troops"]), "troops", 0),
        "vehicles": Quantity(float(row["vehicles"]), "vehicles", 0),
        "distance": Quantity(float(row["distance_km"]), "km", 0),
        "measured": Quantity(float(row["measured_days"]), "days", 1),
        "model": Quantity(float(row["model_p50_days"]), "days", 1),
        "model_most": Quantity(float(row["model_p05_days"]), "days", 1, float(row["model_p95_days"])),
        "sooner": Quantity(float(row["sooner_pct"]), "of 100 draws", 0),
    }


def list_flow_assumptions(assumed: PolicySet) -> pd.DataFrame:
    """Every assumption of the flow model with its range and basis.

    Returns
    -------
    DataFrame
        ``assumption, value, low, high, unit, basis`` ("published figures", "own judgement"), ``reference, note`` and
        ``stated`` (the value as it is printed).
    """
    rows = [
        {
            "assumption": one.label,
            "value": float(one.value),
            "low": one.low,
            "high": one.high,
            "unit": one.unit,
            "basis": "own judgement" if one.reference == OWN else "published figures",
            "reference": one.reference,
            "note": one.note,
            "stated": f"{one.value:,g}",
        }
        for one in assumed.values.values()
    ]
    return pd.DataFrame(rows).astype({"low": "float", "high": "float"})


def _wait(days: float) -> Quantity:
    """A wait in days, or in hours where it is less than one."""
    return Quantity(days, "days", 0) if days >= 1 else Quantity(days * HOURS_PER_DAY, "hours", 0)


def _troops(low: float, high: float | None = None) -> Quantity:
    """Troops to the nearest thousand."""
    rounded = [round(end / STEP) * STEP for end in (low, low if high is None else high)]
    return Quantity(rounded[0], "troops", 0, None if high is None else rounded[1])
