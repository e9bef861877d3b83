import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.system_facts import (
    FIGURES,
    Figure,
    describe_derived,
    describe_drill,
    describe_figures,
    describe_host_deliveries,
    describe_money,
    describe_watch,
    gather_facts,
)
from baltic_calculus.errors import DataError


def published(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["entity", "indicator", "date", "value"])
    missing = float("nan")
    return frame.assign(low=missing, high=missing, unit="bunkers", confidence="high", source="A", note="")


def test_a_figure_is_the_newest_of_its_name() -> None:
    line = published(
        ("EST", "installed", "2026-02", 9.0), ("EST", "installed", "2025-12", 5.0), ("LVA", "installed", "2026-03", 1.0)
    )
    told = describe_figures({"line": line}, {"installed": Figure("line", "EST", "installed")})
    assert told["installed"] == Quantity(9.0, "bunkers", 0)
    assert told["installed_number"] == Quantity(9.0, "", 0)
    assert told["installed_date"] == "February 2026"


def test_a_figure_of_a_date_is_of_that_date() -> None:
    line = published(("EST", "installed", "2026-02", 9.0), ("EST", "installed", "2025-12", 5.0))
    told = describe_figures({"line": line}, {"before": Figure("line", "EST", "installed", "2025-12")})
    assert told["before"] == Quantity(5.0, "bunkers", 0)


def test_a_figure_that_is_not_there_is_named() -> None:
    line = published(("EST", "installed", "2026-02", 9.0))
    with pytest.raises(DataError, match="LTU"):
        describe_figures({"line": line}, {"installed": Figure("line", "LTU", "installed")})


def test_every_figure_is_in_the_registers() -> None:
    told = describe_figures({name: catalog.load(name) for name in {each.dataset for each in FIGURES.values()}})
    assert set(FIGURES) <= set(told)


def test_shares_and_delays_follow_from_two_figures() -> None:
    numbers = {
        "bunkers_planned": 600,
        "bunkers_delivered": 28,
        "bunkers_installed": 9,
        "line_first_date": 2026,
        "line_date": 2027,
        "rail_first_date": 2026,
        "rail_first_stage": 2030,
    }
    told = describe_derived({name: Quantity(value, "") for name, value in numbers.items()})
    # 28 / 600 = 4.67%, 9 / 600 = 1.5%
    assert told["bunkers_delivered_share"].value == pytest.approx(4.667, abs=0.001)
    assert told["bunkers_installed_share"].value == pytest.approx(1.5)
    assert (told["line_delay"].value, told["rail_delay"].value) == (1, 4)


def test_a_word_is_no_number() -> None:
    with pytest.raises(DataError, match="bunkers_planned"):
        describe_derived({"bunkers_planned": "six hundred"})


def test_incidents_are_counted_in_equal_spans() -> None:
    days = ["2024-09-11", "2024-09-12", "2025-09-11", "2025-09-12", "2026-09-11", "2026-09-12"]
    events = pd.DataFrame({"when": pd.to_datetime(days), "kind": "Airspace"})
    told = describe_watch(events, "2025-09-12", 12, "Airspace")
    # the first day of a span counts, the day after its end does not
    assert (told["before"].value, told["after"].value) == (2, 2)
    assert describe_watch(events, "2025-09-12", 12, "Pipelines")["after"].value == 0


def test_a_state_has_its_own_deliveries_counted() -> None:
    deliveries = pd.DataFrame(
        {
            "entity": ["LTU", "LTU", "LTU", "EST"],
            "last": ["2027-12", "2034", "", "2026"],
            "outturn": ["begun", "none found", "none found", "complete"],
        }
    )
    told = describe_host_deliveries(deliveries, "LTU", 2030)
    names = ("promised", "begun", "complete", "by_milestone", "after_milestone", "without_end")
    assert [told[name].value for name in names] == [3, 1, 0, 1, 1, 1]


def test_the_last_day_of_a_year_is_still_that_year() -> None:
    deliveries = pd.DataFrame({"entity": ["LTU"], "last": ["2030"], "outturn": ["none found"]})
    assert describe_host_deliveries(deliveries, "LTU", 2030)["by_milestone"].value == 1


def test_a_drill_has_its_size_as_published() -> None:
    exercises = pd.DataFrame(
        {
            "exercise": ["a", "b"],
            "date": ["2025-10", "2024"],
            "low": [2000.0, None],
            "high": [2200.0, None],
            "institutions": [115.0, None],
        }
    )
    told = describe_drill(exercises, "a")
    assert told["participants"] == Quantity(2000.0, "participants", 0, 2200.0)
    with pytest.raises(DataError, match="b"):
        describe_drill(exercises, "b")


def test_money_is_summed_by_state_and_the_union_stands_apart() -> None:
    money = pd.DataFrame(
        [
            ("SAFE", "paid", "LTU", 900.0, 900.0),
            ("SAFE", "paid", "LTU", 50.0, 60.0),
            ("SAFE", "approved", "LVA", 3490.0, 3490.0),
            ("SAFE", "paid", "EU27", 5000.0, 5000.0),
            ("SAFE", "paid", "EST", None, None),
        ],
        columns=["instrument", "stage", "iso3", "low_eur_m", "high_eur_m"],
    )
    told = describe_money(money, "SAFE", "paid")
    assert told["amounts"] == {"LTU": Quantity(950.0, "EUR m", 0, 960.0)}
    assert told["all"] == Quantity(5000.0, "EUR m", 0)


def test_facts_of_groups_do_not_meet() -> None:
    one, two = {"first": Quantity(1, "")}, {"first": {"EST": Quantity(2, "")}}
    assert set(gather_facts(a=one, b=two)) == {"a_first", "b_first", "b_first_est"}
