"""The ECB's long-term interest rates (data set IRS) as CSV, and their means over a year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import BLANK, shown
from baltic_calculus.sources.cells import Cells, Measure
from baltic_calculus.sources.csv_answer import CsvRow, parse_csv
from baltic_calculus.sources.json_answer import parse_json
from baltic_calculus.sources.period import Period, parse_period
from baltic_calculus.sources.publication import Publication

PUBLISHER = "ECB"
MONTHLY = Measure("yield_10y_monthly_pct", "%")
ANNUAL = Measure("yield_10y_annual_mean_pct", "%")
STATUSES: Mapping[str, str] = {
    "A": "",
    "B": "break",
    "E": "estimate",
    "F": "forecast",
    "H": "no value: holiday",
    "K": "included in another category",
    "L": "no value: not collected",
    "M": "no value: cannot exist",
    "P": "provisional",
    "Q": "suppressed",
    "U": "low reliability",
}
SERIES = {"IR_TYPE": "L", "TR_TYPE": "L40", "MATURITY_CAT": "CI"}
"""Long-term interest rate for convergence purposes, around ten years to maturity."""
COLUMNS = ("KEY", "FREQ", "REF_AREA", *SERIES, "CURRENCY_TRANS", "TIME_PERIOD", "OBS_VALUE")


@dataclass(frozen=True)
class MonthlyYield:
    """One published month."""

    period: Period
    value: float | None
    currency: str
    marks: tuple[str, ...]


def read_ecb_yields(content: bytes, areas: Mapping[str, str]) -> Publication:
    """
    Ten-year yields of the data set IRS: the published months, and the mean of each year's, flagged as derived.

    Answers with ``detail=dataonly`` (twelve columns) and in full are read. Where a country's series in its former
    currency is followed by one in euro, the first month of the second is flagged as a break.

    Raises
    ------
    DataError
        When the answer is empty (the ECB's way to say that it has nothing for these years), no CSV of IRS, or holds
        two series for one month of a country.
    """
    if content.lstrip(BLANK).startswith(b"{"):
        raise DataError(
            f"JSON instead of CSV: {shown(parse_json(content, PUBLISHER))}",
            where=f"answer of {PUBLISHER}",
            remedy="ask for format=csvdata; an unknown key is answered in JSON",
        )
    answer = parse_csv(content, PUBLISHER, COLUMNS)
    cells = Cells(PUBLISHER, areas)
    months: defaultdict[str, dict[str, MonthlyYield]] = defaultdict(dict)
    for row in answer:
        month = _month(row, cells)
        if month is None:
            continue
        iso3 = cells.area(row["REF_AREA"])
        if iso3 is None:
            continue
        if month.period.name in months[iso3]:
            raise DataError(
                f"{row['REF_AREA']} has a second value in {month.period.name}",
                where=row.where,
                remedy="ask for one series of each country; series in two currencies overlap here",
            )
        months[iso3][month.period.name] = month
    for iso3, published in months.items():
        _take(iso3, [published[name] for name in sorted(published)], cells)
    last = max((name for published in months.values() for name in published), default="")
    return cells.publication(
        title="Long-term interest rates for convergence purposes (IRS)",
        edition=f"IRS, to {last}",
        definition="yields of government bonds of around ten years on the secondary market, monthly averages",
        remarks=("the answer names no date of release; the edition is its last month",),
    )


def _month(row: CsvRow, cells: Cells) -> MonthlyYield | None:
    """A row of a series that is read; the others are noted."""
    if not row["KEY"].startswith("IRS."):
        raise DataError(
            f"series {shown(row['KEY'])} is not of the data set IRS",
            where=row.where,
            remedy="ask for IRS/M.<country>.L.L40.CI.0000.<currency>.N.Z",
        )
    if row["FREQ"] != "M" or any(row[column] != code for column, code in SERIES.items()):
        cells.leave_out(" ".join(row[column] for column in ("FREQ", *SERIES)))
        return None
    period = parse_period(row["TIME_PERIOD"], row.where)
    if period.frequency != "M":
        raise DataError(f"period {period.name} in a monthly series", where=row.where, remedy="fetch the answer again")
    status = row.get("OBS_STATUS")
    word = STATUSES.get(status, f"status {shown(status)}") if status else ""
    value = row.number("OBS_VALUE", missing="NaN")
    return MonthlyYield(period, value, row["CURRENCY_TRANS"], (word,) if word else ())


def _take(iso3: str, months: list[MonthlyYield], cells: Cells) -> None:
    """A country's months in their order, and the mean of each of its years."""
    years: defaultdict[int, list[MonthlyYield]] = defaultdict(list)
    currency = months[0].currency
    for month in months:
        marks = list(month.marks)
        if month.currency != currency:
            marks += ["break", f"bonds in {month.currency}, before in {currency}"]
            currency = month.currency
        cells.add(iso3, month.period, MONTHLY, month.value, dict.fromkeys(marks))
        if month.value is not None:
            years[month.period.year].append(month)
    for year, published in years.items():
        if len({month.currency for month in published}) > 1:
            cells.leave_out(f"mean of {year} of {iso3}, in two currencies")
            continue
        # the mean of the printed digits, not of their binary neighbours
        total = sum((Decimal(repr(month.value)) for month in published), Decimal())
        cells.add(iso3, Period(str(year), year, "A"), ANNUAL, float(total / len(published)), _of_months(published))


def _of_months(published: list[MonthlyYield]) -> tuple[str, str]:
    """Mark and note of a mean."""
    first, last = published[0].period.name, published[-1].period.name
    if len(published) == 12:
        return "derived", "mean of 12 months"
    return "derived", f"mean of {len(published)} months only ({first} to {last})"
