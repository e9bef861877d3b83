"""The World Bank's pages, cell by cell; its errors, which come as a success; pages that do not belong together."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.errors import DataError
from baltic_calculus.sources.world_bank import INDICATORS, read_world_bank

AREAS = {"EST": "EST", "LVA": "LVA", "EU": "EU27", "XK": "XKX"}
GDP = ("NY.GDP.MKTP.CD", "GDP (current US$)")
POPULATION = ("SP.POP.TOTL", "Population, total")


def row(indicator, codes, date, value, **entries):
    iso3, iso2 = codes
    return {
        "indicator": {"id": indicator[0], "value": indicator[1]},
        "country": {"id": iso2, "value": "a country"},
        "countryiso3code": iso3,
        "date": date,
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    } | entries


def meta(rows, page=1, pages=1, total=None, **entries):
    total = len(rows) if total is None else total
    # some answers give this number as text
    counted = {"page": page, "pages": pages, "per_page": "50", "total": total}
    return [counted | {"sourceid": "2", "lastupdated": "2026-07-13"} | entries, rows]


def send(answer):
    return json.dumps(answer).encode()


EST, LVA = ("EST", "EE"), ("LVA", "LV")


def test_one_page_cell_by_cell():
    rows = [
        row(GDP, EST, "2025", None),
        row(GDP, EST, "2024", 43116951234.5),
        row(GDP, ("", "XK"), "2024", 11e9, obs_status="E"),
        row(GDP, ("EUU", "EU"), "2024", 19_423_319_000_000),
        row(GDP, ("AFE", "ZH"), "2024", 1),
        row(("NY.GDP.MKTP.KD", "GDP (constant 2015 US$)"), EST, "2024", 2),
    ]
    publication = read_world_bank(send(meta(rows)), AREAS)
    columns = ["iso3", "period", "measure", "value", "unit", "price_basis", "flag", "note"]
    cells = [tuple("" if cell != cell else cell for cell in line) for line in publication.frame[columns].values]
    assert cells == [
        ("EST", "2024", "gdp_usd_current", 43116951234.5, "US$", "current", "", ""),
        ("EST", "2025", "gdp_usd_current", "", "US$", "current", "", "no value published"),
        ("EU27", "2024", "gdp_usd_current", 19423319000000.0, "US$", "current", "", ""),
        ("XKX", "2024", "gdp_usd_current", 11e9, "US$", "current", "estimate", ""),
    ]
    assert publication.remarks == (
        "left out, areas not among the project's countries: AFE (1)",
        "left out, cells of other measures: NY.GDP.MKTP.KD (1)",
    )
    assert (publication.edition, publication.published) == ("World Development Indicators, 2026-07-13", "2026-07-13")


def test_measures_are_those_of_the_catalogue():
    known = catalog.record("world_bank").measures
    assert set(known) == {indicator.measure.name for indicator in INDICATORS.values()}
    for indicator in INDICATORS.values():
        measure = known[indicator.measure.name]
        assert (measure.unit, measure.price_basis) == (indicator.measure.unit, indicator.measure.price_basis)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from([EST, LVA]), st.integers(1960, 2030)),
        st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15) | st.none(),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_pages_are_read_as_one_answer(cells, per_page):
    rows = [row(POPULATION, codes, str(year), value) for (codes, year), value in cells.items()]
    chunks = [rows[start : start + per_page] for start in range(0, len(rows), per_page)]
    pages = [meta(chunk, page, len(chunks), len(rows)) for page, chunk in enumerate(chunks, start=1)]
    # a second indicator, in one page, after the pages of the first
    frame = read_world_bank(send([*pages, meta([row(GDP, EST, "2024", 1.0)])]), AREAS).frame
    read = {(line.iso3, line.year): line.value for line in frame.itertuples() if line.measure == "population_persons"}
    assert set(read) == {(codes[0], year) for codes, year in cells}
    for (codes, year), value in cells.items():
        number = read[codes[0], year]
        assert number == value or (value is None and number != number)
    assert len(frame) == len(cells) + 1


ONE = [row(POPULATION, EST, "2024", 1_370_000)]
TWO = [row(POPULATION, EST, "2023", 1_365_000)]
ERROR = [{"message": [{"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}]}]
BROKEN = {
    "error as a success": (ERROR, "error: Invalid value: The provided parameter value is not valid"),
    "empty result": (
        [{"page": 0, "pages": 0, "total": 0, "sourceid": "2", "lastupdated": "2026-07-13"}, None],
        "no rows",
    ),
    "empty array": ([], "no page"),
    "no rows element": ([meta(ONE)[0]], r"1 elements where \[meta, rows\]"),
    "no date": (meta(ONE, lastupdated=None), "is no date of the last update"),
    "rows no array": ([meta(ONE)[0], {"value": 1}], "an array was expected"),
    "row no object": (meta(["1"]), "an object was expected"),
    "page no number": (meta(ONE, page="one"), '"one"|one where a whole number'),
    "only the first page": (meta(ONE, 1, 3, 3), "page 2 of 3 is missing"),
    "only the second page": (meta(ONE, 2, 3, 3), "page 2 of 3 where page 1 was expected"),
    "page twice": ([meta(ONE, 1, 2, 2), meta(ONE, 1, 2, 2)], "page 1 of 2 where page 2 was expected"),
    "rows missing": (meta(ONE, total=2), "1 rows where 2 were announced"),
    "two releases": (
        [meta(ONE, 1, 2, 2), meta(TWO, 2, 2, 2, lastupdated="2026-08-01")],
        "last updated 2026-08-01",
    ),
    "two databases": ([meta(ONE), meta(TWO, sourceid="57")], "source 57"),
    "cell twice": ([meta(ONE, 1, 2, 2), meta(ONE, 2, 2, 2)], "population_persons of EST in 2024 stands twice"),
    "counts something else": (
        meta([row(("SP.POP.TOTL", "Population, female"), EST, "2024", 1)]),
        '"Population, female" where "Population, total" was expected',
    ),
    "text for a number": (meta([row(POPULATION, EST, "2024", "1370000")]), "where a number or null was expected"),
    "odd date": (meta([row(POPULATION, EST, "last year", 1)]), '"last year" is no year'),
    "nobody known": (meta([row(POPULATION, ("WLD", "1W"), "2024", 8e9)]), r"no cell of a country .* WLD \(1\)"),
    "object": ({"message": "Forbidden"}, "an array was expected"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_answer_says_what_where_and_what_to_do(name):
    answer, words = BROKEN[name]
    with pytest.raises(DataError, match=words) as raised:
        read_world_bank(send(answer), AREAS)
    assert raised.value.where.startswith("answer of World Bank")
    assert raised.value.remedy


def test_answer_that_the_bank_sent(publishers_sample):
    content = publishers_sample("worldbank/SP.POP.TOTL_USA_2022-2023.json")
    frame = read_world_bank(content, {"United States": "USA"}).frame
    assert list(zip(frame["iso3"], frame["year"], frame["value"], strict=True)) == [
        ("USA", 2022, 333996304.0),
        ("USA", 2023, 336755052.0),
    ]
