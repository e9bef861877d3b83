"""The IMF's World Economic Outlook: the indicators that are read, and its editions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import shown
from baltic_calculus.sources.cells import Measure

OUTLOOK = "World Economic Outlook"
MONTHS = ("January", "April", "July", "October")
_EDITION = re.compile(rf"({'|'.join(MONTHS)}|Jan|Apr|Jul|Oct)[a-z]*[ _](\d{{4}})", re.IGNORECASE)


@dataclass(frozen=True)
class Indicator:
    """
    A measure and the power of ten in which it is counted.

    Attributes
    ----------
    measure : Measure
    mapper_power, sdmx_power : int
        Powers of ten from the DataMapper's number (billions, millions) and from SDMX's (units) to the measure's.
    least : float
        Every country's value in SDMX is above it; a smaller one is not in units.
    """

    measure: Measure
    mapper_power: int = 0
    sdmx_power: int = 0
    least: float = float("-inf")


INDICATORS: Mapping[str, Indicator] = {
    "GGXWDG_NGDP": Indicator(Measure("gross_debt_gdp_pct", "% of GDP")),
    "GGXCNL_NGDP": Indicator(Measure("net_lending_gdp_pct", "% of GDP")),
    "GGR_NGDP": Indicator(Measure("revenue_gdp_pct", "% of GDP")),
    "GGX_NGDP": Indicator(Measure("expenditure_gdp_pct", "% of GDP")),
    "NGDP_RPCH": Indicator(Measure("gdp_growth_pct", "%", "constant")),
    "NGDP_D": Indicator(Measure("gdp_deflator_index", "index")),
    "PCPIPCH": Indicator(Measure("inflation_cpi_pct", "%")),
    "NGDPD": Indicator(Measure("gdp_usd_bn", "US$ bn", "current"), sdmx_power=-9, least=1e6),
    "LP": Indicator(Measure("population_persons", "persons"), mapper_power=6, least=5e3),
}


@dataclass(frozen=True)
class Edition:
    """A release of the outlook: its month, and the first year that it projects where the answer says so."""

    month: str
    year: int
    published: str
    first_projected: int | None = None

    @property
    def name(self) -> str:
        """As the IMF writes it."""
        return f"{OUTLOOK} ({self.month} {self.year})"

    def marks(self, year: int) -> tuple[str, ...]:
        """
        How firm the number of a year is, as far as the release tells.

        The DataMapper does not say which of a country's years are outturns. Years from that of the release on cannot
        be; of the year before, a release in spring may hold the outturn or an estimate.
        """
        if year >= min(self.year, self.first_projected or self.year):
            return ("forecast",)
        if year == self.year - 1 and self.month in MONTHS[:2]:
            return ("estimate", "may be an outturn: the answer does not say")
        return ()


def parse_edition(text: str, where: str, first_projected: int | None = None) -> Edition:
    """Edition out of "World Economic Outlook (April 2026)", "April 2026" or "WEO_2025_OCT_VINTAGE"."""
    turned = re.sub(r"(\d{4})_([A-Z]{3})", r"\2_\1", text)
    found = _EDITION.search(turned)
    if found is None:
        raise DataError(
            f'"{shown(text)}" names no edition of the outlook',
            where=where,
            remedy=f"an edition is a month ({', '.join(MONTHS)}) and a year, such as April 2026",
        )
    number = [month[:3].lower() for month in MONTHS].index(found[1][:3].lower())
    year = int(found[2])
    return Edition(MONTHS[number], year, f"{year}-{number * 3 + 1:02d}", first_projected)


def one_edition(named: Iterable[Edition | None], given: str, where: str) -> Edition:
    """The edition of all that is read: the one named, else the one given."""
    editions = [edition for edition in named if edition is not None]
    if len({edition.name for edition in editions}) > 1:
        names = ", ".join(sorted({edition.name for edition in editions}))
        raise DataError(f"indicators of two editions: {names}", where=where, remedy="read each edition by itself")
    if editions:
        return min(editions, key=lambda edition: edition.first_projected or edition.year)
    if given:
        return parse_edition(given, "edition given")
    raise DataError(
        "the answer does not name its edition of the outlook",
        where=where,
        remedy='say which it is: baltic data refresh SOURCE --from FILE --edition "April 2026"; or use version 2 of '
        "the DataMapper, or put the answer of /api/v1/indicators beside this one in a JSON array",
    )


def scaled(value: float | None, power: int) -> float | None:
    """A number times a power of ten, exact in the digits that were printed."""
    return float(Decimal(repr(value)).scaleb(power)) if value is not None and power else value
