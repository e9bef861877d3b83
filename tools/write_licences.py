"""Write LICENSES.md, the licences of what the report stands on: ``make licences``.

Licences of Python packages are what the packages declare, read from those that are installed, in the spelling of SPDX
where it can be known. A package of requirements.lock that this machine cannot have is in `ELSEWHERE`.
"""

import importlib.metadata
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "LICENSES.md"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)
BLOCK = re.compile(r"^([a-z0-9][a-z0-9._-]*)==[^\n]*\n(?:    --hash[^\n]*\n)*((?:    #[^\n]*\n)*)", re.MULTILINE)
LONGEST = 40
"""A declared licence that is longer is the text of one."""

UNKNOWN = "not declared"

ELSEWHERE = {
    "appnope": "BSD-2-Clause",
    "atheris": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}
"""Packages for other systems or Pythons, or that declare nothing a program can read."""

SPELLINGS = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd license": "BSD",
    "dual license": "Apache-2.0 OR BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
}

HEAD = """\
# Licences

Code: MIT ([LICENSE](LICENSE)). Text and figures: CC BY 4.0. Data: the licence of each dataset stands in its record
(`data/catalog.yaml`, `baltic data show NAME`) and in the appendix; datasets that may not be passed on are left out of
what is published.

Written by `make licences`, never by hand. `make sbom` writes versions and hashes too: `_build/sbom.cdx.json`.

## Part of this repository

| what | licence | where |
|---|---|---|
| Source Serif 4, Source Sans 3 (Adobe) | OFL-1.1 | `report/theme/fonts`, with the texts of the licence |

## Part of the published site and PDF

| what | licence | comes with |
|---|---|---|
| Vega, Vega-Lite, Vega-Embed, D3 (the script of the charts) | BSD-3-Clause, ISC | vl-convert-python |
| Source Serif 4, Source Sans 3 (subsets) | OFL-1.1 | this repository |

## Programs inside packages

| program | licence | comes with |
|---|---|---|
| pandoc, run as a program of its own | GPL-2.0-or-later | pypandoc-binary |
| Typst | Apache-2.0 | typst |
"""


def canonical(name: str) -> str:
    """Name of a package as all its spellings compare."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared_licence(metadata: Mapping[str, str], classifiers: list[str]) -> str:
    """What a package declares: its expression, else its field, else its classifiers; in SPDX's spelling if known."""
    if expression := metadata.get("License-Expression"):
        return expression
    lines = [line.strip().rstrip(".") for line in (metadata.get("License") or "").splitlines() if line.strip()]
    named = [line for line in lines[:1] if len(line) <= LONGEST and line != "UNKNOWN"]
    named = named or [entry.rsplit(" :: ", 1)[1] for entry in classifiers if entry.startswith("License ::")]
    return " OR ".join(SPELLINGS.get(name.lower(), name) for name in named) or UNKNOWN


def installed_licences() -> dict[str, str]:
    """Licence of each installed package by its canonical name."""
    return {
        canonical(each.metadata["Name"]): declared_licence(
            {name: each.metadata[name] for name in ("License-Expression", "License") if name in each.metadata},
            each.metadata.get_all("Classifier") or [],
        )
        for each in importlib.metadata.distributions()
    }


def needed(lock: str, declared: list[str]) -> set[str]:
    """Packages of a lock that the report itself needs: those declared, and what these bring by the lock's notes."""
    parents = {
        name: set(re.findall(r"# +(?:via )?([a-z0-9][\w.-]*)$", notes, re.M)) for name, notes in BLOCK.findall(lock)
    }
    found = {canonical(re.split(r"[^\w.-]", text, maxsplit=1)[0]) for text in declared}
    while more := {name for name, above in parents.items() if above & found} - found:
        found |= more
    return found


def licences_text(root: Path, installed: Mapping[str, str]) -> str:
    """Text of LICENSES.md.

    Parameters
    ----------
    root : Path
        The project folder.
    installed : Mapping of str to str
        From `installed_licences`.
    """
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = sorted(set(PIN.findall(lock)))
    own = needed(lock, project["dependencies"])
    licences = {name: ELSEWHERE.get(name) or installed.get(name, UNKNOWN) for name in names}
    if lacking := [name for name, licence in licences.items() if licence == UNKNOWN]:
        raise SystemExit(f"no licence is known of {', '.join(lacking)}: install it, or look it up and add to ELSEWHERE")
    packages = json.loads((root / "checks" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    checkers = {name: packages[f"node_modules/{name}"].get("license", UNKNOWN) for name in packages[""]["dependencies"]}
    parts = [HEAD]
    parts += _table("Python packages of the report", {name: licences[name] for name in names if name in own})
    parts += _table("Python packages of its tests", {name: licences[name] for name in names if name not in own})
    parts += _table("Node packages of `make check`", checkers)
    return "\n".join(parts)


def _table(title: str, licences: Mapping[str, str]) -> list[str]:
    rows = [f"| {name} | {licence} |" for name, licence in licences.items()]
    return [f"## {title}\n", "| package | licence |", "|---|---|", *rows, ""]


if __name__ == "__main__":
    TARGET.write_text(licences_text(ROOT, installed_licences()), encoding="utf-8")
