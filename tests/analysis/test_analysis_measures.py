"""Measures keep their published status; a country without any says so."""

import pandas as pd
import pytest

from baltic_calculus.analysis.measures import classify_status, select_measures
from baltic_calculus.analysis.parameters import Parameters

MEASURES = pd.DataFrame(
    {
        "iso3": ["EST", "EST", "LTU"],
        "title": ["Security tax", "VAT", "Defence bonds"],
        "adopted": ["2024-12", "2025-05", "2024-10-10"],
        "effective": ["2026", "2025-07-01", "2024-"],
        "value": [751.0, 2.0, 182.3],
        "unit": ["EUR m", "points", "EUR m"],
        "budget_period": ["2026", "permanent", "13 issues"],
        "status": ["superseded", "in force", "ongoing"],
        "source": ["A", "B", "C;D"],
        "note": ["", "", ""],
    }
)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("repealed in part 2025-06 (replaced)", "withdrawn"),
        ("cancelled in Sept 2025 (2026-29 budget strategy)", "withdrawn"),
        ("proposal", "planned or proposed"),
        ("framework", "planned or proposed"),
        ("adopted budget", "decided"),
    ],
)
def test_a_status_has_one_standing(status: str, standing: str) -> None:
    assert classify_status(status) == standing


def test_only_amounts_of_money_are_amounts() -> None:
    rows = select_measures(MEASURES, Parameters(countries=("EST",), first_year=1995, last_year=2024))
    # what stands comes before what was withdrawn; two points of VAT are no amount
    assert rows["title"].tolist() == ["VAT", "Security tax"]
    assert rows["amount_eur_m"].isna().tolist() == [True, False]


def test_a_country_without_a_measure_has_a_row_that_says_so() -> None:
    rows = select_measures(MEASURES, Parameters(countries=("FIN", "LTU"), first_year=1995, last_year=2024))
    assert rows[["iso3", "standing"]].values.tolist() == [["FIN", "none found"], ["LTU", "decided"]]
    assert rows["source"].tolist() == ["", "C, D"]
