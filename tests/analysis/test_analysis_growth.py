"""Growth split into share and output, on frames small enough to check by hand."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.growth import (
    AS_PUBLISHED,
    CONSTANT,
    compute_accession,
    compute_levels,
    decompose_growth,
    period_years,
)
from baltic_calculus.analysis.growth_facts import (
    describe_accession,
    describe_growth,
    describe_measured,
    describe_rounding,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError


def spending(*rows: tuple[str, int, float, float, str]) -> pd.DataFrame:
    """Make NATO's long frame from (iso3, year, spending at 2021 prices, share of GDP, flag)."""
    cells = [(code, year, "spend_usd_m_2021", spend, flag) for code, year, spend, _, flag in rows]
    cells += [(code, year, "share_gdp_pct", share, flag) for code, year, _, share, flag in rows]
    return pd.DataFrame(cells, columns=["iso3", "year", "measure", "value", "flag"])


NATO = spending(
    ("EST", 2014, 500, 2.0, ""), ("EST", 2020, 1000, 3.0, ""), ("EST", 2026, 2000, 5.0, "estimate"),
    ("FIN", 2014, 1500, 1.0, ""), ("FIN", 2020, 2000, 1.0, ""), ("FIN", 2026, 4000, 2.0, "estimate"),
    ("USA", 2014, 9000, 3.0, ""), ("USA", 2020, 9000, 3.0, ""), ("USA", 2026, 9000, 3.0, "estimate"),
    # as published: Finland counts from its accession only
    ("XEC", 2014, 500, 2.0, ""), ("XEC", 2020, 1000, 3.0, ""), ("XEC", 2026, 6000, 2.5, "estimate"),
)  # fmt: skip


def test_growth_is_share_growth_plus_output_growth() -> None:
    growth = decompose_growth(compute_levels(NATO, ["EST"]), (2014, 2020)).set_index("source")
    # ln(1000/500) = 69.3 log points over 6 years = 11.55 a year, of which ln(3/2) = 40.5 / 6 = 6.76 from the share
    assert growth.loc["share of GDP", "total_log_points"] == pytest.approx(100 * np.log(2) / 6)
    assert growth.loc["share of GDP", "contribution_log_points"] == pytest.approx(100 * np.log(1.5) / 6)
    # output: 500 / 2% = 25,000 and 1000 / 3% = 33,333: ln(4/3)
    assert growth.loc["GDP", "contribution_log_points"] == pytest.approx(100 * np.log(4 / 3) / 6)


def test_the_flag_is_that_of_the_last_year() -> None:
    growth = decompose_growth(compute_levels(NATO, ["EST"]), (2014, 2020, 2026))
    assert growth.groupby("period")["flag"].first().to_dict() == {"2014–2020": "", "2020–2026": "estimate"}


def test_an_aggregate_counts_its_present_members_in_all_years() -> None:
    level = compute_levels(NATO, ["XEC"]).set_index("year")
    # 2014: 500 + 1,500 = 2,000 of 25,000 + 150,000 = 175,000; the United States are not in it
    assert level.loc[2014, "spend_usd_m_2021"] == 2000
    assert level.loc[2014, "share_gdp_pct"] == pytest.approx(2000 / 175000 * 100)
    assert set(level["membership"]) == {CONSTANT}
    assert level["flag"].to_dict() == {2014: "", 2020: "", 2026: "estimate"}


def test_an_aggregate_has_no_year_in_which_a_member_is_missing() -> None:
    without = NATO[~((NATO["iso3"] == "FIN") & (NATO["year"] == 2020))]
    assert compute_levels(without, ["XEC"])["year"].tolist() == [2014, 2026]


def test_accession_is_what_the_published_growth_has_too_much() -> None:
    growth = compute_accession(NATO, "XEC", 2014, 2026).set_index("membership")["growth_log_points"]
    assert growth[AS_PUBLISHED] == pytest.approx(100 * np.log(6000 / 500) / 12)
    assert growth[CONSTANT] == pytest.approx(100 * np.log(6000 / 2000) / 12)
    facts = describe_accession(NATO, "XEC", 2014, 2026)
    assert facts["accession_growth"] == Quantity(100 * np.log(2000 / 500) / 12, "log points a year", 1)


@pytest.mark.parametrize("years", [(2014,), (2020, 2014), (2014, 2014)])
def test_periods_need_rising_years(years: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match="no periods"):
        decompose_growth(compute_levels(NATO, ["EST"]), years)


def test_a_year_that_a_country_lacks_is_named() -> None:
    with pytest.raises(DataError, match="EST in 2021"):
        decompose_growth(compute_levels(NATO, ["EST"]), (2014, 2021))


def test_splits_outside_the_years_shown_are_left_out() -> None:
    assert period_years(Parameters(first_year=2014, last_year=2026), [2021, 2014, 2026]) == (2014, 2021, 2026)
    assert period_years(Parameters(first_year=2022, last_year=2026), [2021]) == (2022, 2026)


SERIES = st.lists(st.tuples(st.floats(1, 1e6), st.floats(0.1, 10)), min_size=3, max_size=13)


@given(series=SERIES)
def test_contributions_add_up_and_periods_sum_to_the_whole(series: list[tuple[float, float]]) -> None:
    years = [2014 + place for place in range(len(series))]
    nato = spending(*(("EST", year, spend, share, "") for year, (spend, share) in zip(years, series, strict=True)))
    levels = compute_levels(nato, ["EST"])
    parts, whole = decompose_growth(levels, years), decompose_growth(levels, (years[0], years[-1]))
    sums = parts.groupby("period")["contribution_log_points"].sum()
    assert np.allclose(sums, parts.groupby("period")["total_log_points"].first(), rtol=0, atol=1e-12 * 100)
    # every period of the parts is one year long, so that their sum is the change over all years
    for source, rows in parts.groupby("source"):
        once = whole.set_index("source")["contribution_log_points"][source] * (years[-1] - years[0])
        assert rows["contribution_log_points"].sum() == pytest.approx(once, abs=1e-9)
    assert [f"{start}–{end}" for start, end in pairwise(years)] == list(parts["period"].unique())


def growth_frame() -> pd.DataFrame:
    """Two periods of a country in focus and of one beside it."""
    return pd.DataFrame(
        {
            "iso3": ["EST"] * 4 + ["POL"] * 4,
            "period": ["2014–2021", "2014–2021", "2021–2026", "2021–2026"] * 2,
            "source": ["share of GDP", "GDP"] * 4,
            "contribution_log_points": [1.0, 3.0, 18.0, -1.0, 2.0, 4.0, 15.0, 3.0],
            "total_log_points": [4.0, 4.0, 17.0, 17.0, 6.0, 6.0, 18.0, 18.0],
        }
    )


def test_growth_is_told_for_both_periods_and_apart_from_the_comparators() -> None:
    facts = describe_growth(growth_frame(), ("EST",))
    assert facts["second_period"] == "2021–2026"
    assert facts["growth_second"] == {"EST": Quantity(17.0, "log points a year", 1)}
    assert facts["beside_first"] == {"POL": Quantity(6.0, "log points a year", 1)}
    # 1 of 4 log points came from the share in the first period, 18 of 17 in the second
    assert (facts["main_source_first"], facts["main_source_second"]) == ("a larger economy", "a larger share of GDP")
    assert facts["least_share_part_first"] == Quantity(25.0, "%", 0)


def test_one_period_has_no_earlier_one() -> None:
    facts = describe_growth(growth_frame().query("period == '2021–2026'"), ("EST",))
    assert (facts["first_period"], facts["growth_first"]) == ("no earlier period", "no earlier period")
    assert facts["main_source_first"] == "not computable"
    assert facts["second_period"] == "2021–2026"


def test_growth_that_is_measured_ends_before_the_estimates() -> None:
    facts = describe_measured(NATO, ("EST",), 2014, 2026)
    assert facts["measured_year"] == Quantity(2020, "year")
    assert facts["measured_growth"] == {"EST": Quantity(pytest.approx(100 * np.log(2) / 6), "log points a year", 1)}
    assert describe_measured(NATO, ("EST",), 2020, 2026)["measured_growth"] == "not computable"


def test_the_rounding_of_a_share_is_widest_where_it_is_small() -> None:
    facts = describe_rounding(compute_levels(NATO, ["EST", "FIN"]), (2014, 2020))
    # Finland: 0.005/1.0 at both ends, in 6 years: 100 * 0.01 / 6
    assert facts["rounding"] == Quantity(pytest.approx(1 / 6), "log points a year", 1)


def test_what_led_the_growth_is_told_country_by_country() -> None:
    facts = describe_growth(growth_frame(), ("EST", "POL"))
    assert (facts["share_led_second"], facts["output_led_second"]) == (("EST", "POL"), ())
    assert (facts["share_led_first"], facts["output_led_first"]) == ((), ("EST", "POL"))
