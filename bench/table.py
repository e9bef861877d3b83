"""The table: on the terminal, and as the page that the project keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.row import Line

_MET = {None: "", True: "yes", False: "no"}

HEADINGS = ("what", "ours", "against", "theirs", "ratio", "target", "met")

_NOTICE = """\
# Measured

Written by `make bench`; how to read it: [README.md](README.md).
Median of the rounds (smallest to largest). Times in seconds of wall clock and of all processes' processor time.

"""


def cells(line: Line) -> tuple[str, ...]:
    """Text of a line, column by column."""
    return (line.what, line.ours, line.against, line.theirs, line.ratio, line.target, _MET[line.met])


def print_table(lines: Iterable[Line]) -> None:
    """Show lines on the terminal, ours and theirs above each other."""
    table = Table("what", "took: wall, CPU, memory", "ratio: median (range)", "target", "met", show_lines=True)
    for line in lines:
        what = f"{line.what}\nagainst {line.against}" if line.against else line.what
        took = f"{line.ours}\n{line.theirs}" if line.theirs else line.ours
        table.add_row(what, took, line.ratio, line.target, _MET[line.met])
    Console(width=max(120, Console().width)).print(table)


def markdown(lines: Iterable[Line], about: Mapping[str, Any], load: str) -> str:
    """The page with the table and where it was measured."""
    machine = (
        f"{about['processors']} processors ({about['model']}), {about['memory_gb']} GB, {about['system']}, "
        f"Python {about['python']}, revision {about['revision']}; load average before each measurement: {load}."
    )
    rows = [HEADINGS, ("---",) * len(HEADINGS), *map(cells, lines)]
    table = "".join(f"| {' | '.join(row)} |".replace("\n", "<br>") + "\n" for row in rows)
    return f"{_NOTICE}{machine}\n\n{table}"
