"""How far a model's main result moves when one assumption goes from one end of its range to the other.

All other assumptions stay as they are, so what two of them do together is not seen. A change is told in per cent of the
result with everything at its central value; that of odds in points of a hundred draws.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from baltic_calculus.analysis.debt_draws import CentralRun
from baltic_calculus.analysis.debt_fan import FanSettings, Treasury
from baltic_calculus.analysis.debt_fan_checks import AS_SHOWN, Choice, compare_choices
from baltic_calculus.analysis.debt_model import FinancingMix
from baltic_calculus.analysis.debt_shocks import gather_shock_assumptions
from baltic_calculus.analysis.drivers import Driver
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.reinforcement_fan import gather_flow_settings, run_present
from baltic_calculus.analysis.reinforcement_inputs import gather_lanes, gather_tiers, permit_delay
from baltic_calculus.analysis.safe_terms import carry_rate, gather_terms, own_rate_pct
from baltic_calculus.analysis.safe_value import present_saving_pct
from baltic_calculus.analysis.sensitivity import compute_tornado
from baltic_calculus.catalog import PolicySet

COLUMNS = ["set", "name", "result", "central", "at_low", "at_high", "swing_pct"]
DEBT, ODDS, TROOPS, GRANT = (
    "the debt of the last year",
    "the odds of passing the reference value",
    "the number of troops in the region by the last deadline",
    "the grant element of a SAFE loan",
)
PAID_HALVES = FinancingMix(borrowing=0, taxes=0.5, reallocation=0.5)
"""Nothing borrowed: with it multipliers and taxes act, which do nothing where all is as in the budget."""


def pin(policy: PolicySet, name: str, end: float) -> PolicySet:
    """The policy set with one value held at an end of its range.

    Examples
    --------
    >>> from baltic_calculus import catalog
    >>> pin(catalog.policy("reinforcement"), "sea_cycle_days", 5).sea_cycle_days.value
    5
    """
    held = policy.values[name].model_copy(update={"value": end, "low": end, "high": end})
    return replace(policy, values={**policy.values, name: held})


def list_ranges(policy: PolicySet) -> Iterator[tuple[str, float, float]]:
    """Name, low and high of every assumption of a set that has a range."""
    for name, one in policy.values.items():
        if one.support and one.low is not None and one.high is not None:
            yield name, one.low, one.high


def compute_swings(policy: PolicySet, result: str, outcome: Callable[[PolicySet], float]) -> pd.DataFrame:
    """Vary each assumption of a set that has a range.

    Parameters
    ----------
    policy : PolicySet
        The set, with its central values.
    result : str
        What the outcome is, in words.
    outcome : callable
        From a policy set to the main result; it must not be zero for the central values.

    Returns
    -------
    DataFrame
        ``set, name, result, central, at_low, at_high, swing_pct`` (distance of the outermost of the three, per cent of
        the central one).
    """
    central = outcome(policy)
    rows = []
    for name, low, high in list_ranges(policy):
        ends = [outcome(pin(policy, name, end)) for end in (low, high)]
        swing = (max(central, *ends) - min(central, *ends)) / abs(central) * 100
        rows.append((policy.name, name, result, central, *ends, swing))
    return pd.DataFrame(rows, columns=COLUMNS)


def compute_debt_swings(
    runs: Sequence[Sequence[CentralRun]], drivers: Sequence[Sequence[Driver]], assumed: PolicySet
) -> pd.DataFrame:
    """Swings of debt in the last year, as ``compute_tornado`` has them: the widest over states and runs.

    Parameters
    ----------
    runs : sequence of sequence of CentralRun
        Scenarios and ways to pay; each a run for every country.
    drivers : sequence of sequence of Driver
        Those of each country, in the order of the runs.
    assumed : PolicySet
        Policy set ``fiscal_assumptions``; the choices of a government, which are no assumptions, are left out.

    Returns
    -------
    DataFrame
        As :func:`compute_swings`; an assumption of one country is varied for it alone.
    """
    tornado = pd.concat([compute_tornado(countries, drivers) for countries in runs], ignore_index=True)
    own = tornado["driver"] + "_" + tornado["iso3"].str.lower()
    tornado["name"] = own.where(own.isin(list(assumed.values)), tornado["driver"])
    tornado["swing_pct"] = tornado["swing_points"] / tornado["debt_central_gdp_pct"].abs() * 100
    known = tornado[tornado["name"].isin(list(assumed.values))]
    widest = known.loc[known.groupby("name", sort=False)["swing_pct"].idxmax()]
    named = widest.rename(
        columns={
            "debt_central_gdp_pct": "central",
            "debt_at_low_gdp_pct": "at_low",
            "debt_at_high_gdp_pct": "at_high",
        }
    )
    return named.assign(set=assumed.name, result=DEBT)[COLUMNS].reset_index(drop=True)


def list_runs(treasuries: Sequence[Treasury], last_year: int) -> list[list[CentralRun]]:
    """Every scenario, with the rise borrowed as in the budget and with nothing of it borrowed, for all countries."""
    mixes = (FinancingMix(borrowing=1, taxes=0, reallocation=0), PAID_HALVES)
    scenarios = range(len(treasuries[0].paths))
    return [
        [CentralRun(one.start, one.assumptions, one.paths[place], mix, last_year) for one in treasuries]
        for place in scenarios
        for mix in mixes
    ]


def compute_odds_swings(
    treasuries: Sequence[Treasury], mix: FinancingMix, assumed: PolicySet, macro: pd.DataFrame, settings: FanSettings
) -> pd.DataFrame:
    """Swings of the odds that debt passes the limit in the last year, each country's first scenario: the widest.

    Parameters
    ----------
    treasuries, mix, macro, settings
        As in ``debt_fan_checks.compare_choices``.
    assumed : PolicySet
        Policy set ``debt_shocks``.

    Returns
    -------
    DataFrame
        As :func:`compute_swings`; ``swing_pct`` is in points of a hundred draws.
    """
    ranges = list(list_ranges(assumed))
    choices = [Choice(AS_SHOWN, gather_shock_assumptions(assumed))]
    for name, *ends in ranges:
        choices += [
            Choice(f"{name} {side}", gather_shock_assumptions(pin(assumed, name, end)))
            for side, end in zip(("low", "high"), ends, strict=True)
        ]
    compared = compare_choices(treasuries, mix, choices, macro, settings)
    odds = compared.pivot(index="iso3", columns="choice", values="above_limit_pct")
    rows = []
    for name, *_ in ranges:
        own = odds[[AS_SHOWN, f"{name} low", f"{name} high"]]
        spread = own.max(axis="columns") - own.min(axis="columns")
        rows.append((assumed.name, name, ODDS, *own.loc[spread.idxmax()], spread.max()))
    return pd.DataFrame(rows, columns=COLUMNS)


def compute_troop_swings(
    assumed: PolicySet, force_model: PolicySet, mobility: pd.DataFrame, parameters: Parameters
) -> pd.DataFrame:
    """Swings of the troops in the region by the deadline of the last tier, middle of the draws.

    Parameters
    ----------
    assumed, force_model : PolicySet
        Policy sets ``reinforcement`` and ``force_model``.
    mobility : DataFrame
        Dataset ``mobility``.
    parameters : Parameters
        ``draws, seed, permit_case``.
    """
    delay = permit_delay(mobility, parameters.permit_case)

    def arrived(changed: PolicySet) -> float:
        settings = gather_flow_settings(changed, parameters)
        tiers = gather_tiers(force_model, settings.share_pct)
        present = run_present(tiers, gather_lanes(changed, delay), settings)
        return float(np.median(present[int(tiers[-1].last_day)]))

    return compute_swings(assumed, TROOPS, arrived)


def compute_grant_swings(
    agreed: PolicySet, assumed: PolicySet, loans: pd.DataFrame, yields: pd.DataFrame, codes: Sequence[str]
) -> pd.DataFrame:
    """Swings of the grant element of a SAFE loan, average of the borrowers.

    Parameters
    ----------
    agreed, assumed : PolicySet
        Policy sets ``safe_terms``, whose assumptions are varied, and ``fiscal_assumptions``.
    loans : DataFrame
        From ``safe.compute_safe_loans``.
    yields : DataFrame
        Dataset ``government_yields``.
    codes : sequence of str
        Borrowers with an adopted loan of known size and an own rate that is assumed.
    """

    def grant(changed: PolicySet) -> float:
        rate, premium = carry_rate(changed, yields).pct, changed.own_maturity_premium_points.value
        return float(
            np.mean(
                [
                    present_saving_pct(gather_terms(loans, changed, rate, code), own_rate_pct(assumed, code, premium))
                    for code in codes
                ]
            )
        )

    return compute_swings(agreed, GRANT, grant)


def join_swings(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All swings below one another."""
    return pd.concat(list(parts), ignore_index=True)
