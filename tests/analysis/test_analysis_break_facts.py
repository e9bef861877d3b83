"""What the sentences say of breaks."""

import pandas as pd

from baltic_calculus.analysis.break_facts import describe_breaks
from baltic_calculus.analysis.breaks import BreakRules
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity

RULES = BreakRules(3, 15, 2, 99, 90, 5, 1)
PARAMETERS = Parameters(countries=("EST", "LVA"), comparators=("POL",))
SHARES = pd.DataFrame(
    [
        (code, year, 2.0, "" if year <= 2024 else "estimate")
        for code in ("EST", "LVA", "POL")
        for year in range(2014, 2027)
    ],
    columns=["iso3", "year", "share_gdp_pct", "flag"],
)
BREAKS = pd.DataFrame(
    [
        ("EST", 2024, 2023, 2024, 0.1, 0.7, "strong", "none"),
        ("LVA", 2022, 2021, 2024, 0.2, 0.6, "moderate", "2019, 2021"),
        ("POL", 2019, 2018, 2020, 0.0, 0.1, "weak", "2019"),
    ],
    columns=[
        "iso3",
        "break_year",
        "low_year",
        "high_year",
        "slope_before_points",
        "slope_after_points",
        "evidence",
        "final_years",
    ],
)


def test_only_breaks_that_are_more_than_chance_are_told() -> None:
    facts = describe_breaks(BREAKS, SHARES, RULES, PARAMETERS)
    assert facts["own_found"] == {"EST": Quantity(2024, "year"), "LVA": Quantity(2022, "year")}
    assert facts["own_ranges"]["LVA"] == Quantity(2021, "year", 0, high=2024)
    assert (facts["own_unfounded"], facts["others_found"], facts["others_unfounded"]) == ((), {}, ("POL",))
    assert (facts["strong"], facts["moderate"], facts["weak"]) == (("EST",), ("LVA",), ("POL",))


def test_what_rests_on_estimates_is_said() -> None:
    facts = describe_breaks(BREAKS, SHARES, RULES, PARAMETERS)
    assert facts["latest_final"] == Quantity(2022, "year")  # a line of 2022, 2023 and 2024
    assert facts["on_estimates"] == ("EST",)
    assert facts["at_edge"] == ("EST",)  # a line of 2024, 2025 and 2026
    assert facts["without_estimates"] == {"LVA": Quantity(2021, "year")}  # the last of two
    assert facts["lost"] == ("EST",)


def test_years_without_any_break_make_empty_facts() -> None:
    none = BREAKS.assign(break_year=float("nan"), evidence="none")
    facts = describe_breaks(none, SHARES, RULES, PARAMETERS)
    assert (facts["own_found"], facts["own_unfounded"]) == ({}, ("EST", "LVA"))


def test_series_that_are_too_short_are_named() -> None:
    short = BREAKS.assign(break_year=float("nan"), evidence=["too few years", "none", "none"])
    assert describe_breaks(short, SHARES, RULES, PARAMETERS)["too_few"] == ("EST",)
