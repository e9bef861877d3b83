"""The World Bank's indicators interface, version 2: pages of `[meta, rows]`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import shown
from baltic_calculus.sources.cells import Cells, Measure
from baltic_calculus.sources.json_answer import array_in, number_in, object_in, parse_json, text_in
from baltic_calculus.sources.period import parse_period
from baltic_calculus.sources.publication import Publication

PUBLISHER = "World Bank"
STATUSES: Mapping[str, str] = {"E": "estimate", "F": "forecast", "P": "provisional", "B": "break"}


@dataclass(frozen=True)
class Indicator:
    """A measure, and the name under which the bank counts exactly that."""

    measure: Measure
    name: str


INDICATORS: Mapping[str, Indicator] = {
    "NY.GDP.MKTP.CD": Indicator(Measure("gdp_usd_current", "US$", "current"), "GDP (current US$)"),
    "SP.POP.TOTL": Indicator(Measure("population_persons", "persons"), "Population, total"),
}


@dataclass(frozen=True)
class Page:
    """One page of an answer."""

    number: int
    pages: int
    total: int
    source: str
    updated: str
    rows: list[Any]
    where: str


def read_world_bank(content: bytes, areas: Mapping[str, str]) -> Publication:
    """
    Indicators of the World Bank.

    An answer in several pages is read when all of them are there: as a JSON array of the answers, `[answer, answer]`,
    page after page, and one indicator after another. (A large ``per_page`` gives one page.)

    Raises
    ------
    DataError
        For the bank's own errors (which come as a success), for no rows, a page that is missing or of another release,
        and an indicator whose name is not the one that its measure stands for.
    """
    where = f"answer of {PUBLISHER}"
    answer = array_in(parse_json(content, PUBLISHER), where)
    single = bool(answer) and isinstance(answer[0], dict)
    pages = [
        _page(array_in(one, where), f"{where}, page {number}")
        for number, one in enumerate([answer] if single else answer, start=1)
    ]
    _check_complete(pages, where)
    cells = Cells(PUBLISHER, areas)
    for page in pages:
        for number, row in enumerate(page.rows, start=1):
            _take(object_in(row, f"{page.where}, row {number}"), cells, f"{page.where}, row {number}")
    name = "World Development Indicators" if pages[0].source == "2" else f"database {pages[0].source}"
    return cells.publication(
        title=name,
        edition=f"{name}, {pages[0].updated}",
        definition=name,
        published=pages[0].updated,
    )


def _page(answer: list[Any], where: str) -> Page:
    """A page `[meta, rows]`."""
    meta = object_in(answer[0] if answer else None, f"{where}, first element")
    if "message" in meta:
        said = "; ".join(_messages(meta["message"], where))
        raise DataError(
            f"the World Bank answers with an error: {said}",
            where=where,
            remedy="mend the indicator, countries or years of the address in data/catalog.yaml",
        )
    if len(answer) != 2:
        raise DataError(
            f"{len(answer)} elements where [meta, rows] was expected", where=where, remedy="ask for format=json"
        )
    rows = [] if answer[1] is None else array_in(answer[1], f"{where}, rows")
    number, pages, total = (_whole(meta.get(name), f"{where}, {name}") for name in ("page", "pages", "total"))
    source, updated = (text_in(meta.get(name), f"{where}, {name}") for name in ("sourceid", "lastupdated"))
    dated = re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", updated, re.ASCII)
    if not rows or not dated:
        raise DataError(
            "no rows" if not rows else f'"{updated}" is no date of the last update',
            where=where,
            remedy="ask for years and countries that the indicator has, from one source",
        )
    return Page(number, pages, total, source, updated, rows, where)


def _messages(messages: object, where: str) -> Iterator[str]:
    """The bank's words about what is wrong."""
    for message in array_in(messages, f"{where}, message"):
        entries = object_in(message, f"{where}, message")
        yield shown(f"{text_in(entries.get('key'), where)}: {text_in(entries.get('value'), where)}")


def _whole(value: object, where: str) -> int:
    """A whole number, which some answers give as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise DataError(f"{shown(value)} where a whole number was expected", where=where, remedy="fetch the answer again")


def _check_complete(pages: list[Page], where: str) -> None:
    """Every run of pages begins with the first, ends with the last and holds the rows it speaks of, of one release."""
    if not pages:
        raise DataError("no page", where=where, remedy="ask for format=json")
    expected, rows = 1, 0
    for page in pages:
        if page.number != expected or page.pages < page.number:
            raise DataError(
                f"page {page.number} of {page.pages} where page {expected} was expected",
                where=page.where,
                remedy="give all pages in their order as one JSON array, or ask for a larger per_page",
            )
        if (page.updated, page.source) != (pages[0].updated, pages[0].source):
            raise DataError(
                f"last updated {page.updated} (source {page.source}), the first page "
                f"{pages[0].updated} (source {pages[0].source})",
                where=page.where,
                remedy="the bank updated its data in between, or these are two databases: fetch all pages again",
            )
        rows += len(page.rows)
        if page.number == page.pages and rows != page.total:
            raise DataError(
                f"{rows} rows where {page.total} were announced", where=page.where, remedy="fetch all pages again"
            )
        expected, rows = (1, 0) if page.number == page.pages else (expected + 1, rows)
    if expected != 1:
        raise DataError(
            f"page {expected} of {pages[-1].pages} is missing",
            where=where,
            remedy="give all pages in their order as one JSON array, or ask for a larger per_page",
        )


def _take(row: Mapping[str, Any], cells: Cells, where: str) -> None:
    """Take one row."""
    named = object_in(row.get("indicator"), f"{where}, indicator")
    code, name = (text_in(named.get(key), f"{where}, indicator") for key in ("id", "value"))
    indicator = INDICATORS.get(code)
    if indicator is None:
        cells.leave_out(code)
        return
    if name != indicator.name:
        raise DataError(
            f'{code} is "{name}" where "{indicator.name}" was expected',
            where=where,
            remedy="the bank may count something else now: read its notes before the reader is changed",
        )
    country = object_in(row.get("country"), f"{where}, country")
    codes = (row.get("countryiso3code"), country.get("id"))
    iso3 = cells.area(*(text_in(one, f"{where}, country") for one in codes))
    if iso3 is None:
        return
    status = text_in(row.get("obs_status"), f"{where}, obs_status")
    marks = [STATUSES.get(status, f"status {status}")] if status else []
    period = parse_period(text_in(row.get("date"), f"{where}, date"), f"{where}, date")
    cells.add(iso3, period, indicator.measure, number_in(row.get("value"), f"{where}, value"), marks)
