"""Which balance is taken where several are published, and what follows for revenue."""

import pandas as pd
import pytest

from baltic_calculus.analysis.budget import compute_budget_size, date_vintage, rank_vintage, select_balances


def balances(rows: list[tuple[str, int, float, str]]) -> pd.DataFrame:
    """Make a long frame of balances from (iso3, year, value, vintage)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "value", "vintage"]).assign(
        measure="net_lending_gdp_pct", flag=""
    )


def test_what_was_counted_comes_before_what_was_expected() -> None:
    names = [
        "Latvian finance ministry, August 2025 (no policy change)",
        "EC Autumn 2025 forecast (2025-11-17)",
        "Latvian state budget 2026 (adopted 2025-12-04)",
        "Statistics Estonia, 2025",
        "Eurostat EDP notification 2026-04-22",
    ]
    assert sorted(names, key=rank_vintage) == names[::-1]


def test_of_equal_vintages_the_newest_is_taken() -> None:
    macro = balances(
        [
            ("LTU", 2026, -2.3, "EC Spring 2025 forecast (2025-05-19)"),
            ("LTU", 2026, -2.6, "EC Autumn 2025 forecast (2025-11-17)"),
        ]
    )
    chosen = select_balances(macro, ["LTU"], [2026])
    assert chosen[["net_lending_gdp_pct", "vintage"]].values.tolist() == [
        [-2.6, "EC Autumn 2025 forecast (2025-11-17)"]
    ]


def test_a_vintage_without_a_date_is_the_oldest_of_its_rank() -> None:
    assert date_vintage("Statistics Estonia, 2025") == ""
    assert date_vintage("Estonian state budget 2026 (adopted 2025-12)") == "2025-12"


def test_a_year_without_a_balance_is_there_and_empty() -> None:
    chosen = select_balances(balances([("EST", 2026, -4.5, "x")]), ["EST"], [2025, 2026])
    assert chosen["year"].tolist() == [2025, 2026]
    assert pd.isna(chosen["net_lending_gdp_pct"].iloc[0])
    assert chosen["vintage"].iloc[0] == ""


def test_revenue_is_expenditure_and_net_lending() -> None:
    cofog = pd.DataFrame(
        {"iso3": ["EST", "FIN"], "year": 2024, "measure": "total_gdp_pct", "value": [44.0, 57.7], "flag": ""}
    )
    macro = balances([("EST", 2024, -1.7, "Statistics Estonia, 2025")])
    size = compute_budget_size(cofog, macro, ["EST", "FIN"], 2024).set_index("iso3")
    assert size.loc["EST", "revenue_gdp_pct"] == pytest.approx(42.3)  # 44.0 spent, 1.7 of it borrowed
    assert pd.isna(size.loc["FIN", "revenue_gdp_pct"])
    assert size["expenditure_gdp_pct"].tolist() == [44.0, 57.7]
