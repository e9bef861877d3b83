"""Tables of records: a phone shows each row below the other, every cell behind the heading of its column."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser

from baltic_calculus.report.site import render_site
from baltic_calculus.report.table_model import Cell, Row, Run, TableModel
from baltic_calculus.report.table_records import PHONE_LETTERS, holds_records, record_styles

HOSTILE = '"}</style><script>alert(1)</script>\\'
TEXT = "A brigade of three battalions, with its own artillery, air defence and depots in the host nation, by 2027"
MARKUP = f"""<table><thead><tr><th>System</th><th>Promised</th><th>Status &amp; reason</th>
<th>{HOSTILE.replace("<", "&lt;")}</th></tr></thead>
<tbody><tr class="gt_group_heading_row"><th colspan="4">Posture</th></tr>
<tr><th>Brigade in Lithuania</th><td>{TEXT}</td><td>on track: {TEXT}</td><td></td></tr>
<tr><th>Brigade in Latvia</th><td>{TEXT}</td><td>not known</td><td>reported</td></tr></tbody></table>"""


def cell(text: str, *, align: str = "left", columns: int = 1) -> Cell:
    return Cell((Run(text),), align, columns)  # type: ignore[arg-type]


def table(*columns: str, align: str = "left", lines: int = 1) -> TableModel:
    """One row of the given cells below a heading for each, and further rows of headings."""
    head = Row(tuple(cell("Heading") for _ in columns))
    body = Row(tuple(cell(text, align="left" if place == 0 else align) for place, text in enumerate(columns)))
    return TableModel(len(columns), (head,) * lines, (body,), ())


def test_a_table_wider_than_a_phone_holds_records_when_most_of_its_columns_are_words() -> None:
    words = ["w" * 13] * 4  # four columns of 13 letters and 2 between: 60
    assert len(words) * (13 + 2) > PHONE_LETTERS
    assert holds_records(table(*words))
    assert not holds_records(table(*words[:3]))  # 45 letters go side by side
    assert not holds_records(table(*words, align="right"))  # three of four columns are numbers
    assert not holds_records(table(*words, lines=2))  # which of two headings would stand before a cell?
    assert not holds_records(TableModel(4, table(*words).header, (Row((cell("all", columns=4),)),), ()))


def test_running_text_asks_for_room_whatever_its_words() -> None:
    assert holds_records(table(TEXT, TEXT))  # twice 32 letters and 2 between: 68
    assert not holds_records(table("Latvia", TEXT))


def test_a_heading_in_a_style_sheet_stays_a_text() -> None:
    heads = Row((cell("State"), cell(HOSTILE)))
    style = record_styles({"tbl-x": TableModel(2, (heads,), (), ())})
    own = style.splitlines()[1].partition('content:"')[2]
    assert own == r"\22 \7d \3c \2f style\3e \3c script\3e alert(1)\3c \2f script\3e \5c " + '"}'


@pytest.fixture(scope="module")
def page_address(
    tmp_path_factory: pytest.TempPathFactory,
    write_report: Callable,
    table_output: Callable[..., nbformat.NotebookNode],
) -> str:
    output = table_output(notes=[])
    output.data["text/html"] = MARKUP
    report = write_report(
        tmp_path_factory.mktemp("records"), {"01_spending": [("#| label: tbl-systems\nTable()", output)]}
    )
    folder: Path = tmp_path_factory.mktemp("browser") / "site"
    render_site(report.document(), folder)
    return (folder / "spending.html").as_uri()


def test_a_phone_shows_records_whole_and_a_wide_screen_the_grid(browser: Browser, page_address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(page_address)
    region = page.locator("#tbl-systems .scroll")
    assert region.evaluate("one => one.scrollWidth <= one.clientWidth")
    status = page.locator("#tbl-systems td:nth-child(3)").first
    assert status.evaluate("one => getComputedStyle(one, '::before').content") == '"Status & reason"'
    last = page.locator("#tbl-systems td:nth-child(4)")
    assert last.last.evaluate("one => getComputedStyle(one, '::before').content").startswith('"\\"}</style>')
    assert not last.first.is_visible()  # nothing is known: no heading stands before nothing
    page.set_viewport_size({"width": 1366, "height": 900})
    assert status.evaluate("one => getComputedStyle(one).display + getComputedStyle(one, '::before').content") == (
        "table-cellnone"
    )
    page.close()
