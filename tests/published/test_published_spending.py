"""Numbers as printed by NATO, SIPRI and ministries, held through ``catalog.load``."""

import pytest

from baltic_calculus import catalog

BALTIC = ["EST", "LVA", "LTU"]


def nato(iso3: str, year: int, measure: str) -> tuple[float, str]:
    """Value and flag of one cell of NATO's tables."""
    frame = catalog.load("nato_defence_expenditure")
    row = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["measure"] == measure)].iloc[0]
    return row["value"], row["flag"]


@pytest.mark.parametrize(("iso3", "share"), [("LTU", 5.33), ("EST", 5.10), ("LVA", 4.92), ("POL", 4.68)])
def test_four_highest_shares_of_2026_are_estimates(iso3, share):
    assert nato(iso3, 2026, "share_gdp_pct") == (share, "estimate")


@pytest.mark.parametrize(
    ("iso3", "year", "share"),
    # core basis of the 2026 edition; earlier editions: test_published_sources.py
    [
        ("POL", 2025, 4.25),
        ("EST", 2024, 3.31),
        ("LVA", 2024, 3.28),
        ("LTU", 2024, 3.07),
        ("USA", 2024, 3.30),
        ("GRC", 2024, 2.77),
        ("NLD", 2024, 2.02),
        ("SWE", 2026, 3.22),
    ],
)
def test_share_on_the_core_basis(iso3, year, share):
    assert nato(iso3, year, "share_gdp_pct")[0] == share


@pytest.mark.parametrize(("year", "total_eur_bn"), [(2014, 0.93), (2026, 9.27)])
def test_the_three_together_in_euro(year, total_eur_bn):
    # 386 + 221 + 322 = EUR 929 m; 2,242 + 2,236 + 4,792 = EUR 9,270 m
    total = sum(nato(iso3, year, "spend_nac_m_current")[0] for iso3 in BALTIC)
    assert round(total / 1000, 2) == total_eur_bn


@pytest.mark.parametrize(
    ("iso3", "year", "measure", "value"),
    [
        ("SWE", 2024, "spend_nac_m_current", 140549),
        ("SWE", 2026, "spend_usd_m_current", 24186),
        ("SWE", 2026, "spend_usd_m_2021", 21538),
        ("SWE", 2026, "equipment_share_pct", 25.41),
        ("USA", 2026, "spend_usd_m_current", 1032849),
        ("LTU", 2025, "spend_nac_m_current", 3398),
        ("EST", 2025, "military_personnel_k", 7.8),
        ("EST", 2026, "military_personnel_k", 5.1),
    ],
)
def test_cells_of_the_2026_workbook(iso3, year, measure, value):
    assert nato(iso3, year, measure)[0] == value


@pytest.mark.parametrize(("year", "iceland_usd_bn"), [(2014, 18.1), (2024, 33.2)])
def test_alliance_gdp_includes_iceland(year, iceland_usd_bn):
    frame = catalog.load("nato_defence_expenditure")
    rows = frame[
        (frame["year"] == year)
        & (frame["measure"] == "gdp_usd_m_current")
        & ~frame["note"].str.contains("before accession")
    ]
    gdp = rows.set_index("iso3")["value"]
    assert round((gdp["XNT"] - gdp.drop(["XNT", "XEC"]).sum()) / 1000, 1) == iceland_usd_bn


@pytest.mark.parametrize(
    ("iso3", "year", "share", "flag"),
    [
        ("RUS", 2025, 7.50, "estimate"),
        ("RUS", 2024, 6.87, "estimate"),
        ("EST", 2025, 3.37, ""),
        ("LVA", 2025, 3.61, ""),
        ("LTU", 2025, 3.08, ""),
        ("LTU", 2024, 3.14, ""),
    ],
)
def test_sipri_share_of_gdp(iso3, year, share, flag):
    frame = catalog.load("sipri_milex")
    row = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["measure"] == "share_gdp_pct")].iloc[0]
    assert (round(row["value"], 2), row["flag"]) == (share, flag)


@pytest.mark.parametrize(
    ("iso3", "year", "measure", "values"),
    [
        ("EST", 2026, "defence_budget_gdp_pct", {5.4, 5.43}),
        ("LVA", 2026, "defence_budget_gdp_pct", {4.91, 4.73}),
        ("LTU", 2026, "defence_budget_gdp_pct", {5.38}),
        ("POL", 2026, "defence_budget_gdp_pct", {4.81}),
        ("LVA", 2026, "defence_budget_eur_bn", {2.157966637}),
        ("LTU", 2026, "defence_budget_eur_bn", {4.79}),
        ("XNT", 2035, "alliance_target_core_gdp_pct", {3.5}),
    ],
)
def test_announced_budgets_and_targets(iso3, year, measure, values):
    frame = catalog.load("defence_budget_plans")
    rows = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["measure"] == measure)]
    assert set(rows["value"]) == values
