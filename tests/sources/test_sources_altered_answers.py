"""Answers of every layout, altered at random: each is read, or refused with a reason that a person can act on."""

import json
import os
import random
from collections.abc import Iterator
from functools import partial

import pytest

from baltic_calculus.errors import DataError
from baltic_calculus.sources.ecb import read_ecb_yields
from baltic_calculus.sources.eurostat import read_eurostat
from baltic_calculus.sources.imf import read_datamapper, read_weo_csv
from baltic_calculus.sources.publication import COLUMNS, KEYS, Publication, Reader
from baltic_calculus.sources.world_bank import read_world_bank

TIMES = int(os.environ.get("BALTIC_ALTERED_ANSWERS", "150"))
"""Alterations of each layout; BALTIC_ALTERED_ANSWERS=20000 tries a few minutes of them."""

AREAS = {"LV": "LVA", "EE": "EST", "LVA": "LVA", "EST": "EST"}
CUBE = {
    "version": "2.0",
    "class": "dataset",
    "label": "Expenditure",
    "updated": "2026-04-27T23:00:00+0200",
    "id": ["expend", "na_item", "unit", "geo", "time"],
    "size": [1, 1, 1, 2, 2],
    "dimension": {
        "expend": {"category": {"index": ["DEF"]}},
        "na_item": {"label": "ESA 2010", "category": {"label": {"TE": "Total"}}},
        "unit": {"category": {"index": {"MIO_EUR": 0}}},
        "geo": {"category": {"index": {"EE": 0, "LV": 1}, "label": {"EE": "Estonia"}}},
        "time": {"category": {"index": {"2025": 1, "2024": 0}}},
    },
    "value": {"3": 1.5, "0": 1372.4},
    "status": {"1": ":", "3": "bp"},
    "extension": {"id": "GOV_EV"},
}
POPULATION = {
    "indicator": {"id": "SP.POP.TOTL", "value": "Population, total"},
    "country": {"id": "EE", "value": "Estonia"},
    "countryiso3code": "EST",
    "value": 1370286,
    "obs_status": "",
}
META = {"pages": 2, "per_page": "1", "total": 2, "sourceid": "2", "lastupdated": "2026-07-13"}
PAGES = [[META | {"page": page}, [POPULATION | {"date": f"202{page}"}]] for page in (1, 2)]
DEBT = {"values": {"LP": {"EST": {"2024": 1.37, "2025": None}, "": None}}, "api": {"version": "2"}}
OUTLOOK = {"indicators": {"LP": {"source": "World Economic Outlook (April 2026)", "projection-year": 2026}}}
EUROSTAT_CSV = """DATAFLOW,LAST UPDATE,freq,unit,sector,cofog99,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:GOV_10A_EXP(1.0),20/08/26 23:00:00,A,PC_GDP,S13,GF02,TE,LV,2023,3.1,p,F
ESTAT:GOV_10A_EXP(1.0),20/08/26 23:00:00,A,PC_GDP,S13,GF02,TE,EE,2023,,c,C"""
ECB_CSV = """KEY,FREQ,REF_AREA,IR_TYPE,TR_TYPE,MATURITY_CAT,CURRENCY_TRANS,TIME_PERIOD,OBS_VALUE,OBS_STATUS
IRS.M.LV.L.L40.CI.0000.EUR.N.Z,M,LV,L,L40,CI,EUR,2026-07,3.3239,A
IRS.M.LV.L.L40.CI.0000.EUR.N.Z,M,LV,L,L40,CI,EUR,2026-08,3.4125,P"""
WEO_CSV = """STRUCTURE,STRUCTURE_ID,ACTION,COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE,LATEST_ACTUAL_ANNUAL_DATA
dataflow,IMF.RES:WEO(9.0.0),R,LVA,NGDPD,A,2025,47003900000,2024"""
LAYOUTS = {
    "Eurostat, JSON-stat": (read_eurostat, json.dumps(CUBE).encode()),
    "Eurostat, SDMX-CSV": (read_eurostat, EUROSTAT_CSV.encode()),
    "World Bank, pages": (read_world_bank, json.dumps(PAGES).encode()),
    "ECB, CSV": (read_ecb_yields, ECB_CSV.encode()),
    "IMF, DataMapper": (partial(read_datamapper, edition=""), json.dumps(DEBT | OUTLOOK).encode()),
    "IMF, SDMX-CSV": (partial(read_weo_csv, edition="April 2026"), WEO_CSV.encode()),
}
ODD_VALUES = (
    None,
    True,
    -1,
    2**70,
    10**400,
    -1e308,
    "",
    "2024",
    "NaN",
    "\u0000",
    "<b>",
    "=1+1",
    [],
    {},
    [[1]],
    {"a": 1},
)
ODD_BYTES = (b",", b'"', b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"<", b"[", b"NaN", b"1e999", b"-", b"9" * 30)


def entries_of(value: object, path: tuple = ()) -> Iterator[tuple]:
    """Where the entries of a JSON value are, inner ones too."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from entries_of(inner, (*path, key))


def alter_value(content: bytes, chance: random.Random) -> bytes:
    """An answer in JSON in which entries are missing, named otherwise or something odd."""
    answer = json.loads(content)
    for _ in range(chance.randint(1, 3)):
        *path, last = chance.choice(list(entries_of(answer)) or [()]) or (None,)
        holder = answer
        for key in path:
            holder = holder[key]
        if last is None:
            break
        kind = chance.random()
        if kind < 0.6:
            holder[last] = chance.choice(ODD_VALUES)
        elif kind < 0.8 or isinstance(holder, list):
            del holder[last]
        else:
            holder[str(chance.choice(ODD_VALUES))[:60]] = holder.pop(last)
    return json.dumps(answer).encode()


def alter_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes that are changed, missing, put in, doubled or cut off."""
    altered = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at, length = chance.randrange(len(altered) + 1), chance.randint(1, 30)
        kind = chance.random()
        if kind < 0.25:
            del altered[at : at + length]
        elif kind < 0.5:
            altered[at : at + 1] = chance.choice(ODD_BYTES)
        elif kind < 0.75:
            altered[at:at] = chance.choice(ODD_BYTES)
        elif kind < 0.95:
            altered[at:at] = altered[at // 2 : at // 2 + length]
        else:
            del altered[at:]
    return bytes(altered)


def read_or_refuse(read: Reader, content: bytes) -> Publication | DataError:
    try:
        return read(content, AREAS)
    except DataError as error:
        return error


def is_told_well(error: DataError) -> bool:
    return (
        bool(error.what and error.where and error.remedy)
        and len(str(error)) < 5000
        and all(line.isprintable() for line in str(error).splitlines())
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_altered_answer_is_read_or_refused_with_a_reason(layout, record_figure):
    read, content = LAYOUTS[layout]
    assert len(read(content, AREAS).frame)
    chance = random.Random(layout)  # noqa: S311
    refused = 0
    for number in range(TIMES):
        by_value = content[:1] in b"[{" and number % 3
        altered = (alter_value if by_value else alter_bytes)(content, chance)
        publication = read_or_refuse(read, altered)
        if isinstance(publication, DataError):
            assert is_told_well(publication), altered
            refused += 1
            continue
        frame = publication.frame
        assert tuple(frame.columns) == COLUMNS
        assert not frame.duplicated(list(KEYS)).any()
        assert frame["value"].abs().max() != float("inf")
        told = [*frame["flag"], *frame["note"], *publication.remarks, publication.edition, publication.title]
        assert all(text.isprintable() for text in told), altered
    assert 0 < refused < TIMES
    record_figure(f"altered answers, {layout}", TIMES)
    record_figure(f"altered answers refused with a reason, {layout}", refused)
