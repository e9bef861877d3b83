"""Counts by what became of them."""

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_tally, describe_tally, palette
from baltic_calculus.exhibits.palette import colours_outside_palette

ROWS = pd.DataFrame(
    [
        ("essay", "Essay 1", "yes", 20),
        ("essay", "Essay 1", "unread", 10),
        ("essay", "Essay 2", "yes", 5),
        ("topic", "air", "yes", 25),
        ("topic", "air", "unread", 10),
    ],
    columns=["by", "name", "outcome", "claims"],
)
COLUMNS = {"row": "name", "part": "outcome", "count": "claims", "group": "by", "unit": "claims"}


def drawn():
    return chart_tally(ROWS, **COLUMNS, order=["yes", "unread"], pale=["unread"]).to_dict()


def test_pieces_follow_one_another_and_what_was_not_read_is_pale():
    spec = drawn()
    pieces = spec["datasets"][spec["layer"][0]["data"]["name"]]
    first = {piece["part"]: piece for piece in pieces if piece["name"] == "Essay 1"}
    assert (first["yes"]["start"], first["yes"]["end"], first["unread"]["end"]) == (0, 20, 30)
    assert {piece["part"]: piece["open"] for piece in pieces} == {"yes": False, "unread": True}


def test_the_key_shows_what_was_not_read_as_pale_as_it_is_drawn():
    encoding = drawn()["layer"][0]["encoding"]
    for channel, colour in (("fill", palette.GRID), ("stroke", palette.MUTE)):
        scale = encoding[channel]["scale"]
        assert dict(zip(scale["domain"], scale["range"], strict=True))["Unread"] == colour.light


def test_a_number_says_what_the_piece_under_it_says():
    pieces, *others = drawn()["layer"]
    numbers = [layer for layer in others if "tooltip" in layer["encoding"]]
    assert [layer["mark"]["type"] for layer in numbers] == ["text", "text"]
    assert all(layer["encoding"]["tooltip"] == pieces["encoding"]["tooltip"] for layer in numbers)


def test_groups_stand_apart_and_colours_are_those_of_the_palette():
    spec = drawn()
    names = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert [name.strip() for name in names] == ["Essay 1", "Essay 2", "", "Air"]
    assert not colours_outside_palette(spec)


def test_words_give_the_whole_and_each_row_of_the_first_group():
    said = describe_tally(ROWS, **COLUMNS)
    assert "All together 35: yes 25, unread 10." in said
    assert "With the largest part: Essay 1 30 (yes 20); Essay 2 5 (yes 5)." in said


def test_missing_column_is_named():
    with pytest.raises(ExhibitError, match="outcome"):
        chart_tally(ROWS.drop(columns="outcome"), **COLUMNS, order=["yes"])
