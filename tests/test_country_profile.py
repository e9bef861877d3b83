"""The profile notebook, run for every ally: no errors, nothing empty, nothing missing drawn, no sentence left open."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.exhibits import Figure, Prose, Table
from baltic_calculus.exhibits.figure import VEGA_LITE

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "country_profile.ipynb"
DATASET = "nato_defence_expenditure"
EVENTS = "timeline"
ALLIES = [code for code in catalog.coverage(DATASET).countries if code not in ("XNT", "XEC")]
LEAKS = re.compile(r"\b(nan|NaN|None|inf)\b|\bnot (computable|known|reached)\b|[{}]|  |: and\b|\band\.|\.\.")
LONGEST_ALT = 400


@cache
def code_cells() -> tuple[tuple[str, bool], ...]:
    """The notebook's code, and whether a cell is the one with parameters."""
    notebook = nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return tuple((cell.source, "parameters" in cell.metadata.get("tags", [])) for cell in cells)


@cache
def exhibits_of(country: str) -> tuple[Any, ...]:
    """What the notebook displays for a country, in order: the values of the last expressions of its cells."""
    names: dict[str, Any] = {}
    shown = []
    for source, parameters in code_cells():
        body = ast.parse(source).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102 -- the project's own notebook
        if parameters:
            names["country"] = country
        if last is not None:
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))  # noqa: S307
    return tuple(shown)


def of_kind(country: str, kind: type) -> list[Any]:
    return [one for one in exhibits_of(country) if isinstance(one, kind)]


def text_of(country: str) -> str:
    return "\n".join(one.markdown for one in of_kind(country, Prose))


def published(country: str, measure: str) -> pd.Series:
    frame = catalog.load(DATASET)
    return frame[(frame["iso3"] == country) & (frame["measure"] == measure)].set_index("year")["value"].dropna()


def test_there_are_31_allies():
    assert len(ALLIES) == 31
    assert "ISL" not in ALLIES


@pytest.mark.parametrize("country", ALLIES)
def test_every_exhibit_has_data_and_a_short_text_for_those_who_do_not_see_it(country):
    exhibits = [*of_kind(country, Figure), *of_kind(country, Table)]
    assert [type(one) for one in exhibits] == [Figure, Figure, Figure, Table]
    for one in exhibits:
        data, metadata = one._repr_mimebundle_()
        assert data["text/csv"].count("\n") > 1
        assert metadata["report"]["sources"][0] == DATASET
        assert set(metadata["report"]["sources"]) <= {DATASET, EVENTS}
        for rows in data.get(VEGA_LITE, {}).get("datasets", {}).values():
            assert all(row["y"] is not None for row in rows if "y" in row)
        assert len(one.particulars.alt) <= LONGEST_ALT
        assert not LEAKS.search(one.particulars.alt), one.particulars.alt


@pytest.mark.parametrize("country", ALLIES)
def test_no_series_is_drawn_without_a_value_and_no_gap_as_zero(country):
    share, real, structure = (one.particulars.data for one in of_kind(country, Figure))
    assert share.groupby("iso3")["share_gdp_pct"].count().min() == 13
    assert (real["spend_eur_bn"] > 0).all()
    assert len(real) == 13
    held = {
        name: published(country, f"{name}_share_pct") for name in ("equipment", "personnel", "infrastructure", "other")
    }
    drawn = {name: rows.set_index("year")["share_pct"] for name, rows in structure.groupby("category")}
    assert set(drawn) == {name for name, series in held.items() if len(series)}
    for name, series in drawn.items():
        pd.testing.assert_series_equal(series, held[name], check_names=False)


@pytest.mark.parametrize("country", ALLIES)
def test_sentences_are_whole(country):
    for line in text_of(country).splitlines():
        assert not LEAKS.search(line), line
        assert re.fullmatch(r"(- )?(\*\*)?[A-Z0-9].*\.", line), line


@pytest.mark.parametrize("country", ALLIES)
def test_sentences_are_true(country):
    share, text = published(country, "share_gdp_pct"), text_of(country)
    change = round(share[2026] - share[2014], 2)
    direction = "more" if change > 0 else "less"
    assert f"**{share[2026]:.2f}% of GDP** goes to core defence in 2026, NATO estimates" in text
    assert f"{abs(change):.2f} points {direction} than in 2014" in text
    assert ("above the core target" in text) == (share[2026] >= 3.5)
    assert ("below the core target" in text) == (share[2026] < 3.5)
    assert ("It is below the guideline" in text) == (share[2026] < 2)
    assert ("Expenditure per person is not among" in text) == published(country, "spend_per_capita_usd_2021").empty
    for name in ("personnel", "infrastructure"):
        assert (f"{name} share" in text) == (len(published(country, f"{name}_share_pct")) < 13)


@pytest.mark.parametrize(("country", "phrase"), [
    ("EST", "7.8 thousand military personnel** in 2025"),
    ("EST", "The figure for 2026 is odd and left out"),
    ("LUX", "what of that came from the share and what from output cannot be told"),
    ("LUX", "Shares before 2023 rest on another measure of output"),
    ("NLD", "their deflators disagree"),
    ("NLD", "Without a figure for 2026: personnel with pensions, infrastructure works and all other items."),
    ("PRT", "Without a figure for 2026: personnel with pensions, infrastructure works and all other items."),
    ("BGR", "Real expenditure, 2019: twice that of the years beside it"),
    ("NOR", "swings with oil and gas"),
    ("USA", "Earlier years at or above that level: 2014, 2015 and 2020."),
    ("USA", "the share has fallen by"),
    ("GRC", "at or above it from 2026 on. Earlier years at or above that level: 2021 and 2022."),
    ("MNE", "joined the alliance in 2017"),
    ("FIN", "joined the alliance in 2023"),
    ("LTU", "Next above: none."),
    ("SVN", "It is below the guideline of 2% of GDP"),
])  # fmt: skip
def test_what_is_particular_of_an_ally_is_said(country, phrase):
    assert phrase in text_of(country).replace("\u00a0", " ")


@pytest.mark.parametrize("country", ["LVA", "POL", "DEU", "USA"])
def test_what_is_not_particular_of_an_ally_is_not_said(country):
    text = text_of(country)
    for phrase in ("Odd as published", "Before accession", "another measure of output", "left out"):
        assert phrase not in text


def test_what_the_data_lack_is_said_and_not_drawn(monkeypatch):
    whole = catalog.load(DATASET)
    lacking = ["spend_per_capita_usd_2021", "other_share_pct"]
    less = whole[~(whole["iso3"].eq("ALB") & whole["measure"].isin(lacking))]
    load = catalog.load
    monkeypatch.setattr(catalog, "load", lambda name: less if name == DATASET else load(name))
    shown = exhibits_of.__wrapped__("ALB")
    text = "\n".join(one.markdown for one in shown if isinstance(one, Prose))
    assert "Expenditure per person is not among the figures at hand for this ally." in text
    assert "Not among the figures at hand for this ally: all other items." in text
    assert "**Not among the figures at hand:** expenditure per person and share of other expenditure." in text
    structure = [one.particulars.data for one in shown if isinstance(one, Figure)][-1]
    assert set(structure["category"]) == {"equipment", "personnel", "infrastructure"}
