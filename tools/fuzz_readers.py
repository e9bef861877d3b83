"""Throw broken bytes at the project's readers: each reads them or raises an error of the project's own family.

``python tools/fuzz_readers.py eurostat -max_total_time=600`` runs one reader under atheris (Linux only), guided by
which of its lines are reached; other words go to libFuzzer. Without a reader's name it lists them. The tests run it
shortly.
"""

import importlib
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from baltic_calculus.errors import CalculusError

AREAS = {"EE": "EST", "EST": "EST", "LV": "LVA", "Estonia": "EST", "Latvia": "LVA"}
READERS = {
    "eurostat": ("eurostat", "read_eurostat"),
    "world_bank": ("world_bank", "read_world_bank"),
    "imf": ("imf", "read_datamapper"),
    "imf_csv": ("imf", "read_weo_csv"),
    "ecb": ("ecb", "read_ecb_yields"),
}
"""Publishers' readers: module of ``sources`` and function."""


def target(name: str) -> Callable[[bytes], None]:
    """Return the reader of this name as a function of bytes, which returns nothing and lets no foreign error pass."""
    read = _publisher(name) if name in READERS else _LOCAL[name]

    def once(content: bytes) -> None:
        try:
            read(content)
        except CalculusError as error:
            if not error.what.strip():
                raise AssertionError("an error that says nothing") from error

    return once


def _publisher(name: str) -> Callable[[bytes], Any]:
    module, function = READERS[name]
    read = getattr(importlib.import_module(f"baltic_calculus.sources.{module}"), function)
    return lambda content: read(content, AREAS)


def _workbook(content: bytes) -> None:
    from baltic_calculus.sources.workbook import open_workbook

    open_workbook(content, "a publisher")


def _nato(content: bytes) -> None:
    from baltic_calculus.sources.nato import nato_publication

    nato_publication(altered_workbook(NATO_SHEETS, content), AREAS)


def _sipri(content: bytes) -> None:
    from baltic_calculus.sources.sipri import sipri_publication

    sipri_publication(altered_workbook(SIPRI_SHEETS, content), AREAS)


def _block(heading: str) -> list[list[object]]:
    """A block of NATO's: heading, years, countries, a total."""
    years: list[object] = [None, 2014, "2015", "2024e"]
    return [[heading], years, ["Estonia*  (Euros)", 1.9, 2, 3.4], ["Latvia", 0.9, "..", 3], ["NATO Total", 2, 3, 4]]


def _nato_sheet(title: str, unit: str, *headings: str) -> list[list[object]]:
    notes = "Notes: Figures for 2024 are estimates."
    return [[title], [unit], *(row for heading in headings for row in _block(heading)), [notes], ["-7-"]]


_PRICES = ("Current prices", "Constant 2021 prices")
_BY_CATEGORY = "Distribution of defence expenditure by main category"
NATO_SHEETS: dict[str, list[list[object]]] = {
    "Table 1": _nato_sheet("Table 1: Defence expenditure", "Million national currency units", *_PRICES),
    "Table 2": _nato_sheet("Table 2: Defence expenditure", "Million US dollars", *_PRICES),
    "Table 3": _nato_sheet("Table 3: Share of GDP", "2021 prices", "Share of real GDP (%)", "Annual real change (%)"),
    "Table 4": [
        ["Table 4: Defence expenditure real change"],
        [None, 2014, "2024e", "Real change 2014-2024 (%)", "Share of real GDP 2024e (%)"],
        ["Estonia", 2, 3, 50, 3.4],
    ],
    "Table 5": _nato_sheet("Table 5: GDP", "Million US dollars", *_PRICES),
    "Table 6": _nato_sheet(
        *("Table 6: GDP per capita and defence expenditure per capita", "2021 prices"),
        *("GDP per capita (thousand US dollars)", "Defence expenditure per capita (US dollars)"),
    ),
    "Table 7": _nato_sheet("Table 7: Military personnel", "Thousands", "Military"),
    "Table 8a": _nato_sheet(f"Table 8a: {_BY_CATEGORY}", "Percentage", "Equipment (a)", "Personnel (b)"),
    "Table 8b": _nato_sheet(f"Table 8b: {_BY_CATEGORY}", "Percentage", "Infrastructure (c)", "Other (d)"),
}
_SIPRI_TABLES = (
    *("Constant (2024) US$", "Current US$", "Share of GDP", "Share of Govt. spending", "Per capita"),
    "Local currency calendar years",
)
SIPRI_SHEETS: dict[str, list[list[object]]] = {
    "Front page": [["© SIPRI 2026, v1.2"]],
    "Footnotes": [[73, "as adopted"]],
    **{
        name: [[name], ["Country", "Notes", 2023, 2024.0, "2025"], ["Estonia", "§73", 0.1, "xxx", 0.2], ["Latvia"]]
        for name in _SIPRI_TABLES
    },
}

ODD_CELLS: tuple[object, ...] = (
    *(
        None,
        "",
        " ",
        "..",
        "xxx",
        "#REF!",
        "-7-",
        "\u200b",
        "\ud800",
        True,
        0,
        -1,
        2014,
        2014.5,
        2025,
        0.5,
        1e18,
        1e308,
    ),
    *(float("nan"), float("inf"), 10**400, "1e400", "1 234", "1,234", "2024e", "2024ᵉ", "2o24", "99999"),
    *("Estonia", "* Latvia", "Country", "Notes: x", "(a) x", "Table 2: Defence expenditure", "Billion US dollars"),
    *(
        "Current prices",
        "Constant 2021 prices",
        "Share of real GDP (%)",
        "(" * 300,
        "9" * 5000,
        "figures for 2014-9999 are",
    ),
)
COLOURS = ("", "0000FF", "FF0000", "00B050", "theme 5", "ZZZZZZ")


def altered_workbook(sheets: dict[str, list[list[object]]], content: bytes) -> Any:
    """
    A sound workbook, altered as the bytes say: each four of them choose a sheet, a row, a column and what to put there.

    Bytes of a packed file would be refused by its checksums before a reader saw one of its cells.
    """
    from baltic_calculus.sources.workbook import Cell, Sheet, Workbook

    named = [(name, [list(row) for row in rows]) for name, rows in sheets.items()]
    dressed: dict[tuple[int, int, int], tuple[str, bool]] = {}
    for sheet, row, column, what in zip(*(content[place::4] for place in range(4)), strict=False):
        rows = named[sheet % len(named)][1]
        cells = rows[row % len(rows)]
        cells += [None] * (column % 8 - len(cells) + 1)
        if what < 200:
            cells[column % 8] = ODD_CELLS[what % len(ODD_CELLS)]
        elif what < 220:
            rows.insert(row % len(rows), list(cells))
        elif what < 240:
            cells.insert(column % 8, None)
        else:
            dressed[sheet % len(named), row % len(rows), column % 8] = COLOURS[what % len(COLOURS)], bool(what % 2)
    return Workbook(
        tuple(
            Sheet(
                name,
                tuple(
                    filled
                    for down, row in enumerate(rows)
                    if (
                        filled := tuple(
                            Cell(name, down + 1, across + 1, value, *dressed.get((number, down, across), ("", False)))
                            for across, value in enumerate(row)
                            if value is not None and value != ""
                        )
                    )
                ),
            )
            for number, (name, rows) in enumerate(named)
        ),
        (),
        None,
    )


def _policy(content: bytes) -> None:
    from baltic_calculus.catalog.policy import read_policy

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "any.yaml").write_bytes(content)
        read_policy(Path(folder), "any")


def _configuration(content: bytes) -> None:
    from baltic_calculus.report.config import read_config

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "any.yaml").write_bytes(content)
        read_config(Path(folder), "any.yaml")


def _notebook(content: bytes) -> None:
    from baltic_calculus.report.code_cell import code_cells
    from baltic_calculus.report.notebook import describe_cell, read_notebook, read_parameters, read_parameters_used

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "01_any.ipynb"
        path.write_bytes(content)
        notebook = read_notebook(path)
    for index in range(len(notebook.cells)):
        describe_cell(notebook, index)
    code_cells(notebook, "any")
    read_parameters_used(notebook, path)
    read_parameters(notebook, path)


def _cell(content: bytes) -> None:
    from baltic_calculus.report.cell import cell_options, front_matter

    text = content.decode("utf-8", "replace")
    cell_options(text, "a cell")
    cell_options("\n".join(f"#| {line}" for line in text.split("\n")), "a cell")
    front_matter(f"---\n{text}\n---\n")


def _parameters(content: bytes) -> None:
    from baltic_calculus.analysis.parameters import Parameters, check_parameters
    from baltic_calculus.catalog import Coverage
    from baltic_calculus.report.plan import parse_parameter

    given = dict(parse_parameter(line) for line in content.decode("utf-8", "replace").split("\n")[:20])
    coverage = Coverage(countries=("EST", "LVA"), first_year=1995, last_year=2026)
    check_parameters(given, allowed=Parameters.model_fields, coverage=coverage)


def _grid(content: bytes) -> None:
    from baltic_calculus.report.sweep.grid import parse_grid

    parse_grid(content.decode("utf-8", "replace").split("\n")[:20])


def _table(content: bytes) -> None:
    from baltic_calculus import catalog
    from baltic_calculus.catalog.schema import References, check_frame
    from baltic_calculus.catalog.table import convert, data_error, read_text

    found = catalog.default_catalog()
    record = found.record("countries")
    header = ",".join(record.columns).encode()
    for text in (content, re.sub(rb"\A[^\n]*", lambda _: header, content, count=1)):
        frame, broken = convert(read_text(text, record), record, found.file.columns)
        broken = broken or check_frame(frame, record, found.file.columns, References(frozenset(), frozenset()))
        if broken:
            raise data_error(record.path, broken)


_LOCAL: dict[str, Callable[[bytes], None]] = {
    "workbook": _workbook,
    "nato": _nato,
    "sipri": _sipri,
    "policy": _policy,
    "configuration": _configuration,
    "notebook": _notebook,
    "cell": _cell,
    "parameters": _parameters,
    "grid": _grid,
    "table": _table,
}
NAMES = (*READERS, *_LOCAL)


def main(words: list[str]) -> None:
    """Run one reader until libFuzzer's limits are reached, or until it lets a foreign error pass."""
    if not words or words[0] not in NAMES:
        raise SystemExit(f"name a reader: {', '.join(NAMES)}")
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["baltic_calculus"]):
        importlib.import_module("baltic_calculus.sources.cells")
        run = target(words[0])
        run(b"")  # readers import what they need when they are called
    atheris.Setup([sys.argv[0], *words[1:]], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
