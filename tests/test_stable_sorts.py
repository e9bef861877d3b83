"""Rows that are equal in what they are sorted by keep their order: else it would depend on the processor.

NumPy sorts with the widest instructions that a processor has, and those leave equal values in different orders. Sorting
by several columns is always stable in pandas.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [*sorted((ROOT / "src" / "baltic_calculus").rglob("*.py")), *sorted((ROOT / "notebooks").glob("*.ipynb"))]
SORTS = ("sort_values", "argsort")
SEVERAL = ("list(KEYS)", "list(record.keys)")
"""The keys of publications and of datasets are several columns."""


def unstable_sorts(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SORTS:
            by = node.args[0] if node.args else ast.Constant(None)
            several = len(by.elts) > 1 if isinstance(by, ast.List) else ast.unparse(by) in SEVERAL
            if not several and not any(ast.unparse(keyword) == "kind='stable'" for keyword in node.keywords):
                yield f"line {node.lineno}: {ast.unparse(node)[-80:]}"


def code_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_sorts_keep_the_order_of_equal_rows():
    assert len(SOURCES) > 400
    assert {path.name: wrong for path in SOURCES if (wrong := list(unstable_sorts(code_of(path))))} == {}


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ('rows.sort_values("year")', True),
        ('rows.sort_values(["year"])', True),
        ("series.sort_values(ascending=False)", True),
        ("order.argsort()", True),
        ('rows.sort_values("year", kind="stable")', False),
        ('rows.sort_values(["year", "iso3"])', False),
        ("sorted(rows)", False),
    ],
)
def test_rule_tells_stable_from_unstable(code, wrong):
    assert bool(list(unstable_sorts(code))) is wrong
