"""Files for those who pick the project up: licences, security, dev container, hooks. What they name is there."""

import importlib.util
import json
import re
import shlex
import sys
from pathlib import Path

import pytest
import yaml

from baltic_calculus import catalog
from baltic_calculus.cli.commands import cli

ROOT = Path(__file__).parents[1]
TARGETS = set(re.findall(r"^([\w./-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
DOCUMENTS = ("CONTRIBUTING.md", "LICENSES.md", "SECURITY.md")


def problem_of(command: str) -> str:
    """What a command names that is not there; empty when all of it is."""
    program, *arguments = shlex.split(command)
    if program == "make":
        return ", ".join(target for target in arguments if "=" not in target and target not in TARGETS)
    if program in (".venv/bin/baltic", "baltic"):
        found = cli
        for word in arguments:
            if not hasattr(found, "commands") or word.startswith("-"):
                break
            if word not in found.commands:
                return word
            found = found.commands[word]
        return ""
    if program == ".venv/bin/python":
        return ", ".join(word for word in arguments if word.startswith("tests/") and not (ROOT / word).is_file())
    return "" if program in (".venv/bin/ruff", "apt-get") else program


def write_licences():
    """The tool that writes LICENSES.md."""
    spec = importlib.util.spec_from_file_location("write_licences", ROOT / "tools" / "write_licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_command_that_does_not_exist_is_found():
    assert problem_of("make reprot") == "reprot"
    assert problem_of("baltic new capter x") == "capter"
    assert problem_of(".venv/bin/python -m pytest tests/nothing.py") == "tests/nothing.py"
    assert problem_of("curl x") == "curl"
    assert problem_of("baltic new chapter arms_exports") == ""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_commands_and_files_that_exist(name):
    quoted = re.findall(r"`([^`\n]+)`", (ROOT / name).read_text(encoding="utf-8"))
    quoted += re.findall(r"^    ((?:baltic|make) [^#\n]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    commands = [words for words in quoted if words.startswith(("make ", "baltic "))]
    assert {command: problem_of(command) for command in commands if problem_of(command)} == {}
    paths = [words for words in quoted if re.fullmatch(r"[\w.*-]+/[\w./*-]+|[\w.*-]+\.(md|lock|yml)", words)]
    made = [path for path in paths if path.startswith(("_build/", ".venv")) or "arms_exports" in path]
    assert [path for path in paths if path not in made and not list(ROOT.glob(path))] == []


def test_dev_container_runs_what_there_is():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    commands = [part for key in ("onCreateCommand", "postCreateCommand") for part in container[key].split("&&")]
    assert {command: problem_of(command) for command in commands if problem_of(command)} == {}
    # the image is that of the workflow, so that what works there works here
    assert f"image: {container['image']} " in (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    installed = set(shlex.split(container["onCreateCommand"]))
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert set(re.findall(r"missing\+=\(([\w-]+)\)", script)) - {"make", "python3-venv"} <= installed


def test_hooks_are_local_and_run_from_the_environment_of_the_report():
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    for hook in hooks:
        assert hook["language"] == "system"  # nothing is fetched
        assert hook["entry"].startswith(".venv/bin/")
        assert problem_of(hook["entry"]) == ""
    assert {"ruff", "notebooks", "data"} <= {hook["id"] for hook in hooks}


@pytest.mark.parametrize(
    ("hook", "path", "runs"),
    [
        ("notebooks", "notebooks/01_spending_trends.ipynb", True),
        ("notebooks", "bench/notebooks/empty.ipynb", False),
        ("data", "data/spending/world_bank.csv", True),
        ("data", "report/references.bib", True),
        ("data", "report/report.yaml", False),
        ("layers", "src/baltic_calculus/catalog/table.py", True),
    ],
)
def test_hook_runs_for_the_files_that_it_checks(hook, path, runs):
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    (pattern,) = [each["files"] for each in hooks if each["id"] == hook]
    assert (ROOT / path).is_file()
    assert bool(re.search(pattern, path)) is runs


def test_every_locked_package_has_a_licence():
    listed = re.findall(r"^\| ([a-z0-9][a-z0-9._-]*) \| (.+) \|$", (ROOT / "LICENSES.md").read_text(), re.MULTILINE)
    pinned = set(write_licences().PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert pinned <= {name for name, _ in listed}, "run: make licences"


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="other Pythons have other versions, which may say it otherwise"
)
def test_licences_are_those_that_the_packages_declare():
    tool = write_licences()
    assert (ROOT / "LICENSES.md").read_text() == tool.licences_text(ROOT, tool.installed_licences()), "make licences"


@pytest.mark.parametrize(
    ("metadata", "classifiers", "licence"),
    [
        ({"License-Expression": "MIT AND ISC", "License": "x"}, [], "MIT AND ISC"),
        ({"License": "Apache 2.0"}, [], "Apache-2.0"),
        ({"License": "MIT License\n\nCopyright (c) Somebody\n"}, [], "MIT"),
        ({"License": "UNKNOWN"}, ["License :: OSI Approved :: ISC License (ISCL)"], "ISC"),
        ({"License": "Copyright (c) Somebody, who says much"}, ["License :: OSI Approved :: MIT License"], "MIT"),
        ({}, ["Topic :: Text"], "not declared"),
    ],
)
def test_licence_is_read_from_what_a_package_declares(metadata, classifiers, licence):
    if metadata.get("License", "").startswith("Copyright"):
        metadata = {"License": metadata["License"] + ", and then all of a licence"}
    assert write_licences().declared_licence(metadata, classifiers) == licence


def test_needed_packages_are_followed_through_the_notes_of_the_lock():
    lock = (
        "a==1 \\\n    --hash=sha256:0\n    # via report (pyproject.toml)\n"
        "b==1 \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\n    # via\n    #   a\n    #   d\n"
        "c==1 ; sys_platform == 'win32' \\\n    --hash=sha256:0\n    # via b\n"
        "d==1 \\\n    --hash=sha256:0\n    # via report (pyproject.toml)\n"
    )
    assert write_licences().needed(lock, ["A>=1.0"]) == {"a", "b", "c"}


def test_fonts_lie_beside_their_licences():
    for folder in ("ttf", "woff2"):
        texts = list((ROOT / "report" / "theme" / "fonts" / folder).glob("LICENSE-*"))
        assert {path.stem for path in texts} == {"LICENSE-source-sans", "LICENSE-source-serif"}
        assert all("SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8").upper() for path in texts)


def test_every_dataset_has_a_licence():
    assert all(record.licence for record in catalog.records())
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
