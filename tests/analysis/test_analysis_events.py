"""Events of the register, chosen by the days of policy values."""

import pandas as pd
import pytest

from baltic_calculus.analysis.events import choose_events
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

TIMELINE = pd.DataFrame(
    {
        "date": ["2014-09-05", "2022-02-24", "2022-02-24", "2025-06-25"],
        "event": ["summit", "one", "two", "summit again"],
        "category": ["spending", "threat", "threat", "spending"],
    }
)


def test_events_are_chosen_by_day_and_kept_within_the_years() -> None:
    chosen = choose_events(TIMELINE, ["2025-06-25", "2014-09-05"], Parameters(first_year=2014, last_year=2026))
    assert chosen["event"].tolist() == ["summit", "summit again"]
    later = choose_events(TIMELINE, ["2025-06-25", "2014-09-05"], Parameters(first_year=2020, last_year=2026))
    assert later["event"].tolist() == ["summit again"]


@pytest.mark.parametrize("day", ["2022-02-24", "2023-07-11"])
def test_a_day_with_two_events_or_none_is_refused(day: str) -> None:
    with pytest.raises(DataError, match=day):
        choose_events(TIMELINE, [day], Parameters())
