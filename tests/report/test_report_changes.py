"""Facts of two editions: what changed, what is new, what is gone, and what only kept its name."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.report.changes import COLUMNS, changes_csv, compare_facts, count_compared

OLD = {
    "burden": {
        "debt.EST": {"value": 24.0, "unit": "% of GDP"},
        "debt.LVA": {"value": 46.9, "unit": "% of GDP"},
        "amount": {"value": 9.3, "unit": "EUR bn"},
        "dropped": {"value": 3, "unit": ""},
        "cell-7.debt": {"value": 1.0, "unit": "% of GDP"},
    },
    "posture": {
        "ukraine": {"value": 600.0, "high": 700.0, "unit": "troops"},
        "leader": {"value": "LTU", "unit": ""},
        "above": {"value": ["EST", "LVA"], "unit": ""},
    },
    "closed": {"year": {"value": 2024, "unit": "year"}},
}
NEW = {
    "burden": {
        "debt.EST": {"value": 25.5, "unit": "% of GDP"},  # 25.5 - 24.0 = 1.5
        "debt.LVA": {"value": 46.9 + 1e-12, "unit": "% of GDP"},  # what the order of a sum leaves behind
        "amount": {"value": 9300.0, "unit": "EUR m"},
        "debt.LTU": {"value": 39.8, "unit": "% of GDP"},
        "cell-7.debt": {"value": 2.0, "unit": "% of GDP"},
    },
    "posture": {
        "ukraine": {"value": 600.0, "high": 720.0, "unit": "troops"},  # middles 650 and 660
        "leader": {"value": "EST", "unit": ""},
        "above": {"value": ["EST", "LVA"], "unit": ""},
    },
}


def told(changes) -> list[tuple[str, str, str, float | None]]:
    sizes = [None if change.size is None else round(change.size, 6) for change in changes]
    return [(one.page, one.name, one.status, size) for one, size in zip(changes, sizes, strict=True)]


def test_facts_of_two_editions_give_the_expected_changes() -> None:
    assert told(compare_facts(OLD, NEW)) == [
        ("burden", "debt.EST", "changed", 1.5),
        ("burden", "amount", "redefined", None),
        ("burden", "debt.LTU", "new", None),
        ("burden", "dropped", "gone", None),
        ("posture", "ukraine", "changed", 10.0),
        ("posture", "leader", "changed", None),
        ("closed", "year", "gone", None),
    ]


def test_only_facts_of_one_unit_count_as_compared() -> None:
    # debt.EST, debt.LVA, ukraine, leader, above; not the amount, whose unit is another, nor what a cell's place names
    assert count_compared(OLD, NEW) == 5


def test_a_range_that_widens_at_one_end_is_as_large_a_change_as_that_end() -> None:
    (change,) = (one for one in compare_facts(OLD, NEW) if one.name == "ukraine")
    assert change.relative == pytest.approx(20 / 720)


def test_a_range_of_one_value_is_that_value() -> None:
    plain, closed = {"value": 7500.0, "unit": "persons"}, {"value": 7500.0, "high": 7500.0, "unit": "persons"}
    assert compare_facts({"posture": {"active": plain}}, {"posture": {"active": closed}}) == []


def test_an_unknown_that_becomes_known_changed_without_a_size() -> None:
    unknown, known = {"value": None, "unit": "% of GDP"}, {"value": 2.0, "unit": "% of GDP"}
    assert told(compare_facts({"a": {"x": unknown}}, {"a": {"x": known}})) == [("a", "x", "changed", None)]


FACTS = st.dictionaries(
    st.sampled_from(["a", "b"]),
    st.dictionaries(
        st.sampled_from(["x", "y", "z"]),
        st.fixed_dictionaries(
            {"value": st.floats(-100, 100) | st.sampled_from(["EST", "LVA"]), "unit": st.sampled_from(["%", "points"])}
        ),
    ),
)


@given(FACTS, FACTS)
def test_seen_from_the_other_edition_new_is_gone_and_sizes_change_sign(old, new) -> None:
    other = {"new": "gone", "gone": "new", "changed": "changed", "redefined": "redefined"}
    there = {(page, name): (status, size) for page, name, status, size in told(compare_facts(old, new))}
    back = {(page, name): (status, size) for page, name, status, size in told(compare_facts(new, old))}
    assert there.keys() == back.keys()
    for place, (status, size) in there.items():
        assert back[place] == (other[status], None if size is None else -size)
    assert compare_facts(old, old) == []


def test_the_data_hold_both_values_units_and_the_size() -> None:
    rows = list(csv.DictReader(io.StringIO(changes_csv(compare_facts(OLD, NEW)))))
    assert list(rows[0]) == list(COLUMNS)
    by_fact = {row["fact"]: row for row in rows}
    assert (by_fact["debt.EST"]["before"], by_fact["debt.EST"]["after"]) == ("24.0", "25.5")
    assert float(by_fact["debt.EST"]["change"]) == 1.5
    assert (by_fact["amount"]["unit_before"], by_fact["amount"]["unit"], by_fact["amount"]["change"]) == (
        "EUR bn",
        "EUR m",
        "",
    )
    assert (by_fact["ukraine"]["before_high"], by_fact["ukraine"]["after_high"]) == ("700.0", "720.0")
    assert by_fact["dropped"]["after"] == ""
