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
    atheris.Setup([sys.argv[0], *words[1:]], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
