import re

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import Table, table_of

FRAME = pd.DataFrame(
    {
        "iso3": ["EST", "LVA"],
        "group": ["north", "south"],
        "share": [5.1, None],
        "amount": [1234.56, -2.0],
        "flag_share": ["estimate", ""],
        "note": ["a & b", None],
    }
)
COLUMNS = {"share": ("2026", "% of GDP", 2), "amount": ("Amount", "EUR m", 1), "note": ("Note", "", None)}


def cells(table):
    return re.findall(r"<td[^>]*class=\"gt_row (gt_\w+)\">(.*?)</td>", table.as_raw_html())


def test_numbers_have_equal_decimals_dashes_and_raised_flags():
    assert cells(table_of(FRAME, stub="iso3", columns=COLUMNS)) == [
        ("gt_right", "5.10<sup>e</sup>"),
        ("gt_right", "1,234.6"),
        ("gt_left", "a &amp; b"),
        ("gt_right", "\u2013"),
        ("gt_right", "\u22122.0"),
        ("gt_left", "\u2013"),
    ]


def test_units_join_the_headers_where_they_differ():
    html = table_of(FRAME, stub="iso3", columns=COLUMNS).as_raw_html()
    assert re.findall(r'scope="col"[^>]*>([^<]+)<', html)[-3:] == ["2026, % of GDP", "Amount, EUR m", "Note"]
    same = table_of(FRAME, stub="iso3", columns={"share": ("2026", "% of GDP", 2)}).as_raw_html()
    assert ">2026<" in same


def test_rows_spanners_and_groups_have_their_names():
    table = table_of(
        FRAME,
        stub="iso3",
        columns=COLUMNS,
        spanners={"Spending": ["share", "amount"]},
        groups="group",
        stubhead="State",
    )
    html = table.as_raw_html()
    for words in (">Estonia<", ">Spending<", ">north<", ">State<"):
        assert words in html


def test_equal_tables_are_equal_to_the_byte_and_others_have_another_identifier():
    first, second = (table_of(FRAME, stub="iso3", columns=COLUMNS).as_raw_html() for _ in range(2))
    assert first == second
    other = table_of(FRAME.assign(amount=1.0), stub="iso3", columns=COLUMNS).as_raw_html()
    assert set(re.findall(r"table-[0-9a-f]{10}", first)).isdisjoint(re.findall(r"table-[0-9a-f]{10}", other))


def test_row_names_lead_to_pages_and_stay_words_elsewhere():
    table = table_of(FRAME, stub="iso3", columns=COLUMNS, links="profiles")
    assert '<span data-page="profiles/est">Estonia</span>' in table.as_raw_html()
    assert "data-page" not in table_of(FRAME, stub="iso3", columns=COLUMNS).as_raw_html()


def test_what_is_missing_is_explained_under_the_table():
    table = Table(
        table_of(FRAME, stub="iso3", columns=COLUMNS),
        data=FRAME,
        caption="Shares.",
        source="nato_defence_expenditure",
        unit="% of GDP",
        alt="Two shares.",
    )
    notes = table._repr_mimebundle_()[1]["report"]["notes"]
    assert notes == ["e: estimates.", "\u2013: not available."]


def test_a_missing_column_is_named():
    with pytest.raises(ExhibitError, match="no column wrong"):
        table_of(FRAME, stub="iso3", columns={"wrong": ("", "", None)})


def test_words_may_refer_to_an_exhibit():
    frame = FRAME.assign(answer="Most are there (@fig-presence).")
    html = table_of(frame, stub="iso3", columns={"answer": ("Answer", "", None)}).as_raw_html()
    assert 'Most are there (<span data-label="fig-presence">fig-presence</span>).' in html
