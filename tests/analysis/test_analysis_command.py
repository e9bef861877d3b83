"""Command structure: what is in force on a day, and what changed between two."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.command import (
    ABSENT,
    ANNOUNCED,
    CHANGES,
    EARLIER,
    ENDED,
    LATER,
    MOVED,
    NEW,
    NOT_VERIFIED,
    UNCHANGED,
    compare_structures,
    compute_command,
    list_changes,
    list_leads,
    structure_on,
)
from baltic_calculus.analysis.command_facts import describe_areas, describe_command, describe_leads, describe_way
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError


def links(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Links from entity, superior, since and until."""
    frame = pd.DataFrame(rows, columns=["entity", "superior", "since", "until"])
    return frame.assign(
        kind="state", place="", status="in force", seen="2026-01", lead="", lead_agreed="", confidence="high",
        source="A", note="",
    )  # fmt: skip


# one state passes from one command to another on 5 December 2025
PASSING = links(
    ("top", "", "", ""), ("a", "top", "", ""), ("b", "top", "", ""),
    ("X", "a", "", "2025-12-05"), ("X", "b", "2025-12-05", ""), ("Y", "a", "", ""),
)  # fmt: skip


def superiors(commands: pd.DataFrame, day: str) -> dict[str, str]:
    return structure_on(commands, day).set_index("entity")["superior"].to_dict()


@pytest.mark.parametrize(("day", "superior"), [("2025-12-04", "a"), ("2025-12-05", "b"), ("2026-06-30", "b")])
def test_a_link_ends_on_the_day_on_which_the_next_begins(day, superior):
    assert superiors(PASSING, day)["X"] == superior


def test_a_link_counts_from_the_end_of_the_month_in_which_it_began():
    month = links(("top", "", "", ""), ("a", "top", "2024-10", ""))
    assert "a" not in superiors(month, "2024-10-30")
    assert superiors(month, "2024-10-31") == {"top": "", "a": "top"}


def test_two_superiors_on_a_day_are_refused():
    double = links(("top", "", "", ""), ("a", "top", "", ""), ("X", "a", "", ""), ("X", "top", "2025", ""))
    with pytest.raises(DataError, match="two superiors on 2026-06-30: X"):
        structure_on(double, "2026-06-30")


def test_a_superior_without_a_row_is_refused_unless_not_verified():
    with pytest.raises(DataError, match="no row for superior b"):
        structure_on(links(("top", "", "", ""), ("a", "b", "", "")), LATER)
    assert superiors(links(("a", NOT_VERIFIED, "", "")), LATER) == {"a": NOT_VERIFIED}


def test_every_change_has_its_word():
    commands = links(
        ("top", "", "", ""), ("a", "top", "", ""), ("gone", "top", "", "2025"),
        ("X", "a", "", "2025-12-05"), ("X", "top", "2025-12-05", ""), ("fresh", "top", "2025", ""),
        ("soon", "a", "2026-05-28", ""),
    )  # fmt: skip
    commands.loc[commands["entity"] == "soon", "status"] = ANNOUNCED
    changes = compare_structures(structure_on(commands, EARLIER), structure_on(commands, LATER)).set_index("entity")
    assert changes["change"].to_dict() == {
        "top": UNCHANGED, "a": UNCHANGED, "X": MOVED, "fresh": NEW, "soon": ANNOUNCED, "gone": ENDED,
    }  # fmt: skip
    assert changes.loc["X", ["superior_then", "superior_now", "since"]].tolist() == ["a", "top", "2025-12-05"]
    assert changes.loc["gone", ["superior_then", "superior_now", "since"]].tolist() == ["top", "", ""]


def test_nothing_changes_between_a_day_and_itself():
    day = structure_on(PASSING, LATER)
    assert set(compare_structures(day, day)["change"]) == {UNCHANGED}


def test_dates_stand_only_at_what_changed_and_only_on_the_later_day():
    both = compute_command(PASSING)
    assert both.loc[both["dated"] != "", ["as_of", "entity", "dated"]].to_numpy().tolist() == [[LATER, "X", "Dec 2025"]]


def test_a_link_that_no_later_source_states_is_not_confirmed():
    both = compute_command(PASSING.assign(seen=["2026", "2024-06-30", "2024-07-01", "2023", "2026", "2021-09-10"]))
    later = both[both["as_of"] == LATER].set_index("entity")["confirmed"]
    assert later.to_dict() == {"top": True, "a": False, "b": True, "X": True, "Y": False}
    assert both.loc[both["as_of"] == EARLIER, "confirmed"].all()


def test_changes_come_by_date_with_their_publishers():
    sources = pd.DataFrame({"source": ["A", "B"], "publisher": ["Ministry", "Press"]})
    rows = list_changes(PASSING.assign(source="A;B"), sources)
    assert rows[["entity", "change", "publisher"]].to_numpy().tolist() == [["X", MOVED, "Ministry; Press"]]


def test_a_list_says_in_words_where_there_was_no_link():
    commands = links(("top", "", "", ""), ("fresh", "top", "2025", ""), ("gone", "top", "", "2025-03"))
    rows = list_changes(commands, pd.DataFrame({"source": ["A"], "publisher": ["Ministry"]})).set_index("entity")
    assert rows.loc["fresh", ["superior_then", "superior_now"]].tolist() == [ABSENT, "top"]
    assert rows.loc["gone", ["superior_then", "superior_now"]].tolist() == ["top", ENDED]


def test_lead_that_was_not_read_is_said_and_is_no_transfer():
    commands = PASSING.iloc[:3].assign(lead=["USA", "", "USA"], lead_agreed=["USA", "DEU;POL", "GBR"])
    leads = list_leads(commands, catalog.load("countries"))
    assert leads[["lead", "lead_agreed", "transfer"]].to_numpy().tolist() == [
        ["United States", "United States", False],
        [NOT_VERIFIED, "Germany, Poland", False],
        ["United States", "United Kingdom", True],
    ]


def test_facts_count_what_the_frame_holds():
    commands = pd.concat([PASSING, links(("soon", NOT_VERIFIED, "2026-05-28", ""))], ignore_index=True)
    commands.loc[commands["entity"] == "soon", "status"] = ANNOUNCED
    told = describe_command(commands)
    # four entities below the top on both days; one of them moved, one further is announced
    assert [told[name] for name in ("links_then", "links_now", "unchanged", "moved", "announced")] == [
        Quantity(number, "", 0) for number in (4, 4, 3, 1, 1)
    ]
    assert (told["announced_names"], told["announced_date"]) == (("soon",), "28 May 2026")
    areas = describe_areas(commands)
    assert areas["moved_states"] == ("X",)
    assert (areas["from_command"], areas["to_command"], areas["moved_date"]) == ("a", "b", "5 December 2025")
    assert describe_way(commands, "X") == {"then": "a", "now": "b", "since": "5 December 2025"}


def test_facts_need_something_to_tell():
    with pytest.raises(DataError, match="nothing changed"):
        describe_command(PASSING)
    with pytest.raises(DataError, match="is not in the structure of both days"):
        describe_way(PASSING, "Z")
    with pytest.raises(DataError, match="0 ways"):
        describe_areas(PASSING, "2026-01-01", "2026-06-30")


def test_agreed_leads_are_told_from_both_sides():
    commands = PASSING.iloc[:3].assign(lead=["USA", "GBR", "USA"], lead_agreed=["USA", "USA", "GBR"])
    told = describe_leads(commands)
    assert (told["lost_names"], told["won_names"], told["american"]) == (("b",), ("a",), Quantity(2, "", 0))


@pytest.fixture(scope="module")
def commands() -> pd.DataFrame:
    return catalog.load("command_structure")


def test_dataset_is_a_tree_at_every_end_of_a_month_between_the_days_compared(commands):
    for day in pd.date_range(EARLIER, LATER, freq="ME").strftime("%Y-%m-%d"):
        structure = structure_on(commands, day)
        above = structure.set_index("entity")["superior"]
        for entity in above.index:
            seen = [entity]
            while above.get(seen[-1], "") not in ("", NOT_VERIFIED):
                seen.append(above[seen[-1]])
                assert len(seen) == len(set(seen)), seen


def test_every_row_counts_on_one_of_the_days_compared(commands):
    both = compute_command(commands)
    assert len(both) == len(structure_on(commands, EARLIER)) + len(structure_on(commands, LATER))
    drawn = set(zip(both["entity"], both["superior"], strict=True))
    assert drawn == set(zip(commands["entity"], commands["superior"], strict=True))
    assert set(both["change"]) <= set(CHANGES)
