"""Write environment.yml, for conda users, from pyproject.toml: ``python tools/write_environment.py``.

The same requirements with the same bounds. Names differ where conda-forge names a package otherwise; what it does not
have comes from pip inside the conda environment.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "environment.yml"

CONDA_NAMES = {
    "brotli": "brotli-python",
    "great-tables": "great_tables",
    "moto[s3]": "moto",
    "pandera[pandas]": "pandera",
    "types-PyYAML": "types-pyyaml",
    "typst": "typst-py",
}
FROM_PIP = frozenset({"atheris", "lxml-stubs", "playwright", "pypandoc-binary"})
"""What conda-forge does not have, or what only pip can leave out on some systems."""

CONDA_ALONE = ("pip", "quarto>=1.9")
"""What pip cannot install. Quarto is optional everywhere, and at hand here."""

CONDA_PYTHON = "python=3.12"
"""One version in this form: Binder understands no other, and would take one that is too old."""

NOTICE = """\
# For conda users and Binder, which needs nothing beside it; written from pyproject.toml by `make lock`, never by hand.
#   conda env create --file environment.yml && conda activate baltic-calculus && baltic build
"""


def split_requirement(requirement: str) -> tuple[str, str]:
    """Split ``pandera[pandas]>=0.24`` into its name, extras included, and its bounds."""
    match = re.fullmatch(r"([A-Za-z0-9_.-]+(?:\[[a-z0-9,]+\])?)\s*(.*)", requirement)
    if match is None:
        raise SystemExit(f"pyproject.toml: cannot read the requirement {requirement!r}")
    return match.group(1), match.group(2).replace(" ", "")


def environment_text(pyproject: Path) -> str:
    """Text of environment.yml for a pyproject.toml."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    split = [split_requirement(requirement) for requirement in requirements]
    conda = {CONDA_NAMES.get(name, name) + bounds for name, bounds in split if name not in FROM_PIP}
    lines = [f"name: {project['name']}", "channels:", "  - conda-forge", "  - nodefaults", "dependencies:"]
    lines.append(f"  - {CONDA_PYTHON}")
    lines += [f"  - {requirement}" for requirement in sorted(conda.union(CONDA_ALONE), key=str.lower)]
    lines.append("  - pip:")
    lines += [f"      - {name}{bounds}" for name, bounds in split if name in FROM_PIP]
    lines.append("      - -e .")
    return NOTICE + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(environment_text(ROOT / "pyproject.toml"), encoding="utf-8")
