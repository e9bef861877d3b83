"""How other tools, and ours, run one notebook over a grid: the commands that a person would type."""

import copy
import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.grid import Axis, name_of, spell_axis


def loop(lines: Path, *command: str, at_once: int = 1) -> list[str]:
    """A shell loop: the command once for each line of arguments, stopping with an error when one fails."""
    return ["xargs", "--arg-file", str(lines), "--max-lines=1", f"--max-procs={at_once}", *command]


def write_lines(lines: Path, arguments: Iterable[Sequence[object]]) -> None:
    """Write what `loop` reads."""
    lines.write_text("".join(f"{shlex.join(map(str, words))}\n" for words in arguments), encoding="utf-8")


def papermill_arguments(notebook: Path, run: Mapping[str, Any], output: Path) -> list[object]:
    """Arguments of ``papermill`` for one run."""
    parameters = [word for name, value in run.items() for word in ("-p", name, value)]
    return [notebook, output / f"{name_of(run)}.ipynb", *parameters]


def write_parameterised(notebook: Path, runs: Iterable[Mapping[str, Any]], folder: Path) -> list[Path]:
    """Copies of a notebook with the parameters written in, for tools that have no parameters."""
    folder.mkdir(parents=True, exist_ok=True)
    content = json.loads(notebook.read_text(encoding="utf-8"))
    place = next(i for i, cell in enumerate(content["cells"]) if "parameters" in cell["metadata"].get("tags", []))
    written = []
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "injected",
        "metadata": {},
        "outputs": [],
    }
    for run in runs:
        one = copy.deepcopy(content)
        source = "\n".join(f"{name} = {value!r}" for name, value in run.items())
        one["cells"].insert(place + 1, cell | {"source": source})
        written.append(folder / f"{name_of(run)}.ipynb")
        written[-1].write_text(json.dumps(one), encoding="utf-8")
    return written


def nbconvert_loop(lines: Path, output: Path) -> list[str]:
    """``jupyter nbconvert --execute`` on each notebook named in ``lines``."""
    options = ["--execute", "--to", "notebook", "--output-dir", str(output), "--log-level", "ERROR"]
    return loop(lines, "jupyter", "nbconvert", *options)


def jupyter_cache(notebooks: Sequence[Path], cache: Path) -> list[str]:
    """jupyter-cache from an empty cache, in as many processes as it likes."""
    add = shlex.join(["jcache", "notebook", "--cache-path", str(cache), "add", *map(str, notebooks)])
    options = ["--executor", "local-parallel", "--timeout", "300"]
    execute = shlex.join(["jcache", "project", "--cache-path", str(cache), "execute", *options])
    # It exits with 0 even when a notebook failed, and lists those that did.
    return ["sh", "-ec", f"echo y | {add}\nif {execute} | grep -A 99 -E '^(excepted|errored):$' >&2; then exit 1; fi"]


def sweep(notebook: Path, axes: Iterable[Axis], output: Path, *options: str) -> list[str]:
    """Our own command."""
    words = [spell_axis(axis) for axis in axes]
    return ["baltic", "sweep", str(notebook), "--grid", *words, "--output", str(output), "--force", *options]


def papermill_then_html(lines: Path, output: Path) -> list[str]:
    """``papermill`` on each notebook, then all of them to HTML in one process."""
    convert = "jupyter nbconvert --to html --log-level ERROR"
    return ["sh", "-ec", f"{shlex.join(loop(lines, 'papermill'))}\n{convert} {shlex.quote(str(output))}/*.ipynb"]
