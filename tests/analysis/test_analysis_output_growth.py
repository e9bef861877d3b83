"""Growth of output by one rule: on a handful of levels, and as properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.output_growth import GrowthRule, assume_growth, measure_output
from baltic_calculus.errors import DataError


def nato(rows: list[tuple[str, int, float, float]]) -> pd.DataFrame:
    """Long NATO frame from (code, year, expenditure in US$ m at 2021 prices, share in %)."""
    wide = pd.DataFrame(rows, columns=["iso3", "year", "spend_usd_m_2021", "share_gdp_pct"])
    return wide.melt(["iso3", "year"], var_name="measure").assign(flag="")


def levels(values: list[float], breaks: tuple[int, ...] = ()) -> pd.DataFrame:
    """Output of one ally from 2020 on."""
    years = range(2020, 2020 + len(values))
    frame = pd.DataFrame({"iso3": "EST", "year": years, "output_usd_m_2021": values})
    return frame.assign(breaks=frame["year"].isin(breaks))


def test_output_is_expenditure_over_share() -> None:
    row = measure_output(nato([("EST", 2026, 1500.0, 5.0)])).iloc[0]
    assert row["output_usd_m_2021"] == 30000  # 1500 / 0.05


def test_aggregates_are_sums_over_present_members() -> None:
    # NATO's own total of 2020 leaves out Finland: 20 against 20 + 4
    rows = [("USA", 2020, 20.0, 2.0), ("FIN", 2020, 4.0, 2.0), ("XNT", 2020, 20.0, 2.0), ("XEC", 2020, 0.1, 2.0)]
    output = measure_output(nato(rows)).set_index("iso3")
    assert output.loc["XNT", "spend_usd_m_2021"] == 24
    assert output.loc["XEC", "spend_usd_m_2021"] == 4  # the United States left out
    assert output.loc["XNT", "output_usd_m_2021"] == 1200  # 1000 + 200


def test_three_cases_of_two_stretches() -> None:
    # 100 -> 110 -> 121 -> 121: two-year stretches grow 10.0 and (121/110)^(1/2) - 1 = 4.88, the whole 6.56 a year
    row = assume_growth(levels([100, 110, 121, 121]), 2023, GrowthRule(3, 2)).iloc[0]
    cases = [row[f"growth_{case}_pct"] for case in ("low", "central", "high")]
    assert cases == pytest.approx([4.8809, 6.5602, 10.0], abs=1e-4)


def test_years_before_the_history_do_not_count() -> None:
    row = assume_growth(levels([1, 100, 110, 121]), 2023, GrowthRule(2, 1)).iloc[0]
    assert row["growth_central_pct"] == pytest.approx(10)
    assert row["history_first_year"] == 2021


def test_a_break_is_never_growth() -> None:
    row = assume_growth(levels([100, 110, 70, 71], breaks=(2022,)), 2023, GrowthRule(3, 2)).iloc[0]
    assert np.isnan(row["growth_central_pct"])
    assert row["why_missing"] == "output series breaks in 2022"
    assert assume_growth(levels([100, 110, 70, 77], breaks=(2022,)), 2023, GrowthRule(3, 1)).iloc[0][
        "growth_low_pct"
    ] == pytest.approx(10)  # 77 / 70, after the break


def test_a_short_series_is_said_to_be_short() -> None:
    assert assume_growth(levels([100, 110]), 2021, GrowthRule(3, 2)).iloc[0]["why_missing"] == (
        "output series is too short"
    )


@given(
    st.lists(st.floats(0.5, 2), min_size=3, max_size=12),
    st.integers(1, 5),
)
def test_the_central_case_lies_between_the_others(factors: list[float], stretch: int) -> None:
    values = [100 * float(level) for level in np.cumprod([1, *factors])]
    rule = GrowthRule(len(factors), min(stretch, len(factors)))
    row = assume_growth(levels(values), 2020 + len(factors), rule).iloc[0]
    assert row["growth_low_pct"] <= row["growth_central_pct"] <= row["growth_high_pct"]


@given(st.lists(st.floats(0.5, 2), min_size=4, max_size=10), st.data())
def test_the_widest_rule_holds_the_ends_of_every_other(factors: list[float], data: st.DataObject) -> None:
    output = levels([100 * float(level) for level in np.cumprod([1, *factors])])
    last_year = 2020 + len(factors)
    history = data.draw(st.integers(2, len(factors)))
    rule = GrowthRule(history, data.draw(st.integers(2, history)))
    narrow = assume_growth(output, last_year, rule).iloc[0]
    wide = assume_growth(output, last_year, GrowthRule(len(factors), 2)).iloc[0]
    assert wide["growth_low_pct"] <= narrow["growth_low_pct"]
    assert wide["growth_high_pct"] >= narrow["growth_high_pct"]


def test_a_stretch_longer_than_the_history_is_refused() -> None:
    with pytest.raises(DataError, match="does not fit"):
        GrowthRule(4, 5)
