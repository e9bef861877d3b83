"""The numbers in the chapter's sentences."""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.spending_facts import describe_opposite, describe_since


def value(fact: object) -> float:
    """Take the number out of a quantity."""
    assert isinstance(fact, Quantity)
    return fact.value


def test_the_adversary_is_compared_in_its_own_last_year() -> None:
    opposite = pd.DataFrame(
        {
            "iso3": ["RUS", "RUS", "EST", "EST"],
            "year": [2014, 2025, 2025, 2026],
            "share_gdp_pct": [4.1, 7.5, 3.4, 5.0],
        }
    )
    facts = describe_opposite(opposite, "RUS")
    assert (value(facts["adversary_share"]), value(facts["adversary_share_before"])) == (7.5, 4.1)
    assert facts["shares_same_year"] == {"EST": Quantity(3.4, "% of GDP", 2)}  # 2026 is not the adversary's year


def test_since_when_and_how_late_the_rise_came() -> None:
    shares = {2014: 1.0, 2021: 2.0, 2024: 3.0, 2026: 5.0}
    nato = pd.DataFrame(
        [("EST", year, "share_gdp_pct", share, "estimate" if year > 2024 else "") for year, share in shares.items()]
        + [("USA", year, "share_gdp_pct", 3.6 - (year - 2014) / 20, "") for year in shares],
        columns=["iso3", "year", "measure", "value", "flag"],
    )
    parameters = Parameters(countries=("EST", "USA"))
    facts = describe_since(nato, parameters, guideline_gdp_pct=2, target_gdp_pct=3.5, split_year=2021)
    assert facts["guideline_since"] == {"EST": Quantity(2021, "year"), "USA": Quantity(2014, "year")}
    assert facts["target_since"] == {"EST": Quantity(2026, "year")}  # the United States have fallen below it
    # from 1 to 2 before, from 2 to 5 after: three of four points
    assert facts["late_part"] == {"EST": Quantity(75.0, "%", 0)}
    assert (value(facts["final_year"]), facts["shares_final"]["EST"]) == (2024, Quantity(3.0, "% of GDP", 2))
