"""The environments agree: pyproject.toml, the lock files, environment.yml, and what the code imports."""

import ast
import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)((?: ;[^\\]*)?) \\$")
ADDRESS = re.compile(r"://|file:|@ |index-url|find-links|(?<![\w<>=!~])/\w|\b[\w-]+\.(?:org|com|io|net|dev)\b")


def read_lock(name: str) -> dict[str, set[str]]:
    """Pinned versions by distribution; several where they differ by Python version or platform."""
    pins: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        match = PINNED.match(line)
        if match:
            pins.setdefault(canonicalize_name(match.group(1)), set()).add(match.group(2))
    return pins


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-lab.lock", "requirements-bench.lock", "requirements-check.lock"]
)
def test_lock_pins_and_hashes_everything_and_names_no_address(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if ADDRESS.search(line)]
    starts = [number for number, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
    assert len(starts) > 30
    for number in starts:
        assert PINNED.match(lines[number]), lines[number]
        assert re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?", lines[number + 1]), lines[number]


@pytest.mark.parametrize(
    ("name", "requirements"),
    [
        ("requirements.lock", [*PROJECT["dependencies"], *EXTRAS["dev"]]),
        ("requirements-lab.lock", EXTRAS["lab"]),
        ("requirements-bench.lock", [*PROJECT["dependencies"], *EXTRAS["bench"], *EXTRAS["cluster"]]),
        ("requirements-check.lock", EXTRAS["check"]),
    ],
)
def test_lock_satisfies_pyproject(name, requirements):
    pins = read_lock(name)
    for text in requirements:
        requirement = Requirement(text)
        versions = pins.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {name}; run: make lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{text}; run: make lock"


def test_lock_allows_an_install_that_builds_nothing_unhashed():
    """`pip install --no-build-isolation --editable .` takes its build backend from the lock."""
    assert {"hatchling", "editables"} <= read_lock("requirements.lock").keys()


def test_jupyterlab_stays_out_of_the_build_environment():
    """With jupyter_server installed, every process that reads a notebook starts a second later."""
    build, lab = read_lock("requirements.lock"), read_lock("requirements-lab.lock")
    assert {"jupyterlab", "jupyter-server"} <= lab.keys()
    assert not {"jupyterlab", "jupyter-server", "notebook"} & build.keys()


def test_node_packages_are_pinned_and_hashed_without_an_address():
    text = (ROOT / "checks" / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    lock, wanted = json.loads(text)["packages"], json.loads((ROOT / "checks" / "package.json").read_text())
    assert lock[""]["dependencies"] == wanted["dependencies"]
    packages = [package for path, package in lock.items() if path]
    assert len(packages) > 100
    assert all(package["integrity"].startswith("sha512-") and package["version"] for package in packages)


def test_node_packages_run_no_script_when_installed():
    assert "ignore-scripts=true" in (ROOT / "checks" / ".npmrc").read_text(encoding="utf-8").splitlines()


def write_environment():
    """The module that writes environment.yml."""
    spec = importlib.util.spec_from_file_location("write_environment", ROOT / "tools" / "write_environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_conda_environment_is_the_one_pyproject_gives():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert text == write_environment().environment_text(ROOT / "pyproject.toml"), "run: make lock"


def test_conda_environment_has_every_requirement_with_its_bounds():
    tool = write_environment()
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [entry for entry in content["dependencies"] if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in content["dependencies"] if isinstance(entry, dict)]
    for text in [*PROJECT["dependencies"], *EXTRAS["dev"]]:
        name, bounds = tool.split_requirement(text)
        there = name + bounds in pip if name in tool.FROM_PIP else tool.CONDA_NAMES.get(name, name) + bounds in conda
        assert there, text
    (python,) = [entry for entry in conda if re.match(r"python[=<> ]", entry)]
    version = re.fullmatch(r"python=(\d\.\d+)", python)  # the one form that Binder reads
    assert version
    assert SpecifierSet(PROJECT["requires-python"]).contains(version[1])
    # conda knows neither extras nor environment markers
    assert not [entry for entry in conda if re.search(r"[\[;]", entry)]
    assert any(entry.startswith("quarto") for entry in conda)


def imported_distributions(folder: Path) -> set[str]:
    """Distributions whose modules the Python files of a folder import."""
    files = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")]
    nodes = [node for tree in files for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    owners = importlib.metadata.packages_distributions()
    own = {"baltic_calculus", "kernel_forkserver", "bench", "checks", "conftest"}
    modules = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - own
    return {canonicalize_name(owners[module][0]) for module in modules if module in owners}


def declared(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def test_package_imports_only_what_it_declares():
    optional = [text for extra in ("cluster", "parquet", "s3") for text in EXTRAS[extra]]
    assert imported_distributions(ROOT / "src") <= declared([*PROJECT["dependencies"], *optional])


def test_tests_import_only_what_is_declared():
    assert imported_distributions(ROOT / "tests") <= declared([*PROJECT["dependencies"], *EXTRAS["dev"]])


def test_checks_import_only_what_is_declared():
    assert imported_distributions(ROOT / "checks") <= declared([*PROJECT["dependencies"], *EXTRAS["dev"]])


def test_ci_does_what_the_readme_says():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for command in ("make lint", "make test", "make report", "make check"):
        assert re.search(rf"^(\w+=\S+ )?{command}( RETRY=once)?\b", script, re.MULTILINE), command


@pytest.mark.parametrize(
    "target",
    [
        "report",
        "test",
        "stress",
        "check",
        "lint",
        "bench",
        "lab",
        "serve",
        "clean",
        "lock",
        "audit",
        "sbom",
        "licences",
    ],
)
def test_make_knows_its_verbs(target):
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_make_refuses_an_unfit_interpreter_in_words():
    done = subprocess.run(["make", "python", "PYTHON=false"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr


def test_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]


def test_citation_is_of_this_edition():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    edition = yaml.safe_load((ROOT / "report" / "report.yaml").read_text(encoding="utf-8"))
    assert citation["date-released"] == edition["date"]
    assert citation["title"] == edition["title"]
    assert [author["name"] for author in citation["authors"]] == edition["authors"]
