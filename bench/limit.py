"""The limit: the code of a notebook run plainly, in forks of one process that has imported its modules.

``python -m bench.limit NOTEBOOK --grid country=EST,LVA scenario=1 --output DIR`` does the work of a sweep and nothing
else: no kernel, no messages, no notebook format. What it writes is the MIME bundle of what each cell displays, so the
displays are computed too. Whatever executes notebooks takes longer; `baltic sweep` is held against it.
"""

import argparse
import ast
import gc
import importlib
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from bench.grid import combine, name_of, parse_axis


def read_cells(notebook: Path) -> list[tuple[str, bool]]:
    """Source of each code cell, and whether it is the one of the parameters."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [
        ("".join(cell["source"]), "parameters" in cell["metadata"].get("tags", []))
        for cell in cells
        if cell["cell_type"] == "code"
    ]


def compile_cell(source: str) -> tuple[CodeType, CodeType | None]:
    """Compile the statements of a cell, and apart from them the last expression, which is displayed."""
    tree = ast.parse(source)
    shown = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    expression = compile(ast.Expression(shown.value), "<cell>", "eval") if isinstance(shown, ast.Expr) else None
    return compile(tree, "<cell>", "exec"), expression


def display(value: Any) -> Mapping[str, Any]:
    """MIME bundle of a value, of the kinds the notebook shows: charts make a bundle, frames HTML and text."""
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        return bundle[0] if isinstance(bundle, tuple) else bundle
    plain = {"text/plain": repr(value)}
    return plain | {"text/html": value._repr_html_()} if hasattr(value, "_repr_html_") else plain


def run(cells: Sequence[tuple[str, bool]], parameters: Mapping[str, Any], target: Path) -> None:
    """Run the cells with these parameters, set after the parameters cell as papermill does; write what they display."""
    names: dict[str, Any] = {}
    shown = []
    for source, is_parameters in cells:
        statements, expression = compile_cell(source)
        exec(statements, names)  # noqa: S102
        if expression is not None:
            value = eval(expression, names)  # noqa: S307
            if value is not None:
                shown.append(display(value))
        if is_parameters:
            names.update(parameters)
    target.write_text(json.dumps(shown, default=str), encoding="utf-8")


def third_party_imports(cells: Sequence[tuple[str, bool]]) -> list[str]:
    """Modules that the cells import at the top and that do not come with Python."""
    nodes = [node for source, _ in cells for node in ast.parse(source).body]
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return sorted({name for name in plain + parts if name.split(".")[0] not in sys.stdlib_module_names})


def fork(cells: Sequence[tuple[str, bool]], parameters: Mapping[str, Any], target: Path) -> None:
    """Start one run in a child process."""
    if os.fork():
        return
    try:
        with Path(os.devnull).open("w") as nowhere:
            sys.stdout = nowhere
            run(cells, parameters, target)
    except BaseException:
        # The child must never return into the loop of its parent, whatever a cell raises.
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def reap() -> None:
    """Wait until one child has ended; a run that failed ends the program."""
    process, status = os.wait()
    if status:
        raise SystemExit(f"the run in process {process} failed with status {status}")


def main() -> None:
    """Run the notebook over the grid, as many runs at once as there are processors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--grid", nargs="+", required=True, metavar="NAME=A,B")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    cells = read_cells(options.notebook)
    for module in third_party_imports(cells):
        importlib.import_module(module)
    gc.freeze()  # the children share the pages of what is imported
    running = 0
    for parameters in combine(map(parse_axis, options.grid)):
        if running == (os.cpu_count() or 1):
            reap()
            running -= 1
        fork(cells, parameters, options.output / f"{name_of(parameters)}.json")
        running += 1
    for _ in range(running):
        reap()


if __name__ == "__main__":
    main()
