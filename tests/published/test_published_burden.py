"""Tables of the fiscal chapter, cell by cell, against the figures that Eurostat and NATO print."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.budget_functions import FUNCTIONS, compute_function_changes
from baltic_calculus.analysis.burden import join_population, summarise_burden
from baltic_calculus.analysis.displacement import compare_displacement, compare_rise
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.payments import INVESTMENT, REST, split_gap

PARAMETERS = Parameters(
    countries=("EST", "LVA", "LTU"), comparators=("POL", "FIN", "EU27"), first_year=1995, last_year=2024
)
# A share printed with one decimal is off by up to 0.05, the difference of two by up to 0.1, a computed one by as much.
PRINTED, BOTH_PRINTED = 0.05, 0.1


@pytest.mark.parametrize(
    ("iso3", "row", "column", "printed", "tolerance"),
    [
        ("EST", "National accounts 2024", "defence_eur_m", 1491.2, 0.05),
        ("EST", "National accounts 2024", "defence_gdp_pct", 3.7, PRINTED),
        ("EST", "NATO 2025, estimate", "defence_gdp_pct", 3.93, 0.005),
        ("EST", "NATO 2026, estimate", "defence_eur_m", 2242, 1),
        ("LVA", "National accounts 2024", "defence_gdp_pct", 2.7, PRINTED),
        ("LVA", "NATO 2026, estimate", "defence_gdp_pct", 4.92, 0.005),
        ("LVA", "NATO 2025, estimate", "defence_eur_m", 1577, 1),
        # the aggregator's 6.5 % of expenditure, and 2,037.3 of 31,136.9
        ("LTU", "National accounts 2024", "defence_expenditure_pct", 6.5, PRINTED),
        ("LTU", "NATO 2026, estimate", "defence_gdp_pct", 5.33, 0.005),
        # 5.33 of 39.4 % of GDP
        ("LTU", "NATO 2026, estimate", "defence_expenditure_pct", 13.53, 0.005),
        # 5.33 of 39.4 - 1.3 % of GDP
        ("LTU", "NATO 2026, estimate", "defence_revenue_pct", 13.99, 0.005),
        ("POL", "NATO 2025, estimate", "defence_gdp_pct", 4.25, 0.005),
        ("EU27", "National accounts 2024", "defence_gdp_pct", 1.5, PRINTED),
    ],
)
def test_burden_in_two_definitions(iso3, row, column, printed, tolerance):
    macro = catalog.load("macro_fiscal")
    summary = summarise_burden(
        catalog.load("nato_defence_expenditure"),
        catalog.load("cofog_expenditure"),
        macro,
        join_population(catalog.load("world_bank"), macro),
        PARAMETERS,
    )
    cell = summary[(summary["iso3"] == iso3) & (summary["row"] == row)][column].item()
    assert cell == pytest.approx(printed, abs=tolerance)


def published_change(iso3: str, measure: str) -> float:
    """Change from 2014 to 2024 of a share that Eurostat prints."""
    cofog = catalog.load("cofog_expenditure")
    rows = cofog[(cofog["iso3"] == iso3) & (cofog["measure"] == measure)].set_index("year")["value"]
    return float(rows[2024] - rows[2014])


@pytest.mark.parametrize("iso3", ["EST", "LVA", "LTU", "POL", "FIN", "SWE", "DEU", "DNK"])
@pytest.mark.parametrize("function", ["defence", "health", "education", "total"])
def test_changes_against_printed_shares(iso3, function):
    table = compare_displacement(
        catalog.load("cofog_expenditure"), catalog.load("macro_fiscal"), PARAMETERS, (2014, 2021)
    ).set_index("iso3")
    change = table.at[iso3, f"{function}_change_points"]
    assert change == pytest.approx(published_change(iso3, f"{function}_gdp_pct"), abs=2 * BOTH_PRINTED)
    assert table.at[iso3, "rise_years"] + table.at[iso3, "other_years"] == 29  # 1996 to 2024


@pytest.mark.parametrize("iso3", ["EST", "LVA", "LTU"])
def test_functions_lead_from_one_printed_total_to_the_other(iso3):
    changes = compute_function_changes(catalog.load("cofog_expenditure"), PARAMETERS, (2014, 2021))
    own = changes[(changes["iso3"] == iso3) & (changes["period"] == "2014–2024")]
    assert own["change_points"].sum() == pytest.approx(published_change(iso3, "total_gdp_pct"), abs=1e-9)
    for function in FUNCTIONS:
        change = own.loc[own["function"] == function, "change_points"].item()
        assert change == pytest.approx(published_change(iso3, f"{function}_gdp_pct"), abs=BOTH_PRINTED + PRINTED)


@pytest.mark.parametrize(
    ("iso3", "column", "printed", "tolerance"),
    [
        ("EST", "core_since_gdp_pct", 3.31, 1e-9),
        ("EST", "core_gdp_pct", 5.10, 1e-9),
        ("EST", "rise_points", 1.79, 1e-9),
        ("EST", "health_gdp_pct", 6.3, PRINTED),
        ("LVA", "rise_points", 1.64, 1e-9),
        ("LVA", "education_gdp_pct", 6.1, PRINTED),
        ("LTU", "core_since_gdp_pct", 3.07, 1e-9),
        ("LTU", "rise_points", 2.26, 1e-9),
        ("LTU", "health_gdp_pct", 5.8, PRINTED),
        ("LTU", "rise_health_pct", 100 * 2.26 / 5.8, 0.5),
        ("POL", "rise_points", 0.93, 1e-9),
        ("FIN", "core_gdp_pct", 2.65, 1e-9),
    ],
)
def test_rise_of_natos_share(iso3, column, printed, tolerance):
    table = compare_rise(catalog.load("nato_defence_expenditure"), catalog.load("cofog_expenditure"), PARAMETERS)
    assert table.set_index("iso3").at[iso3, column] == pytest.approx(printed, abs=tolerance)


@pytest.mark.parametrize(
    ("iso3", "year", "whole", "investment"),
    [
        # NATO 4.03 less 2,276.9 of 84,258; (47.35 + 4.42) % of 4.03 less 857.8 of 84,258
        ("LTU", 2025, 1.33, 1.07),
        # 3.07 less 1,960.6 of 78,996.2; (30.02 + 9.44) % of 3.07 less 750.8 of 78,996.2
        ("LTU", 2024, 0.59, 0.26),
        # 3.67 less 1,362.1 of 43,026.2; (36.18 + 8.62) % of 3.67 less 469.8 of 43,026.2
        ("LVA", 2025, 0.50, 0.55),
        # 3.28 less 1,104.2 of 40,652.3; (25.31 + 5.44) % of 3.28 less 380.0 of 40,652.3
        ("LVA", 2024, 0.56, 0.07),
        # 3.93 less 1,746.4 of 41,874.8; (29.15 + 6.39) % of 3.93 less 661.3 of 41,874.8
        ("EST", 2025, -0.24, -0.18),
    ],
)
def test_parts_of_the_difference(iso3, year, whole, investment):
    gap = split_gap(
        catalog.load("nato_defence_expenditure"),
        catalog.load("defence_delivery"),
        catalog.load("macro_fiscal"),
        PARAMETERS,
    )
    own = gap[(gap["iso3"] == iso3) & (gap["year"] == year)].set_index("part")["gap_points"]
    assert round(own[INVESTMENT] + own[REST], 2) == whole
    assert round(own[INVESTMENT], 2) == investment
