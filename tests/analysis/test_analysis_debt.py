"""Official debt projections: editions side by side, never one series."""

import pandas as pd
import pytest

from baltic_calculus.analysis.debt import (
    NONE_FOUND,
    collect_projections,
    compute_debt_paths,
    compute_debt_revision,
    compute_interest,
    debt_outlooks,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

LATEST, BEFORE = "IMF WEO April 2026", "IMF WEO October 2025"
BUDGET = "Latvian state budget 2026 (adopted 2025-12-04)"
STRATEGY = "Estonian budget strategy 2026-2029 (2025-09-30)"
MACRO = pd.DataFrame(
    [
        ("EST", 2025, "gross_debt_gdp_pct", 24.2, LATEST, "estimate", ""),
        ("EST", 2029, "gross_debt_gdp_pct", 36.6, LATEST, "forecast", ""),
        ("EST", 2030, "gross_debt_gdp_pct", 39.0, LATEST, "forecast", ""),
        ("EST", 2025, "gross_debt_gdp_pct", 24.4, BEFORE, "forecast", ""),
        ("EST", 2030, "gross_debt_gdp_pct", 35.4, BEFORE, "forecast", ""),
        ("EST", 2026, "gross_debt_gdp_pct", 26.0, STRATEGY, "forecast", ""),
        ("EST", 2029, "gross_debt_gdp_pct", 34.5, STRATEGY, "forecast", ""),
        ("EST", 2024, "gross_debt_gdp_pct", 23.5, "Eurostat EDP notification 2025-10-21", "", ""),
        ("LVA", 2026, "gross_debt_gdp_pct", 47.4, LATEST, "forecast", ""),
        ("LVA", 2026, "gross_debt_gdp_pct", 55.0, BUDGET, "forecast", "ceiling: below 55"),
        ("EST", 2025, "interest_gdp_pct", 0.4, STRATEGY, "forecast", ""),
        ("EST", 2029, "interest_gdp_pct", 0.9, STRATEGY, "forecast", ""),
        ("EST", 2025, "interest_eur_m", 184, STRATEGY, "forecast", ""),
        ("EST", 2029, "interest_eur_m", 464, STRATEGY, "forecast", ""),
        ("EST", 2028, "interest_eur_m", 400, "Bank of Estonia, December 2025", "forecast", ""),
    ],
    columns=["iso3", "year", "measure", "value", "vintage", "flag", "note"],
).assign(source="X")
BOTH = Parameters(countries=("LVA", "EST"), first_year=1995, last_year=2024)


def test_paths_keep_the_editions_apart_and_the_order_of_the_countries() -> None:
    paths = compute_debt_paths(MACRO, BOTH)
    assert list(dict.fromkeys(paths["iso3"])) == ["LVA", "EST"]
    assert set(paths["vintage"]) == {LATEST, BEFORE}
    assert not paths.duplicated(["iso3", "year", "vintage"]).any()


def test_the_past_is_told_by_the_latest_edition_alone() -> None:
    past = MACRO.iloc[[3]].assign(year=2010, value=6.6, flag="")
    paths = compute_debt_paths(pd.concat([MACRO, past, past.assign(vintage=LATEST)]), BOTH)
    earlier = paths[paths["vintage"] == BEFORE]
    assert earlier["year"].tolist() == [2025, 2030]  # 2025 is the last year that the latest edition does not project
    assert 2010 in paths.loc[paths["vintage"] == LATEST, "year"].tolist()


def test_an_edition_that_is_adopted_is_the_latest_from_then_on() -> None:
    adopted = MACRO[MACRO["vintage"] == LATEST].assign(vintage="IMF WEO October 2026")
    adopted["value"] += 1
    with_it = pd.concat([MACRO, adopted])
    assert debt_outlooks(with_it) == ("IMF WEO October 2026", LATEST)
    revision = compute_debt_revision(compute_debt_paths(with_it, BOTH))
    assert revision["revision_points"].tolist() == pytest.approx([1.0] * len(revision))
    assert BEFORE not in set(compute_debt_paths(with_it, BOTH)["vintage"])
    strategy = collect_projections(with_it, BOTH).set_index("iso3")
    assert strategy.loc["EST", "imf_gdp_pct"] == pytest.approx(37.6)  # 36.6 + 1


def test_no_country_in_the_edition_is_an_error_that_names_them() -> None:
    with pytest.raises(DataError, match="EU27"):
        compute_debt_paths(MACRO, Parameters(countries=("EU27",), first_year=1995, last_year=2024))


def test_the_revision_is_the_later_edition_less_the_earlier() -> None:
    revision = compute_debt_revision(compute_debt_paths(MACRO, BOTH))
    assert revision["year"].tolist() == [2025, 2030]
    assert revision["revision_points"].tolist() == pytest.approx([-0.2, 3.6])  # 24.2 - 24.4; 39.0 - 35.4


def test_other_projections_stand_beside_the_imf_of_the_same_year() -> None:
    found = collect_projections(MACRO, BOTH).set_index("iso3")
    # only the last year of the strategy; the notified 23.5 is no projection; the ceiling is none either
    assert found.loc["EST", ["vintage", "year", "projected_gdp_pct"]].tolist() == [STRATEGY, 2029, 34.5]
    assert found.loc["EST", "difference_points"] == pytest.approx(-2.1)  # 34.5 - 36.6
    assert found.loc["LVA", "vintage"] == NONE_FOUND


def test_the_interest_bill_is_read_at_both_ends_of_one_projection() -> None:
    bills = compute_interest(MACRO, BOTH)
    # the central bank's 2028 has no share of GDP, so it is not joined with the strategy's
    assert bills.drop(columns="vintage").values.tolist() == [["EST", 2025, 2029, 0.4, 0.9, 184, 464]]


def test_no_interest_bill_is_an_empty_frame() -> None:
    assert compute_interest(MACRO, Parameters(countries=("LTU",), first_year=1995, last_year=2024)).empty
