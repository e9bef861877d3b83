"""Facts of the posture chapter, against the published rows."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.posture_facts import (
    describe_option,
    describe_permits,
    describe_presence,
    describe_promise,
    quantity_of,
)
from baltic_calculus.analysis.quantity import Quantity

BALTIC = Parameters(countries=("EST", "LVA", "LTU"), comparators=("POL", "FIN"), first_year=2017, last_year=2026)


@pytest.fixture(scope="module")
def presence() -> pd.DataFrame:
    return catalog.load("forward_presence")


def test_range_and_exact_number_become_quantities() -> None:
    assert quantity_of(Interval(34, 36), "%", 0) == Quantity(34, "%", 0, 36)
    assert quantity_of(Interval(60, 60), "%", 0) == Quantity(60, "%", 0)


def test_brigade_in_lithuania(presence: pd.DataFrame) -> None:
    facts = describe_promise(presence, "LTU")
    # 4,800 soldiers + 200 civilians; 1,700 to 1,800 present: 34 to 36%; 3,200 to 3,300 missing
    assert facts["promised"] == Quantity(5000, "persons")
    assert facts["present"] == Quantity(1700, "persons", None, 1800)
    assert facts["share"] == Quantity(34, "%", 0, 36)
    assert facts["missing"] == Quantity(3200, "persons", None, 3300)
    assert (facts["lead"], facts["due"], facts["present_date"]) == ("Germany", "2027", "February 2026")


def test_hosts_totals_and_gaps(presence: pd.DataFrame) -> None:
    facts = describe_presence(presence, BALTIC)
    assert facts["hosts"] == Quantity(9, "", 0)
    assert facts["total_last"] == Quantity(9641, "troops")
    assert facts["not_public"] == ("FIN",)
    assert facts["strengths"]["LTU"] == Quantity(1700, "troops", None, 1800)  # type: ignore[index, call-overload]


def test_country_that_hosts_nothing_is_said_so(presence: pd.DataFrame) -> None:
    facts = describe_presence(presence, Parameters(countries=("DEU",), first_year=2017))
    assert facts["strengths"] == "none published"
    assert facts["not_hosts"] == ("DEU",)


def test_only_latvia_has_a_brigade_by_the_numbers(presence: pd.DataFrame) -> None:
    facts = describe_option(presence, Interval(3000, 5000))
    assert facts["reached"] == ("LVA",)
    assert facts["unknown"] == ("FIN",)
    assert facts["below_count"] == Quantity(7, "", 0)  # nine hosts, one reached, one unknown


def test_permits() -> None:
    facts = describe_permits(catalog.load("mobility"))
    assert (facts["permit_now"], facts["permit_emergency"]) == (Quantity(45, "days"), Quantity(6, "hours"))
