"""Write what the last run of the tests counted (_build/test-figures.json) as a table into tests/README.md."""

import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIGURES, PAGE = ROOT / "_build" / "test-figures.json", ROOT / "tests" / "README.md"
BEGIN, END = "<!-- figures of the run -->", "<!-- end of the figures -->"


def figures_table(lines: list[str]) -> str:
    """Markdown of the figures: numbers of one name are added up over the tests, other values are listed once each."""
    values: dict[str, list[object]] = defaultdict(list)
    for line in lines:
        figure = json.loads(line)
        values[figure["name"]].append(figure["value"])
    rows = [f"| {name} | {_joined(values[name])} |" for name in sorted(values)]
    return "\n".join(["| Counted by the tests | |", "|---|---:|", *rows])


def _joined(values: list[object]) -> str:
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) == len(values):
        return f"{round(sum(numbers), 1):,}"
    return ", ".join(dict.fromkeys(map(str, values)))


def main() -> None:
    """Replace the table of the page."""
    if not FIGURES.exists():
        sys.exit(f"no {FIGURES.relative_to(ROOT)}: run the tests first (make test)")
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    table = figures_table(FIGURES.read_text(encoding="utf-8").splitlines())
    PAGE.write_text(f"{head}{BEGIN}\n\n{table}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
