"""Long tables of the report in a real browser: sorted in place by their headers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from baltic_calculus.exhibits import table_of
from baltic_calculus.report.html_table import ROWS_SEEN_AT_ONCE, is_sortable
from baltic_calculus.report.site import render_site
from baltic_calculus.report.table_model import read_table

CODES = ["EST", "LVA", "LTU", "POL", "FIN", "SWE", "NOR", "DNK", "DEU", "NLD", "BEL", "FRA", "ESP"]
ALLIES = pd.DataFrame(
    {
        "iso3": CODES,
        # 13 amounts from 1,200 down; the second is not known, the third is an estimate below zero
        "amount": [1200.0, None, -3.5, *range(1000, 0, -100)],
        "flag_amount": ["", "", "estimate", *[""] * 10],
        "joined": ["2004-03-29"] * 3 + ["1999-03-12", "2023-04-04", "2024-03-07", *["1949-08-24"] * 7],
    }
)
TABLE = table_of(
    ALLIES,
    stub="iso3",
    columns={"amount": ("Amount", "EUR m", 1), "joined": ("Member since", "", None)},
    spanners={"What is known": ["amount", "joined"]},
    stubhead="Ally",
).as_raw_html()


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory,
    write_report: Callable,
    table_output: Callable[..., nbformat.NotebookNode],
) -> str:
    output = table_output(notes=[])
    output.data["text/html"] = TABLE
    report = write_report(tmp_path_factory.mktemp("long"), {"01_spending": [("#| label: tbl-allies\nTable()", output)]})
    folder: Path = tmp_path_factory.mktemp("browser") / "site"
    render_site(report.document(), folder)
    return (folder / "spending.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address)
    yield page
    page.close()


def names(page: Page) -> list[str]:
    return page.locator("#tbl-allies table.sortable tbody th").all_inner_texts()


def order(page: Page, header: str) -> str | None:
    return page.locator("#tbl-allies thead th", has_text=header).get_attribute("aria-sort")


def test_a_header_sorts_up_then_down_then_as_printed(page: Page) -> None:
    printed = names(page)
    button = page.locator("#tbl-allies thead button", has_text="Amount")
    button.press("Enter")
    assert order(page, "Amount") == "ascending"
    # -3.5 first; what is not known last, both ways
    assert (names(page)[0], names(page)[-2:]) == ("Lithuania", ["Estonia", "Latvia"])
    button.press("Enter")
    assert order(page, "Amount") == "descending"
    assert (names(page)[0], names(page)[-2:]) == ("Estonia", ["Lithuania", "Latvia"])
    button.press("Space")
    assert order(page, "Amount") is None
    assert names(page) == printed


def test_dates_and_names_have_orders_of_their_own(page: Page) -> None:
    page.click("#tbl-allies thead button:text('Member since')")
    # 24 August 1949 comes before 12 March 1999, and 7 March 2024 after 4 April 2023
    assert names(page)[-6:] == ["Poland", "Estonia", "Latvia", "Lithuania", "Finland", "Sweden"]
    page.click("#tbl-allies thead button:text('Ally')")
    assert names(page) == sorted(names(page))
    assert order(page, "Member since") is None


def test_spanners_sort_nothing_and_nothing_moves(page: Page, browser: Browser, address: str) -> None:
    assert page.locator("#tbl-allies thead button").all_inner_texts() == ["Ally", "Amount, EUR m", "Member since"]
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(address)
    size = "table => [table.offsetWidth, table.offsetHeight]"
    assert bare.eval_on_selector("#tbl-allies table", size) == page.eval_on_selector("#tbl-allies table", size)
    assert bare.locator("#tbl-allies button").count() == 0
    context.close()


def test_short_tables_and_those_of_cells_over_several_rows_stay() -> None:
    assert is_sortable(read_table(TABLE, "tbl-x"))
    short = ALLIES.head(ROWS_SEEN_AT_ONCE)
    columns = {"amount": ("Amount", "EUR m", 1)}
    assert not is_sortable(read_table(table_of(short, stub="iso3", columns=columns).as_raw_html(), "tbl-x"))
    assert not is_sortable(read_table(TABLE.replace("<td ", '<td rowspan="2" ', 1), "tbl-x"))
