"""Broken bytes at every reader: what comes is read, or refused with a reason; nothing else is raised, nothing hangs."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import time
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.catalog.policy import read_policy
from baltic_calculus.catalog.record import DatasetRecord
from baltic_calculus.errors import CalculusError, ConfigurationError, DataError, ParameterError
from baltic_calculus.report.config import read_config
from baltic_calculus.report.notebook import read_notebook, read_parameters
from baltic_calculus.report.plan import parse_parameter

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "fuzz_readers.py"
_spec = importlib.util.spec_from_file_location("fuzz_readers", TOOL)
fuzz_readers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz_readers)

CASES = int(os.environ.get("BALTIC_FUZZ_CASES", "60"))
"""Cases for each reader: BALTIC_FUZZ_CASES=5000 asks for a longer run, of the same seed."""

GUIDED_RUNS = {"eurostat": 500, "nato": 40}
GUIDED_SECONDS = int(os.environ.get("BALTIC_GUIDED_SECONDS", "0"))
"""Seconds for each reader, guided by coverage: without it two of them get a few runs, which are the same each time."""

WEO_HEADER = "STRUCTURE[;],STRUCTURE_ID,ACTION,COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE"
ECB_HEADER = (
    "KEY,FREQ,REF_AREA,IR_TYPE,TR_TYPE,MATURITY_CAT,BS_COUNT_SECTOR,CURRENCY_TRANS,IR_BUS_COV,IR_FV_TYPE,"
    "TIME_PERIOD,OBS_VALUE"
)
EUROSTAT = {
    "version": "2.0",
    "class": "dataset",
    "label": "Table gov_10a_exp",
    "source": "ESTAT",
    "updated": "2026-04-27T23:00:00+0200",
    "value": {"0": 812.5, "1": 6.5},
    "status": {"1": "p"},
    "id": ["freq", "unit", "sector", "cofog99", "na_item", "geo", "time"],
    "size": [1, 2, 1, 1, 1, 1, 1],
    "dimension": {
        name: {"label": name, "category": {"index": {code: place for place, code in enumerate(codes)}, "label": {}}}
        for name, codes in {
            "freq": ["A"],
            "unit": ["MIO_EUR", "PC_GDP"],
            "sector": ["S13"],
            "cofog99": ["GF02"],
            "na_item": ["TE"],
            "geo": ["EE"],
            "time": ["2024"],
        }.items()
    },
    "extension": {"id": "GOV_10A_EXP"},
}
BANK = [
    {"page": 1, "pages": 1, "per_page": 50, "total": 1, "sourceid": "2", "lastupdated": "2026-07-01"},
    [
        {
            "indicator": {"id": "SP.POP.TOTL", "value": "Population, total"},
            "country": {"id": "EE", "value": "Estonia"},
            "countryiso3code": "EST",
            "date": "2024",
            "value": 1370000,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
    ],
]
FUND = {
    "values": {"GGXWDG_NGDP": {"EST": {"2024": 23.5}}},
    "indicators": {
        "GGXWDG_NGDP": {"label": "Debt", "source": "World Economic Outlook (April 2026)", "unit": "% of GDP"}
    },
}
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "---\ntitle: A\n---\n# A"},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {"tags": ["parameters"]},
            "source": "#| label: x\ncountry = 'EST'\nyears: list = [2020, 2024]",
            "outputs": [],
            "execution_count": None,
        },
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def packed_workbook() -> bytes:
    """A small workbook as a file."""
    book = Workbook()
    book.worksheets[0]["A1"] = "Table 1"
    book.worksheets[0]["B2"] = 1.5
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


DOCUMENTS = {"eurostat": EUROSTAT, "world_bank": BANK, "imf": FUND, "notebook": NOTEBOOK}
SOUND = {name: json.dumps(content).encode() for name, content in DOCUMENTS.items()} | {
    "imf_csv": f"{WEO_HEADER}\ndataflow,IMF.RES:WEO_2026_APR(9.0.0),R,EST,GGXWDG_NGDP,A,2024,23.5,0\n".encode(),
    "ecb": f"{ECB_HEADER}\nIRS.M.LV.L.L40.CI.0000.EUR.N.Z,M,LV,L,L40,CI,0000,EUR,N,Z,2026-01,3.1\n".encode(),
    "workbook": packed_workbook(),
    "nato": b"\x00\x04\x01\x03",
    "sipri": b"\x00\x04\x01\x03",
    "policy": (ROOT / "data" / "policy" / "nato_targets.yaml").read_bytes()[:1500],
    "configuration": (ROOT / "report" / "report.yaml").read_bytes()[:4000],
    "cell": b"label: fig-a\nfig-cap: 'A caption'\necho: false",
    "parameters": b"country=EST\nfirst_year=2016\ncountries=[EST, LVA]\nmultiplier=0.7",
    "grid": b"country=EST,LVA\nfirst_year=2014,2016",
    "table": b"\n".join((ROOT / "data" / "countries.csv").read_bytes().split(b"\n")[:4]) + b"\n",
}
TOKENS = (
    *(b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe4", b"\r\n", b"\r", b'"', b"'", b",", b"[" * 3000, b"{" * 500),
    *(b"- " * 2000, b"? " * 99, b"&a [*a]", b"&a x\nb: *a", b"<<: ", b"NaN", b"-Infinity", b".nan", b".inf", b"1e999"),
    *(b"9" * 5000, b"1:" * 500, b"2026-13-45", b"!!bool x", b"!!python/name:os.system", b"!!binary x", b"null", b"~"),
    *(b"\\ud800", b"\\u0000", b"\xed\xa0\x80", b"root: /", b"../../etc/passwd", b"=1+1", b"{[]: 1}", b"(" * 300),
)
HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.sampled_from(
        ["", "\x00", "\ud800", "=1+1", "parameters", "10000000", "-1", "x = [{[]: 1}]", "x = " + "(" * 300]
    ),
    st.text(max_size=5),
    st.lists(st.none() | st.integers(-1, 3) | st.text(max_size=2), max_size=3),
    st.dictionaries(st.text(max_size=2), st.none() | st.integers(), max_size=2),
)


def places(content, at=()):
    """Every place of a JSON document."""
    yield at
    entries = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for name, inner in entries:
        yield from places(inner, (*at, name))


def put(content, at, value):
    """A copy of the document with another value at a place."""
    if not at:
        return value
    copy = content.copy()
    copy[at[0]] = put(copy[at[0]], at[1:], value)
    return copy


@st.composite
def broken(draw, name):
    """A sound answer with some of it changed."""
    if name in DOCUMENTS and draw(st.booleans()):
        content = DOCUMENTS[name]
        for _ in range(draw(st.integers(1, 2))):
            content = put(content, draw(st.sampled_from(list(places(content)))), draw(HOSTILE))
        return json.dumps(content).encode()
    content = SOUND[name]
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 20)))
        content = content[:start] + draw(st.sampled_from(TOKENS) | st.binary(max_size=6)) + content[end:]
    return content


@pytest.mark.parametrize("name", fuzz_readers.NAMES)
def test_broken_bytes_are_read_or_refused_with_a_reason(name, record_figure):
    run = fuzz_readers.target(name)
    tried = 0

    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck), database=None)
    @given(broken(name))
    def property_(content):
        nonlocal tried
        tried += 1
        run(content)

    before = time.process_time()
    property_()
    record_figure("cases fuzzed", tried)
    record_figure("minutes of fuzzing", (time.process_time() - before) / 60)
    record_figure("crashes", 0)  # a crash fails the test


@pytest.mark.parametrize("name", fuzz_readers.NAMES)
def test_sound_bytes_are_what_is_broken(name):
    if name in {"configuration", "table", "policy"}:
        pytest.skip("a part of the project's own file, which is cut anywhere")
    read = fuzz_readers._publisher(name) if name in fuzz_readers.READERS else fuzz_readers._LOCAL[name]
    read(SOUND[name])


@pytest.mark.skipif(sys.platform != "linux", reason="atheris has wheels for Linux alone")
@pytest.mark.parametrize("name", fuzz_readers.NAMES if GUIDED_SECONDS else GUIDED_RUNS)
def test_fuzzing_guided_by_coverage_finds_nothing(name, tmp_path, record_figure):
    pytest.importorskip("atheris")
    (tmp_path / "sound").write_bytes(SOUND[name])
    length = f"-max_total_time={GUIDED_SECONDS}" if GUIDED_SECONDS else f"-runs={GUIDED_RUNS[name]}"
    words = [sys.executable, str(TOOL), name, "-seed=9", length, "-timeout=20", "-rss_limit_mb=2000"]
    done = subprocess.run(
        [*words, f"-artifact_prefix={tmp_path}/", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300 + GUIDED_SECONDS,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    runs, seconds = map(int, re.search(r"Done (\d+) runs in (\d+) second", done.stderr).groups())
    record_figure("cases fuzzed", runs)
    record_figure("minutes of fuzzing", seconds / 60)
    record_figure("crashes", 0)


BILLION_LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
YAML_BOMBS = {
    "aliases": BILLION_LAUGHS,
    "merged aliases": "a: &a {x: 1}\nb: {<<: [*a, *a]}",
    "recursion": "&a [*a]",
    "deep lists": "[" * 1_000_000,
    "deep dashes": "- " * 300_000 + "x",
    "deep mappings": "{a: " * 200_000,
    "deep keys": "? " * 300_000,
    "huge scalar": "title: " + "x" * 6_000_000,
    "huge number": "title: " + "9" * 1_000_000,
    "huge sexagesimal": "title: " + "1:" * 300_000 + "1",
    "key twice": "title: a\nvalues: {}\ntitle: b",
    "no such day": "title: 2026-13-45",
    "an object": "title: !!python/object/apply:os.system [exit]",
    "not a truth": "title: !!bool maybe",
    "no time": "title: !!timestamp x",
    "NUL": "title: \0",
    "two documents": "title: a\n--- \nvalues: {}",
}


@pytest.mark.parametrize("name", YAML_BOMBS)
def test_yaml_that_means_harm_is_refused_in_bounded_time_and_memory(name, tmp_path, record_figure):
    text = YAML_BOMBS[name]
    (tmp_path / "any.yaml").write_text(text)
    tracemalloc.start()
    before = time.process_time()
    try:
        with pytest.raises(yaml.YAMLError):
            parse_yaml(text)
        with pytest.raises(DataError, match="YAML"):
            read_policy(tmp_path, "any")
        with pytest.raises(ConfigurationError):
            read_config(tmp_path, "any.yaml")
        with pytest.raises(ParameterError):
            parse_parameter(f"country={text}")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - before < 20  # a bomb takes hours
    assert peak < 100_000_000
    record_figure("YAML bombs refused", 1)


def test_yaml_of_the_project_has_no_key_twice_and_no_alias():
    files = [*(ROOT / "data").rglob("*.yaml"), *(ROOT / "report").rglob("*.yaml")]
    assert len(files) > 10
    for file in files:
        parse_yaml(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["title: caf\xe9", "title: \xff"])
def test_yaml_in_another_encoding_says_so(text, tmp_path):
    (tmp_path / "any.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match="UTF-8"):
        read_policy(tmp_path, "any")
    with pytest.raises(ConfigurationError, match="utf-8"):
        read_config(tmp_path, "any.yaml")


def test_infinite_policy_values_are_refused(tmp_path):
    for number in (".inf", "-.inf", ".nan"):
        entry = f"{{label: a, value: {number}, unit: '%', valid_from: '2025', reference: b}}"
        (tmp_path / "any.yaml").write_text(f"title: a\nvalues:\n  one: {entry}\n")
        with pytest.raises(DataError, match="finite"):
            read_policy(tmp_path, "any")


TRAVERSALS = ("../x", "/etc/passwd", "data/../../x", "..", "data\\..\\x", "data/a\0.csv", "data/a\n.csv")


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_dataset_lies_outside_the_project(path, record_figure):
    with pytest.raises(ValueError, match="not a path inside the project"):
        DatasetRecord.__pydantic_validator__.validate_assignment(DatasetRecord.model_construct(), "path", path)
    record_figure("paths out of the project refused", 1)


@pytest.mark.parametrize("name", ["../01_a", "01_a/../b", "01_a\n", "01_a\0", "/01_a", "01_A", "01_a.b", "C:01_a"])
def test_no_page_lies_outside_the_notebooks(name, tmp_path, record_figure):
    page = {"notebook": name, "coverage": "a"}
    (tmp_path / "any.yaml").write_text(json.dumps({"title": "a", "pages": [page, page | {"folder": name}]}))
    with pytest.raises(ConfigurationError, match=r"pages\.0.*notebook.*pages\.1.*folder"):
        read_config(tmp_path, "any.yaml")
    record_figure("paths out of the project refused", 2)


@pytest.mark.parametrize("value", ["../../etc/passwd", "EST/../..", "<script>", "=1+1", "E\0T"])
def test_no_parameter_is_a_path_or_markup(value, record_figure):
    for name in ("country", "countries", "price_basis", "definition"):
        with pytest.raises(CalculusError):
            fuzz_readers._parameters(f"{name}={json.dumps(value)}".encode())
    record_figure("hostile strings tried", 4)


PARAMETERS_CELLS = {
    "brackets": "x = " + "(" * 5000,
    "deep sum": "x = " + "-" * 5000 + "1",
    "NUL": "x = 1\0",
    "surrogate": "x = '\ud800'\ny = \ud800",
    "unhashable": "x = {[]: 1}",
    "call": "x = __import__('os').system('exit')",
    "digits": "x = " + "9" * 5000,
}


@pytest.mark.parametrize("name", PARAMETERS_CELLS)
def test_parameters_cell_that_means_harm_is_refused(name, tmp_path):
    cells = [NOTEBOOK["cells"][0], NOTEBOOK["cells"][1] | {"source": PARAMETERS_CELLS[name]}]
    path = tmp_path / "01_any.ipynb"
    path.write_text(json.dumps(NOTEBOOK | {"cells": cells}))
    notebook = read_notebook(path)
    with pytest.raises(ConfigurationError):
        read_parameters(notebook, path)


@pytest.mark.parametrize(
    "content", [b"[" * 200_000, b'{"nbformat": 4}', b'{"nbformat": 4, "cells": 1}', b"\xff\xfe", b""]
)
def test_file_that_is_no_notebook_is_refused(content, tmp_path):
    path = tmp_path / "01_any.ipynb"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_notebook(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_notebook(path)
