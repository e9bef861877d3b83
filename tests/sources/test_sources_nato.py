"""NATO's workbooks, built here in the layouts of 2024 and of 2026, and the one of June 2024 itself where it is kept."""

import csv
import math
import os
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from baltic_calculus.errors import DataError
from baltic_calculus.sources.nato import nato_publication, read_nato
from baltic_calculus.sources.publication import COLUMNS, KEYS
from baltic_calculus.sources.workbook import workbook_of

PROJECT = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("BALTIC_SAMPLES", PROJECT.parent / "shared" / "data" / "samples"))
JUNE_2024 = SAMPLES / "nato" / "240617-def-exp-2024-TABLES-en.xlsx"

with (PROJECT / "data" / "countries.csv").open(encoding="utf-8") as countries:
    AREAS = {row["name"]: row["iso3"] for row in csv.DictReader(countries)}

LABELS = {code: name for name, code in AREAS.items()} | {"SVK": "Slovak Republic", "XNT": "NATO Total"}
CURRENCIES = {"EST": "Euros", "GBR": "Pounds", "POL": "Zlotys", "USA": "US dollars", "NOR": "Kroner"}
AGGREGATES = ("XEC", "XNT")

Tables = dict[str, dict[str, list[object]]]
"""Values of each measure by country; ``{base}`` in a measure's name stands for the base year."""

SMALL: Tables = {
    "spend_nac_m_current": {
        "EST": [400.5, 420, 1332.9],
        "POL": [32000, 37000, 150000],
        "USA": [650000, 640000, 960000],
    },
    "spend_nac_m_{base}": {"EST": [450, 460, 900], "POL": [35000, 39000, 110000], "USA": [700000, 690000, 850000]},
    "spend_usd_m_current": {
        "EST": [513, 470.25, 1437],
        "POL": [10000, 9900, 38000],
        "USA": [650000, 640000, 960000],
        "XEC": [10513, 10370.25, 39437],
        "XNT": [660513, 650370.25, 999437],
    },
    "spend_usd_m_{base}": {"EST": [600, 610, 1200], "POL": [9000, 9900, 30000], "USA": [700000, 690000, 850000]},
    "share_gdp_pct": {"EST": [1.92, 2.02, 3.43], "POL": [1.88, 2.22, 4.12], "USA": [3.71, 3.51, 3.38]},
    "real_change_pct": {"EST": [3.1, -4.25, 12.5], "POL": [5.2, 10.1, 31], "USA": [-5.2, -2.8, 7.2]},
    "gdp_usd_m_current": {"EST": [26000, 23000, 42000], "ISL": [17868, 17517, 32894], "XNT": [38.0e6, 36.1e6, 53.9e6]},
    "gdp_usd_m_{base}": {"EST": [24000, 24500, 30000], "ISL": [16773, 17517, 23420], "XNT": [35.3e6, 36.1e6, 43.6e6]},
    "gdp_per_capita_usd_k_{base}": {"EST": [17.9, 18.2, 20.1], "XEC": [29.3, 29.7, 33.2]},
    "spend_per_capita_usd_{base}": {"EST": [330, 352, 690], "XEC": [418, 423, 669]},
    "military_personnel_k": {
        "EST": [6.3, 6, 7.5],
        "SVK": [12.4, 12.4, 13],
        "TUR": [427, 385, 481],
        "XNT": [3229, 3125, 3418],
    },
    "equipment_share_pct": {"EST": [22.1, 12.8, 33.7], "NLD": [10.7, 11.2, ".."]},
    "personnel_share_pct": {"EST": [39.1, 40, 21.7], "NLD": [56.3, 55.2, "-"]},
    "infrastructure_share_pct": {"EST": [8.2, 8.3, 9.5], "NLD": [3.2, 3.1, "–"]},
    "other_share_pct": {"EST": [30.6, 38.9, 35.1], "NLD": [29.8, 30.5, None]},
}
YEARS: list[object] = [2014, "2015", "2024e"]

Change = Callable[[Workbook], None]


def unsaved(
    tables: Tables,
    years: list[object],
    *,
    layout: Callable[..., None],
    base: int,
    core: bool,
    stars: Mapping[str, str] | None = None,
    change: Change | None = None,
) -> Workbook:
    """A workbook in a layout, changed by a test."""
    book = Workbook()
    book.remove(book.worksheets[0])
    layout(book, tables, years, base, "Core defence" if core else "Defence", stars or {})
    if change:
        change(book)
    return book


def built(tables: Tables, years: list[object], **how: Any) -> bytes:
    """The same as a file."""
    book = unsaved(tables, years, **how)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def contents(what: str, base: int, last: object) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Number, title, unit, and heading and measure of each block, in the words of NATO."""
    exchange = "prices and exchange rates"
    return [
        (
            *("1", f"{what} expenditure", "Million national currency units"),
            [("Current prices", "spend_nac_m_current"), (f"Constant {base} prices", "spend_nac_m_{base}")],
        ),
        (
            *("2", f"{what} expenditure", "Million US dollars"),
            [(f"Current {exchange}", "spend_usd_m_current"), (f"Constant {base} {exchange}", "spend_usd_m_{base}")],
        ),
        (
            *("3", f"{what} expenditure as a share of GDP and annual real change", f"Based on {base} prices"),
            [("Share of real GDP (%)", "share_gdp_pct"), ("Annual real change (%)", "real_change_pct")],
        ),
        ("4", f"{what} expenditure real change 2014-{last}", f"Million US dollars ({base} {exchange})", []),
        (
            *("5", "GDP", "Million US dollars"),
            [(f"Current {exchange}", "gdp_usd_m_current"), (f"Constant {base} {exchange}", "gdp_usd_m_{base}")],
        ),
        (
            *("6", f"GDP per capita and {what.lower()} expenditure per capita", f"{base} {exchange}"),
            [
                ("GDP per capita (thousand US dollars)", "gdp_per_capita_usd_k_{base}"),
                (f"{what} expenditure per capita (US dollars)", "spend_per_capita_usd_{base}"),
            ],
        ),
        ("7", "Military personnel", "Thousands", [("", "military_personnel_k")]),
        (
            *("8a", f"Distribution of {what.lower()} expenditure by main category", "Percentage of total expenditure"),
            [("Equipment (a)", "equipment_share_pct"), ("Personnel (b)", "personnel_share_pct")],
        ),
        (
            *("8b", f"Distribution of {what.lower()} expenditure by main category", "Percentage of total expenditure"),
            [("Infrastructure (c)", "infrastructure_share_pct"), ("Other (d)", "other_share_pct")],
        ),
    ]


def label_of(code: str, measure: str, stars: Mapping[str, str]) -> str:
    """A country's name as the table prints it."""
    name = LABELS[code] + stars.get(code, "")
    return f"{name}   ({CURRENCIES.get(code, 'Euros')})" if measure.startswith("spend_nac") else name


def put(sheet: Worksheet, row: int, column: int, values: list[object]) -> None:
    """Values from a cell to the right; None leaves a cell empty."""
    for offset, value in enumerate(values):
        sheet.cell(row, column + offset, value)


def real_change(tables: Tables, years: list[object]) -> list[list[object]]:
    """Rows of table 4: header, then for each country both ends, the change between, both shares."""
    rows: list[list[object]] = [
        [
            *(None, years[0], years[-1], f"Real change {years[0]}-{years[-1]} (%)"),
            *(f"Share of real GDP {years[0]} (%)", f"Share of real GDP {years[-1]} (%)"),
        ]
    ]
    for code, values in tables["spend_usd_m_{base}"].items():
        first, last = values[0], values[-1]
        if isinstance(first, int | float) and isinstance(last, int | float) and code in tables["share_gdp_pct"]:
            shares = tables["share_gdp_pct"][code]
            rows.append([LABELS[code], first, last, 100 * (last / first - 1) if first else "..", shares[0], shares[-1]])
    return rows


def layout_2024(
    book: Workbook, tables: Tables, years: list[object], base: int, what: str, stars: Mapping[str, str]
) -> None:
    """Upper case sheets, a margin, years once above both blocks, rows left over from formulas."""
    for number, title, unit, blocks in contents(what, base, years[-1]):
        sheet = book.create_sheet(f"TABLE{number}")
        margin = 3 if number == "7" else 2
        top = 16 if number in ("4", "7") else 4
        sheet.cell(top, margin, f"Table {number} : {title}")
        sheet.cell(top + 2, margin, unit)
        if number == "4":
            for offset, row in enumerate(real_change(tables, years)):
                put(sheet, top + 4 + offset + (2 if offset else 0), margin + 1, row)
            continue
        put(sheet, top + 4, margin + 2, years)
        row_number = top + 6
        for heading, measure in blocks:
            sheet.cell(row_number, margin, heading or None)
            for code, values in tables[measure].items():
                row_number += 1
                aggregate = code in AGGREGATES
                sheet.cell(row_number, margin if aggregate else margin + 1, label_of(code, measure, stars))
                put(sheet, row_number, margin + 2, values)
            row_number += 1
            put(sheet, row_number, margin + 2, ["#REF!" if number != "8b" else 0] * len(years))
            row_number += 1
        sheet.cell(
            row_number + 2, margin + 1, f"Notes: Figures for {years[-1]} are estimates. ".replace("e are", " are")
        )
        sheet.cell(row_number + 3, margin + 1, "*  These Allies have national laws or political agreements.")
        sheet.cell(row_number + 5, margin, "-7-")


def layout_2026(
    book: Workbook, tables: Tables, years: list[object], base: int, what: str, stars: Mapping[str, str]
) -> None:
    """Title case sheets, no margin, years above each block."""
    for number, title, unit, blocks in contents(what, base, years[-1]):
        sheet = book.create_sheet(f"Table {number}")
        sheet["A1"] = f"Table {number}: {title}"
        sheet["A2"] = None if number == "3" else unit
        row_number = 3
        if number == "4":
            for offset, row in enumerate(real_change(tables, years)):
                put(sheet, 4 + offset, 1, row)
        for heading, measure in blocks:
            based = f", based on {base} prices" if measure == "share_gdp_pct" else ""
            sheet.cell(row_number, 1, heading + based or None)
            put(sheet, row_number + 1, 2, years)
            row_number += 2
            for code, values in tables[measure].items():
                sheet.cell(row_number, 1, label_of(code, measure, stars))
                put(sheet, row_number, 2, values)
                row_number += 1
            row_number += 2
        sheet.cell(row_number, 1, f"Notes: Figures for {years[-1]} are estimates.".replace("e are", " are"))


def small(change: Change | None = None, layout: Callable[..., None] = layout_2026) -> bytes:
    """A workbook of few countries and years."""
    return built(SMALL, YEARS, layout=layout, base=2021, core=True, change=change)


def cells(frame: pd.DataFrame) -> dict[tuple[str, int, str], float]:
    """Values by country, year and measure, without the missing."""
    known = frame.dropna(subset=["value"])
    return dict(zip(zip(known["iso3"], known["year"], known["measure"], strict=True), known["value"], strict=True))


def expected(tables: Tables, years: list[int], base: int) -> dict[tuple[str, int, str], float]:
    """The same from the tables that were written."""
    return {
        (code, year, measure.format(base=base)): float(str(value).replace(" ", ""))
        for measure, rows in tables.items()
        for code, values in rows.items()
        for year, value in zip(years, values, strict=True)
        if isinstance(value, int | float) or value == "1 234.5"
    }


def without_change_over_period(values: dict[tuple[str, int, str], float]) -> dict[tuple[str, int, str], float]:
    return {key: value for key, value in values.items() if not key[2].startswith("real_change_since")}


LAYOUTS = pytest.mark.parametrize(
    ("layout", "base", "core"), [(layout_2024, 2015, False), (layout_2026, 2021, True)], ids=["2024", "2026"]
)


@LAYOUTS
def test_every_cell_of_every_table_is_read(layout, base, core):
    published = read_nato(built(SMALL, YEARS, layout=layout, base=base, core=core), AREAS)
    assert without_change_over_period(cells(published.frame)) == expected(SMALL, [2014, 2015, 2024], base)
    assert tuple(published.frame.columns) == COLUMNS
    assert not published.frame.duplicated(list(KEYS)).any()
    assert published.frame["period"].tolist() == published.frame["year"].astype(str).tolist()


@LAYOUTS
def test_table_4_gives_the_change_over_the_period(layout, base, core):
    published = read_nato(built(SMALL, YEARS, layout=layout, base=base, core=core), AREAS)
    change = published.frame[published.frame["measure"] == "real_change_since_2014_pct"].set_index("iso3")
    assert change.loc["EST", "value"] == pytest.approx(100.0)  # from 600 to 1200
    assert change.loc["POL", "value"] == pytest.approx(100 * (30000 / 9000 - 1))
    assert set(change["year"]) == {2024}
    assert set(change["flag"]) == {"estimate"}
    assert not [remark for remark in published.remarks if "differs" in remark]


@LAYOUTS
def test_units_and_price_bases_are_those_of_the_catalogue(layout, base, core):
    frame = read_nato(built(SMALL, YEARS, layout=layout, base=base, core=core), AREAS).frame
    found = {row.measure: (row.unit, row.price_basis) for row in frame.itertuples()}
    assert found["spend_nac_m_current"] == ("national currency m", "current")
    assert found[f"spend_usd_m_{base}"] == ("US$ m", f"constant {base}")
    assert found["share_gdp_pct"] == ("% of GDP", f"constant {base}")
    assert found["real_change_pct"] == ("%", f"constant {base}")
    assert found[f"gdp_per_capita_usd_k_{base}"] == ("US$ thousand", f"constant {base}")
    assert found["military_personnel_k"] == ("thousand persons", "")
    assert found["equipment_share_pct"] == ("%", "")


def test_an_edition_says_what_it_counts():
    old = read_nato(built(SMALL, YEARS, layout=layout_2024, base=2015, core=False), AREAS)
    new = read_nato(built(SMALL, [2014, 2015, "2026e"], layout=layout_2026, base=2021, core=True), AREAS)
    assert (old.definition, old.edition) == ("defence expenditure", "2024 edition, 2014-2024e")
    assert (new.definition, new.edition) == ("core defence expenditure", "2026 edition, 2014-2026e")
    assert old.publisher == new.publisher == "NATO"


@pytest.mark.parametrize(
    "years",
    [
        [2014.0, "2015", "2024e"],
        ["2014¹", "2015*", "2024 E"],
        [2014, 2015, "2024ᵉ"],
        [2014, 2015, "2024 (e)*"],
        [2014, 2015, 2024],
    ],
)
@LAYOUTS
def test_estimates_are_flagged_by_the_header_or_the_notes(layout, base, core, years):
    frame = read_nato(built(SMALL, years, layout=layout, base=base, core=core), AREAS).frame
    estimated = frame[frame["flag"] == "estimate"]
    assert set(estimated["year"]) == {2024}
    assert (frame.loc[frame["year"] == 2024, "flag"] == "estimate").all()


@LAYOUTS
def test_missing_values_have_a_reason(layout, base, core):
    frame = read_nato(built(SMALL, YEARS, layout=layout, base=base, core=core), AREAS).frame
    missing = frame[frame["value"].isna()]
    assert set(zip(missing["iso3"], missing["year"], strict=True)) == {("NLD", 2024)}
    assert len(missing) == 4
    assert missing["note"].ne("").all()
    assert frame.loc[frame["value"].notna(), "note"].eq("").all()


def test_an_error_of_the_spreadsheet_is_no_value():
    def change(book: Workbook) -> None:
        book["Table 8a"]["B5"] = "#REF!"

    frame = read_nato(small(change), AREAS).frame
    row = frame.query("iso3 == 'EST' and year == 2014 and measure == 'equipment_share_pct'").iloc[0]
    assert math.isnan(row["value"])
    assert "spreadsheet" in row["note"]


@LAYOUTS
def test_marks_currencies_and_notes_go_into_the_remarks(layout, base, core):
    content = built(SMALL, YEARS, layout=layout, base=base, core=core, stars={"EST": "*", "POL": "*"})
    published = read_nato(content, AREAS)
    assert without_change_over_period(cells(published.frame)) == expected(SMALL, [2014, 2015, 2024], base)
    remarks = "\n".join(published.remarks)
    assert '"Estonia", "Poland"' in remarks
    assert "Zlotys (POL)" in remarks
    assert "Figures for 2024 are estimates" in remarks
    assert "-7-" not in remarks


@pytest.mark.parametrize("label", ["Türkiye", "Turkey", "TÜRKIYE*", "Turkiye  (Liras)"])
def test_spellings_of_a_name(label):
    def change(book: Workbook) -> None:
        book["Table 7"]["A7"] = label

    assert cells(read_nato(small(change), AREAS).frame)["TUR", 2024, "military_personnel_k"] == 481


def test_an_area_that_the_project_does_not_know_is_named():
    def change(book: Workbook) -> None:
        book["Table 7"]["A6"] = "Ruritania"

    published = read_nato(small(change), AREAS)
    assert ("SVK", 2024, "military_personnel_k") not in cells(published.frame)
    assert ("TUR", 2024, "military_personnel_k") in cells(published.frame)
    assert any("Ruritania" in remark for remark in published.remarks)


def test_layout_may_change_where_the_words_do_not():
    """Sheets in another order and with other names, a cover, a page of contents, rows and columns moved."""

    def change(book: Workbook) -> None:
        for number, sheet in enumerate(book.worksheets):
            sheet.title = f"Sheet{number}"
            sheet.insert_rows(2, 3)
            sheet.insert_cols(1, 2)
        book.move_sheet("Sheet8", -8)
        cover = book.create_sheet("Cover", 0)
        cover["A1"] = "Defence Expenditure of NATO Countries"
        cover["A3"] = "Table 1: Core defence expenditure"
        cover["A4"] = "Table 2: Core defence expenditure"

    assert cells(read_nato(small(change), AREAS).frame) == cells(read_nato(small(), AREAS).frame)


def test_a_hidden_sheet_is_left_out():
    def change(book: Workbook) -> None:
        copy = book.copy_worksheet(book["Table 2"])
        copy.sheet_state = "hidden"

    published = read_nato(small(change), AREAS)
    assert cells(published.frame) == cells(read_nato(small(), AREAS).frame)
    assert any("hidden" in remark for remark in published.remarks)


def test_table_4_is_compared_with_the_others():
    def change(book: Workbook) -> None:
        book["Table 4"]["B5"] = 601.0 * 1.02

    remarks = read_nato(small(change), AREAS).remarks
    assert any("table 4 differs" in remark and "EST in 2014" in remark for remark in remarks)


def every_text(words: str, others: str) -> Change:
    """Other words in the place of these, in all sheets."""

    def change(book: Workbook) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for one in row:
                    if isinstance(one.value, str):
                        one.value = one.value.replace(words, others)

    return change


@pytest.mark.parametrize(
    "note",
    [
        "Notes: Figures for 2024 are estimates; current prices, equipment and share of GDP as reported.",
        "Note: Figures for 2023e–2024e are NATO estimates.",
        "* Figures for 2024 are estimates.",
    ],
)
def test_estimates_are_flagged_by_notes_of_any_wording(note):
    def change(book: Workbook) -> None:
        every_text("2024e", "2024")(book)
        every_text("Notes: Figures for 2024 are estimates.", note)(book)

    frame = read_nato(small(change), AREAS).frame
    assert set(frame.loc[frame["flag"] == "estimate", "year"]) == {2024}


def test_currencies_may_stand_in_a_column_of_their_own():
    def change(book: Workbook) -> None:
        book["Table 1"].insert_cols(2)
        for row in (5, 6, 7, 12, 13, 14):
            name, _, currency = book["Table 1"].cell(row, 1).value.partition("   ")
            put(book["Table 1"], row, 1, [name, currency])

    assert cells(read_nato(small(change), AREAS).frame) == cells(read_nato(small(), AREAS).frame)


@pytest.mark.parametrize("label", ["Estonia (Euros) (1)", "* Estonia (Euros)", "Estonia\u200b (Euros)²"])
def test_marks_about_a_name(label):
    frame = read_nato(small(cell("Table 1", "A5", label)), AREAS).frame
    assert cells(frame) == cells(read_nato(small(), AREAS).frame)


def test_per_cent_may_be_a_matter_of_the_number_format():
    def change(book: Workbook) -> None:
        for row in book["Table 3"].iter_rows(min_row=5, max_row=7, min_col=2, max_col=4):
            for one in row:
                one.value, one.number_format = one.value / 100, "0.00%"

    assert cells(read_nato(small(change), AREAS).frame) == pytest.approx(cells(read_nato(small(), AREAS).frame))


def fractions(book: Workbook) -> None:
    for row in book["Table 3"].iter_rows(min_row=5, max_row=7, min_col=2, max_col=4):
        for one in row:
            one.value /= 100


def percentages(book: Workbook) -> None:
    book["Table 2"]["B5"].number_format = "0 %"


def note_among_countries(book: Workbook) -> None:
    book["Table 7"].insert_rows(6)
    book["Table 7"]["A6"] = "Notes: as reported"


def heading_beside_the_years(book: Workbook) -> None:
    book["Table 2"]["A4"], book["Table 2"]["A3"] = book["Table 2"]["A3"].value, None


def test_a_heading_may_stand_beside_the_years():
    frame = read_nato(small(heading_beside_the_years), AREAS).frame
    assert cells(frame) == cells(read_nato(small(), AREAS).frame)


def test_a_table_of_other_spending_is_left_out_and_named():
    def change(book: Workbook) -> None:
        sheet = book.copy_worksheet(book["Table 2"])
        sheet["A1"] = "Table 9: Defence- and security-related expenditure"
        sheet["D4"] = "2035e"  # of a plan

    published = read_nato(small(change), AREAS)
    assert cells(published.frame) == cells(read_nato(small(), AREAS).frame)
    assert published.edition == "2024 edition, 2014-2024e"
    assert any("Table 9 (Defence- and security-related" in remark for remark in published.remarks)


def without(name: str) -> Change:
    return lambda book: book.remove(book[name])


def cell(sheet: str, address: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][address] = value

    return change


def twice(name: str) -> Change:
    return lambda book: book.copy_worksheet(book[name]) and None


HOSTILE: dict[str, tuple[Change, str]] = {
    "a table is gone": (without("Table 7"), "no table for military_personnel_k"),
    "a heading is gone": (cell("Table 2", "A3", None), "no table for spend_usd_m_current"),
    "an unknown heading": (cell("Table 3", "A3", "Burden"), 'headings found: Table 3 ("Core defence'),
    "a title is gone": (cell("Table 5", "A1", "Wealth of nations"), "no table for gdp_usd_m_current"),
    "a table stands twice": (twice("Table 7"), "stands in two tables"),
    "two definitions": (cell("Table 1", "A1", "Table 1: Defence investment"), "different definitions"),
    "another unit": (cell("Table 2", "A2", "Billion US dollars"), "the unit of Table 2 is not the known one"),
    "another unit of one block": (
        every_text("Constant 2021 prices and exchange rates", "Constant 2021 prices (billion US dollars)"),
        "the unit of Table 2 is not the known one",
    ),
    "fractions for per cent": (fractions, "no value of share_gdp_pct reaches 1"),
    "per cent for millions": (percentages, "a percentage where US$ m belong"),
    "values below the notes": (note_among_countries, "has values below the notes"),
    "a year stands twice": (cell("Table 8b", "C4", 2014), "the year 2014 stands twice"),
    "a broken year": (cell("Table 8b", "D4", "2o24e"), '"2o24e" among the years'),
    "text for a number": (cell("Table 2", "C5", "about 500"), '"about 500" where a number belongs'),
    "a number in words of a locale": (cell("Table 2", "C5", "1 234,5"), "where a number belongs"),
    "a comma of either meaning": (cell("Table 2", "C5", "24,186"), '"24,186" where a number belongs'),
    "a truth value": (cell("Table 2", "C5", True), "where a number belongs"),
    "a country stands twice": (cell("Table 7", "A6", "Estonia"), "military_personnel_k of EST in 2014 stands twice"),
    "a formula without result": (cell("Table 2", "C5", "=1+1"), "a formula whose result was not stored"),
}


@pytest.mark.parametrize(("change", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(change, message):
    with pytest.raises(DataError) as caught:
        read_nato(small(change), AREAS)
    assert message in str(caught.value)
    assert caught.value.where
    assert caught.value.remedy


def test_place_of_a_wrong_cell():
    with pytest.raises(DataError, match='sheet "Table 2", cell C5'):
        read_nato(small(cell("Table 2", "C5", "n.a.")), AREAS)


def test_constant_prices_need_a_base_year():
    with pytest.raises(DataError, match="no base year"):
        read_nato(small(every_text("2021 ", "")), AREAS)


# Not below one, but for a few: a table in per cent that holds nothing but fractions is refused.
numbers = st.one_of(
    st.floats(min_value=1, max_value=1e9, allow_nan=False),
    st.floats(min_value=-1e9, max_value=-1, allow_nan=False),
    st.integers(min_value=-(10**9), max_value=10**9),
    st.sampled_from(["..", "-", "–", "…", None, "", "#REF!", 0, 0.38, "1 234.5"]),
)


@st.composite
def any_tables(draw: st.DrawFn) -> tuple[Tables, list[int]]:
    first = draw(st.integers(min_value=1990, max_value=2040))
    years = list(range(first, first + draw(st.integers(min_value=2, max_value=5))))
    row = st.lists(numbers, min_size=len(years), max_size=len(years))
    codes = st.lists(st.sampled_from(sorted(LABELS)), min_size=1, max_size=4, unique=True)
    return {measure: {code: draw(row) for code in draw(codes)} for measure in SMALL}, years


@LAYOUTS
@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])  # shrinking writes hundreds of workbooks
@given(drawn=any_tables(), estimates=st.integers(min_value=0, max_value=2))
def test_any_table_of_numbers_is_read_back(layout, base, core, drawn, estimates):
    tables, years = drawn
    header: list[object] = [f"{year}e" if year > years[-1] - estimates else year for year in years]
    book = unsaved(tables, header, layout=layout, base=base, core=core)
    published = nato_publication(workbook_of(book), AREAS)  # that files are read so, too, other tests say
    assert without_change_over_period(cells(published.frame)) == expected(tables, years, base)


@LAYOUTS
def test_altered_cells_are_read_or_refused(layout, base, core, check_altered_cells):
    check_altered_cells(
        f"NATO, {layout.__name__.replace('_', ' of ')}",
        lambda change: small(change, layout),
        lambda content: read_nato(content, AREAS),
    )


def test_the_project_s_edition_of_2026_survives_its_layout():
    """All of data/spending/nato_defence_expenditure.csv, written in the layout of 2026 and read back."""
    ours = pd.read_csv(
        PROJECT / "data" / "spending" / "nato_defence_expenditure.csv", dtype={"note": str, "flag": str}
    ).fillna({"flag": "", "price_basis": ""})
    years = sorted(ours["year"].unique())
    wide = ours.pivot_table(index=["measure", "iso3"], columns="year", values="value")
    tables: Tables = {measure: {} for measure in SMALL}
    for (measure, code), row in wide.iterrows():
        template = measure.replace("_2021", "_{base}")
        tables[template][code] = [None if math.isnan(value) else float(value) for value in row]
    header: list[object] = [f"{year}e" if year >= 2025 else int(year) for year in years]
    published = read_nato(built(tables, header, layout=layout_2026, base=2021, core=True), AREAS)
    assert without_change_over_period(cells(published.frame)) == cells(ours)
    keys = ["iso3", "year", "measure", "unit", "price_basis"]
    joined = published.frame.dropna(subset=["value"]).merge(ours, on=keys, suffixes=("", "_ours"))
    assert len(joined) == len(ours)
    marked = joined[joined["flag_ours"] != "break"]  # that mark is this report's own
    assert (marked["flag"] == marked["flag_ours"]).all()


@pytest.mark.skipif(not JUNE_2024.exists(), reason=f"NATO's workbook of June 2024 is not at {JUNE_2024}")
def test_the_workbook_of_june_2024():
    published = read_nato(JUNE_2024.read_bytes(), AREAS)
    values = cells(published.frame)
    assert (published.definition, published.edition) == ("defence expenditure", "2024 edition, 2014-2024e")
    # Cells of the file: TABLE1 N25, TABLE2 D43, TABLE3 N42, TABLE4 F53, TABLE5 D24, TABLE6 N42,
    # TABLE7 O55, TABLE8a N74, TABLE8b M44.
    assert values["LVA", 2024, "spend_nac_m_current"] == 1318.0890419999998
    assert values["XNT", 2014, "spend_usd_m_current"] == 943217.5834091387
    assert values["XEC", 2024, "share_gdp_pct"] == 2.0154548520439497
    assert values["USA", 2024, "real_change_since_2014_pct"] == 14.34250466613436
    assert values["ISL", 2014, "gdp_usd_m_current"] == 17867.9966402394
    assert values["USA", 2024, "gdp_per_capita_usd_k_2015"] == 66.27573155618742
    assert values["XNT", 2024, "military_personnel_k"] == 3418.608983079151
    assert values["USA", 2024, "personnel_share_pct"] == 25.21558694935554
    assert values["ALB", 2023, "other_share_pct"] == 16.033822816440495
    # 11 years of 31 allies in six blocks, of them and both aggregates in six, of Iceland too in three on GDP; table 4
    assert len(published.frame) == 11 * (6 * 31 + 6 * 33 + 3 * 34) + 31
    assert published.frame["value"].notna().all()
    assert not [remark for remark in published.remarks if "left out" in remark or "differs" in remark]
    assert set(published.frame.loc[published.frame["flag"] == "estimate", "year"]) == {2023, 2024}


@pytest.mark.skipif(not JUNE_2024.exists(), reason=f"NATO's workbook of June 2024 is not at {JUNE_2024}")
def test_the_workbook_of_june_2024_agrees_with_what_the_project_keeps_of_it():
    values = cells(read_nato(JUNE_2024.read_bytes(), AREAS).frame)
    kept = pd.read_csv(PROJECT / "data" / "spending" / "nato_editions.csv")
    kept = kept[(kept["vintage"] == "2024-06") & (kept["measure"] == "share_gdp_pct")]
    assert len(kept) > 300
    for row in kept.itertuples():
        assert values[row.iso3, row.year, "share_gdp_pct"] == pytest.approx(row.value, abs=0.00501)
