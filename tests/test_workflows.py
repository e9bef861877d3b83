"""The workflows run what there is, targets of the Makefile, verbs of the command, files, and have few rights."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from baltic_calculus.cli.commands import cli

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([\w./-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
VARIABLES = set(re.findall(r"^(\w+) \?=", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
RIGHTS = {("publish.yml", "build", "pages", "read"), ("publish.yml", "deploy", "pages", "write")}
RIGHTS |= {("publish.yml", "deploy", "id-token", "write")}


class Workflow:
    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.text = path.read_text(encoding="utf-8")
        self.content: dict[Any, Any] = yaml.safe_load(self.text)
        self.on = self.content[True]  # YAML 1.1 reads the key "on" as a truth value
        self.jobs: dict[str, dict[str, Any]] = self.content["jobs"]

    @property
    def own_jobs(self) -> dict[str, dict[str, Any]]:
        """Jobs with steps of their own."""
        return {name: job for name, job in self.jobs.items() if "uses" not in job}

    def steps(self) -> Iterator[dict[str, Any]]:
        for job in self.own_jobs.values():
            yield from job["steps"]

    def commands(self) -> Iterator[list[str]]:
        for step in self.steps():
            for line in step.get("run", "").splitlines():
                yield shlex.split(line, comments=True)

    def used(self) -> list[str]:
        return [step["uses"] for step in self.steps() if "uses" in step]


@pytest.fixture(params=FILES, ids=lambda path: path.name)
def workflow(request) -> Workflow:
    return Workflow(request.param)


def problem_of(words: list[str]) -> str:
    """What is wrong with a command of a workflow; empty when nothing is."""
    program, *arguments = words
    if program == "make":
        settings = {word.split("=")[0] for word in arguments if "=" in word}
        targets = {word for word in arguments if "=" not in word}
        unknown = [*sorted(targets - TARGETS), *sorted(settings - VARIABLES)]
        tests = [path for word in arguments if word.startswith("TEST=") for path in word[5:].split()]
        return ", ".join([*unknown, *(path for path in tests if not (ROOT / path).exists())])
    if program == ".venv/bin/baltic":
        verb = cli.commands.get(arguments[0])
        if verb is None:
            return arguments[0]
        try:
            verb.make_context(arguments[0], arguments[1:])
        except click.ClickException as error:
            return error.format_message()
        return ""
    if program == "bash":
        return "" if (ROOT / arguments[0]).is_file() else arguments[0]
    return "" if words[:2] == ["git", "config"] else program


def test_there_are_workflows_that_audit_publish_and_test():
    assert [path.name for path in FILES] == ["audit.yml", "publish.yml", "test.yml"]


def test_locks_are_audited_by_the_clock_and_when_they_change():
    on = Workflow(ROOT / ".github" / "workflows" / "audit.yml").on
    assert re.fullmatch(r"\d+ \d+ \* \* \d", on["schedule"][0]["cron"])
    assert {path for pattern in on["push"]["paths"] for path in ROOT.glob(pattern)} == {
        *ROOT.glob("requirements*.lock"),
        ROOT / "checks" / "package-lock.json",
    }


def test_commands_exist(workflow):
    assert {" ".join(words): problem for words in workflow.commands() if (problem := problem_of(words))} == {}


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("make reprot", "reprot"),
        ("make report PYTHN=python", "PYTHN"),
        ('make test TEST="tests/cli tests/nothing"', "tests/nothing"),
        (".venv/bin/baltic publsh site", "publsh"),
        (".venv/bin/baltic build --adress x", "No such option"),
        ("bash .ci/runs", ".ci/runs"),
        ("curl address", "curl"),
        ("make report PYTHON=python", ""),
    ],
)
def test_a_command_that_does_not_exist_is_found(command, problem):
    found = problem_of(shlex.split(command))
    assert found.startswith(problem)
    assert bool(found) is bool(problem)


def test_rights_are_read_only_but_for_the_deployment(workflow):
    assert workflow.content["permissions"] == {"contents": "read"}
    for name, job in workflow.jobs.items():
        for right, level in job.get("permissions", {}).items():
            assert (workflow.name, name, right, level) in RIGHTS | {(workflow.name, name, "contents", "read")}


def test_every_job_has_an_end_and_every_workflow_a_group(workflow):
    assert workflow.content["concurrency"]["group"]
    for job in workflow.own_jobs.values():
        assert 0 < job["timeout-minutes"] <= 90
    # a workflow that another one calls must not be in its group: they would wait for each other
    groups = [Workflow(path).content["concurrency"]["group"].split("-")[0] for path in FILES]
    assert len(set(groups)) == len(groups)


def test_actions_are_githubs_own_and_pinned(workflow):
    for action in workflow.used():
        assert re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", action), action
    for job in workflow.jobs.values():
        if "uses" in job:
            assert (ROOT / job["uses"]).is_file()
            assert "workflow_call" in Workflow(ROOT / job["uses"]).on


def test_checkout_leaves_no_credentials_and_nothing_secret_is_used(workflow):
    assert "secrets." not in workflow.text
    for step in workflow.steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        # what comes from outside reaches a command as a variable, never as text of the command
        assert "${{" not in step.get("run", "")


def test_everything_is_run_by_the_same_script_as_before_a_commit():
    commands = [" ".join(words) for words in Workflow(ROOT / ".github" / "workflows" / "test.yml").commands()]
    assert "bash .ci/run" in commands
