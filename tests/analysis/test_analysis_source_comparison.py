"""One country and year in several sources: the spread is never negative, and what is missing is said."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.definitions import ANNUAL, CORE, EARLY
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.source_comparison import (
    BUDGET,
    SIPRI,
    compare_sources,
    compute_spread,
    describe_sources,
    latest_budgets,
    tabulate_definitions,
)
from baltic_calculus.errors import DataError


def long(measure: str, rows: list[tuple[str, int, float]], flag: str = "") -> pd.DataFrame:
    """Make a long frame of one measure from (iso3, year, value)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "value"]).assign(measure=measure, flag=flag)


PLANS = long("defence_budget_gdp_pct", [("LTU", 2025, 4.04), ("LTU", 2025, 2.95), ("LTU", 2026, 5.38)], "forecast")
PLANS = PLANS.assign(source_date=["2025-06", "2025-01", "2025-12-11"])
NATO = long("share_gdp_pct", [("LTU", 2024, 3.07), ("LTU", 2025, 4.03), ("LTU", 2026, 5.33), ("USA", 2025, 3.17)])
SIPRI_ROWS = long("share_gdp_pct", [("LTU", 2024, 3.14), ("LTU", 2025, 3.08)])
COFOG = long("defence_gdp_pct", [("LTU", 2023, 2.4), ("LTU", 2024, 2.6)])
DELIVERY = long("defence_gdp_pct", [("LTU", 2024, 2.5), ("LTU", 2025, 2.7)])
LITHUANIA = Parameters(countries=("LTU",), first_year=2014, last_year=2026)


def compare(parameters: Parameters = LITHUANIA) -> pd.DataFrame:
    return compare_sources(PLANS, NATO, SIPRI_ROWS, COFOG, DELIVERY, parameters)


def test_a_source_without_a_figure_has_no_row_and_no_zero() -> None:
    compared = compare()
    assert compared.loc[compared["year"] == 2024, "definition"].tolist() == [CORE, SIPRI, ANNUAL, EARLY]
    assert compared.loc[compared["year"] == 2025, "definition"].tolist() == [BUDGET, CORE, SIPRI, EARLY]
    assert compared.loc[compared["year"] == 2026, "definition"].tolist() == [BUDGET, CORE]
    assert (compared["share_gdp_pct"] > 0).all()


def test_of_several_figures_for_one_budget_the_latest_is_taken() -> None:
    budgets = latest_budgets(PLANS).set_index("year")["value"]
    assert budgets.to_dict() == {2025: 4.04, 2026: 5.38}


def test_the_spread_is_the_highest_less_the_lowest() -> None:
    spread = compute_spread(compare()).set_index("year")
    assert spread["spread_points"].tolist() == pytest.approx([0.64, 1.34, 0.05])  # 3.14-2.5; 4.04-2.7; 5.38-5.33
    assert spread.loc[2025, ["sources", "lowest", "highest"]].tolist() == [4, EARLY, BUDGET]


def test_both_collections_of_the_accounts_count_as_one_source() -> None:
    compared = compare()
    facts = describe_sources(compared, compute_spread(compared), LITHUANIA)
    # lowest: early accounts in 2024 and 2025, NATO in 2026
    assert facts["lowest"] == {"national accounts": Quantity(2, "times", 0), CORE: Quantity(1, "times", 0)}
    assert facts["widest_low_share"] == Quantity(2.7, "% of GDP", 1)
    assert facts["silent"] == (
        f"{BUDGET} (2024)",
        f"{SIPRI} (2026)",
        f"{ANNUAL} (2025, 2026)",
        f"{EARLY} (2026)",
    )


def test_one_source_leaves_nothing_to_compare() -> None:
    america = Parameters(countries=("USA",), first_year=2014, last_year=2026)
    compared = compare(america)
    assert compared["spread_points"].isna().all()
    spread = compute_spread(compared)
    assert spread.empty
    facts = describe_sources(compared, spread, america)
    assert facts["widest_spread"] == "not computable"
    assert facts["highest"] == {}


def test_countries_in_no_source_are_refused() -> None:
    with pytest.raises(DataError, match="no definition has any of the countries"):
        compare(Parameters(countries=("AUT",), first_year=2014, last_year=2026))


@given(st.lists(st.floats(0, 10), min_size=2, max_size=4))
def test_the_spread_is_never_negative(shares: list[float]) -> None:
    frames = [long("share_gdp_pct", [("LTU", 2025, share)]) for share in shares[:2]]
    others = [long("defence_gdp_pct", [("LTU", 2025, share)]) for share in shares[2:]]
    empty = long("defence_gdp_pct", [])
    cofog, delivery = [*others, empty, empty][:2]
    compared = compare_sources(PLANS.iloc[:0], *frames, cofog, delivery, LITHUANIA)
    spread = compute_spread(compared)["spread_points"].item()
    assert spread >= 0
    assert spread == pytest.approx(max(shares) - min(shares), abs=1e-9)


def test_definitions_stand_side_by_side_in_their_order() -> None:
    texts = pd.DataFrame(
        [("Pensions", "national budget", "a"), ("Pensions", "NATO", "b"), ("Output", "NATO", "c")],
        columns=["topic", "definition", "text"],
    )
    table = tabulate_definitions(texts)
    assert table.columns.tolist() == ["topic", "national_budget", "nato"]
    assert table.values.tolist() == [["Pensions", "a", "b"], ["Output", "", "c"]]
