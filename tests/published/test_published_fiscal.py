"""Numbers as printed by Eurostat, the IMF and the Council, held through ``catalog.load``."""

import pytest

from baltic_calculus import catalog


def macro(iso3: str, year: int, measure: str, vintage: str) -> tuple[float, str]:
    """Value and flag of one cell of one vintage."""
    frame = catalog.load("macro_fiscal").query("period == @period", local_dict={"period": str(year)})
    row = frame[(frame["iso3"] == iso3) & (frame["measure"] == measure) & (frame["vintage"] == vintage)].iloc[0]
    return row["value"], row["flag"]


@pytest.mark.parametrize(
    ("iso3", "debt"),
    [
        ("EST", 41.2),
        ("LVA", 53.5),
        ("LTU", 56.3),
        ("POL", 77.6),
        ("FIN", 100.8),
        ("SWE", 36.6),
        ("DEU", 73.7),
        ("DNK", 29.8),
    ],
)
def test_imf_debt_of_2031(iso3, debt):
    assert macro(iso3, 2031, "gross_debt_gdp_pct", "IMF WEO April 2026") == (debt, "forecast")


@pytest.mark.parametrize(("iso3", "october", "april"), [("EST", 35.4, 39.0), ("LTU", 54.5, 54.4)])
def test_imf_revision_of_the_debt_of_2030(iso3, october, april):
    assert macro(iso3, 2030, "gross_debt_gdp_pct", "IMF WEO October 2025")[0] == october
    assert macro(iso3, 2030, "gross_debt_gdp_pct", "IMF WEO April 2026")[0] == april


@pytest.mark.parametrize(("iso3", "debt"), [("EST", 23.5), ("LTU", 38.0), ("DNK", 30.5)])
def test_imf_debt_of_2024(iso3, debt):
    assert macro(iso3, 2024, "gross_debt_gdp_pct", "IMF WEO April 2026") == (debt, "")


@pytest.mark.parametrize(("year", "expenditure"), [(2022, 49.2), (2023, 48.9), (2024, 49.1)])
def test_expenditure_of_the_union(year, expenditure):
    frame = catalog.load("cofog_expenditure")
    row = frame[(frame["iso3"] == "EU27") & (frame["year"] == year) & (frame["measure"] == "total_gdp_pct")]
    assert row["value"].item() == expenditure


@pytest.mark.parametrize(
    ("function", "share"), [("social_protection", 14.7), ("health", 5.8), ("education", 5.5), ("economic_affairs", 3.2)]
)
def test_lithuanian_functions_of_2024(function, share):
    frame = catalog.load("cofog_expenditure")
    row = frame[(frame["iso3"] == "LTU") & (frame["year"] == 2024) & (frame["measure"] == f"{function}_gdp_pct")]
    assert row["value"].item() == share


@pytest.mark.parametrize(
    ("iso3", "amount", "share"), [("EST", 1746, 4.2), ("LVA", 1362, 3.2), ("LTU", 2277, 2.7), ("POL", 31638, 3.4)]
)
def test_defence_delivered_in_2025(iso3, amount, share):
    frame = catalog.load("defence_delivery")
    rows = frame[(frame["iso3"] == iso3) & (frame["year"] == 2025)].set_index("measure")["value"]
    assert round(rows["defence_eur_m"]) == amount
    assert rows["defence_gdp_pct"] == share


@pytest.mark.parametrize(("iso3", "adopted_eur_bn"), [("EST", 2.34), ("LVA", 3.49), ("LTU", 6.375), ("POL", 43.7)])
def test_safe_loans_as_adopted(iso3, adopted_eur_bn):
    loans = catalog.load("safe_allocations").set_index("iso3")
    decimals = len(str(adopted_eur_bn).split(".")[1])
    assert round(loans.at[iso3, "adopted_loan_eur"] / 1e9, decimals) == adopted_eur_bn


def test_safe_tentative_allocation_uses_the_whole_envelope():
    total = catalog.load("safe_allocations")["tentative_loan_eur_bn"].sum()
    # 19 amounts rounded to EUR 10 m add to 150.01
    assert round(total, 2) == 150.01
    assert round(total) == catalog.policy("safe_terms").envelope_eur_bn.value


def test_lithuanian_auction_and_latvian_issue_yields():
    yields = catalog.load("government_yields").set_index(["iso3", "period", "measure"])["value"].sort_index()
    assert yields["LTU", "2026-01-26", "auction_yield_pct"].item() == 3.638
    assert yields["LVA", "2025-09-25", "eurobond_10y_yield_pct"].item() == 3.583


def test_polish_saving_is_a_range_of_the_ministry():
    terms = catalog.load("safe_terms").set_index("term")["value"]
    assert terms["saving_over_national_debt_poland_low"] == 36
    assert terms["saving_over_national_debt_poland_high"] == 60
