"""What to think of what was found: pure functions from facts about the machine and the checkout to a `Finding`.

Nothing here reads a file, a clock or the environment; `baltic_calculus.report.health.survey` does.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from baltic_calculus.report.health.finding import Finding, fault, fine, shortened, warning

FIRST_PYTHON, AFTER_LAST_PYTHON = (3, 11), (3, 14)
REINSTALL = "make .venv/installed"
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;]+)(\s*;[^\\]*)?", re.MULTILINE)
SERVER = "jupyter-server"

ROOM_FAULT, ROOM_WARNING = 300e6, 2e9
"""Free bytes on the disk: `_build` takes about 300 MB with its cache, and twice that while products are swapped."""
MEMORY_WARNING = 1e9
"""Available bytes: a kernel takes 200 to 400 MB, and one more runs than there are processors."""

SIGNATURES = {".ttf": (b"\x00\x01\x00\x00",), ".otf": (b"OTTO",), ".woff2": (b"wOF2",)}
"""First bytes of a font, by the ending of its name."""

PREVIOUS, LEFT_BEHIND, PARTIAL = ".previous", (".next", ".discarded"), "site.partial"


@dataclass(frozen=True)
class Tool:
    """A program that the report can be built without.

    Attributes
    ----------
    names : tuple of str
        The program; where it may have other names, those after it.
    purpose : str
        What is impossible without it.
    install : str
        How to get it.
    oldest : tuple of int
        The first version, major and minor, that serves.
    """

    names: tuple[str, ...]
    purpose: str
    install: str
    oldest: tuple[int, int] = (0, 0)


def judge_python(version: tuple[int, int, int]) -> Finding:
    """Whether the interpreter is one that the report is tested with."""
    text = ".".join(map(str, version))
    if FIRST_PYTHON <= version[:2] < AFTER_LAST_PYTHON:
        return fine("Python", text)
    return fault("Python", f"{text} is not 3.11, 3.12 or 3.13", "say which to use: make report PYTHON=python3.12")


def normal_name(name: str) -> str:
    """A distribution's name as all spellings of it compare: ``great_tables`` and ``Great-Tables`` are one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(lock: str) -> dict[str, tuple[bool, frozenset[str]]]:
    """What a lock file pins.

    Returns
    -------
    dict
        For each distribution whether every machine needs it, and the versions that it may have: several where they
        differ by Python or system.
    """
    pins: dict[str, tuple[bool, frozenset[str]]] = {}
    for name, version, marker in PINNED.findall(lock):
        everywhere, versions = pins.get(normal_name(name), (True, frozenset()))
        pins[normal_name(name)] = everywhere and not marker.strip(), versions | {version}
    return pins


def judge_lock(
    pins: Mapping[str, tuple[bool, frozenset[str]]], installed: Mapping[str, str], needed: Collection[str]
) -> Finding:
    """Whether what is installed is what requirements.lock pins.

    Parameters
    ----------
    pins : Mapping
        From `read_pins`.
    installed : Mapping of str to str
        Version of each installed distribution by its normal name.
    needed : Collection of str
        Distributions that the package itself imports; the others are for tests and checks.
    """
    missing = sorted(name for name, (everywhere, _) in pins.items() if everywhere and name not in installed)
    other = sorted(
        f"{name} {installed[name]}, not {' or '.join(sorted(versions))}"
        for name, (_, versions) in pins.items()
        if name in installed and installed[name] not in versions
    )
    if lacking := [name for name in sorted(needed) if name not in installed]:
        return fault("lock", f"not installed: {shortened(lacking)}", REINSTALL)
    if other:
        text = f"{len(other)} of {len(pins)} packages differ from requirements.lock: {shortened(other)}"
        return warning("lock", text, f"{REINSTALL}; with other versions the report may differ in its bytes")
    if missing:
        text = f"{len(missing)} of {len(pins)} packages of requirements.lock are missing: {shortened(missing)}"
        return warning("lock", text, f"{REINSTALL}; the report builds without them, tests and linters may not run")
    return fine("lock", f"{len(pins)} packages as requirements.lock pins them")


def judge_jupyter(installed: Collection[str]) -> Finding:
    """Whether the build environment is free of what slows every kernel down."""
    if SERVER in installed:
        text = "jupyter_server is in the build environment: every process that reads a notebook starts a second later"
        return warning("JupyterLab", text, "pip uninstall jupyter_server; `make lab` has an environment of its own")
    return fine("JupyterLab", "not in the build environment, where it would slow every kernel down")


def judge_fonts(wanted: Collection[str], heads: Mapping[str, bytes]) -> Finding:
    """Whether the theme's fonts are there, and are fonts.

    Parameters
    ----------
    wanted : Collection of str
        Files that style sheet and templates name.
    heads : Mapping of str to bytes
        First four bytes of each font file that is there.
    """
    wrong = [f"{name} is missing" for name in sorted(set(wanted) - set(heads))]
    for name, head in sorted(heads.items()):
        if head not in SIGNATURES.get(PurePosixPath(name).suffix, (head,)):
            wrong.append(f"{name} is no font")
    if wrong:
        return fault("fonts", shortened(wrong), "restore them from git: git checkout -- report/theme/fonts")
    return fine("fonts", f"{len(heads)} files of the theme")


def judge_disk(free: float) -> Finding:
    """Whether the disk has room for a build.

    Parameters
    ----------
    free : float
        Bytes that may still be written where ``_build`` lies.
    """
    text = f"{free / 1e9:.1f} GB free"
    if free < ROOM_FAULT:
        return fault("disk", text, "make room: a build needs about 1 GB; baltic cache prune, or baltic clean")
    if free < ROOM_WARNING:
        return warning("disk", text, "make room before a sweep or a long session: baltic cache prune")
    return fine("disk", text)


def judge_memory(available: float, kernels: int) -> Finding:
    """Whether kernels have the memory that they take.

    Parameters
    ----------
    available : float
        Bytes that programs may take before others are pushed out.
    kernels : int
        How many run beside each other.
    """
    text = f"{available / 1e9:.1f} GB available for {kernels} kernels at a time"
    if available < MEMORY_WARNING:
        return warning("memory", text, "close other programs, or build with: baltic build --jobs 1")
    return fine("memory", text)


def judge_tool(tool: Tool, version: str | None) -> Finding:
    """Whether an optional program is there, and new enough.

    Parameters
    ----------
    tool : Tool
        The program.
    version : str or None
        What it says about its version; None when it is not there.
    """
    name = tool.names[0]
    if version is None:
        return warning(name, f"not found; needed only for {tool.purpose}", tool.install)
    numbers = re.search(r"(\d+)\.(\d+)", version)
    if numbers and (int(numbers[1]), int(numbers[2])) < tool.oldest:
        oldest = ".".join(map(str, tool.oldest))
        return warning(name, f"{version} is older than {oldest}, which {tool.purpose} needs", tool.install)
    return fine(name, version)


def judge_data(recorded: Mapping[str, str], found: Mapping[str, str]) -> Finding:
    """Whether every data file is the one that the catalogue recorded.

    Parameters
    ----------
    recorded, found : Mapping of str to str
        SHA-256 by path: of the record, and of the file; a path that is not in ``found`` is missing.
    """
    missing = [f"{path} is missing" for path in sorted(recorded) if path not in found]
    changed = [f"{path} has changed" for path in sorted(found) if found[path] != recorded.get(path)]
    if wrong := missing + changed:
        return fault("data", shortened(wrong), "restore from git, or record the change; baltic data validate says more")
    return fine("data", f"{len(recorded)} files as data/catalog.yaml records them")


def judge_build_folder(*, writable: bool) -> Finding:
    """Whether a build could leave anything behind."""
    if not writable:
        return fault("_build", "cannot be written", "give yourself the right to write there, or copy the checkout")
    return fine("_build", "can be written")


def judge_left_overs(names: Collection[str], *, locked: bool, adopting: bool) -> Finding:
    """Whether a build was cut short, or is running.

    Parameters
    ----------
    names : Collection of str
        What lies in ``_build``.
    locked : bool
        Whether something holds the lock of that folder.
    adopting : bool
        Whether a vintage was on its way into the data when the command that put it there was ended.
    """
    if adopting:
        text = "an adoption of a vintage was cut short: the data are neither the former nor the new"
        return fault("left-overs", text, "finish it: give the same baltic data adopt once more")
    if locked:
        return warning("left-overs", "a build is running in this checkout", "wait until it ends, then ask again")
    if PREVIOUS in names:
        text = "a build was cut short while it put its products in place"
        return warning("left-overs", text, "baltic build: it first puts the last good state back")
    if left := [name for name in LEFT_BEHIND if name in names]:
        return warning("left-overs", f"a build was cut short: {', '.join(left)}", "baltic build: it clears them away")
    if PARTIAL in names:
        text = f"pages failed in the last build: _build/{PARTIAL} is not published"
        return warning("left-overs", text, "open it, mend what its pages tell, and build again")
    return fine("left-overs", "none")
