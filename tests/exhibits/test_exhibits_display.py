"""Figure, Table and Prose: what they store, and what they refuse."""

import json

import pandas as pd
import pytest
from great_tables import GT

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError, ExhibitError
from baltic_calculus.exhibits import Figure, Prose, Table, chart_lines

SHARES = pd.DataFrame(
    {
        "iso3": ["EST", "EST", "LVA", "LVA"],
        "year": [2024, 2025, 2024, 2025],
        "share_gdp_pct": [3.31, 3.93, 3.28, 3.66],
        "flag": ["", "estimate", "", "estimate"],
    }
)
NEEDED = {
    "data": SHARES,
    "caption": "Defence expenditure as a share of GDP.",
    "source": "nato_defence_expenditure",
    "unit": "% of GDP",
    "alt": "Estonia rises from 3.3 to 3.9.",
}


def make_figure(**changes):
    return Figure(chart_lines(SHARES, y="share_gdp_pct", unit="% of GDP"), **{**NEEDED, **changes})


def make_table(**changes):
    return Table(GT(SHARES, id="shares"), **{**NEEDED, **changes})


def test_a_figure_is_one_bundle_of_chart_data_and_words():
    content, metadata = make_figure(notes=["A note."])._repr_mimebundle_()
    assert list(content) == ["application/vnd.vegalite.v5+json", "text/csv", "text/plain"]
    assert content["text/plain"] == NEEDED["alt"]
    assert content["text/csv"].splitlines()[:2] == ["iso3,year,share_gdp_pct,flag", "EST,2024,3.31,"]
    report = metadata["report"]
    assert report["kind"] == "figure"
    assert report["sources"] == ["nato_defence_expenditure"]
    assert report["source_line"].startswith("NATO, Defence Investment of NATO Countries (2014\u20132026)")
    assert report["notes"] == ["A note.", "Hollow or dashed: estimates (2025)."]
    assert report["flags"] == ["estimate"]
    assert report["narrow"]["width"] == 340
    json.dumps([content, metadata])


def test_a_figure_tells_its_alternative_text_in_the_specification_too():
    assert make_figure().spec()["description"] == NEEDED["alt"]


def test_equal_figures_are_equal_to_the_byte():
    assert json.dumps(make_figure()._repr_mimebundle_()) == json.dumps(make_figure()._repr_mimebundle_())


def test_a_table_is_one_bundle_of_html_data_and_words():
    content, metadata = make_table()._repr_mimebundle_()
    assert list(content) == ["text/html", "text/csv", "text/plain"]
    assert "<table" in content["text/html"]
    assert metadata["report"]["notes"] == ["e: estimates."]
    assert "narrow" not in metadata["report"]


@pytest.mark.parametrize("make", [make_figure, make_table])
@pytest.mark.parametrize("name", ["caption", "source", "unit", "alt"])
def test_an_exhibit_without_a_needed_part_is_refused_by_name(make, name):
    with pytest.raises(ExhibitError, match=f"without {name}"):
        make(**{name: ""})


@pytest.mark.parametrize("make", [make_figure, make_table])
def test_an_exhibit_without_data_is_refused(make):
    with pytest.raises(ExhibitError, match="without data"):
        make(data=SHARES.iloc[:0])


def test_all_that_is_missing_is_named_at_once():
    with pytest.raises(ExhibitError, match="without caption, alt, source"):
        make_figure(caption=" ", alt="", source=())


def test_an_unknown_dataset_is_an_error_of_the_catalogue():
    with pytest.raises(DataError):
        make_figure(source="no_such_dataset")._repr_mimebundle_()


def test_an_unknown_flag_is_refused():
    with pytest.raises(ExhibitError, match="unknown flag guess"):
        make_figure(data=SHARES.assign(flag="guess"))


def test_prose_prints_facts_with_one_formatter_and_keeps_them_for_the_report():
    sentence = Prose(
        "{leader} spends {share} [@nato2026]; {others} follow, see @fig-share.",
        leader="EST",
        share=Quantity(5.1, "% of GDP"),
        others=("LVA", "LTU"),
    )
    content, metadata = sentence._repr_mimebundle_()
    assert (
        content["text/markdown"]
        == "Estonia spends 5.1% of GDP [@nato2026]; Latvia and Lithuania follow, see @fig-share."
    )
    assert content["text/plain"] == content["text/markdown"]
    assert metadata["report"]["facts"] == {
        "leader": {"value": "EST", "unit": ""},
        "share": {"value": 5.1, "unit": "% of GDP"},
        "others": {"value": ["LVA", "LTU"], "unit": ""},
    }


def test_quantities_by_country_say_the_unit_once():
    shares = {"LTU": Quantity(5.33, "% of GDP", 2), "EST": Quantity(5.1, "% of GDP", 2)}
    sentence = Prose("The shares are {shares}.", shares=shares)
    assert sentence.markdown == "The shares are Lithuania (5.33% of GDP) and Estonia (5.10%)."
    assert sentence._repr_mimebundle_()[1]["report"]["facts"]["shares.EST"] == {"value": 5.1, "unit": "% of GDP"}


def test_ranges_are_printed_and_published_as_ranges():
    sentence = Prose("In {years}.", years=Quantity(6, "years", high=10))
    assert sentence.markdown == "In 6\u201310 years."
    assert sentence._repr_mimebundle_()[1]["report"]["facts"] == {"years": {"value": 6, "unit": "years", "high": 10}}


def test_countries_stand_in_a_sentence_with_their_articles():
    told = {"ally": "NLD", "others": ("USA", "EST"), "shares": {"GBR": Quantity(2.56, "% of GDP", 2)}}
    prose = Prose("**{ally} is past it.** It is next to {others}; {ally} and {shares}.\n\n- {others} too.", **told)
    assert prose.markdown == (
        "**The Netherlands is past it.** It is next to the United States and Estonia; the Netherlands and "
        "the United Kingdom (2.56% of GDP).\n\n- The United States and Estonia too."
    )


def test_facts_that_the_sentence_does_not_print_are_published_all_the_same():
    sentence = Prose("A word.", share=Quantity(5.1, "% of GDP"))
    assert sentence.markdown == "A word."
    assert sentence._repr_mimebundle_()[1]["report"]["facts"] == {"share": {"value": 5.1, "unit": "% of GDP"}}


@pytest.mark.parametrize(
    ("template", "facts", "message"),
    [
        ("A {share}.", {}, "no fact for share"),
        ("A {share:.2f}.", {"share": Quantity(1, "%")}, "not a plain name"),
        ("A {}.", {}, "not a plain name"),
        ("A {share", {"share": Quantity(1, "%")}, "cannot be read"),
        ("  ", {}, "empty sentence"),
        ("A {share}.", {"share": 5.1}, "not a fact"),
    ],
)
def test_a_sentence_that_does_not_fit_its_facts_is_refused(template, facts, message):
    with pytest.raises(ExhibitError, match=message):
        Prose(template, **facts)
