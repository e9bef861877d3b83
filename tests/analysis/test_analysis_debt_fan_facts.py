"""What the fan puts into sentences."""

import numpy as np
import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_fan import FanSettings
from baltic_calculus.analysis.debt_fan_checks import AS_SHOWN
from baltic_calculus.analysis.debt_fan_facts import describe_checks, describe_fan, describe_history, describe_rates
from baltic_calculus.analysis.debt_shocks import gather_shock_assumptions
from baltic_calculus.analysis.quantity import Quantity

SETTINGS = FanSettings(last_year=2035, draws=20_000, seed=1, limit_gdp_pct=60, odds_years=(2030, 2035))
ODDS = pd.DataFrame(
    [
        ("EST", "held", 2030, 5.0, 98.0, 0.3),
        ("EST", "held", 2035, 38.0, 99.9, 0.7),
        ("EST", "back", 2035, 6.0, 82.0, 0.5),
        ("LTU", "held", 2030, 35.0, 88.0, 0.7),
        ("LTU", "held", 2035, 69.0, 96.0, 0.6),
        ("LTU", "back", 2035, 28.0, 66.0, 0.7),
    ],
    columns=["iso3", "scenario", "year", "above_limit_pct", "above_present_pct", "error_points"],
)
FANS = pd.DataFrame(
    [
        ("EST", "held", 2025, 24.0, 24.0, 24.0, 24.0),
        ("EST", "held", 2035, 35.0, 55.0, 86.0, 55.5),
        ("LTU", "held", 2025, 40.0, 40.0, 40.0, 40.0),
        ("LTU", "held", 2035, 42.0, 70.0, 114.0, 71.0),
    ],
    columns=[
        "iso3",
        "scenario",
        "year",
        "debt_p05_gdp_pct",
        "debt_p50_gdp_pct",
        "debt_p95_gdp_pct",
        "unshocked_gdp_pct",
    ],
)
CHOICES = pd.DataFrame(
    [
        (AS_SHOWN, "EST", 38.0, 35.0, 86.0),
        ("calm", "EST", 27.0, 44.0, 69.0),
        ("interest: wild", "EST", 40.0, 34.0, 90.0),
    ],
    columns=["choice", "iso3", "above_limit_pct", "debt_p05_gdp_pct", "debt_p95_gdp_pct"],
)
ASSUMED = gather_shock_assumptions(catalog.policy("debt_shocks"))


def test_the_likeliest_country_comes_first() -> None:
    told = describe_fan(ODDS, FANS, SETTINGS, "held")
    assert list(told["limit_last"]) == ["LTU", "EST"]
    assert told["likeliest"] == told["widest"] == "LTU"
    assert told["lowest"] == "back"
    assert {code: one.value for code, one in told["lowest_limit_last"].items()} == {"LTU": 28, "EST": 6}
    assert told["median_gap"].value == 1.0
    assert told["most_paths"] == "90 of 100 paths"


def test_checks_tell_the_range_and_what_seeds_do() -> None:
    convergence = pd.DataFrame({"draws": [100, 20_000], "low_pct": [28.0, 37.3], "high_pct": [48.0, 38.7]})
    again = ODDS[ODDS["scenario"] == "held"].assign(above_limit_pct=lambda rows: rows["above_limit_pct"] + 0.4)
    told = describe_checks(CHOICES, convergence, again, ODDS)
    assert told["across"] == {"EST": Quantity(27.0, "of 100 paths", 0, high=40.0)}
    assert told["half"] == "calm"
    assert told["rate_change"].value == 2.0
    assert (told["few_error"].value, told["all_error"].value) == pytest.approx((10, 0.7))
    assert told["seed_gap"].value == pytest.approx(0.4)
    assert told["seed_bound"].value == pytest.approx(0.7 * np.sqrt(2))


def test_the_history_is_set_beside_growth_at_current_prices() -> None:
    # two years of shocks, 1 and -1: standard deviation 1; Eurostat: all years alike, none
    history = pd.DataFrame(
        {
            "iso3": "EST",
            "year": [2009, 2010],
            "real_growth_log_points": [1.0, -1.0],
            "deflator_log_points": [1.0, -1.0],
            "balance_gdp_points": [2.0, -2.0],
        }
    )
    macro = pd.DataFrame({"iso3": "EST", "year": range(1999, 2026), "measure": "gdp_nominal_growth_pct", "value": 5.0})
    told = describe_history([history], macro, ASSUMED)
    assert (told["growth_swing"].value, told["nominal_swing"].value, told["tie"].value) == pytest.approx((1, 2, 1))
    assert told["nominal_since"].value == pytest.approx(0, abs=1e-12)
    assert (told["since"].value, told["until"].value) == (2010, 2025)


def test_yields_count_whole_years_only() -> None:
    rows = [("LVA", year, "yield_10y_quarterly_pct", level) for year, level in ((2007, 5), (2008, 7)) for _ in range(4)]
    rows += [("LVA", 2009, "yield_10y_quarterly_pct", 20)]  # one quarter is no year
    told = describe_rates(pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]), ASSUMED)
    assert (told["crisis_country"], told["crisis_year"].value, told["crisis_rise"].value) == ("LVA", 2008, 2.0)


def test_the_volatility_assumed_lies_between_calm_and_own_currency() -> None:
    # the note of the assumption says so: between Germany and Poland
    swings = describe_rates(catalog.load("government_yields"), ASSUMED)["swings"]
    assert swings["DEU"].value < ASSUMED.rate_volatility_points < swings["POL"].value
