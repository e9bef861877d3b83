"""The programs that the checkers need, and what to do where one is missing."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import pytest

ROOT = Path(__file__).parents[1]
NODE_MODULES = Path(__file__).parent / "node_modules"
CHECK_PYTHON = ROOT / ".venv-check" / "bin" / "python"

PACKAGES = {
    "java": "default-jdk-headless",
    "node": "nodejs",
    "pdffonts": "poppler-utils",
    "pdftotext": "poppler-utils",
}
"""The Debian package of each program."""


@cache
def program(name: str) -> str:
    """Address of a program; the test that needs it fails, in words, where it is missing."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"make check needs {name}: apt-get install {PACKAGES[name]}", pytrace=False)
    return found


@cache
def chromium() -> str:
    """The browser of this machine; none is ever downloaded."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    return pytest.fail("make check needs Chromium: apt-get install chromium", pytrace=False)


@cache
def java_libraries() -> str:
    """Class path of the XML binding that Java 11 took out of itself and veraPDF still uses."""
    folder = Path("/usr/share/java")
    jars = [folder / f"{name}.jar" for name in ("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime")]
    present = [str(jar) for jar in jars if jar.is_file()]
    if not present:
        pytest.fail("make check needs JAXB for Java: apt-get install libjaxb-java", pytrace=False)
    return ":".join(present)


def node_module(path: str) -> Path:
    """A file of an installed Node package."""
    found = NODE_MODULES / path
    if not found.is_file():
        pytest.fail(f"{found} is missing; run: make checks/node_modules/installed", pytrace=False)
    return found


def node_version(package: str) -> str:
    """Version of an installed Node package."""
    text = node_module(f"{package}/package.json").read_text(encoding="utf-8")
    match = re.search(r'^  "version": "([^"]+)"|"version":\s*"([^"]+)"', text, re.MULTILINE)
    return (match.group(1) or match.group(2)) if match else "unknown"


def check_python() -> Path:
    """The interpreter that has the Python checkers, which stay out of the report's own environment."""
    if not CHECK_PYTHON.is_file():
        pytest.fail(f"{CHECK_PYTHON} is missing; run: make .venv-check/installed", pytrace=False)
    return CHECK_PYTHON


def run(command: Sequence[str | Path], *, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run a checker and keep what it says; what its exit code means is for the caller to judge."""
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=timeout, check=False, cwd=ROOT
    )


def read_answer(done: subprocess.CompletedProcess[str], key: str) -> list[dict[str, Any]]:
    """The list of this name in the JSON that a checker printed; a checker that says nothing has found nothing out."""
    try:
        return list(json.loads(done.stdout)[key])
    except (json.JSONDecodeError, KeyError) as error:
        command = Path(done.args[0]).name
        raise RuntimeError(f"{command} gave no report: {done.stdout[:500]} {done.stderr[:1500]}") from error


def end_browsers() -> None:
    """Kill the Chromium of this process, so that who waits for its answer learns that none will come."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "chrom" in process.name():
                process.kill()
