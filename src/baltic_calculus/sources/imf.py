"""The IMF's World Economic Outlook: answers of the DataMapper (versions 1 and 2) and of the SDMX interface as CSV."""

import re
from collections.abc import Mapping
from typing import Any

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import shown
from baltic_calculus.sources.cells import NO_VALUE, Cells
from baltic_calculus.sources.csv_answer import CsvAnswer, CsvRow, parse_csv
from baltic_calculus.sources.json_answer import number_in, object_in, parse_json, text_in
from baltic_calculus.sources.period import Period, parse_period
from baltic_calculus.sources.publication import Publication
from baltic_calculus.sources.world_economic_outlook import (
    INDICATORS,
    MONTHS,
    OUTLOOK,
    Edition,
    Indicator,
    one_edition,
    parse_edition,
    scaled,
)

PUBLISHER = "IMF"


def read_datamapper(content: bytes, areas: Mapping[str, str], *, edition: str = "") -> Publication:
    """
    Indicators of the DataMapper.

    Version 2 names the edition; version 1 does not. It is then taken from the answer to ``/api/v1/indicators`` when
    both are given as a JSON array, or from ``edition``. Several answers with values may stand in the array, too.

    Parameters
    ----------
    content : bytes
    areas : mapping of str to str
    edition : str, optional
        Month and year of the outlook (``"April 2026"``), where the answer does not name it; what it names counts.

    Raises
    ------
    DataError
        When the answer holds no values (the IMF's way to say that it does not know the country), its indicators are
        of two editions, or its edition is neither named nor given.
    """
    where = f"answer of {PUBLISHER}"
    parsed = parse_json(content, PUBLISHER)
    answers = [object_in(answer, where) for answer in (parsed if isinstance(parsed, list) else [parsed])]
    described: dict[str, Any] = {}
    for answer in answers:
        described |= object_in(answer.get("indicators") or {}, f"{where}, indicators")
    series = [
        (code, object_in(by_area or {}, f"{where}, {shown(code)}"))
        for answer in answers
        for code, by_area in object_in(answer.get("values") or {}, f"{where}, values").items()
    ]
    if not series:
        raise DataError(
            "no values", where=where, remedy="the DataMapper does not know the indicator or country: mend the address"
        )
    read = [code for code, _ in series if code in INDICATORS]
    named = {_described_edition(described.get(code), f"{where}, indicators, {code}") for code in read} - {None}
    release = one_edition(named, edition, where)
    cells = Cells(PUBLISHER, areas)
    for code, by_area in series:
        indicator = INDICATORS.get(code)
        if indicator is None:
            cells.leave_out(shown(code))
            continue
        for area, by_year in by_area.items():
            iso3 = cells.area(area)
            if iso3 is not None:
                _take_years(iso3, by_year, indicator, release, cells, f"{where}, {code}, {area}")
    return _publication(cells, release)


def _take_years(iso3: str, by_year: object, indicator: Indicator, release: Edition, cells: Cells, where: str) -> None:
    """Take the years of one country."""
    for text, found in object_in(by_year or {}, where).items():
        period = parse_period(text, where)
        absent = found is None or (isinstance(found, str) and found.strip().lower() in ("", "no data", "n/a"))
        value = None if absent else number_in(found, f"{where}, {text}")
        marks = release.marks(period.year) if value is not None else (NO_VALUE,)
        cells.add(iso3, period, indicator.measure, scaled(value, indicator.mapper_power), marks)


def _described_edition(entry: object, where: str) -> Edition | None:
    """Edition that the description of an indicator names."""
    if entry is None:
        return None
    words = object_in(entry, where)
    source = text_in(words.get("source"), f"{where}, source")
    if not source:
        return None
    if OUTLOOK not in source:
        raise DataError(f'source is "{source}"', where=where, remedy=f"ask for the indicators of the {OUTLOOK} alone")
    first = words.get("projection-year")
    if isinstance(first, str) and re.fullmatch(r"[12]\d{3}", first, re.ASCII):
        first = int(first)
    return parse_edition(source, where, first if isinstance(first, int) and not isinstance(first, bool) else None)


def read_weo_csv(content: bytes, areas: Mapping[str, str], *, edition: str = "") -> Publication:
    """
    Indicators of the outlook out of the SDMX interface, in SDMX-CSV 1.0 or 2.0.

    Numbers there are in units whatever the column SCALE says. Years after LATEST_ACTUAL_ANNUAL_DATA of a series are
    forecasts; the attribute may stand in each row or in one without a year.

    Parameters
    ----------
    content : bytes
    areas : mapping of str to str
    edition : str, optional
        Month and year of the outlook, where neither PUBLICATION_DATE nor the name of the data flow tells it; what the
        answer tells counts.

    Raises
    ------
    DataError
        When it is no CSV of the outlook, its edition is neither named nor given, or a number is not in units.
    """
    answer = parse_csv(content, PUBLISHER, ("COUNTRY", "INDICATOR", "FREQUENCY", "TIME_PERIOD", "OBS_VALUE"))
    where = f"answer of {PUBLISHER}"
    flow = next((column for column in ("STRUCTURE_ID", "DATAFLOW") if column in answer.columns), "")
    flows, dates, latest = _attributes(answer, flow)
    if len(flows) != 1 or not re.match(r"IMF(\.RES)?:WEO(_|\(|$)", min(flows)):
        raise DataError(
            f"data flow {shown(', '.join(sorted(flows)))} is not the {OUTLOOK}",
            where=where,
            remedy="ask for the data flow IMF.RES,WEO or one of its vintages",
        )
    release = _flow_edition(min(flows), dates, edition, where)
    cells = Cells(PUBLISHER, areas)
    for row in answer:
        indicator = INDICATORS.get(row["INDICATOR"])
        if indicator is None or row["FREQUENCY"] != "A":
            cells.leave_out(f"{row['INDICATOR']} {row['FREQUENCY']}")
            continue
        if not row["TIME_PERIOD"]:  # attributes of a series
            continue
        iso3 = cells.area(row["COUNTRY"])
        if iso3 is None:
            continue
        period = parse_period(row["TIME_PERIOD"], row.where)
        value = _in_units(row, indicator)
        actual = latest.get((row["COUNTRY"], row["INDICATOR"]))
        marks = _firmness(period, actual, release) if value is not None else (NO_VALUE,)
        cells.add(iso3, period, indicator.measure, scaled(value, indicator.sdmx_power), marks)
    return _publication(cells, release)


def _attributes(answer: CsvAnswer, flow: str) -> tuple[set[str], set[str], dict[tuple[str, str], int]]:
    """Data flows, dates of publication, and the last year of outturns by country and indicator."""
    flows, dates = set(), set()
    latest: dict[tuple[str, str], int] = {}
    for row in answer:
        flows.add(row.get(flow))
        if row.get("PUBLICATION_DATE"):
            dates.add(row["PUBLICATION_DATE"][:10])
        year = re.search(r"[12]\d{3}", row.get("LATEST_ACTUAL_ANNUAL_DATA"))  # also FY2024/25
        if year:
            latest[row["COUNTRY"], row["INDICATOR"]] = int(year[0])
    return flows or {""}, dates, latest


def _flow_edition(flow: str, dates: set[str], given: str, where: str) -> Edition:
    """Edition by the date of publication, the name of a vintage, or as given."""
    if len(dates) > 1:
        raise DataError(
            f"rows published on {shown(', '.join(sorted(dates)))}", where=where, remedy="read each edition by itself"
        )
    if dates:
        date = dates.pop()
        form = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])-\d{2}", date, re.ASCII)
        if form is None:
            raise DataError(
                f'"{shown(date)}" is no date',
                where=f"{where}, column PUBLICATION_DATE",
                remedy="fetch the answer again",
            )
        return Edition(MONTHS[(int(form[2]) - 1) // 3], int(form[1]), date)
    named = [parse_edition(flow, where)] if re.search(r"WEO_\d{4}_[A-Z]{3}", flow) else []
    return one_edition(named, given, where)


def _firmness(period: Period, actual: int | None, release: Edition) -> tuple[str, ...]:
    """Mark of a year: what the series says of its outturns, else what its edition tells."""
    if actual is None:
        return release.marks(period.year)
    return ("forecast",) if period.year > actual else ()


def _in_units(row: CsvRow, indicator: Indicator) -> float | None:
    """A number, which is in units and not already in millions or billions."""
    value = row.number("OBS_VALUE")
    if value is not None and value < indicator.least:
        raise DataError(
            f"{row['INDICATOR']} of {shown(row['COUNTRY'])} is {value:g}, which cannot be in units",
            where=row.where,
            remedy="the IMF may scale its numbers now: compare with its web page before the reader is changed",
        )
    return value


def _publication(cells: Cells, release: Edition) -> Publication:
    return cells.publication(
        title=OUTLOOK,
        edition=release.name,
        definition=f"{OUTLOOK}: general government and national accounts as the IMF defines them",
        published=release.published,
    )
