"""The numbers about debt, interest and SAFE in the fiscal chapter's sentences."""

from collections.abc import Mapping

import pandas as pd
import pytest

from baltic_calculus.analysis.burden_facts import UNKNOWN
from baltic_calculus.analysis.debt_facts import (
    describe_debt,
    describe_interest,
    describe_projections,
    describe_safe,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.analysis.safe import GDP_YEAR

LATEST, BEFORE = "IMF WEO April 2026", "IMF WEO October 2025"
TWO = Parameters(countries=("EST", "POL"), first_year=1995, last_year=2024)
BANK = "Bank of Estonia, December 2025"


def value(fact: Fact, code: str = "") -> float:
    """Take the number out of a quantity, or out of that of one country."""
    one = fact[code] if isinstance(fact, Mapping) else fact
    assert isinstance(one, Quantity)
    return one.value


def codes(fact: Fact) -> list[str]:
    """Countries of a fact, in their order."""
    assert isinstance(fact, Mapping)
    return list(fact)


def debt(rows: list[tuple[str, int, float, str, str]]) -> pd.DataFrame:
    """Make a long frame of gross debt from (iso3, year, value, vintage, flag)."""
    frame = pd.DataFrame(rows, columns=["iso3", "year", "value", "vintage", "flag"])
    return frame.assign(measure="gross_debt_gdp_pct", note="", source="X")


MACRO = debt(
    [
        ("EST", 2025, 24.0, LATEST, "estimate"), ("POL", 2025, 59.0, LATEST, "estimate"),
        ("EST", 2030, 39.0, LATEST, "forecast"), ("POL", 2030, 75.0, LATEST, "forecast"),
        ("EST", 2031, 41.0, LATEST, "forecast"), ("POL", 2031, 77.0, LATEST, "forecast"),
        ("EST", 2030, 35.5, BEFORE, "forecast"), ("POL", 2030, 76.0, BEFORE, "forecast"),
        ("EST", 2030, 36.0, BANK, "forecast"),
    ]
)  # fmt: skip


def test_debt_is_told_now_at_the_horizon_and_against_the_reference() -> None:
    facts = describe_debt(MACRO, TWO, 60)
    assert (facts["now_year"], facts["end_year"]) == (Quantity(2025, "year"), Quantity(2031, "year"))
    assert facts["rises"] == {"EST": Quantity(17.0, "points of GDP", 1), "POL": Quantity(18.0, "points of GDP", 1)}
    assert facts["rising"] == ("EST", "POL")
    assert facts["above_reference"] == ("POL",)
    assert (facts["nearest"], value(facts["nearest_distance"])) == ("POL", 17)  # 77 is closer to 60 than 41


def test_past_debt_above_the_reference_does_not_count() -> None:
    past = pd.concat([MACRO, debt([("EST", 2010, 70.0, LATEST, "")])])
    assert describe_debt(past, TWO, 60)["above_reference"] == ("POL",)


def test_the_revision_is_told_for_the_last_common_year() -> None:
    facts = describe_debt(MACRO, TWO, 60)
    assert facts["revision_year"] == Quantity(2030, "year")
    assert facts["revisions"] == {"EST": Quantity(3.5, "points of GDP", 1), "POL": Quantity(-1.0, "points of GDP", 1)}
    assert (facts["revised_up"], facts["revised_down"]) == (("EST",), ("POL",))


def test_other_projections_are_counted_against_the_imf() -> None:
    facts = describe_projections(MACRO, TWO)
    assert [value(facts[name]) for name in ("projections", "below_imf", "above_imf")] == [1, 1, 0]  # 36 < 39
    assert (facts["widest_by"], facts["widest_difference"]) == ((BANK,), {"EST": Quantity(3.0, "points of GDP", 1)})
    assert facts["missing"] == ("POL",)


def test_no_other_projection_is_put_in_words() -> None:
    facts = describe_projections(MACRO, Parameters(countries=("POL",), first_year=1995, last_year=2024))
    assert (facts["widest_by"], facts["widest_difference"]) == ((), UNKNOWN)


def test_interest_names_the_countries_without_a_projection() -> None:
    bill = debt([("EST", 2025, 0.4, BANK, "forecast"), ("EST", 2029, 0.9, BANK, "forecast")])
    euros = bill.assign(measure="interest_eur_m", value=[184.0, 464.0])
    facts = describe_interest(pd.concat([bill.assign(measure="interest_gdp_pct"), euros]), TWO)
    assert facts["bills_last"] == {"EST": Quantity(464.0, "EUR m", 0)}
    assert facts["first_year"] == Quantity(2025, "year")
    assert facts["last_years"] == {"EST": Quantity(2029.0, "year")}
    assert facts["missing"] == ("POL",)


def test_safe_tells_cuts_from_rounding() -> None:
    nan = float("nan")
    safe = pd.DataFrame(
        {
            "iso3": ["EST", "POL", "SVK", "FRA", "CYP"],
            "tentative_loan_eur_bn": [2.66, 43.73, 2.32, 16.22, 1.18],
            "adopted_loan_eur": [2.36e9, 43.7e9, nan, nan, 1.18e9],
            "adopted_prefinancing_eur": [0.3e9, 6.5e9, nan, nan, 0.2e9],
            "status": ["adopted", "adopted", "adopted", "pending", "adopted"],
        }
    )
    nato = pd.DataFrame(
        [("EST", "spend_usd_m_current", 110.0), ("EST", "spend_nac_m_current", 100.0)]
        + [(code, "gdp_usd_m_current", 110000.0) for code in ("EST", "POL", "SVK", "FRA")],
        columns=["iso3", "measure", "value"],
    ).assign(year=GDP_YEAR, flag="estimate")
    facts = describe_safe(safe, nato, Parameters(countries=("EST", "POL", "NOR"), first_year=1995, last_year=2024))
    assert facts["reduced"] == ("EST",)  # Poland's 0.03 is rounding
    assert value(facts["reductions"], "EST") == pytest.approx(0.30)  # 2.66 - 2.36
    assert value(facts["adopted_total"]) == pytest.approx(46.06)  # 2.36 + 43.7
    assert value(facts["all_adopted"]) == pytest.approx(47.24)  # and Cyprus's 1.18
    assert codes(facts["largest"]) == ["POL", "EST"]  # of those with a GDP: 43.7 % and 2.36 % of EUR 100 bn
    assert (facts["pending"], facts["not_seen"], facts["no_gdp"]) == (("FRA",), ("SVK",), ("CYP",))
    assert facts["without_loan"] == ("NOR",)
