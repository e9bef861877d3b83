"""Eurostat's two layouts, cell by cell, whatever the order of dimensions; and what is no answer of Eurostat."""

import itertools
import json
import math
import tracemalloc

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.errors import DataError
from baltic_calculus.sources.eurostat import TABLES, read_eurostat
from baltic_calculus.sources.publication import COLUMNS, KEYS

AREAS = {"EE": "EST", "LV": "LVA", "LT": "LTU", "EL": "GRC", "UK": "GBR", "XK": "XKX", "EU27_2020": "EU27"}
CODES = {"EST": "EE", "LVA": "LV", "LTU": "LT", "GRC": "EL", "GBR": "UK", "XKX": "XK", "EU27": "EU27_2020"}


def json_stat(table, sides, values, statuses=None, *, dense=False, **entries):
    """An answer of the statistics interface; `values` and `statuses` by codes in the order of `sides`."""
    positions = {codes: place for place, codes in enumerate(itertools.product(*sides.values()))}
    cells = {str(positions[codes]): value for codes, value in values.items()}
    if dense:
        cells = [cells.get(str(place)) for place in range(len(positions))]
    answer = {
        "version": "2.0",
        "class": "dataset",
        "label": f"Table {table}",
        "source": "ESTAT",
        "updated": "2026-04-27T23:00:00+0200",
        "value": cells,
        "id": list(sides),
        "size": [len(codes) for codes in sides.values()],
        "dimension": {
            name: {
                "label": "National accounts indicator (ESA 2010)" if name == "na_item" else name,
                "category": {"index": {code: place for place, code in enumerate(codes)}, "label": {}},
            }
            for name, codes in sides.items()
        },
        "extension": {"id": table.upper()},
    }
    if statuses:
        answer["status"] = {str(positions[codes]): letters for codes, letters in statuses.items()}
    return json.dumps(answer | entries).encode()


GOV_EV = {
    "freq": ["A"],
    "expend": ["DEF"],
    "na_item": ["TE", "P51G"],
    "unit": ["MIO_EUR", "MIO_NAC", "PC_GDP"],
    "geo": ["EE", "EL", "AT"],
    "time": ["2024", "2025"],
}
HEADER = "DATAFLOW,LAST UPDATE,freq,unit,sector,cofog99,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"
FLOW = "ESTAT:GOV_10A_EXP(1.0),20/08/26 23:00:00"


def rows_of(publication):
    frame = publication.frame
    return [tuple("" if value != value else value for value in row) for row in frame.itertuples(index=False)]


def test_json_stat_cell_by_cell():
    values = {
        ("A", "DEF", "TE", "MIO_EUR", "EE", "2024"): 1372.4,
        ("A", "DEF", "TE", "PC_GDP", "EE", "2024"): 3.5,
        ("A", "DEF", "P51G", "MIO_EUR", "EL", "2025"): -12.25,
        ("A", "DEF", "TE", "MIO_NAC", "EE", "2024"): 1372.4,
        ("A", "DEF", "TE", "MIO_EUR", "AT", "2024"): 3000,
    }
    statuses = {
        ("A", "DEF", "P51G", "MIO_EUR", "EL", "2025"): "bp",
        ("A", "DEF", "TE", "PC_GDP", "EE", "2025"): ":",  # published as not there
    }
    publication = read_eurostat(json_stat("gov_ev", GOV_EV, values, statuses), AREAS)
    assert rows_of(publication) == [
        ("EST", 2024, "2024", "defence_eur_m", 1372.4, "EUR m", "current", "", ""),
        ("EST", 2024, "2024", "defence_gdp_pct", 3.5, "% of GDP", "", "", ""),
        ("EST", 2025, "2025", "defence_gdp_pct", "", "% of GDP", "", "", "not available"),
        ("GRC", 2025, "2025", "defence_gfcf_eur_m", -12.25, "EUR m", "current", "break", "provisional"),
    ]
    assert publication.edition == "gov_ev, 2026-04-27 23:00"
    assert (publication.publisher, publication.published) == ("Eurostat", "2026-04-27")
    assert publication.remarks == (
        "left out, areas not among the project's countries: AT (1)",
        "left out, cells of other measures: A DEF TE MIO_NAC (1)",
    )


def test_sdmx_csv_old_and_new_columns_give_the_same():
    cells = [
        f"{FLOW},A,MIO_EUR,S13,GF02,TE,EU27_2020,2023,227000.5,p",
        f"{FLOW},A,PC_GDP,S13,TOTAL,TE,UK,2019,38.1,",
        f"{FLOW},A,PC_GDP,S13,GF07,TE,LV,2023,,c",
        f"{FLOW},A,PC_GDP,S1311,GF07,TE,LV,2023,1,",  # central government
    ]
    old = read_eurostat("\n".join([HEADER, *cells]).encode(), AREAS)
    free = read_eurostat("\r\n".join([f"{HEADER},CONF_STATUS", *(f"{row},F" for row in cells)]).encode(), AREAS)
    marked = "\ufeff" + "\r\n".join([f"{HEADER},CONF_STATUS", *(f"{row}," for row in cells)])
    new = read_eurostat(marked.encode(), AREAS)
    assert rows_of(old) == [
        ("EU27", 2023, "2023", "defence_eur_m", 227000.5, "EUR m", "current", "provisional", ""),
        ("GBR", 2019, "2019", "total_gdp_pct", 38.1, "% of GDP", "", "", ""),
        ("LVA", 2023, "2023", "health_gdp_pct", "", "% of GDP", "", "", "confidential"),
    ]
    pd.testing.assert_frame_equal(old.frame, new.frame)
    pd.testing.assert_frame_equal(old.frame, free.frame)
    assert old.edition == new.edition == "gov_10a_exp, 2026-08-20 23:00"
    assert "A PC_GDP S1311 GF07 TE (1)" in old.remarks[0]


def test_secret_cell_without_value_says_why():
    content = f"{HEADER},CONF_STATUS\n{FLOW},A,PC_GDP,S13,GF07,TE,LV,2023,,,C"
    assert rows_of(read_eurostat(content.encode(), AREAS))[0][-1] == "confidential"


@pytest.mark.parametrize("dataset", ["cofog_expenditure", "defence_delivery", "macro_fiscal", "government_yields"])
def test_measures_are_those_of_the_catalogue(dataset):
    tables = {
        "cofog_expenditure": ["gov_10a_exp"],
        "defence_delivery": ["gov_ev"],
        "macro_fiscal": ["gov_10dd_edpt1", "nama_10_gdp"],
        "government_yields": ["irt_lt_mcby_a", "irt_lt_mcby_m"],
    }[dataset]
    known = catalog.record(dataset).measures
    for table in tables:
        for measure in TABLES[table].measures.values():
            assert (known[measure.name].unit, known[measure.name].price_basis) == (measure.unit, measure.price_basis)


def test_the_same_table_in_both_layouts_is_the_same_publication():
    sides = {"freq": ["A"], "unit": ["CP_MEUR", "CLV_PCH_PRE"], "na_item": ["B1GQ"], "geo": ["LT"], "time": ["2024"]}
    values = {("A", "CP_MEUR", "B1GQ", "LT", "2024"): 78439.1, ("A", "CLV_PCH_PRE", "B1GQ", "LT", "2024"): 2.8}
    lines = ["DATAFLOW,LAST UPDATE,freq,unit,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"]
    lines += [
        f"ESTAT:NAMA_10_GDP(1.0),27/04/26 23:00:00,A,{unit},B1GQ,LT,2024,{value},"
        for (_, unit, *_), value in values.items()
    ]
    cube, rows = (
        read_eurostat(content, AREAS)
        for content in (json_stat("nama_10_gdp", sides, values), "\n".join(lines).encode())
    )
    pd.testing.assert_frame_equal(cube.frame, rows.frame)
    assert (cube.edition, cube.definition, cube.published) == (rows.edition, rows.definition, rows.published)


def test_monthly_yields_and_periods_of_old_answers():
    sides = {"int_rt": ["MCBY"], "geo": ["EL"], "time": ["2025M11", "2025-12"]}  # no freq: before 2022
    values = {("MCBY", "EL", "2025M11"): 3.31, ("MCBY", "EL", "2025-12"): 3.4}
    publication = read_eurostat(json_stat("irt_lt_mcby_m", sides, values), AREAS)
    assert [row[:5] for row in rows_of(publication)] == [
        ("GRC", 2025, "2025-11", "yield_10y_monthly_pct", 3.31),
        ("GRC", 2025, "2025-12", "yield_10y_monthly_pct", 3.4),
    ]


def test_another_manual_of_accounts_is_another_definition():
    cell = {("A", "DEF", "TE", "MIO_EUR", "EE", "2024"): 1.0}
    sides = {"freq": ["A"], "unit": ["CP_MEUR"], "na_item": ["B1GQ"], "geo": ["LT"], "time": ["2024"]}
    now = json_stat("nama_10_gdp", sides, {("A", "CP_MEUR", "B1GQ", "LT", "2024"): 1})
    later = now.replace(b"ESA 2010", b"ESA 2029")
    assert read_eurostat(now, AREAS).definition == "gross domestic product, ESA 2010"
    assert read_eurostat(later, AREAS).definition == "gross domestic product, ESA 2029"
    assert "ESA" not in read_eurostat(json_stat("gov_ev", GOV_EV, cell), AREAS).definition


@st.composite
def answers(draw):
    """Cells of gov_ev by (iso3, year, measure), and the same as an answer with dimensions and codes in any order."""
    sides = {
        "freq": ["A"],
        "expend": ["DEF", "NCF"],
        "na_item": ["TE", "P51G"],
        "unit": ["MIO_EUR", "PC_GDP", "MIO_NAC"],
        "geo": [*draw(st.sets(st.sampled_from(sorted(CODES.values())), min_size=1)), "AT"],
        "time": [str(year) for year in draw(st.sets(st.integers(1995, 2031), min_size=1, max_size=4))],
    }
    order = draw(st.permutations(sorted(sides)))
    shuffled = {name: draw(st.permutations(sides[name])) for name in order}
    number = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**12), 10**12)
    every = list(itertools.product(*shuffled.values()))
    values = draw(st.dictionaries(st.sampled_from(every), number, min_size=1, max_size=30))
    return shuffled, values, draw(st.booleans())


@settings(max_examples=60)
@given(answers())
def test_answer_is_read_back_equal_whatever_its_order(answer):
    sides, values, dense = answer
    names = {
        ("TE", "MIO_EUR"): "defence_eur_m",
        ("TE", "PC_GDP"): "defence_gdp_pct",
        ("P51G", "MIO_EUR"): "defence_gfcf_eur_m",
        ("P51G", "PC_GDP"): "defence_gfcf_gdp_pct",
    }
    iso3 = {code: name for name, code in CODES.items()}
    expected = {}
    for codes, value in values.items():
        at = dict(zip(sides, codes, strict=True))
        measure = names.get((at["na_item"], at["unit"]))
        if measure and at["expend"] == "DEF" and at["geo"] in iso3:
            expected[iso3[at["geo"]], at["time"], measure] = float(value)
    content = json_stat("gov_ev", sides, values, dense=dense)
    if not expected:
        with pytest.raises(DataError, match="no cell of a country and measure"):
            read_eurostat(content, AREAS)
        return
    frame = read_eurostat(content, AREAS).frame
    assert list(frame.columns) == list(COLUMNS)
    assert {tuple(row[:3]): row[3] for row in frame[[*KEYS, "value"]].itertuples(index=False)} == expected
    assert frame[list(KEYS)].apply(tuple, axis=1).is_monotonic_increasing


CELL = {("A", "DEF", "TE", "MIO_EUR", "EE", "2024"): 1.5}


def edited(**entries):
    return json_stat("gov_ev", GOV_EV, CELL, **entries)


def with_dimension(name, **entries):
    answer = json.loads(edited())
    answer["dimension"][name]["category"] |= entries
    return json.dumps(answer).encode()


BROKEN = {
    "old version": (b'{"nama_gdp_c": {"code": "nama_gdp_c", "value": [1]}}', "JSON-stat 1"),
    "collection": (edited(**{"class": "collection"}), "no data set in JSON-stat 2.0"),
    "error": (b'{"error": [{"status": 400, "label": "Invalid value for geo"}]}', "Invalid value for geo"),
    "warning": (b'{"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE"}}', "ASYNCHRONOUS_RESPONSE"),
    "page": (b"<!DOCTYPE html><html><title>Service unavailable</title></html>", 'a web page .*"Service unavailable"'),
    "fault": (b'<?xml version="1.0"?><S:Fault><faultstring>No results</faultstring></S:Fault>', 'XML .*"No results"'),
    "nothing": (b"  \n", "the answer is empty"),
    "cut off": (edited()[:-300], "ends in the middle"),
    "key twice": (edited()[:-1] + b', "value": {"0": 2}}', '"value" stands twice'),
    "NaN": (edited().replace(b"1.5", b"NaN"), "NaN stands for a number"),
    "infinite": (edited().replace(b"1.5", b"1e999"), "1e999 stands for a number"),
    "too large": (edited().replace(b"1.5", b"9" * 400), "too large to hold"),
    "thousands of digits": (edited().replace(b"1.5", b"9" * 5000), "cannot be read"),
    "text for a number": (edited(value={"0": "1.5"}), "where a number or null was expected"),
    "truth for a number": (edited(value={"0": True}), "where a number or null was expected"),
    "no position": (edited(value={"01": 1.5}), '"01" is no position in a cube of 36 cells'),
    "beyond the cube": (edited(value={"36": 1.5}), '"36" is no position'),
    "dense but short": (edited(value=[1, 2]), "2 cells where the dimensions make 36"),
    "status beyond": (edited(status={"99": "p"}), '"99" is no position'),
    "no table": (edited(extension={}), "does not name its table"),
    "other table": (edited(extension={"id": "NAMQ_10_GDP"}), '"namq_10_gdp" is none'),
    "sizes missing": (edited(size=[1, 1, 2]), "6 dimensions .* with 3 sizes"),
    "wrong size": (edited(size=[1, 1, 2, 3, 4, 2]), "size 4, but 3 codes"),
    "claims a million": (edited(size=[1, 1, 2, 3, 1_000_000, 2]), "size 1000000, but 3 codes"),
    "negative size": (edited(size=[1, 1, 2, 3, -3, 2]), "size -3"),
    "positions twice": (with_dimension("geo", index={"EE": 0, "EL": 0, "AT": 2}), "each once"),
    "position as text": (with_dimension("geo", index={"EE": "0", "EL": 1, "AT": 2}), "each once"),
    "dimension gone": (edited(dimension={}), "an object was expected"),
    "no release": (edited(updated="soon"), '"soon" is no time of a release'),
    "week": (with_dimension("time", index={"2024": 0, "2024-W03": 1}), None),
    "deep": (b'{"a":' * 50_000, "nested too deeply"),
    "Latin-1": ('{"label": "Dépenses"}'.encode("latin-1"), "not text in UTF-8"),
    "workbook": (b"PK\x03\x04\xe0", "not text in UTF-8"),
    "array": (b"[1, 2]", "an object was expected"),
    "CSV without rows": (HEADER.encode(), "a header and no rows"),
    "CSV cut off": (f"{HEADER}\n{FLOW},A,MIO_EUR,S13".encode(), "5 cells under 11 columns"),
    "CSV open quote": (f'{HEADER}\n"{FLOW}'.encode(), "no CSV"),
    "CSV other table": (
        f"{HEADER}\n{FLOW.replace('10A', '10Q')},A,U,S,G,N,EE,2024,1,".encode(),
        '"gov_10q_exp" is none',
    ),
    "CSV number": (f"{HEADER}\n{FLOW},A,PC_GDP,S13,GF02,TE,EE,2024,nan,".encode(), '"nan" in column OBS_VALUE'),
    "CSV column twice": (f"{HEADER},geo\n".encode(), '"geo" stands twice'),
    "CSV new dimension": (
        f"{HEADER},esa\n{FLOW},A,PC_GDP,S13,GF02,TE,EE,2024,1,,ESA2010".encode(),
        "dimensions cofog99, esa, freq",
    ),
    "CSV cell twice": (
        f"{HEADER}\n{FLOW},A,PC_GDP,S13,GF02,TE,EE,2024,1,\n{FLOW},A,PC_GDP,S13,GF02,TE,EE,2024,1,".encode(),
        "defence_gdp_pct of EST in 2024 stands twice",
    ),
    "CSV two releases": (
        f"{HEADER}\n{FLOW},A,PC_GDP,S13,GF02,TE,EE,2024,1,\n"
        f"{FLOW.replace('/08/', '/09/')},A,PC_GDP,S13,GF02,TE,EE,2023,1,".encode(),
        "in column LAST UPDATE after",
    ),
    "CSV month in a year's table": (
        f"{HEADER}\n{FLOW},A,PC_GDP,S13,GF02,TE,EE,2024-03,1,".encode(),
        "period 2024-03 under frequency A",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_answer_says_what_where_and_what_to_do(name):
    content, words = BROKEN[name]
    if words is None:  # broken where no cell stands: nothing to complain of
        assert len(read_eurostat(content, AREAS).frame) == 1
        return
    with pytest.raises(DataError, match=words) as raised:
        read_eurostat(content, AREAS)
    assert raised.value.where.startswith("answer of Eurostat")
    assert raised.value.remedy
    assert len(str(raised.value)) < 1000


def test_claimed_size_costs_no_memory():
    """A thousand years of a thousand areas in six kinds, with their codes but one value: millions of empty cells."""
    sides = GOV_EV | {"geo": ["EE", *(f"A{n}" for n in range(999))], "time": [str(year) for year in range(1000, 2000)]}
    answer = json.loads(json_stat("gov_ev", GOV_EV, {}))
    answer["size"] = [len(codes) for codes in sides.values()]
    for name, codes in sides.items():
        answer["dimension"][name]["category"]["index"] = {code: place for place, code in enumerate(codes)}
    cells = math.prod(answer["size"])
    answer["value"] = {"995": 7.0}  # TE, MIO_EUR, EE, 1995
    content = json.dumps(answer).encode()
    assert cells == 6_000_000
    tracemalloc.start()
    try:
        frame = read_eurostat(content, AREAS).frame
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()
    assert list(frame["year"]) == [1995]


@pytest.mark.parametrize("name", ["eurostat/footer2.xml", "eurostat/legacy/nama_gdp_c_IT_FR_jsonstat1.json"])
def test_answers_that_eurostat_sent_in_other_layouts_are_refused(name, publishers_sample):
    with pytest.raises(DataError, match=r"JSON-stat 1|Due to the large query"):
        read_eurostat(publishers_sample(name), AREAS)


def test_answer_that_eurostat_sent_holds_what_the_report_uses(publishers_sample):
    areas = {"EE": "EST", "LV": "LVA", "LT": "LTU", "PL": "POL", "DE": "DEU", "SE": "SWE", "DK": "DNK", "FI": "FIN"}
    publication = read_eurostat(publishers_sample("eurostat/gov_ev-defence.json"), areas | {"EU27_2020": "EU27"})
    used = catalog.load("defence_delivery")
    keys = ["iso3", "year", "measure"]
    both = publication.frame.merge(used, on=keys, how="outer", suffixes=("", "_used"), indicator=True)
    assert (both["_merge"] == "both").all()
    assert (both["value"] == both["value_used"]).all()
    assert (both["unit"] == both["unit_used"]).all()
