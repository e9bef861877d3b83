"""Workbooks made to harm or broken on the way: refused with a clear error, in bounded time and memory."""

import random
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook

from baltic_calculus.errors import DataError
from baltic_calculus.sources.file_text import printable, quoted
from baltic_calculus.sources.workbook import open_workbook

SHEET = "xl/worksheets/sheet1.xml"


def small() -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"] = "Table 1"
    book.worksheets[0]["B2"] = 1.5
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_part(name: str, data: bytes, compression: int = ZIP_DEFLATED) -> bytes:
    """A workbook with one part put in or put in another's place."""
    source = ZipFile(BytesIO(small()))
    result = BytesIO()
    with ZipFile(result, "w", compression) as archive:
        for part in source.namelist():
            if part != name:
                archive.writestr(part, source.read(part))
        archive.writestr(name, data)
    return result.getvalue()


def sheet_of(rows: bytes, head: bytes = b"") -> bytes:
    return with_part(
        SHEET,
        head
        + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>",
        ZIP_STORED,
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    result = BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return result.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "the file is empty"),
    "a web page": (b"<!doctype html><html>Sorry</html>", "it is a web page"),
    "a PDF": (b"%PDF-1.7 ...", "it is a PDF"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .xls"),
    "no zip": (b"iso3,year\nEST,2024\n", "it begins with"),
    "half a zip": (small()[:2000], "the zip archive is damaged"),
    "a zip without a workbook": (zipped({"readme.txt": b"hello"}), "no workbook in it"),
    "a zip without sheets": (zipped({"[Content_Types].xml": b"<Types/>"}), "no sheet with a cell"),
    "an empty sheet": (sheet_of(b""), "no sheet with a cell"),
    "a zip bomb": (with_part("xl/media/image1.png", bytes(60_000_000)), "unpacks to 60 MB"),
    "a bomb of one letter": (with_part("xl/media/image1.png", bytes(9_000_000)), "times its size"),
    "thousands of parts": (zipped({f"xl/{number}": b"" for number in range(500)}), "more than 400 parts"),
    "a million rows": (sheet_of(b"<row/>" * 1_000_000 + b"<c/>"), "more than 20,000 rows"),
    "too many cells": (sheet_of(b"<row>" + b"<c><v>1</v></c>" * 450_000 + b"</row>"), "more than 400,000 cells"),
    "too many styles": (
        with_part("xl/styles.xml", b"<a>" + b"<font/>" * 70_000 + b"</a>"),
        "elements beside its cells",
    ),
    "entities": (sheet_of(b"<row><c><v>1</v></c></row>", BOMB), "XML with entities"),
    "entities in another encoding": (
        with_part(SHEET, ("\ufeff" + BOMB.decode()).encode("utf-16-le")),
        "XML with entities",
    ),
    "an odd encoding": (with_part(SHEET, b'<?xml version="1.0" encoding="cp037"?><a/>'), "an odd encoding"),
    "macros": (with_part("xl/vbaProject.bin", b"Sub Auto_Open()"), "carries macros"),
    "broken XML": (sheet_of(b"<row><c><v>1</v></row>"), "the workbook is damaged"),
    "a number that is none": (sheet_of(b'<row r="1"><c r="A1"><v>NaN</v></c></row>'), "the workbook is damaged"),
    "a style that is none": (sheet_of(b'<row r="1"><c r="A1" s="999"><v>1</v></c></row>'), "the workbook is damaged"),
    "a text that is none": (sheet_of(b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "the workbook is damaged"),
    "a giant cell": (
        sheet_of(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"ab" * 20_000 + b"</t></is></c></row>"),
        "a text of 40,000 letters",
    ),
    "a formula without result": (sheet_of(b'<row r="7"><c r="D7"><f>A1+1</f><v></v></c></row>'), "cell D7"),
}


@pytest.mark.parametrize(("content", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_refused_with_what_where_and_what_to_do(content, message):
    with pytest.raises(DataError) as caught:
        open_workbook(content, "NATO")
    assert message in str(caught.value)
    assert "workbook of NATO" in caught.value.where or "sheet" in caught.value.where
    assert caught.value.remedy


def test_memory_stays_bounded():
    """A bomb is refused by what its directory says: nothing of it is unpacked."""
    bomb = with_part("xl/media/image1.png", bytes(60_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(DataError):
            open_workbook(bomb, "NATO")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_what_is_read():
    workbook = open_workbook(small(), "NATO")
    first, second = (row[0] for row in workbook.sheets[0].rows)
    assert (first.value, first.text, first.colour) == ("Table 1", "Table 1", "")
    assert (second.value, second.text) == (1.5, "")
    assert second.place == 'sheet "Sheet", cell B2'


def test_a_stored_result_of_a_formula_is_read():
    rows = (
        b'<row r="1"><c r="A1"><f>40+2</f><v>42</v></c><c r="B1" t="str"><f>IF(1,"","")</f><v></v></c>'
        b'<c r="C1" t="e"><f>#REF!+1</f><v>#REF!</v></c></row>'
    )
    row = open_workbook(sheet_of(rows), "NATO").sheets[0].rows[0]
    assert [cell.value for cell in row] == [42, "#REF!"]


def test_a_sheet_that_declares_too_small_a_size_is_read_whole():
    content = with_part(
        SHEET,
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="D9"><v>2</v></c></row></sheetData></worksheet>',
    )
    assert [row[0].value for row in open_workbook(content, "NATO").sheets[0].rows] == [1, 2]


def test_a_lone_row_far_below_costs_nothing():
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert len(open_workbook(sheet_of(rows), "NATO").sheets[0].rows) == 1


def test_any_damage_ends_in_a_clear_error_or_a_workbook():
    """Bytes changed at random in the parts, and in the archive itself."""
    dice = random.Random(9)  # noqa: S311
    content = small()
    names = ZipFile(BytesIO(content)).namelist()
    refused = 0
    for turn in range(60):
        name = dice.choice(names)
        data = bytearray(ZipFile(BytesIO(content)).read(name) if turn % 2 else content)
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            open_workbook(with_part(name, bytes(data)) if turn % 2 else bytes(data), "NATO")
        except DataError:
            refused += 1
    assert refused > 20


def test_messages_show_hostile_text_in_one_short_line():
    assert quoted("a\x1b[31m\nb" + "c" * 100) == '"a [31m b' + "c" * 52 + '…"'
    assert len(printable("x" * 10_000)) == 1501
