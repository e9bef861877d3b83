"""The numbers in the chapter's sentences."""

import pandas as pd

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.spending_facts import describe_opposite


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
