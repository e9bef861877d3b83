"""What the debt model starts from and assumes, one country at a time: data and policy values made into its objects."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.debt import DEBT, debt_outlooks
from baltic_calculus.analysis.debt_model import DebtAssumptions, DebtStart, DefencePath, FinancingMix
from baltic_calculus.analysis.parameters import Case, Parameters
from baltic_calculus.catalog import PolicySet, PolicyValue
from baltic_calculus.errors import DataError, SkipPage

START_YEAR = 2025
"""Last year whose debt the IMF's latest edition takes from national accounts; the projection begins a year later."""

SHARE = "share_gdp_pct"


def assumption(assumed: PolicySet, name: str, iso3: str) -> PolicyValue:
    """The value of one country (``name_est``), or the one that holds for all (``name``)."""
    own = f"{name}_{iso3.lower()}"
    return assumed.values[own] if own in assumed.values else getattr(assumed, name)


def choose_case(value: PolicyValue, case: Case) -> float:
    """Low end, central value or high end of an assumption."""
    ends = {"low": value.low, "central": value.value, "high": value.high}
    chosen = ends[case]
    return float(value.value if chosen is None else chosen)


def own_codes(assumed: PolicySet) -> tuple[str, ...]:
    """Countries that the set holds assumptions of their own for."""
    stem = "budget_balance_gdp_pct_"
    return tuple(name.removeprefix(stem).upper() for name in assumed.values if name.startswith(stem))


def covered(assumed: PolicySet, macro: pd.DataFrame, nato: pd.DataFrame, codes: Sequence[str]) -> tuple[str, ...]:
    """The countries that the model can be run for: with assumptions of their own, a debt figure and NATO's shares.

    Raises
    ------
    SkipPage
        When there is none: a page about the model has nothing to say then.
    """
    debts = set(macro.loc[(macro["measure"] == DEBT) & (macro["vintage"] == debt_outlooks(macro)[0]), "iso3"])
    shares = set(nato.loc[nato["measure"] == SHARE, "iso3"])
    found = tuple(code for code in codes if code in debts & shares & set(own_codes(assumed)))
    if not found:
        raise SkipPage(f"no assumptions of the debt model for {', '.join(codes)}")
    return found


def gather_start(assumed: PolicySet, macro: pd.DataFrame, nato: pd.DataFrame, iso3: str) -> DebtStart:
    """The start of one country: the IMF's debt, NATO's shares, the budget's balance.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``fiscal_assumptions``.
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    nato : DataFrame
        NATO dataset, long.
    iso3 : str
        Country.

    Raises
    ------
    DataError
        When the data lack its debt or its shares.
    """
    edition, _ = debt_outlooks(macro)
    debt = macro.loc[
        (macro["measure"] == DEBT)
        & (macro["vintage"] == edition)
        & (macro["iso3"] == iso3)
        & (macro["year"] == START_YEAR),
        "value",
    ]
    shares = nato[(nato["measure"] == SHARE) & (nato["iso3"] == iso3)].set_index("year")["value"]
    before = int(assumed.rise_since_year.value)
    if debt.empty or not {before, START_YEAR + 1} <= set(shares.index):
        raise DataError(
            f"the debt model cannot start for {iso3}",
            where=f"{DEBT} of {START_YEAR} ({edition}) and {SHARE} of {before} and {START_YEAR + 1}",
            remedy="choose a country that has them",
        )
    return DebtStart(
        iso3=iso3,
        year=START_YEAR,
        debt_gdp_pct=float(debt.iloc[0]),
        implicit_rate_pct=assumption(assumed, "implicit_rate_pct", iso3).value,
        balance_gdp_pct=assumption(assumed, "budget_balance_gdp_pct", iso3).value,
        defence_gdp_pct=float(shares[START_YEAR + 1]),
        defence_before_gdp_pct=float(shares[before]),
    )


def gather_assumptions(assumed: PolicySet, iso3: str, parameters: Parameters) -> DebtAssumptions:
    """The assumptions of one country, in the cases and with the values that the parameters choose.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``fiscal_assumptions``.
    iso3 : str
        Country.
    parameters : Parameters
        ``growth_case, interest_case, deflator_case, multiplier, import_share_pct``.
    """

    def central(name: str) -> float:
        return float(assumption(assumed, name, iso3).value)

    multiplier, imports = parameters.multiplier, parameters.import_share_pct
    return DebtAssumptions(
        real_growth_pct=choose_case(assumption(assumed, "real_growth_pct", iso3), parameters.growth_case),
        deflator_growth_pct=choose_case(assumption(assumed, "deflator_growth_pct", iso3), parameters.deflator_case),
        marginal_rate_pct=choose_case(assumption(assumed, "marginal_rate_pct", iso3), parameters.interest_case),
        rollover_share_pct=central("rollover_share_pct"),
        stock_flow_gdp_pct=central("stock_flow_gdp_pct"),
        multiplier=central("multiplier") if multiplier is None else multiplier,
        tax_multiplier=central("tax_multiplier"),
        import_share_pct=central("import_share_pct") if imports is None else imports,
        persistence_pct=central("persistence_pct"),
        semi_elasticity=central("semi_elasticity"),
    )


def gather_mix(parameters: Parameters) -> FinancingMix:
    """The financing mix: taxes and reallocation as the parameters have them, borrowing the rest."""
    taxes, reallocation = parameters.taxes_pct / 100, parameters.reallocation_pct / 100
    return FinancingMix(borrowing=1 - taxes - reallocation, taxes=taxes, reallocation=reallocation)


def scenario_paths(
    start: DebtStart, targets: PolicySet, assumed: PolicySet, parameters: Parameters
) -> tuple[DefencePath, ...]:
    """The scenarios of one country: held at plan, held at the Hague core commitment, back to the Wales guideline.

    Parameters
    ----------
    start : DebtStart
        ``defence_gdp_pct`` is the plan: NATO's share for the first projected year, held.
    targets, assumed : PolicySet
        Policy sets ``nato_targets`` and ``fiscal_assumptions``.
    parameters : Parameters
        ``defence_gdp_pct``, when given, adds a scenario of its own.
    """
    hague, wales = targets.core_share_gdp_pct.value, targets.guideline_share_gdp_pct.value
    shares = {PLAN: start.defence_gdp_pct, f"held at {hague:g}%": hague, f"back to {wales:g}%": wales}
    own = parameters.defence_gdp_pct
    if own is not None and own not in shares.values():
        shares[f"own choice, {own:g}%"] = own
    steps = int(assumed.transition_years.value)
    return tuple(DefencePath(name=name, share_gdp_pct=share, transition_years=steps) for name, share in shares.items())


PLAN = "held at plan"
"""Name of the scenario in which the share of the first projected year stays."""
