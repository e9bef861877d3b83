"""Bars of several countries in each row: sums only where the rows are parts of a whole."""

import pandas as pd
import pytest

from baltic_calculus.exhibits import chart_grouped_bars

ROWS = pd.DataFrame(
    {
        "scenario": ["held at plan", "held at plan", "back to 2%", "back to 2%"],
        "iso3": ["EST", "LVA"] * 2,
        "gap": [3.2, 1.3, 0.4, -1.4],
    }
)


@pytest.mark.parametrize(
    ("total_label", "names"),
    [("Total", ["Held at plan", "Back to 2%", "Total"]), ("", ["Held at plan", "Back to 2%"])],
)
def test_rows_have_sums_only_when_they_are_asked_for(total_label: str, names: list[str]) -> None:
    spec = chart_grouped_bars(
        ROWS, category="scenario", series="iso3", value="gap", unit="points of GDP", total_label=total_label
    ).to_dict()
    drawn = {row["name"] for rows in spec["datasets"].values() for row in rows if "name" in row}
    assert drawn == set(names)
