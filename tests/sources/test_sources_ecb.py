"""The ECB's yields, month by month; means of years with their months counted; what is no answer with yields."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.errors import DataError
from baltic_calculus.sources.ecb import ANNUAL, MONTHLY, read_ecb_yields

AREAS = {"LV": "LVA", "LT": "LTU", "GR": "GRC"}
HEADER = (
    "KEY,FREQ,REF_AREA,IR_TYPE,TR_TYPE,MATURITY_CAT,BS_COUNT_SECTOR,CURRENCY_TRANS,IR_BUS_COV,IR_FV_TYPE,"
    "TIME_PERIOD,OBS_VALUE"
)


def line(area, period, value, currency="EUR", *, frequency="M", series="L,L40,CI,0000"):
    key = f"IRS.{frequency}.{area}.{series.replace(',', '.')}.{currency}.N.Z"
    return f"{key},{frequency},{area},{series},{currency},N,Z,{period},{value}"


def send(*lines, header=HEADER):
    return "\n".join([header, *lines]).encode()


def cells(content):
    frame = read_ecb_yields(content, AREAS).frame
    assert (frame["unit"] == "%").all()
    columns = frame[["iso3", "period", "measure", "value", "flag", "note"]]
    return [tuple("" if cell != cell else cell for cell in row) for row in columns.values]


def test_months_and_the_mean_of_those_there_are():
    read = cells(send(line("LV", "2026-02", "3.2"), line("LV", "2026-01", "3.1"), line("AT", "2026-01", "3")))
    assert read == [
        # (3.1 + 3.2) / 2
        ("LVA", "2026", "yield_10y_annual_mean_pct", 3.15, "derived", "mean of 2 months only (2026-01 to 2026-02)"),
        ("LVA", "2026-01", "yield_10y_monthly_pct", 3.1, "", ""),
        ("LVA", "2026-02", "yield_10y_monthly_pct", 3.2, "", ""),
    ]


def test_detail_columns_tell_how_firm_a_month_is():
    header = f"{HEADER},OBS_STATUS,OBS_CONF,OBS_PRE_BREAK,OBS_COM,TITLE"
    rows = [
        line("GR", "2025-01", "3.3") + ',A,F,,,"Long-term interest rate, Greece"',
        line("GR", "2025-02", "3.4") + ",P,F,,,",
        line("GR", "2025-03", "") + ",L,F,,,",
        line("GR", "2025-04", "3.5") + ",X,F,,,",
    ]
    assert cells(send(*rows, header=header))[1:] == [
        ("GRC", "2025-01", "yield_10y_monthly_pct", 3.3, "", ""),
        ("GRC", "2025-02", "yield_10y_monthly_pct", 3.4, "provisional", ""),
        ("GRC", "2025-03", "yield_10y_monthly_pct", "", "", "no value: not collected"),
        ("GRC", "2025-04", "yield_10y_monthly_pct", 3.5, "", "status X"),
    ]


def test_series_of_two_currencies_are_not_joined_in_silence():
    read = cells(
        send(line("LT", "2015-01", "1.5"), line("LT", "2014-12", "2", "LTL"), line("LT", "2014-11", "3", "LTL"))
    )
    assert ("LTU", "2015-01", "yield_10y_monthly_pct", 1.5, "break", "bonds in EUR, before in LTL") in read
    assert ("LTU", "2014-12", "yield_10y_monthly_pct", 2.0, "", "") in read
    assert (
        "LTU",
        "2014",
        "yield_10y_annual_mean_pct",
        2.5,
        "derived",
        "mean of 2 months only (2014-11 to 2014-12)",
    ) in read
    within = read_ecb_yields(send(line("LT", "2015-01", "1.5", "LTL"), line("LT", "2015-02", "1.4")), AREAS)
    assert "yield_10y_annual_mean_pct" not in set(within.frame["measure"])
    assert "mean of 2015 of LTU, in two currencies" in within.remarks[-1]


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(sorted(AREAS)), st.integers(1995, 2030), st.integers(1, 12)),
        st.decimals(-1, 30, places=4),
        min_size=1,
        max_size=40,
    ),
    st.randoms(use_true_random=False),
)
def test_months_are_read_back_and_means_are_exact(values, random):
    rows = [line(area, f"{year}-{month:02d}", value) for (area, year, month), value in values.items()]
    random.shuffle(rows)
    frame = read_ecb_yields(send(*rows), AREAS).frame
    months = frame[frame["measure"] == MONTHLY.name]
    read = {(row.iso3, row.period): row.value for row in months.itertuples()}
    assert read == {(AREAS[area], f"{year}-{month:02d}"): float(value) for (area, year, month), value in values.items()}
    for row in frame[frame["measure"] == ANNUAL.name].itertuples():
        year = [Fraction(value) for (area, y, _), value in values.items() if (AREAS[area], y) == (row.iso3, row.year)]
        assert row.value == pytest.approx(float(sum(year) / len(year)), abs=1e-12)
        assert row.note.startswith(f"mean of {len(year)} months")


def test_measures_are_those_of_the_catalogue():
    known = catalog.record("government_yields").measures
    assert {known[measure.name].unit for measure in (MONTHLY, ANNUAL)} == {"%"}


BROKEN = {
    "nothing for these years": (b"", "the answer is empty"),
    "unknown key": (
        b'{"status": 404, "detail": "No Series was returned"}',
        "JSON instead of CSV: .*No Series was returned",
    ),
    "page": (b"<html><body>Gateway timeout</body></html>", 'a web page .*"Gateway timeout"'),
    "header alone": (HEADER.encode(), "no cell of a country"),
    "other data set": (send(line("LV", "2026-01", "1").replace("IRS.", "YC.")), "not of the data set IRS"),
    "other columns": (b"KEY,FREQ,REF_AREA,CURRENCY,TIME_PERIOD,OBS_VALUE\n", "columns IR_TYPE"),
    "semicolons": (HEADER.replace(",", ";").encode(), "columns KEY"),
    "another rate": (send(line("LV", "2026-01", "1", series="L,L20,CI,0000")), r"M L L20 CI \(1\)"),
    "year in a monthly series": (send(line("LV", "2026", "1")), "period 2026 in a monthly series"),
    "day": (send(line("LV", "2026-01-05", "1")), '"2026-01-05" is no year'),
    "no number": (send(line("LV", "2026-01", "inf")), '"inf" in column OBS_VALUE'),
    "grouped digits": (send(line("LV", "2026-01", "1_0")), '"1_0" in column OBS_VALUE'),
    "two series": (send(line("LT", "2014-12", "2", "LTL"), line("LT", "2014-12", "2.1")), "second value in 2014-12"),
    "cut off": (send("IRS.M.LV"), "1 cells under 12 columns"),
    "giant cell": (send(f"{'x' * 200_000},M,LV,L,L40,CI,0,EUR,N,Z,2026-01,1"), "no CSV: field larger"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_answer_says_what_where_and_what_to_do(name):
    content, words = BROKEN[name]
    with pytest.raises(DataError, match=words) as raised:
        read_ecb_yields(content, AREAS)
    assert raised.value.where.startswith("answer of ECB")
    assert raised.value.remedy
    assert len(str(raised.value)) < 1000


def test_answer_that_the_bank_sent(publishers_sample):
    frame = read_ecb_yields(publishers_sample("yields/ecb_irs_AT.excerpt.csv"), {"AT": "AUT"}).frame
    # (3.2074 + 3.3239 + 3.4125) / 3
    assert list(frame["value"]) == [3.3146, 3.2074, 3.3239, 3.4125]


def test_sign_for_a_missing_month():
    publication = read_ecb_yields(send(line("LV", "2026-01", "NaN"), line("LV", "2026-02", "3.5")), AREAS)
    monthly = publication.frame[publication.frame["measure"] == "yield_10y_monthly_pct"].set_index("period")
    assert monthly["value"].isna().to_dict() == {"2026-01": True, "2026-02": False}
    assert monthly.loc["2026-01", "note"] == "no value published"
