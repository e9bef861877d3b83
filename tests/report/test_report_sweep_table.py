"""The table of a sweep's facts: tidy, exact, and fit to compute with."""

import io

import pandas as pd
import pytest

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.sweep import table
from baltic_calculus.report.sweep.journal import RunRecord
from baltic_calculus.report.sweep.table import facts_as_csv, require_parquet


def run(name, parameters, **facts) -> RunRecord:
    return RunRecord("k", name, "ok", parameters, "", "", facts, "", "", "", 0.0, 0.0, 0.0, "plain", 1)


def test_one_row_for_each_run_and_fact():
    runs = [
        run(
            "countries=EST+LVA",
            {"countries": ["EST", "LVA"], "share": 2.0},
            **{"cost.total": {"value": 0.1 + 0.2, "unit": "EUR bn"}, "leader": {"value": "Estonia", "unit": ""}},
        ),
        run("countries=LTU", {"countries": ["LTU"], "share": 2.0}, cost={"value": 1, "unit": "EUR bn", "high": 3}),
    ]
    assert facts_as_csv(["countries", "share"], runs).decode().splitlines() == [
        "countries,share,run,fact,value,unit,text",
        "EST LVA,2.0,countries=EST+LVA,cost.total,0.30000000000000004,EUR bn,",
        "EST LVA,2.0,countries=EST+LVA,leader,,,Estonia",
        "LTU,2.0,countries=LTU,cost,1,EUR bn,",
        "LTU,2.0,countries=LTU,cost.high,3,EUR bn,",
    ]


def test_values_are_numbers_for_pandas():
    runs = [run("r", {}, a={"value": 1.5, "unit": ""}, b={"value": ["EST", "LVA"], "unit": ""})]
    frame = pd.read_csv(io.BytesIO(facts_as_csv([], runs)))
    assert frame["value"].dtype == float
    assert frame["text"].iloc[1] == "EST LVA"


def test_truth_is_text_and_not_a_number():
    (line,) = facts_as_csv([], [run("r", {}, a={"value": True, "unit": ""})]).decode().splitlines()[1:]
    assert line == "r,a,,,true"


def test_empty_list_is_said_and_not_left_empty():
    (line,) = facts_as_csv([], [run("r", {}, above={"value": [], "unit": ""})]).decode().splitlines()[1:]
    assert line == "r,above,,,none"


def test_parameter_named_like_a_column_gets_an_ending():
    header = facts_as_csv(["unit", "year"], []).decode()
    assert header == "unit_parameter,year,run,fact,value,unit,text\n"


def test_missing_polars_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr(table.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r'pip install "baltic-calculus\[parquet\]"'):
        require_parquet()


def test_parquet_holds_the_same_table():
    polars = pytest.importorskip("polars")
    runs = [
        run("a", {"country": "EST"}, share={"value": 3, "unit": "%"}, leader={"value": "Estonia", "unit": ""}),
        run("b", {"country": "LVA"}, share={"value": 3.5, "unit": "%"}),
    ]
    read = polars.read_parquet(io.BytesIO(table.facts_as_parquet(["country"], runs)))
    assert read.rows() == [
        ("EST", "a", "share", 3.0, "%", None),
        ("EST", "a", "leader", None, "", "Estonia"),
        ("LVA", "b", "share", 3.5, "%", None),
    ]
