"""Sentences of the Hague path: who must grow, who has only to hold, and what plans are worth."""

import pandas as pd

from baltic_calculus.analysis.hague_facts import (
    describe_alliance_path,
    describe_forecasts,
    describe_margins,
    describe_required,
)
from baltic_calculus.analysis.hague_path import Goal, compute_required_growth, project_paths
from baltic_calculus.analysis.hague_series import OBSERVED, gather_path_series
from baltic_calculus.analysis.output_growth import GrowthRule
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity

GOAL = Goal(3.5, 2035)
NATO = pd.DataFrame(
    [
        ("EST", 2024, 1000.0, 4.0),  # output 25,000 in every year: growth zero in all cases
        ("EST", 2025, 1000.0, 4.0),
        ("EST", 2026, 1250.0, 5.0),
        ("ESP", 2024, 19.0, 1.9),
        ("ESP", 2025, 20.0, 2.0),
        ("ESP", 2026, 20.0, 2.0),
        ("LUX", 2026, 1.0, 2.0),  # no history
        ("XEC", 2026, 1271.0, 4.9),
    ],
    columns=["iso3", "year", "spend_usd_m_2021", "share_gdp_pct"],
).melt(["iso3", "year"], var_name="measure")
NATO["flag"] = ""


def required(codes: list[str]) -> pd.DataFrame:
    return compute_required_growth(NATO, codes, since=2024, last_year=2026, goal=GOAL, rule=GrowthRule(2, 1))


def test_allies_are_counted_and_groups_are_not() -> None:
    facts = describe_alliance_path(required(["EST", "ESP", "LUX", "XEC"]), 2024, 2026, GOAL)
    assert (facts["allies"], facts["below"], facts["above"]) == tuple(Quantity(n, "", 0) for n in (3, 2, 1))
    # Spain needs 6.4% a year and achieved (20 / 19)^(1/2) - 1 = 2.6%
    assert facts["faster"] == ("ESP",)
    assert facts["steepest"] == "ESP"
    assert facts["not_computable"] == ("LUX",)


def test_frozen_spending_splits_the_countries() -> None:
    rows = required(["EST", "ESP", "LUX"])
    facts = describe_required(rows, rows)
    assert facts["frozen_least"] == {"EST": Quantity(5.0, "% of GDP", 1), "ESP": Quantity(2.0, "% of GDP", 1)}
    assert (facts["already_above"], facts["still_below"]) == (("EST",), ("ESP", "LUX"))
    assert (facts["frozen_above"], facts["frozen_below"]) == (("EST",), ("ESP",))
    assert "LUX" not in facts["required"]
    assert "LUX" in facts["pace"]


def test_forecasts_outside_the_range_are_named() -> None:
    macro = pd.DataFrame(
        [("EST", 2027, 2.5), ("EST", 2028, 3.0), ("EST", 2025, 9.0)], columns=["iso3", "year", "value"]
    ).assign(measure="gdp_growth_pct")
    facts = describe_forecasts(macro, required(["EST", "ESP"]), 2026)
    assert facts["forecasts"] == {"EST": Quantity(2.5, "% a year", 1, high=3.0)}
    assert facts["outside"] == ("EST",)  # assumed: no growth at all


def test_margins_without_a_later_figure_say_so() -> None:
    columns = ["iso3", "year", "announced_gdp_pct", "margin_points", "total_margin_points"]
    empty = pd.DataFrame([("FIN", 2026, float("nan"), float("nan"), float("nan"))], columns=columns)
    growth = pd.DataFrame(columns=["iso3", "year", "low_pct", "high_pct"])
    amounts = pd.DataFrame(columns=["iso3", "year", "change_pct"])
    facts = describe_margins(empty, growth, amounts)
    assert (facts["verdict"], facts["least_margin"]) == ("not to be found", "not computable")
    told = pd.DataFrame([("EST", 2026, 5.4, 1.9, 0.4), ("EST", 2027, 3.4, -0.1, -1.6)], columns=columns)
    facts = describe_margins(told, growth, amounts)
    assert facts["verdict"] == "in every case less than the core target needs"
    assert facts["miss_total"] == ("EST",)


def test_one_frame_holds_line_path_band_and_announcements() -> None:
    rows = required(["EST", "LUX"])
    margins = pd.DataFrame(
        {
            "iso3": ["EST"],
            "year": [2027],
            "kind": ["floor"],
            "announced_gdp_pct": [5.0],
            "low_gdp_pct": [5.0],
            "high_gdp_pct": [5.0],
            "status": ["medium-term plan"],
            "source": ["MOD"],
        }
    )
    parameters = Parameters(countries=("EST", "LUX"), last_year=2026)
    series = gather_path_series(NATO, rows, project_paths(rows, 2026), margins, parameters, GOAL, 2024)
    counts = series.groupby(["iso3", "series"]).size()
    assert counts[("EST", OBSERVED)] == 3
    assert counts[("EST", "floor")] == 1
    # ten years from 2026 to 2035; without growth of output there is a path but no band
    assert counts["LUX"].to_dict() == {OBSERVED: 1, "even path to the target": 10}
    assert counts[("EST", "spending frozen in real terms")] == 10
