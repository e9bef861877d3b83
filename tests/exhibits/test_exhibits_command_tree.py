"""Outlines of command: rows that never meet, names that fit, and every link drawn once."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.command import CHANGES, LATER, NOT_VERIFIED, compute_command
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_command_tree, describe_command_tree
from baltic_calculus.exhibits.command_tree import GAP, MOST_NAMED, NARROWEST, PANEL, STEP, place_rows
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.measure import text_width
from baltic_calculus.exhibits.narrow import narrow_spec
from baltic_calculus.exhibits.outline_tree import lay_out
from baltic_calculus.exhibits.theme import TICK_SIZE


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Names and parents, each parent before its children."""
    count = draw(st.integers(1, 25))
    parents = [draw(st.sampled_from(["", *(str(one) for one in range(place))])) for place in range(count)]
    return [str(place) for place in range(count)], parents


@given(trees())
def test_every_node_has_a_row_of_its_own_below_its_parent(tree):
    names, parents = tree
    placed = lay_out(names, parents)
    assert [node.row for node in placed] == list(range(len(names)))
    at = {node.name: node for node in placed}
    for name, parent in zip(names, parents, strict=True):
        if parent:
            assert (at[name].parent_row, at[name].depth) == (at[parent].row, at[parent].depth + 1)
            assert at[name].row > at[parent].row
        else:
            assert (at[name].parent_row, at[name].depth) == (at[name].row, 0)


@given(trees())
def test_a_subtree_is_one_block(tree):
    placed = lay_out(*tree)
    for node in placed:
        below = placed[node.row + 1 :]
        inside = next((place for place, other in enumerate(below) if other.depth <= node.depth), len(below))
        block = range(node.row, node.row + inside + 1)
        assert all(other.parent_row in block for other in below[:inside])
        assert not any(other.parent_row in block for other in below[inside:])


@pytest.mark.parametrize(
    ("names", "parents", "message"),
    [
        (["a", "a"], ["", ""], "stands twice"),
        (["a"], ["b"], "no node b"),
        (["a", "b"], ["b", "a"], "in a circle: a, b"),
    ],
)
def test_what_is_no_tree_is_refused(names, parents, message):
    with pytest.raises(ExhibitError, match=message):
        lay_out(names, parents)


FRAME = pd.DataFrame(
    {
        "panel": ["then", "then", "now", "now", "now"],
        "entity": ["top", "FIN", "top", "FIN", "loose"],
        "superior": ["", "top", "", "top", NOT_VERIFIED],
        "change": ["unchanged", "unchanged", "unchanged", "unchanged", "new"],
        "dated": ["", "", "", "", "Jan 2025"],
        "confirmed": [True, True, True, False, True],
        "confidence": ["high", "high", "high", "high", "low"],
    }
)


def draw(frame: pd.DataFrame) -> dict[str, Any]:
    chart = chart_command_tree(
        frame,
        panel="panel",
        entity="entity",
        superior="superior",
        kind="change",
        kinds=CHANGES,
        dated="dated",
        confirmed="confirmed",
        details={"Superior": "superior"},
        unit="links",
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def marks_of(spec: dict[str, Any], panel: int) -> list[dict[str, Any]]:
    layer = next(layer for layer in spec["hconcat"][panel]["layer"] if layer["mark"]["type"] == "point")
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    return rows


def test_every_entry_is_one_mark_with_its_change_and_its_confidence():
    rows = marks_of(draw(FRAME), 1)
    assert [(row["name"], row["kind"], row["weak"], row["confirmed"]) for row in rows] == [
        ("top", "unchanged", False, True),
        ("Finland", "unchanged", False, False),
        ("loose", "new", True, True),
    ]


def test_a_parent_without_a_row_becomes_a_heading_without_a_mark():
    placed = place_rows(FRAME.iloc[2:].assign(name=FRAME["entity"]), entity="entity", superior="superior")
    assert placed[["name", "row", "depth", "marked"]].to_numpy().tolist() == [
        ["top", 0, 0, True],
        ["FIN", 1, 1, True],
        ["Superior not verified", 2, 0, False],
        ["loose", 3, 1, True],
    ]


def test_the_key_names_only_changes_that_occur_and_a_shape_keeps_its_meaning():
    spec = draw(FRAME)
    layer = next(layer for layer in spec["hconcat"][0]["layer"] if layer["mark"]["type"] == "point")
    shape = layer["encoding"]["shape"]
    assert shape["legend"]["values"] == ["unchanged", "new"]
    assert shape["scale"]["domain"] == list(CHANGES)
    assert len(set(shape["scale"]["range"])) == len(CHANGES)


def test_panels_go_one_below_the_other_on_a_phone():
    narrow = narrow_spec(draw(FRAME))
    assert [panel["width"] for panel in narrow["vconcat"]] == [NARROWEST, NARROWEST]


@pytest.fixture(scope="module")
def structures() -> pd.DataFrame:
    return compute_command(catalog.load("command_structure"))


@pytest.mark.parametrize("width", [PANEL, NARROWEST])
def test_names_and_dates_of_the_report_do_not_meet_at_any_width(structures, width):
    for _, part in structures.groupby("panel", sort=False):
        placed = place_rows(part.assign(name=part["entity"].map(display_name)), entity="entity", superior="superior")
        boxes = []
        for row in placed.to_dict("records"):
            left = row["x"] * width / PANEL + GAP
            bold = row["change"] != CHANGES[0]
            boxes.append((row["row"], left, left + text_width(row["name"], TICK_SIZE, bold=bold)))
            if isinstance(row["dated"], str) and row["dated"]:
                boxes.append((row["row"], width - text_width(row["dated"], TICK_SIZE), width))
        assert all(0 <= left < right <= width for _, left, right in boxes)
        assert TICK_SIZE < STEP  # rows of text do not touch
        for one, (row, left, right) in enumerate(boxes):
            for other_row, other_left, other_right in boxes[one + 1 :]:
                assert row != other_row or right < other_left or other_right < left


def test_every_link_of_the_report_is_drawn(structures):
    spec = draw(structures)
    drawn = [(row["name"], row["kind"]) for panel in (0, 1) for row in marks_of(spec, panel)]
    wanted = zip(structures["entity"].map(display_name), structures["change"], strict=True)
    assert sorted(drawn) == sorted(wanted)


def test_words_name_what_changed_or_count_it(structures):
    text = describe_command_tree(structures, panel="panel", entity="entity", kind="change", kinds=CHANGES)
    later = structures[structures["as_of"] == LATER]
    for change in CHANGES[1:]:
        names = [display_name(name) for name in later.loc[later["change"] == change, "entity"]]
        told = [f"{len(names)} entries"] if len(names) > MOST_NAMED else names
        assert all(name in text for name in told)
    assert "Ended" not in text
    assert len(text) <= 400
