"""Rows of a long table chosen in a real browser: by columns shown and not shown, by words, together with sorting."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from baltic_calculus.errors import ExhibitError, RenderError
from baltic_calculus.exhibits import Table, table_of
from baltic_calculus.exhibits.table_filter import list_filters
from baltic_calculus.report.html_table import html_table
from baltic_calculus.report.site import render_site
from baltic_calculus.report.table_filter import TableFilter, place_filters
from baltic_calculus.report.table_model import read_table

# 14 statements in two essays, which head the groups but come mixed; the topic is printed, the verdict is not
CLAIMS = pd.DataFrame(
    {
        "claim": [f"claim {number}" for number in range(1, 15)],
        "essay": ["Essay 2", "Essay 1"] * 7,
        "topic": ["air", "sea", "land", "air", "sea", "land", "air"] * 2,
        "share": [float(share) for share in range(14, 0, -1)],
        "words": [*["plain words"] * 13, "Rīga–Daugavpils, 3-5 brigades"],
        "verdict": pd.Categorical(["right", "open", *["wrong"] * 11, None], ["wrong", "right", "never", "open"]),
    }
)
COLUMNS = {"topic": ("Topic", "", None), "share": ("Share", "%", 0), "words": ("Words", "", None)}
FILTERS = ("essay", "topic", "verdict")


def make_table(frame: pd.DataFrame = CLAIMS, groups: str | None = "essay") -> Table:
    return Table(
        table_of(frame, stub="claim", groups=groups, columns=COLUMNS, stubhead="Claim"),
        data=frame,
        caption="Claims",
        source="nato_defence_expenditure",
        unit="%",
        alt="Claims of two essays.",
        filters=FILTERS,
    )


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory,
    write_report: Callable,
    table_output: Callable[..., nbformat.NotebookNode],
) -> str:
    content, metadata = make_table()._repr_mimebundle_()
    output = table_output(notes=[], filters=metadata["report"]["filters"])
    output.data.update(content)
    cells = [("#| label: tbl-claims\nTable()", output)]
    report = write_report(tmp_path_factory.mktemp("long"), {"01_spending": cells})
    folder: Path = tmp_path_factory.mktemp("browser") / "site"
    render_site(report.document(), folder)
    return (folder / "spending.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    yield page
    page.close()


def names(page: Page) -> list[int]:
    """Numbers of the claims that can be seen, from the top."""
    cells = page.locator("#tbl-claims tbody tr:not(.group) th:visible").all_inner_texts()
    return [int(cell.removeprefix("Claim ")) for cell in cells]


def headings(page: Page) -> list[str]:
    return page.locator("#tbl-claims .group:visible").all_inner_texts()


def count(page: Page) -> str:
    return page.get_by_role("status").filter(has_text="rows").inner_text()


def test_choices_and_words_work_together_and_reset_brings_all_back(page: Page) -> None:
    form = page.get_by_role("search", name="Rows of Table 1.1")
    assert count(page) == "14 rows"
    form.get_by_label("Topic").select_option("air")
    # 1, 4, 7, 8, 11 and 14 are of the air; great_tables prints the essay of the first row first: odd numbers
    assert names(page) == [1, 7, 11, 4, 8, 14]
    assert count(page) == "6 of 14 rows"
    form.get_by_label("Essay").select_option("Essay 1")
    assert (names(page), headings(page)) == ([4, 8, 14], ["Essay 1"])
    form.get_by_label("Words").press_sequentially("riga 3-5")
    assert names(page) == [14]
    form.get_by_label("Words").press("Enter")
    assert names(page) == [14]
    form.get_by_label("Words").fill("nowhere")
    assert (names(page), headings(page), count(page)) == ([], [], "0 of 14 rows")
    form.get_by_role("button", name="Reset").press("Enter")
    assert (len(names(page)), count(page)) == (14, "14 rows")
    assert form.get_by_label("Topic").input_value() == ""


def test_what_the_table_does_not_print_can_be_chosen_too(page: Page) -> None:
    verdict = page.get_by_label("Verdict")
    assert verdict.locator("option").all_inner_texts() == [
        "All",
        "wrong (11)",
        "right (1)",
        "open (1)",
        "not given (1)",
    ]
    verdict.select_option(label="open (1)")
    assert names(page) == [2]
    verdict.select_option(label="not given (1)")
    assert names(page) == [14]


def test_sorting_and_choosing_do_not_disturb_each_other(page: Page) -> None:
    page.get_by_label("Topic").select_option("sea")
    page.click("#tbl-claims thead button:text('Share')")
    # 2, 5, 9 and 12 are of the sea; shares fall with the number, and groups stay together
    assert names(page) == [9, 5, 12, 2]
    page.get_by_label("Topic").select_option("air")
    assert names(page) == [11, 7, 1, 14, 8, 4]
    page.get_by_role("button", name="Reset").click()
    page.click("#tbl-claims thead button:text('Share')")
    assert names(page) == [1, 3, 5, 7, 9, 11, 13, 2, 4, 6, 8, 10, 12, 14]


def test_a_finger_hits_every_control_and_the_page_stays_narrow(page: Page) -> None:
    heights = page.eval_on_selector_all(
        ".filters :is(select, input, button)", "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 5
    assert min(heights) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_paper_and_pages_without_scripts_show_all(page: Page, browser: Browser, address: str) -> None:
    page.get_by_label("Words").fill("claim 14")
    page.emulate_media(media="print")
    assert (len(names(page)), len(headings(page))) == (14, 2)
    assert not page.is_visible(".filters")
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(address)
    assert (len(names(bare)), bare.is_visible(".filters")) == (14, False)
    context.close()


def test_only_what_is_not_printed_is_written_into_the_rows() -> None:
    table = make_table()
    model = read_table(table.gt.as_raw_html(), "tbl-claims")
    placed = place_filters(model, [TableFilter.read(one) for one in table.filters], "tbl-claims")
    assert [choice.where for choice in placed.choices] == ["data-group", 'data-column="1"', 'data-mark="0"']
    # claims 1, 3, 5, ...: the first is right (place 1), all others of its essay are wrong (0)
    assert placed.marks[:3] == ("1", "0", "0")
    assert re.findall(r'data-is="(\d)"', html_table(model, marks=placed.marks)) == list(placed.marks)
    assert "data-is" not in html_table(model)


def test_a_table_seen_at_a_glance_and_a_choice_of_one_need_no_controls() -> None:
    short = make_table(CLAIMS.head(12), groups=None)
    filters = [TableFilter.read(one) for one in short.filters]
    assert place_filters(read_table(short.gt.as_raw_html(), "tbl-x"), filters, "tbl-x") is None
    one = make_table(CLAIMS.assign(essay="Essay 1"), groups=None)
    placed = place_filters(
        read_table(one.gt.as_raw_html(), "tbl-x"), [TableFilter.read(entry) for entry in one.filters], "tbl-x"
    )
    assert [choice.label for choice in placed.choices] == ["Topic", "Verdict"]


def test_rows_and_choices_must_agree() -> None:
    with pytest.raises(ExhibitError, match="a table of 14 rows with data of 13"):
        list_filters(make_table().gt, CLAIMS.head(13), ["topic"])
    with pytest.raises(ExhibitError, match="verdicts"):
        list_filters(make_table().gt, CLAIMS, ["verdicts"])
    table = read_table(make_table().gt.as_raw_html(), "tbl-claims")
    with pytest.raises(RenderError, match="other rows than its 14"):
        place_filters(table, [TableFilter("Topic", ("air", "sea"), (0,) * 13)], "tbl-claims")


def test_countries_numbers_and_dates_are_offered_as_printed_in_their_order() -> None:
    frame = pd.DataFrame(
        {"iso3": ["POL", "EST"], "since": [2004, 1999], "seen": ["2025-02-09", "2024-03"], "v": [1.0, 2.0]}
    )
    gt = table_of(frame, stub="iso3", columns={"v": ("V", "%", 0)})
    country, since, seen = list_filters(gt, frame, ["iso3", "since", "seen"])
    assert country == {"label": "Country", "options": ["Estonia", "Poland"], "rows": [1, 0]}
    assert since == {"label": "Since", "options": ["1999", "2004"], "rows": [1, 0]}
    assert seen["options"] == ["9 February 2025", "March 2024"]
