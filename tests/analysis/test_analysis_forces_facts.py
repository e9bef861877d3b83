"""Facts on own forces, equipment and the forces opposite, against the published rows."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.equipment import list_equipment
from baltic_calculus.analysis.force_ratios import compare_strengths
from baltic_calculus.analysis.forces import around, compute_forces
from baltic_calculus.analysis.forces_facts import describe_equipment, describe_forces, describe_opposite
from baltic_calculus.analysis.land_borders import list_borders, total_lengths
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity

BALTIC = Parameters(countries=("EST", "LVA", "LTU"), comparators=("POL", "FIN"), first_year=2017, last_year=2026)


def with_countries(*codes: str) -> Parameters:
    return BALTIC.model_copy(update={"countries": codes})


@pytest.fixture(scope="module")
def forces() -> pd.DataFrame:
    return catalog.load("national_forces")


@pytest.fixture(scope="module")
def own(forces: pd.DataFrame) -> pd.DataFrame:
    region = around(BALTIC)
    lengths = total_lengths(list_borders(catalog.load("geography"), region))
    return compute_forces(forces, catalog.load("world_bank"), lengths, region)


def test_active_strength_of_lithuania_is_a_range(own: pd.DataFrame) -> None:
    active = describe_forces(own, BALTIC)["active"]
    # CIA 20,000; the minister 22,000
    assert active["LTU"] == Quantity(20000, "persons", 0, 22000)  # type: ignore[index, call-overload]


def test_persons_per_km_of_border(own: pd.DataFrame) -> None:
    facts = describe_forces(own, BALTIC)
    # Latvia: 9,000 / (332 + 161) = 18.3; Poland: 216,700 to 235,000 over 209 + 375 = 371 to 402
    assert (facts["per_km_lowest"], facts["per_km_highest"]) == ("LVA", "POL")
    lowest, highest = facts["lowest_per_km"], facts["highest_per_km"]
    assert isinstance(lowest, Quantity)
    assert isinstance(highest, Quantity)
    assert lowest.value == pytest.approx(18.26, abs=0.01)
    assert (highest.value, highest.high) == pytest.approx((371.06, 402.40), abs=0.01)


def test_wartime_size_where_there_is_one_else_the_plan(own: pd.DataFrame) -> None:
    facts = describe_forces(own, with_countries("LVA", "POL"))
    # Latvia: 31,000 and a reserve of 30,000; Poland's plan is of active strength alone
    assert facts["wartime"] == {
        "LVA": Quantity(61000, "persons", 0, 61000),
        "POL": Quantity(300000, "persons", 0, 300000),
    }
    assert set(facts["wartime_size"]) == {"LVA"}
    assert facts["without_wartime"] == ()
    assert describe_forces(own, with_countries("DNK"))["wartime"] == "none published"


def test_counts_of_volunteers_are_dated(own: pd.DataFrame) -> None:
    facts = describe_forces(own, BALTIC)
    assert (facts["volunteers_first"], facts["volunteers_last"]) == ("2019", "March 2025")
    assert describe_forces(own, with_countries("DNK"))["volunteers_first"] == "no published figure"


def test_state_without_such_a_border(own: pd.DataFrame) -> None:
    facts = describe_forces(own, with_countries("DEU"))
    assert facts["active_per_km"] == "no published figure"
    assert facts["per_km_highest"] == "POL"


def test_equipment_named_and_still_to_come() -> None:
    listed = list_equipment(catalog.load("equipment"), around(BALTIC))
    facts = describe_equipment(listed, BALTIC)
    assert (facts["tanks_held"], facts["tanks_on_order"]) == (Quantity(0, "tanks", 0), Quantity(44, "tanks", 0))
    # Estonia 6 Chunmoo, Latvia 6 and Lithuania 8 HIMARS
    assert facts["launchers_on_order"] == Quantity(20, "launchers", 0)
    assert facts["last_order"] == Quantity(2029, "year")
    assert facts["weak"] == Quantity(2, "", 0)


def test_state_of_which_no_equipment_is_named() -> None:
    listed = list_equipment(catalog.load("equipment"), around(BALTIC))
    facts = describe_equipment(listed, with_countries("HUN"))
    assert facts["tanks_held"] == facts["last_order"] == "no published figure"
    assert facts["orders"] == Quantity(0, "", 0)


def test_ratios_are_ranges_and_depend_on_whom_one_counts(forces: pd.DataFrame) -> None:
    facts = describe_opposite(forces, compare_strengths(forces, BALTIC.countries))
    # 7,500 + 9,000 + 20,000 = 36,500; 1.1 m / 36,500 = 30.1, 1.2 m / 36,500 = 32.9
    assert facts["own"] == Quantity(36500, "persons", 0)
    told = {
        "ratio_russia": (30.137, 32.877),
        # 1.1 m - 715,000 = 385,000 and 1.2 m - 600,000 = 600,000
        "ratio_remaining": (10.548, 16.438),
        # 36,500 + 235,000 + 31,000 + 25,000 + 27,000 + 185,000 + 17,000 = 556,500
        "ratio_remaining_allies": (0.692, 1.078),
    }
    for name, ends in told.items():
        ratio = facts[name]
        assert isinstance(ratio, Quantity)
        assert (ratio.value, ratio.high) == pytest.approx(ends, abs=1e-3)
