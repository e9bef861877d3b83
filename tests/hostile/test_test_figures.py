"""The figures of a run: numbers are added up, and the page has the rows that the tests count."""

import importlib.util
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("write_test_figures", ROOT / "tools" / "write_test_figures.py")
write_test_figures = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(write_test_figures)


def test_numbers_of_one_name_are_added_up():
    figures = [("cases", 60), ("cases", 1500), ("layouts", "old"), ("layouts", "new"), ("layouts", "old")]
    table = write_test_figures.figures_table([json.dumps({"name": name, "value": value}) for name, value in figures])
    assert table.splitlines()[2:] == ["| cases | 1,560 |", "| layouts | old, new |"]


def test_page_has_the_rows_that_the_tests_count():
    page = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    for name in ("cases fuzzed", "crashes", "hostile strings tried", "YAML bombs refused", "odd tables refused"):
        assert f"| {name} |" in page, "run the tests, then tools/write_test_figures.py"
