"""The outlook of the IMF in its three layouts: numbers, what is a forecast, and which edition it is."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.errors import DataError
from baltic_calculus.sources.imf import read_datamapper, read_weo_csv
from baltic_calculus.sources.world_economic_outlook import INDICATORS

AREAS = {"Estonia": "EST", "LVA": "LVA", "UVK": "XKX", "KOS": "XKX", "European Union": "EU27"}
OUTLOOK = "World Economic Outlook (April 2026)"
HEADER = "STRUCTURE[;],STRUCTURE_ID,ACTION,COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE"
FLOW = "dataflow,IMF.RES:WEO(9.0.0),R"


def send(*answers):
    return json.dumps(answers[0] if len(answers) == 1 else list(answers)).encode()


def version_1(values):
    return {"values": values, "api": {"version": "1", "output-method": "json"}}


def described(*codes, source=OUTLOOK, **entries):
    return {"indicators": {code: {"label": code, "source": source} | entries for code in codes}}


def version_2(values, **entries):
    return {"values": values, "api": {"version": "2", "output-method": "json"}} | described(*values, **entries)


def cells(publication):
    columns = publication.frame[["iso3", "period", "measure", "value", "unit", "flag", "note"]]
    return [tuple("" if cell != cell else cell for cell in row) for row in columns.values]


DEBT = {"EST": {"2024": 23.5, "2025": 24.2, "2026": 27.8, "2023": None}, "WEOWORLD": {"2025": 95.1}, "": None}


def test_version_2_cell_by_cell():
    values = {"GGXWDG_NGDP": DEBT, "LP": {"UVK": {"2024": 1.5893}}, "BCA": {"EST": {"2024": -1}}}
    publication = read_datamapper(send(version_2(values)), AREAS)
    maybe = "may be an outturn: the answer does not say"
    assert cells(publication) == [
        ("EST", "2023", "gross_debt_gdp_pct", "", "% of GDP", "", "no value published"),
        ("EST", "2024", "gross_debt_gdp_pct", 23.5, "% of GDP", "", ""),
        ("EST", "2025", "gross_debt_gdp_pct", 24.2, "% of GDP", "estimate", maybe),
        ("EST", "2026", "gross_debt_gdp_pct", 27.8, "% of GDP", "forecast", ""),
        ("XKX", "2024", "population_persons", 1589300.0, "persons", "", ""),  # from millions
    ]
    assert (publication.edition, publication.published) == (OUTLOOK, "2026-04")
    assert "WEOWORLD (1)" in publication.remarks[0]
    assert "BCA (1)" in publication.remarks[1]


def test_first_projected_year_counts_where_it_is_told():
    publication = read_datamapper(send(version_2({"GGXWDG_NGDP": DEBT}, **{"projection-year": 2025})), AREAS)
    assert list(publication.frame["flag"]) == ["", "", "forecast", "forecast"]


def test_autumn_edition_leaves_the_year_before_alone():
    publication = read_datamapper(send(version_1({"GGXWDG_NGDP": DEBT})), AREAS, edition="October 2025")
    assert list(publication.frame["flag"]) == ["", "", "forecast", "forecast"]
    assert publication.published == "2025-10"


def test_version_1_takes_its_edition_from_the_list_of_indicators_or_as_given():
    answer = version_1({"GGXWDG_NGDP": DEBT})
    with pytest.raises(DataError, match="does not name its edition") as raised:
        read_datamapper(send(answer), AREAS)
    assert "/api/v1/indicators" in raised.value.remedy
    given = read_datamapper(send(answer), AREAS, edition="April 2026")
    listed = read_datamapper(send(answer, described("GGXWDG_NGDP", "NGDPD")), AREAS)
    second = read_datamapper(send(version_2({"GGXWDG_NGDP": DEBT})), AREAS, edition="October 2025")
    for publication in (listed, second):  # what an answer names counts more than what is given
        assert publication.edition == given.edition == OUTLOOK
        pd.testing.assert_frame_equal(publication.frame, given.frame)


def test_sdmx_csv_is_in_units_and_knows_the_last_outturn():
    header = f"{HEADER},LATEST_ACTUAL_ANNUAL_DATA,PUBLICATION_DATE"
    date = "2026-04-14T13:00:00Z"
    rows = [
        f"{FLOW},LVA,NGDPD,A,2025,47003900000,9,2025,{date}",
        f"{FLOW},LVA,NGDPD,A,2026,51634000000.5,9,2025,{date}",
        f"{FLOW},KOS,LP,A,2025,1575553,6,,{date}",
        f"{FLOW},KOS,LP,A,,,6,FY2023/24,",  # attributes of the series
        f"{FLOW},LVA,PCPIPCH,A,2024,,0,2025,{date}",
        f"{FLOW},G001,LP,A,2025,8000000000,6,,{date}",
        f"{FLOW},LVA,PCPIPCH,Q,2024-Q1,1.5,0,2025,{date}",
    ]
    publication = read_weo_csv("\n".join([header, *rows]).encode(), AREAS)
    assert cells(publication) == [
        ("LVA", "2024", "inflation_cpi_pct", "", "%", "", "no value published"),
        ("LVA", "2025", "gdp_usd_bn", 47.0039, "US$ bn", "", ""),
        ("LVA", "2026", "gdp_usd_bn", 51.6340000005, "US$ bn", "forecast", ""),
        ("XKX", "2025", "population_persons", 1575553.0, "persons", "forecast", ""),
    ]
    assert (publication.edition, publication.published) == (OUTLOOK, "2026-04-14")
    assert "G001 (1)" in publication.remarks[0]
    assert "PCPIPCH Q (1)" in publication.remarks[1]


def test_sdmx_csv_of_either_version_and_its_vintages():
    new = f"{HEADER}\n{FLOW},LVA,GGXWDG_NGDP,A,2025,46.9,0".encode()
    old = b"DATAFLOW,COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE\nIMF.RES:WEO(9.0.0),LVA,GGXWDG_NGDP,A,2025,46.9"
    given = [read_weo_csv(content, AREAS, edition="October 2025") for content in (new, old)]
    vintage = read_weo_csv(old.replace(b"WEO(", b"WEO_2025_OCT_VINTAGE("), AREAS)
    for publication in (*given, vintage):
        assert cells(publication) == [("LVA", "2025", "gross_debt_gdp_pct", 46.9, "% of GDP", "forecast", "")]
        assert publication.edition == "World Economic Outlook (October 2025)"
    with pytest.raises(DataError, match="does not name its edition"):
        read_weo_csv(new, AREAS)  # the number of the flow's version tells no release


def test_measures_are_those_of_the_catalogue():
    known = catalog.record("macro_fiscal").measures
    for indicator in INDICATORS.values():
        measure = known[indicator.measure.name]
        assert (measure.unit, measure.price_basis) == (indicator.measure.unit, indicator.measure.price_basis)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["EST", "LVA"]), st.sampled_from(["GGXWDG_NGDP", "NGDP_RPCH"]), st.integers(1980, 2031)
        ),
        st.floats(allow_nan=False, allow_infinity=False),
        min_size=1,
        max_size=20,
    )
)
def test_three_layouts_of_the_same_numbers_are_the_same_table(values):
    by_indicator = {}
    for (area, code, year), value in values.items():
        by_indicator.setdefault(code, {}).setdefault(area, {})[str(year)] = value
    rows = [f"{FLOW},{area},{code},A,{year},{value!r},0" for (area, code, year), value in values.items()]
    tables = [
        read_datamapper(send(version_1(by_indicator)), AREAS, edition="April 2026"),
        read_datamapper(send(version_2(by_indicator)), AREAS),
        read_weo_csv("\n".join([HEADER, *rows]).encode(), AREAS, edition="April 2026"),
    ]
    measures = {code: INDICATORS[code].measure.name for code in by_indicator}
    expected = {(area, str(year), measures[code]): value for (area, code, year), value in values.items()}
    for table in tables:
        assert {tuple(row[i] for i in (0, 1, 2)): row[3] for row in cells(table)} == expected
        pd.testing.assert_frame_equal(table.frame, tables[0].frame)


ANY = {"EST": {"2024": 1}}
MAPPER_BROKEN = {
    "unknown country": ({"api": {"version": "1", "output-method": "json"}}, "no values"),
    "values null": ({"values": None}, "no values"),
    "values array": ({"values": [1]}, "an object was expected"),
    "years array": (version_2({"LP": {"EST": [1]}}), "an object was expected"),
    "text": (version_2({"LP": {"EST": {"2024": "many"}}}), "where a number or null was expected"),
    "odd year": (version_2({"LP": {"EST": {"24": 1}}}), '"24" is no year'),
    "two editions": (
        {
            "values": {"LP": ANY, "NGDPD": ANY},
            "indicators": {"LP": {"source": OUTLOOK}, "NGDPD": {"source": "World Economic Outlook (October 2025)"}},
        },
        "indicators of two editions",
    ),
    "other publication": (version_2({"LP": ANY}, source="Fiscal Monitor (April 2026)"), 'source is "Fiscal Monitor'),
    "no month": (version_2({"LP": ANY}, source="World Economic Outlook"), "names no edition"),
    "answer of the old service": ({"CompactData": {"DataSet": {}}}, "no values"),
    "number": (7, "an object was expected"),
}


@pytest.mark.parametrize("name", MAPPER_BROKEN)
def test_broken_datamapper_answer_says_what_where_and_what_to_do(name):
    answer, words = MAPPER_BROKEN[name]
    with pytest.raises(DataError, match=words) as raised:
        read_datamapper(json.dumps(answer).encode(), AREAS)
    assert raised.value.where.startswith("answer of IMF")
    assert raised.value.remedy


CSV_BROKEN = {
    "other flow": (f"{HEADER}\ndataflow,IMF.STA:CPI(5.0.0),R,LVA,LP,A,2024,1,0", "is not the World Economic Outlook"),
    "two flows": (
        f"{HEADER}\n{FLOW},LVA,LP,A,2024,1900000,6\ndataflow,IMF.RES:WEO_2025_OCT_VINTAGE(1.0),R,LVA,LP,A,2023,1,6",
        "data flow .* is not the",
    ),
    "no flow": ("COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE\nLVA,LP,A,2024,1", "is not the World"),
    "no rows": (HEADER, "is not the World"),
    "in billions": (f"{HEADER}\n{FLOW},LVA,NGDPD,A,2024,43.1,9", "NGDPD of LVA is 43.1, which cannot be in units"),
    "in millions": (f"{HEADER}\n{FLOW},LVA,LP,A,2024,1.86,6", "which cannot be in units"),
    "cell twice": (f"{HEADER}\n" + f"{FLOW},LVA,GGR_NGDP,A,2024,40,0\n" * 2, "stands twice"),
    "two dates": (
        f"{HEADER},PUBLICATION_DATE\n{FLOW},LVA,LP,A,2024,1,6,2026-04-14\n{FLOW},LVA,LP,A,2025,1,6,2025-10-14",
        "rows published on",
    ),
    "no date": (f"{HEADER},PUBLICATION_DATE\n{FLOW},LVA,LP,A,2024,1,6,14 April", '"14 April" is no date'),
    "fault": ("<mes:Error><com:Text>No results matching the query</com:Text></mes:Error>", "No results matching"),
}


@pytest.mark.parametrize("name", CSV_BROKEN)
def test_broken_csv_says_what_where_and_what_to_do(name):
    content, words = CSV_BROKEN[name]
    with pytest.raises(DataError, match=words) as raised:
        read_weo_csv(content.encode(), AREAS, edition="April 2026")
    assert raised.value.where.startswith("answer of IMF")
    assert raised.value.remedy


@pytest.mark.parametrize("kind", ["error_html", "error_string_xml", "compactdata_empty"])
def test_errors_that_the_fund_sent_are_errors(kind, publishers_sample):
    recorded = json.loads(publishers_sample(f"imf/{kind}.recorded.json"))
    with pytest.raises(DataError, match=r"Invalid URL|check your query|no values"):
        read_datamapper(recorded["content"].encode(), AREAS)


def test_debt_that_the_fund_sent_is_that_of_the_report(publishers_sample):
    content = publishers_sample("imf/datamapper_v1_GGXWDG_NGDP_EST_LVA_LTU.reconstructed.json")
    areas = {iso3: iso3 for iso3 in ("EST", "LVA", "LTU")}
    frame = read_datamapper(content, areas, edition="April 2026").frame
    used = catalog.load("macro_fiscal").query("vintage == 'IMF WEO April 2026' and iso3 in ['EST', 'LVA', 'LTU']")
    both = frame.merge(used, on=["iso3", "year", "measure"], suffixes=("", "_used"))
    assert len(both) == len(frame) == 75  # three countries, 2007 to 2031
    assert (both["value"] == both["value_used"]).all()
    assert (both["flag"] == both["flag_used"].fillna("")).all()


def test_empty_answer_that_the_fund_sent(publishers_sample):
    with pytest.raises(DataError, match="no values"):
        read_datamapper(publishers_sample("imf/datamapper_v1_empty.json"), AREAS)
