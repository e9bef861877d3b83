import json
from pathlib import Path

import pytest

from bench.grid import combine, parse_axis, spell_axis
from bench.limit import read_cells, run, third_party_imports
from bench.peers import write_parameterised
from bench.rows_build import change_code

NOTEBOOKS = Path(__file__).parents[2] / "bench" / "notebooks"


@pytest.fixture
def notebook(tmp_path):
    sources = [
        ("n = 1", ["parameters"]),
        ("import os\nimport pandas as pd\ntwice = 2 * n", []),
        ("print(n)\ntwice", []),
    ]
    cells = [
        {"cell_type": "code", "id": f"cell{i}", "metadata": {"tags": tags}, "source": source, "outputs": []}
        for i, (source, tags) in enumerate(sources)
    ]
    path = tmp_path / "source.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def test_a_grid_is_spelt_and_read_alike():
    axis = parse_axis("scenario=1,1.5,high")
    assert axis == ("scenario", [1, 1.5, "high"])
    assert spell_axis(axis) == "scenario=1,1.5,high"
    assert combine([("a", [1, 2]), ("b", ["x"])]) == [{"a": 1, "b": "x"}, {"a": 2, "b": "x"}]


def test_plain_exec_uses_the_parameters_and_writes_what_cells_display(notebook, tmp_path):
    run(read_cells(notebook), {"n": 21}, tmp_path / "shown.json")
    assert json.loads((tmp_path / "shown.json").read_text()) == [{"text/plain": "42"}]


def test_modules_to_import_first_are_those_of_others(notebook):
    assert third_party_imports(read_cells(notebook)) == ["pandas"]


def test_peers_without_parameters_get_them_written_in(notebook, tmp_path):
    (written,) = write_parameterised(notebook, [{"n": 21}], tmp_path / "written")
    run(read_cells(written), {}, tmp_path / "shown.json")
    assert json.loads((tmp_path / "shown.json").read_text()) == [{"text/plain": "42"}]


def test_an_edit_is_new_each_time_and_changes_no_result(notebook, tmp_path):
    edited = tmp_path / "edited.ipynb"
    texts = set()
    for number in (1, 2):
        change_code(notebook, edited, number)
        texts.add(edited.read_text())
        run(read_cells(edited), {"n": 21}, tmp_path / "shown.json")
        assert json.loads((tmp_path / "shown.json").read_text()) == [{"text/plain": "42"}]
    assert len(texts) == 2


@pytest.mark.parametrize("name", ["country_report", "empty"])
def test_notebooks_of_the_bench_are_clean_and_have_parameters(name):
    content = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text())
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1
