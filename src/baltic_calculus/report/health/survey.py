"""Look at this machine and this checkout; what to think of it is judged in `baltic_calculus.report.health.judgement`.

Whatever is missing, the survey goes on: it is asked where things do not work. So it needs nothing beyond Python until
it comes to the memory and the data.
"""

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from baltic_calculus.errors import CalculusError
from baltic_calculus.report.freshness import LOCK
from baltic_calculus.report.health import judgement
from baltic_calculus.report.health.finding import Finding, fault
from baltic_calculus.report.health.judgement import Tool

BUILD = "_build"
THEME = Path("report") / "theme"
FONT_ADDRESS = re.compile(r"url\(\"?fonts/([\w.-]+)\"?\)")
PRINTED_FONTS = (
    *(f"SourceSerif4-{face}.ttf" for face in ("Regular", "It", "Semibold")),
    *(f"SourceSans3-{face}.ttf" for face in ("Regular", "It", "Semibold")),
    "SourceSerif4Display-Semibold.ttf",
)
"""What the PDF, the charts and the social card are set in."""

PACKAGE = "baltic-calculus"
SECONDS = 30
"""For a program to say its version."""

TOOLS = (
    Tool(("quarto",), "baltic render --engine quarto", "conda env create -f environment.yml brings it", (1, 9)),
    Tool(
        ("chromium", "chromium-browser", "google-chrome"), "tests in a browser, make check", "apt-get install chromium"
    ),
    Tool(("java",), "make check (vnu, veraPDF)", "apt-get install default-jdk-headless libjaxb-java"),
    Tool(("node",), "make check (axe-core, pa11y, Lighthouse)", "apt-get install nodejs npm"),
    Tool(("git",), "baltic publish gh-pages, and the commit in published.json", "apt-get install git"),
)


def survey(root: Path) -> list[Finding]:
    """Everything that ``baltic doctor`` looks at, in the order in which it should be mended.

    Parameters
    ----------
    root : Path
        The project folder.
    """
    installed = installed_distributions()
    return [
        judgement.judge_python((sys.version_info[0], sys.version_info[1], sys.version_info[2])),
        look_at_lock(root, installed),
        judgement.judge_jupyter(installed),
        look_at_fonts(root),
        look_at_data(root),
        look_at_build_folder(root),
        look_at_left_overs(root),
        judgement.judge_disk(shutil.disk_usage(root).free),
        look_at_memory(),
        *(look_for_tool(tool) for tool in TOOLS),
    ]


def installed_distributions() -> dict[str, str]:
    """Version of every distribution of this environment, by its normal name."""
    return {judgement.normal_name(each.metadata["Name"]): each.version for each in importlib.metadata.distributions()}


def look_at_lock(root: Path, installed: dict[str, str]) -> Finding:
    """Compare the environment with requirements.lock."""
    lock = root / LOCK
    if not lock.is_file():
        return fault("lock", f"no {LOCK}", f"restore it from git: git checkout -- {LOCK}")
    return judgement.judge_lock(
        judgement.read_pins(lock.read_text(encoding="utf-8")), installed, needed_distributions()
    )


def needed_distributions() -> list[str]:
    """Distributions that this package declares for itself, without extras and without those of other systems."""
    try:
        declared = importlib.metadata.requires(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return [PACKAGE]
    return [judgement.normal_name(re.split(r"[^\w.-]", text, maxsplit=1)[0]) for text in declared if ";" not in text]


def look_at_fonts(root: Path) -> Finding:
    """Look for the fonts that the style sheets of the theme name, and those that PDF and charts are set in."""
    folder = root / THEME / "fonts"
    sheets = (sheet.read_text(encoding="utf-8") for sheet in sorted((root / THEME / "css").glob("*.css")))
    wanted = {f"woff2/{name}" for sheet in sheets for name in FONT_ADDRESS.findall(sheet)}
    wanted |= {f"ttf/{name}" for name in PRINTED_FONTS}
    files = [file for kind in ("ttf", "woff2") for file in (folder / kind).glob(f"*.{kind}")]
    return judgement.judge_fonts(wanted, {file.relative_to(folder).as_posix(): _head(file) for file in files})


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def look_at_data(root: Path) -> Finding:
    """Compare every file of the catalogue with its record."""
    try:
        from baltic_calculus.catalog import Catalog

        records = Catalog(root).records()
    except ImportError as error:
        return fault("data", f"cannot be checked: {error}", judgement.REINSTALL)
    except (CalculusError, OSError) as error:
        return fault("data", str(error).splitlines()[0], "restore data/catalog.yaml from git, or mend it")
    files = {record.path: root / record.path for record in records}
    found = {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in files.items() if file.is_file()}
    return judgement.judge_data({record.path: record.sha256 for record in records}, found)


def look_at_build_folder(root: Path) -> Finding:
    """Whether ``_build``, or the folder in which it would be made, may be written."""
    build = root / BUILD
    return judgement.judge_build_folder(writable=os.access(build if build.exists() else root, os.W_OK))


def look_at_left_overs(root: Path) -> Finding:
    """Whether a build or an adoption runs or was cut short."""
    try:
        from baltic_calculus.catalog.root import PENDING
        from baltic_calculus.report.publish import is_locked
    except ImportError as error:
        return fault("left-overs", f"cannot be looked for: {error}", judgement.REINSTALL)

    build = root / BUILD
    names = [path.name for path in build.iterdir()] if build.is_dir() else []
    return judgement.judge_left_overs(names, locked=is_locked(build), adopting=(root / PENDING).is_dir())


def look_at_memory() -> Finding:
    """Memory that kernels may take."""
    try:
        import psutil
    except ImportError as error:
        return fault("memory", f"cannot be measured: {error}", judgement.REINSTALL)
    return judgement.judge_memory(psutil.virtual_memory().available, (os.cpu_count() or 1) + 1)


def look_for_tool(tool: Tool) -> Finding:
    """Look for the first program of a tool's names and ask its version."""
    found = next(filter(None, map(shutil.which, tool.names)), None)
    return judgement.judge_tool(tool, None if found is None else _version(found))


def _version(program: str) -> str:
    """First line that a program says about its version, or that it says nothing."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=SECONDS, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{program}, which does not answer: {error}"
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines[0] if lines else program
