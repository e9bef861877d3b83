"""The summary notebook, run for several choices of countries: what each finding states, and that nothing stops it."""

import ast
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

from baltic_calculus.exhibits import Prose

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "00_summary.ipynb"
LABEL = re.compile(r"^#\|\s*label:\s*(\S+)", re.MULTILINE)
LEAKS = re.compile(r"\b(nan|NaN|None|inf)\b|[{}]|  |: \.|: and\b|\.\.")
INTERVAL = re.compile(r"\d–\d")
EXHIBIT = re.compile(r"@(fig|tbl)-[\w-]+")
BALTIC, OTHERS, AMERICA = ("EST", "LVA", "LTU"), ("POL", "FIN"), ("USA",)


@cache
def sentences(countries: tuple[str, ...]) -> dict[str, Prose]:
    """What the notebook says of these countries: its labelled texts, by label."""
    names: dict[str, object] = {}
    said = {}
    for cell in nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT).cells:
        if cell.cell_type != "code":
            continue
        body = ast.parse(cell.source).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102 -- the project's own notebook
        if "parameters" in cell.metadata.get("tags", []):
            names["countries"] = list(countries)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
            said[LABEL.findall(cell.source)[0]] = shown
    return said


def findings(countries: tuple[str, ...]) -> dict[str, str]:
    return {label: one.markdown for label, one in sentences(countries).items() if label.startswith("finding-")}


def test_there_are_five_findings_each_with_a_number_an_interval_and_its_exhibit() -> None:
    told = findings(BALTIC)
    assert len(told) == 5
    for label, text in told.items():
        headline = re.match(r"\*\*(.+?)\*\*", text)
        assert headline, label
        assert re.search(r"\d", headline[1]), label
        assert INTERVAL.search(text), label
        assert EXHIBIT.search(text), label


def test_every_finding_has_what_would_overturn_it_with_a_threshold() -> None:
    bullets = sentences(BALTIC)["overturn"].markdown.split("\n- ")
    assert len(bullets) == len(findings(BALTIC))
    assert all(re.search(r"\d", bullet) and EXHIBIT.search(bullet) for bullet in bullets)


@pytest.mark.parametrize("countries", [OTHERS, AMERICA], ids=",".join)
def test_other_countries_get_what_is_known_of_them_and_what_is_not(countries: tuple[str, ...]) -> None:
    told = sentences(countries)
    assert findings(countries).keys() == findings(BALTIC).keys()
    assert "No debt paths are computed for" in told["finding-debt"].markdown
    assert "Nothing is computed" in told["overturn"].markdown


def test_what_is_not_in_the_data_is_said() -> None:
    told = sentences(AMERICA)
    assert "No second source for 2026 is in the data for: the United States." in told["finding-share"].markdown
    assert "No accounts of government expenditure are in the data for" in told["also-fiscal"].markdown
    assert "No SAFE loan is on record" in told["also-fiscal"].markdown


@pytest.mark.parametrize("countries", [BALTIC, OTHERS, AMERICA], ids=",".join)
def test_no_sentence_is_left_open(countries: tuple[str, ...]) -> None:
    for label, one in sentences(countries).items():
        assert not LEAKS.search(one.markdown), (label, one.markdown)
