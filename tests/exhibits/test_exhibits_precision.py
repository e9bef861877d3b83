"""Numbers as they are published: ten digits, the same in every output, whatever the last bits of the computation."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.exhibits import Figure, Prose, Table, chart_lines, table_of
from baltic_calculus.exhibits.precision import publish_chart, publish_number

YEARS = list(range(2014, 2027))


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1 / 3, 0.3333333333),  # ten digits
        (200 / 3, 66.66666667),
        (1_234_567.891234, 1_234_567.891),
        (2.7698000000242473e-05, 2.7698e-05),  # 0.0000276980 to ten decimals
        (8.65e-13, 0.0),  # what is left of a difference of equal sums
        (-1.5e-15, 0.0),
        (5.33, 5.33),
        (np.float64(0.1) + np.float64(0.2), 0.3),
        (math.inf, math.inf),
    ],
)
def test_floats_have_ten_digits_and_ten_decimals(value, published):
    assert publish_number(value) == published
    assert math.copysign(1, publish_number(value)) == 1  # no minus zero


@pytest.mark.parametrize("value", [2024, True, None, "0.30000000000000004", 123_456_789_012_345])
def test_what_is_no_float_stays_what_it_is(value):
    assert publish_number(value) is value


def test_what_is_missing_stays_missing():
    assert math.isnan(publish_number(math.nan))


@given(st.floats(allow_nan=False))
def test_what_is_published_is_published_as_it_is(value):
    once = publish_number(value)
    assert publish_number(once) == once
    assert isinstance(once, float)


def shares(factor: np.ndarray | float = 1.0) -> pd.DataFrame:
    """Computed shares of three countries; the missing one stays missing."""
    codes = np.repeat(["EST", "LVA", "LTU"], len(YEARS))
    values = np.arange(1, len(codes) + 1) / 7 * factor
    values[5] = np.nan
    return pd.DataFrame({"iso3": codes, "year": YEARS * 3, "share_gdp_pct": values})


def outputs(frame: pd.DataFrame) -> str:
    """All that a chart, a table and a sentence of these shares publish."""
    told = {
        "caption": "Shares",
        "source": "nato_defence_expenditure",
        "unit": "% of GDP",
        "alt": "Lines that rise.",
    }
    figure = Figure(chart_lines(frame, y="share_gdp_pct", unit="% of GDP"), data=frame, **told)
    last = frame[frame["year"] == YEARS[-1]]
    table = Table(table_of(last, stub="iso3", columns={"share_gdp_pct": ("Share", "% of GDP", 2)}), data=last, **told)
    level = Quantity(float(last["share_gdp_pct"].iloc[0]), "% of GDP", high=float(last["share_gdp_pct"].iloc[2]))
    sentence = Prose("They spend {level}.", level=level)
    return json.dumps([one._repr_mimebundle_() for one in (figure, table, sentence)], sort_keys=True)


def test_the_last_digits_of_a_computation_do_not_show():
    # the numbers one unit in the last place up or down, as another machine might compute them: 2.2e-16 of them at most
    plain = shares()
    moved = plain.assign(share_gdp_pct=np.nextafter(plain["share_gdp_pct"], np.tile([np.inf, -np.inf, 0], len(YEARS))))
    assert not moved.equals(plain)
    assert outputs(moved) == outputs(plain)


def test_a_difference_in_the_tenth_digit_shows():
    assert outputs(shares(1 + 1e-9)) != outputs(shares())


def test_chart_and_data_have_the_same_numbers_and_whole_ones_stay_whole():
    frame = shares()
    figure = Figure(
        chart_lines(frame, y="share_gdp_pct", unit="% of GDP"),
        data=frame,
        caption="Shares",
        source="nato_defence_expenditure",
        unit="% of GDP",
        alt="Lines that rise.",
    )
    lines = figure.particulars.csv().splitlines()
    assert lines[1] == "EST,2014,0.1428571429"  # 1 / 7
    assert lines[6] == "EST,2019,"
    in_data = {float(line.split(",")[2]) for line in lines[1:] if not line.endswith(",")}
    drawn = {row["y"] for rows in figure.spec()["datasets"].values() for row in rows if "series" in row and "y" in row}
    assert drawn == in_data
    assert len(drawn) == 38  # three countries in 13 years, one of them missing


def test_what_altair_names_by_its_content_is_numbered():
    # the hashes are made of all digits; 0.1 + 0.2 is 0.30000000000000004
    first, second, view = f"data-{'5f' * 16}", f"data-{'a0' * 16}", f"view_{'1c' * 8}_0"
    spec = {
        "layer": [{"data": {"name": first}, "name": view}, {"data": {"name": second}, "mark": {"size": 1 / 3}}],
        "params": [{"name": "chosen", "views": [view]}],
        "datasets": {second: [{"y": 0.1 + 0.2, "name": "data-based"}], first: [{"y": 1}]},
    }
    published = publish_chart(spec)
    assert published == {
        "layer": [
            {"data": {"name": "data-1"}, "name": "view_2"},
            {"data": {"name": "data-3"}, "mark": {"size": 0.3333333333}},
        ],
        "params": [{"name": "chosen", "views": ["view_2"]}],
        "datasets": {"data-3": [{"y": 0.3, "name": "data-based"}], "data-1": [{"y": 1}]},
    }
    assert isinstance(published["datasets"]["data-1"][0]["y"], int)


def test_a_half_is_rounded_as_one_whatever_the_computation_left_of_it():
    # a machine that ends just below 2.25 would print 2.2
    below, above = np.nextafter(2.25, 0), np.nextafter(2.25, 3)
    assert [str(Prose("{x}", x=Quantity(float(one), "%")).markdown) for one in (below, 2.25, above)] == ["2.3%"] * 3


def test_a_whole_number_is_printed_as_one_whatever_the_computation_left_of_it():
    assert Prose("{n}", n=Quantity(3.0000000000000004, "brigades")).markdown == "3 brigades"
