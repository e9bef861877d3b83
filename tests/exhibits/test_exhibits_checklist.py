import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_checklist, describe_checklist
from baltic_calculus.exhibits.checklist import place_items

KINDS = ("done", "late", "not known")
ROWS = pd.DataFrame(
    {
        "name": ["brigade", "base", "jets", "law"],
        "field": ["posture", "posture", "air", "fiscal"],
        "status": ["done", "late", "not known", "done"],
        "year": ["2027", "", "", ""],
        "why": ["a", "b", "c", "d"],
        "confidence": ["medium", "low", "medium", "medium"],
    }
)


def draw(rows: pd.DataFrame) -> dict:
    chart = chart_checklist(
        rows,
        row="name",
        heading="field",
        kind="status",
        kinds=KINDS,
        neutral="not known",
        told="year",
        details={"Because": "why"},
        unit="status",
    )
    return chart.to_dict()


def rows_of(spec: dict) -> list[dict]:
    return [row for rows in spec["datasets"].values() for row in rows]


def test_every_thing_is_drawn_once_with_its_name() -> None:
    marked = [row for row in rows_of(draw(ROWS)) if "kind" in row]
    assert sorted(row["name"] for row in marked) == ["base", "brigade", "jets", "law"]
    assert {row["name"]: row["weak"] for row in marked}["base"]


def test_headings_are_not_torn_apart() -> None:
    placed = place_items(pd.DataFrame({"heading": ["a"] * 3 + ["b"] * 2 + ["c"]}))
    # with headings and the space over them: a 4.6, b 3.6, c 2.6; a alone against b and c is 4.6 to 6.2
    assert list(placed["panel"]) == [0, 0, 0, 1, 1, 1]
    assert list(placed["place"]) == pytest.approx([1, 2, 3, 1, 2, 4.6])


def test_a_single_heading_needs_one_column() -> None:
    assert list(place_items(pd.DataFrame({"heading": ["a", "a"]}))["panel"]) == [0, 0]


def test_the_key_has_the_order_of_the_kinds() -> None:
    legends = str(draw(ROWS))
    assert "'values': ['done', 'late', 'not known']" in legends


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ExhibitError, match="unknown kind"):
        draw(ROWS.assign(status="lost"))


def test_the_words_count_and_name() -> None:
    told = describe_checklist(ROWS, row="name", kind="status", kinds=KINDS, named=["late", "done"])
    assert told == (
        "List of 4 entries, each with one mark: 2 done, 1 late and 1 not known. Late: base. Done: brigade and law."
    )
