"""SIPRI's workbook, built here in its layout with the colours of its figures; the file itself may not be kept."""

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.styles.colors import COLOR_INDEX, Color

from baltic_calculus.errors import DataError
from baltic_calculus.sources.publication import COLUMNS, KEYS
from baltic_calculus.sources.sipri import read_sipri, sipri_publication
from baltic_calculus.sources.workbook import workbook_of

AREAS = {"Estonia": "EST", "Russia": "RUS", "Ukraine": "UKR", "Germany": "DEU", "European Union": "EU27"}
BLUE, RED = Color(indexed=12), Color(indexed=10)

# Sheet, row of the header, columns before the years, and a value for each kind of row.
SHEETS = (
    ("Local currency financial years", 8, ["Country", "Currency", "Fiscal Year", "Notes"]),
    ("Local currency calendar years", 7, ["Country", "Currency", "Notes"]),
    ("Constant (2024) US$", 6, ["Country", None, "Notes"]),
    ("Current US$", 6, ["Country", "Notes"]),
    ("Share of GDP", 6, ["Country", "Notes"]),
    ("Per capita", 7, ["Country", "Notes"]),
    ("Share of Govt. spending", 8, ["Country", "Notes", "Reporting year"]),
)
YEARS: list[object] = [2023, 2024, 2025]
SHARES = ("Share of GDP", "Share of Govt. spending")
Change = Callable[[Workbook], None]
Rows = dict[str, list[object]]

ROWS: Rows = {
    "Europe": [None, None, None],
    "Estonia": [0.0287, 0.03302570893049843, 0.03374417800792759],
    "Russia": [0.054, 0.06874152711397948, 0.07501484654936362],
    "Ukraine": ["xxx", "...", 0.4],
    "Germany": [". .", "…", ""],
    "USSR": [0.1, 0.1, 0.1],
    "European Union": [0.001, 0.001, 0.002],
}


def unsaved(rows: Rows = ROWS, years: list[object] = YEARS, change: Change | None = None) -> Workbook:
    """A workbook in which Russia is blue in the last two years, Ukraine red in the last."""
    book = Workbook()
    book.worksheets[0].title = "Front page"
    book.create_sheet("Regional totals")["A1"] = "Military expenditure by region"
    for name, header, columns in SHEETS:
        sheet = book.create_sheet(name)
        sheet["A1"] = f"Military expenditure by country: {name}"
        sheet["A3"] = "Figures in blue are SIPRI estimates. Figures in red indicate highly uncertain data."
        for number, text in enumerate([*columns, *years], start=1):
            sheet.cell(header, number, text)
        for down, (country, values) in enumerate(rows.items(), start=1):
            sheet.cell(header + down, 1, country)
            if country == "Russia":
                sheet.cell(header + down, columns.index("Notes") + 1, "§‖73")
            for across, value in enumerate(values, start=len(columns) + 1):
                share = name in SHARES or not isinstance(value, int | float)
                cell = sheet.cell(header + down, across, value if share else 1000 * value)
                if country == "Russia" and across > len(columns) + 1:
                    cell.font = Font(color=BLUE)
                if country == "Ukraine" and across == len(columns) + 3:
                    cell.font = Font(color=RED)
    notes = book.create_sheet("Footnotes")
    notes["A4"], notes["B4"] = 73, "Figures are for the adopted budget."
    notes["A5"], notes["C5"] = 74, "Not of interest."
    if change:
        change(book)
    return book


def built(rows: Rows = ROWS, years: list[object] = YEARS, change: Change | None = None) -> bytes:
    """The same as a file."""
    saved = BytesIO()
    unsaved(rows, years, change).save(saved)
    return saved.getvalue()


def row(frame, iso3, year, measure="share_gdp_pct"):
    found = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["measure"] == measure)]
    assert len(found) == 1
    return found.iloc[0]


def test_every_sheet_becomes_a_measure_in_the_units_of_the_catalogue():
    published = read_sipri(built(), AREAS)
    frame = published.frame
    estonia = frame[(frame["iso3"] == "EST") & (frame["year"] == 2025)].set_index("measure")
    fraction = 0.03374417800792759
    assert {name: estonia.loc[name, "value"] for name in estonia.index} == pytest.approx(
        {
            "share_gdp_pct": 100 * fraction,
            "share_government_pct": 100 * fraction,
            "spend_usd_m_2024": 1000 * fraction,
            "spend_usd_m_current": 1000 * fraction,
            "spend_nac_m_current": 1000 * fraction,
            "spend_per_capita_usd_current": 1000 * fraction,
        }
    )
    assert estonia.loc["spend_usd_m_2024", ["unit", "price_basis"]].tolist() == ["US$ m", "constant 2024"]
    assert estonia.loc["share_gdp_pct", ["unit", "price_basis"]].tolist() == ["% of GDP", ""]
    assert estonia.loc["share_government_pct", "unit"] == "% of government expenditure"
    assert tuple(frame.columns) == COLUMNS
    assert not frame.duplicated(list(KEYS)).any()
    assert (published.edition, published.definition) == (
        "2026 edition, 2023-2025",
        "military expenditure as defined by SIPRI",
    )
    assert any("names no edition" in remark for remark in published.remarks)


def test_edition_is_the_one_that_the_front_page_names():
    def change(book: Workbook) -> None:
        book["Front page"]["A3"] = "SIPRI Military Expenditure Database 1949-2025"
        book["Front page"]["A4"] = "© SIPRI 2026, v1.2"

    published = read_sipri(built(change=change), AREAS)
    assert published.edition == "2026 edition, 2023-2025, version 1.2"
    assert not any("names no edition" in remark for remark in published.remarks)


def test_only_countries_of_the_project_are_read_and_the_others_named():
    published = read_sipri(built(), AREAS)
    assert set(published.frame["iso3"]) == {"EST", "RUS", "UKR", "DEU"}  # the EU's own spending is not its members'
    left_out = next(remark for remark in published.remarks if remark.startswith("left out, 2 areas"))
    assert '"USSR"' in left_out
    assert '"Europe"' not in left_out  # a heading, which has no figures


def test_colours_are_flags():
    frame = read_sipri(built(), AREAS).frame
    assert row(frame, "RUS", 2023)["flag"] == ""
    assert row(frame, "RUS", 2025)["flag"] == "estimate"
    assert "SIPRI estimate" in row(frame, "RUS", 2025)["note"]
    assert row(frame, "UKR", 2025)["flag"] == "highly uncertain"
    assert row(frame, "EST", 2025)["flag"] == ""


@pytest.mark.parametrize(
    ("colour", "flag"),
    [
        (Color(rgb="FF0000FF"), "estimate"),
        (Color(rgb="FF0070C0"), "estimate"),
        (Color(rgb="FF00B0F0"), "estimate"),
        (Color(theme=4), "estimate"),  # the first accent of the theme that openpyxl writes: 4F81BD
        (Color(theme=5), "highly uncertain"),  # the second: C0504D
        (Color(theme=6), ""),  # green
        (Color(rgb="FFFF0000"), "highly uncertain"),
        (Color(rgb="FFC00000"), "highly uncertain"),
        (Color(rgb="FF000000"), ""),
        (Color(indexed=8), ""),
        (Color(indexed=64), ""),
        (Color(theme=1), ""),
        (Color(auto=True), ""),
    ],
    ids=lambda value: str(getattr(value, "value", value)),
)
def test_colours_by_palette_and_by_value(colour, flag):
    def change(book: Workbook) -> None:
        book["Share of GDP"]["E8"].font = Font(color=colour)  # Estonia in 2025

    assert row(read_sipri(built(change=change), AREAS).frame, "EST", 2025)["flag"] == flag


def test_a_palette_of_the_file_s_own():
    def change(book: Workbook) -> None:
        book._colors = [*COLOR_INDEX[:12], "FF00B050", *COLOR_INDEX[13:]]  # green in the place of blue

    content = built(change=change)
    assert row(read_sipri(content, AREAS).frame, "RUS", 2025)["flag"] == ""
    assert any("00B050" in remark for remark in read_sipri(content, AREAS).remarks)


@pytest.mark.parametrize("name", ["CONSTANT 2024 USD", "Constant(2024) US$ m.", " constant (2024)  us$"])
def test_spellings_of_a_sheet_s_name(name):
    def change(book: Workbook) -> None:
        book["Constant (2024) US$"].title = name

    assert read_sipri(built(change=change), AREAS).frame.equals(read_sipri(built(), AREAS).frame)


def test_an_e_behind_a_year_is_a_flag():
    frame = read_sipri(built(years=[2023, 2024, "2025ᵉ"]), AREAS).frame
    assert row(frame, "EST", 2025)["flag"] == "estimate"
    assert row(frame, "UKR", 2025)["flag"] == "highly uncertain"  # the colour says more


def test_a_colour_without_a_meaning_is_told():
    def change(book: Workbook) -> None:
        book["Share of GDP"]["E8"].font = Font(color=Color(rgb="FF00B050"))

    published = read_sipri(built(change=change), AREAS)
    assert any("00B050" in remark and "Share of GDP" in remark for remark in published.remarks)


def test_a_copy_without_colours_is_told():
    published = read_sipri(built({"Estonia": [0.02, 0.03, 0.03]}), AREAS)
    assert any("lost its colours" in remark for remark in published.remarks)


@pytest.mark.parametrize(
    ("iso3", "year", "reason"),
    [
        ("UKR", 2023, "did not exist"),
        ("UKR", 2024, "not available"),
        ("DEU", 2023, "not available"),
        ("DEU", 2025, "empty"),
    ],
)
def test_signs_for_missing_values_are_reasons(iso3, year, reason):
    missing = row(read_sipri(built(), AREAS).frame, iso3, year)
    assert missing["value"] != missing["value"]
    assert reason in missing["note"]
    assert missing["flag"] == ""


def test_notes_beside_a_name_are_put_into_words():
    published = read_sipri(built(), AREAS)
    assert row(published.frame, "RUS", 2023)["note"] == (
        "adopted budget, not actual spending; currency changed or redenominated in the period"
    )
    assert "footnote 73 (RUS): Figures are for the adopted budget." in published.remarks
    assert not any("Not of interest" in remark for remark in published.remarks)


def test_base_year_comes_from_the_sheet_s_name():
    def change(book: Workbook) -> None:
        book["Constant (2024) US$"].title = "Constant (2023) US$"

    frame = read_sipri(built(change=change), AREAS).frame
    assert row(frame, "EST", 2025, "spend_usd_m_2023")["price_basis"] == "constant 2023"


@pytest.mark.parametrize("years", [[2023.0, 2024.0, 2025.0], ["2023", "2024", "2025"], ["2023.0", 2024, 2025]])
def test_years_of_copies_saved_again(years):
    frame = read_sipri(built(years=years), AREAS).frame
    assert sorted(set(frame["period"])) == ["2023", "2024", "2025"]


def test_header_may_stand_in_another_row():
    def change(book: Workbook) -> None:
        for sheet in book.worksheets:
            sheet.insert_rows(2, 4)

    assert read_sipri(built(change=change), AREAS).frame.equals(read_sipri(built(), AREAS).frame)


def cell(sheet: str, address: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][address] = value

    return change


HOSTILE: dict[str, tuple[Change, str]] = {
    "a sheet is gone": (lambda book: book.remove(book["Share of GDP"]), 'no sheet named "Share of GDP"'),
    "two of a kind": (lambda book: book.create_sheet("Constant (2023) US$") and None, "more than one sheet"),
    "no header": (cell("Share of GDP", "A6", "Land"), 'no header: "Country"'),
    "a year stands twice": (cell("Share of GDP", "D6", 2023), "the year 2023 stands twice"),
    "a broken year": (cell("Share of GDP", "D6", "2o24"), '"2o24" among the years'),
    "text for a number": (cell("Share of GDP", "D8", "n/a"), '"n/a" where a number belongs'),
    "per cent for a fraction": (cell("Share of GDP", "D8", 3.3), "3.3 where a fraction belongs"),
    "a country stands twice": (cell("Share of GDP", "A9", "Estonia"), "share_gdp_pct of EST in 2023 stands twice"),
    "a formula without result": (cell("Share of GDP", "D8", "=1/30"), "a formula whose result was not stored"),
}


@pytest.mark.parametrize(("change", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(change, message):
    with pytest.raises(DataError) as caught:
        read_sipri(built(change=change), AREAS)
    assert message in str(caught.value)
    assert caught.value.where
    assert caught.value.remedy


def test_without_a_country_of_the_project():
    with pytest.raises(DataError, match="no row of a country"):
        read_sipri(built(), {"Narnia": "NRN"})


values = st.one_of(
    st.floats(min_value=0, max_value=2, allow_nan=False).map(lambda share: float(f"{share:.12g}")),
    st.sampled_from(["xxx", "...", ". .", "…", None, ""]),
)


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])  # shrinking writes hundreds of workbooks
@given(
    first=st.integers(min_value=1949, max_value=2050),
    rows=st.dictionaries(
        st.sampled_from(["Estonia", "Russia", "Ukraine", "Germany", "USSR"]),
        st.lists(values, min_size=3, max_size=3),
        min_size=1,
    ).filter(lambda rows: set(rows) != {"USSR"}),
)
def test_any_table_of_numbers_is_read_back(first, rows):
    years = [first, first + 1, first + 2]
    book = unsaved(rows, list(years))  # that files are read so, too, other tests say
    frame = sipri_publication(workbook_of(book), AREAS).frame.dropna(subset=["value"])
    shares = frame[frame["measure"] == "share_gdp_pct"]
    assert dict(zip(zip(shares["iso3"], shares["year"], strict=True), shares["value"], strict=True)) == {
        (AREAS[country], year): 100 * value
        for country, row_values in rows.items()
        if country in AREAS
        for year, value in zip(years, row_values, strict=True)
        if isinstance(value, float)
    }


def test_altered_cells_are_read_or_refused(check_altered_cells):
    check_altered_cells("SIPRI", lambda change: built(change=change), lambda content: read_sipri(content, AREAS))
