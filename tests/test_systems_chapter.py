"""The chapter about systems: nothing missing, nothing typed, every reference somewhere in the report."""

import json
import re
from pathlib import Path

import pytest

from baltic_calculus import catalog
from baltic_calculus.exhibits.filled import NO_DATA, SEPARATOR

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
LABEL = re.compile(r"#\| label: ((?:fig|tbl)-[a-z0-9-]+)|\{#(sec-[a-z0-9-]+)\}")
FACT = re.compile(r"\{([a-z]+)_\w+\}")


@pytest.fixture(scope="module")
def labels() -> set[str]:
    cells = [cell for path in NOTEBOOKS for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    return {"".join(found) for cell in cells for found in LABEL.findall("".join(cell["source"]))}


@pytest.fixture(scope="module")
def chapter() -> str:
    path = next(path for path in NOTEBOOKS if path.name.startswith("07_"))
    return "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def test_every_exhibit_that_a_system_names_is_in_the_report(labels: set[str]) -> None:
    named = {label for listed in catalog.load("systems")["exhibits"] if listed for label in listed.split(SEPARATOR)}
    assert named <= labels


def test_every_system_refers_to_an_exhibit_or_says_no_public_data() -> None:
    systems = catalog.load("systems")
    answered = systems["exhibits"].ne("") | systems["answer"].str.contains(NO_DATA)
    assert answered.all()


def test_no_number_is_typed_in_an_answer() -> None:
    assert not catalog.load("systems")["answer"].str.contains(r"\d").any()


def test_most_systems_have_a_computed_answer() -> None:
    assert catalog.load("systems")["answer"].str.contains("{", regex=False).sum() >= 30


def test_every_group_of_facts_that_an_answer_names_is_gathered(chapter: str) -> None:
    groups = {group for answer in catalog.load("systems")["answer"] for group in FACT.findall(answer)}
    gathered = chapter[chapter.index("gather_facts(\n") :]
    assert groups <= set(re.findall(r"^    (\w+)=", gathered, flags=re.MULTILINE))
