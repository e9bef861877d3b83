"""Strings that mean harm in a cell: text on the site, in the PDF and in linked data, and no formula in a download."""

import csv
import io
import json

import pandas as pd
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from baltic_calculus.catalog.record import Column, DatasetRecord
from baltic_calculus.catalog.spreadsheet import FORMULA, harmless
from baltic_calculus.catalog.table import convert, data_error, read_text
from baltic_calculus.errors import DataError
from baltic_calculus.exhibits.bundle import check_particulars
from baltic_calculus.exhibits.tables import table_of
from baltic_calculus.report.html_table import html_table
from baltic_calculus.report.jsonld import script_content
from baltic_calculus.report.search import SearchEntry, search_script
from baltic_calculus.report.table_model import read_table
from baltic_calculus.report.typst_table import typst_string

HOSTILE = (
    *(
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "]]><svg/onload=x>",
    ),
    *('" onmouseover="alert(1)', "' onfocus='alert(1)", "<!-- --!> <b>", "&lt;script&gt;", "javascript:alert(1)"),
    *(
        '#panic("x")',
        '#read("/etc/passwd")',
        "#{while true {}}",
        '"] #panic() [',
        "$x^2$",
        "\\#eval",
        "`raw`",
        "@fig",
        "<label>",
    ),
    *(
        "\\input{/etc/passwd}",
        "\\write18{x}",
        "{{< include x >}}",
        "**bold** [a](javascript:x)",
        "| a | b |",
        "{{ 7 * 7 }}",
    ),
    *('=HYPERLINK("http://x")', "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "=1\n2"),
    *("\u202egnp.exe", "\u2028alert(1)", "Ā\u0301ž", "x" * 3000),
)
FORMULAS = [text for text in HOSTILE if text.startswith((*FORMULA, "\r"))]


def download(frame: pd.DataFrame) -> list[list[str]]:
    parts = {"caption": "A", "source": "countries", "unit": "%", "alt": "A", "notes": (), "flag_notes": ()}
    return list(csv.reader(io.StringIO(check_particulars("table", data=frame, **parts).csv(), newline="")))


def test_no_cell_of_a_download_is_a_formula_and_numbers_keep_their_sign(record_figure):
    frame = pd.DataFrame({"=name": [*HOSTILE, "-1.5", "+3", "-2e3"], "change": -1.5})
    frame["kind"] = frame["=name"].astype("category")
    header, *rows = download(frame)
    assert header == ["'=name", "change", "kind"]
    for row, given_ in zip(rows, frame["=name"], strict=True):
        text = given_.replace("\r", "\n")
        assert row == [f"'{text}" if given_ in FORMULAS else text, "-1.5", f"'{text}" if given_ in FORMULAS else text]
    assert len(FORMULAS) == 9
    record_figure("hostile strings tried", len(HOSTILE))


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_numbers_as_numbers_and_as_text_stay_as_they_are(number):
    assert harmless(number) == number
    assert harmless(repr(number)) == repr(number)


@given(st.text())
def test_no_text_begins_as_a_formula_unless_it_is_a_number(text):
    safe = harmless(text)
    assert safe.removeprefix("'") == text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'")
    if safe.startswith(FORMULA):
        float(safe)


@pytest.mark.parametrize("text", HOSTILE)
def test_table_of_the_site_shows_it_as_text(text, record_figure):
    frame = pd.DataFrame({"name": [text, "b"], "word": ["a", text]})
    given_ = table_of(frame, stub="name", columns={"word": ("Word", "", None)})
    shown = html.fromstring(html_table(read_table(given_.as_raw_html(), "tbl-x")))
    assert not shown.xpath("//script|//img|//svg|//b|//a|//@onerror|//@onload|//@onmouseover|//@onfocus")
    record_figure("hostile strings tried", 2)


def test_pdf_prints_it_and_runs_nothing(tmp_path, record_figure):
    lines = "\n\n".join(f"#{typst_string(text)}" for text in HOSTILE)
    (tmp_path / "a.typ").write_text(lines, encoding="utf-8")
    assert typst.compile(tmp_path / "a.typ", root=tmp_path).startswith(b"%PDF")
    record_figure("hostile strings tried", len(HOSTILE))


def test_linked_data_and_search_index_hold_it_as_it_is(record_figure):
    thing = {"name": list(HOSTILE)}
    script = str(script_content(thing))
    assert "<" not in script
    assert json.loads(script) == thing
    entries = [SearchEntry("page", "a.html", text, text, text) for text in HOSTILE]
    index = search_script(entries)
    read = json.loads(index.removeprefix("window.balticSearch = ").removesuffix(";\n"))
    assert [entry["title"] for entry in read] == list(HOSTILE)
    record_figure("hostile strings tried", 2 * len(HOSTILE))


RECORD = DatasetRecord.model_construct(path="data/a.csv", columns=("a", "date", "b"))
COLUMNS = {
    "a": Column(meaning="a"),
    "date": Column(meaning="b", pattern=r"^\d{4}$"),
    "b": Column(meaning="c", type="number"),
}
ODD = {
    "latin-1": "a,date,b\nTõrva,2024,1\n".encode("latin-1"),
    "UTF-16": "a,date,b\n".encode("utf-16"),
    "NUL": b"a,date,b\nx\0,2024,1\n",
    "open quote": b'a,date,b\n"x,2024,1\n',
    "cell of megabytes": b"a,date,b\n" + b"x" * 1_000_000 + b",2024,1\n",
    "empty": b"",
    "infinity": b"a,date,b\nx,2024,inf\n",
    "minus infinity": b"a,date,b\nx,2024,-Infinity\n",
    "NaN": b"a,date,b\nx,2024,NaN\n",
    "thousands": b'a,date,b\nx,2024,"1,000"\n',
    "overflow": b"a,date,b\nx,2024,1e999\n",
    "control character": b"a,date,b\nx\x1b[31m,2024,1\n",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_table_is_refused_with_its_place(name, record_figure):
    with pytest.raises(DataError, match=r"line 2, column|not readable as CSV|column is missing") as caught:  # noqa: PT012
        _, broken = convert(read_text(ODD[name], RECORD), RECORD, COLUMNS)
        raise data_error(RECORD.path, broken)
    assert caught.value.where == "data/a.csv"
    record_figure("odd tables refused", 1)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa,date,b\nx,2024,1\n", b"a,date,b\r\nx,2024,1\r\n"])
def test_tables_of_other_programs_are_read_as_usual(content):
    frame, broken = convert(read_text(content, RECORD), RECORD, COLUMNS)
    assert not broken
    assert frame.to_dict("list") == {"a": ["x"], "date": ["2024"], "b": [1.0]}
