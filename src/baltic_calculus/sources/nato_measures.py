"""The project's measures in NATO's workbook, and the words by which a table and its blocks are known to hold them."""

import re
from dataclasses import dataclass

from baltic_calculus.errors import DataError
from baltic_calculus.sources.area_names import folded
from baltic_calculus.sources.file_text import quoted
from baltic_calculus.sources.nato_tables import Block, Table

_FAMILIES = (  # the first that a title holds
    ("", re.compile(r"\brelated\b")),  # security-related spending beside that on defence
    ("personnel", re.compile(r"military personnel")),
    ("distribution", re.compile(r"distribution|main categor")),
    ("per capita", re.compile(r"per capita")),
    ("share", re.compile(r"share of (real )?gdp")),
    ("real change", re.compile(r"real change")),
    ("gdp", re.compile(r"^gdp\b|gross domestic product")),
    ("expenditure", re.compile(r"defence")),
)
REAL_CHANGE = "real change"
_SCALE = re.compile(r"\b(?:thousand|million|billion|trillion)|%|\bper ?cent")


@dataclass(frozen=True)
class Kind:
    """One of the project's measures and the words by which a block is known to hold it."""

    family: str
    heading: re.Pattern[str]
    says: re.Pattern[str]  # the unit, in the title, above the table or in the heading
    measure: str  # {base}: base year of constant prices
    unit: str
    basis: str = ""


def _kind(family: str, heading: str, says: str, measure: str, unit: str, basis: str = "") -> Kind:
    return Kind(family, re.compile(heading), re.compile(says), measure, unit, basis)


_CURRENT, _CONSTANT = r"\bcurrent prices", r"\bconstant (\d{4} )?prices"
_NATIONAL, _DOLLARS = r"million national currenc", r"million us dollars"
_PERCENT = r"percentage|per cent|%"

KINDS = (
    _kind("expenditure", _CURRENT, _NATIONAL, "spend_nac_m_current", "national currency m", "current"),
    _kind("expenditure", _CONSTANT, _NATIONAL, "spend_nac_m_{base}", "national currency m", "constant {base}"),
    _kind("expenditure", _CURRENT, _DOLLARS, "spend_usd_m_current", "US$ m", "current"),
    _kind("expenditure", _CONSTANT, _DOLLARS, "spend_usd_m_{base}", "US$ m", "constant {base}"),
    _kind("share", r"\bshare of (real )?gdp", r"%", "share_gdp_pct", "% of GDP", "constant {base}"),
    _kind("share", r"\breal change", r"%", "real_change_pct", "%", "constant {base}"),
    _kind("gdp", _CURRENT, _DOLLARS, "gdp_usd_m_current", "US$ m", "current"),
    _kind("gdp", _CONSTANT, _DOLLARS, "gdp_usd_m_{base}", "US$ m", "constant {base}"),
    _kind(
        *("per capita", r"\bgdp per capita", r"gdp per capita \(thousand us dollars"),
        *("gdp_per_capita_usd_k_{base}", "US$ thousand", "constant {base}"),
    ),
    _kind(
        *("per capita", r"\bdefence expenditure per capita", r"expenditure per capita \(us dollars"),
        *("spend_per_capita_usd_{base}", "US$", "constant {base}"),
    ),
    _kind("personnel", r"", r"\bthousand", "military_personnel_k", "thousand persons"),
    _kind("distribution", r"\bequipment", _PERCENT, "equipment_share_pct", "%"),
    _kind("distribution", r"\bpersonnel", _PERCENT, "personnel_share_pct", "%"),
    _kind("distribution", r"\binfrastructure", _PERCENT, "infrastructure_share_pct", "%"),
    _kind("distribution", r"\bother", _PERCENT, "other_share_pct", "%"),
)


def is_heading(text: str) -> bool:
    """Whether a folded text is the heading of a block."""
    return any(kind.heading.search(text) for kind in KINDS if kind.heading.pattern)


def family_of(table: Table) -> str:
    """Which of the tables a title names; empty for none."""
    title = folded(table.title)
    return next((family for family, words in _FAMILIES if words.search(title)), "")


def kind_of(table: Table, block: Block) -> Kind | None:
    """
    What a block holds; None when its heading is none of those known.

    Raises
    ------
    DataError
        When its unit is another one than the project's, or its heading has two meanings.
    """
    kinds = [kind for kind in KINDS if kind.family == family_of(table) and kind.heading.search(block.heading)]
    if not kinds:
        return None
    # the unit that stands above the table holds where the block names none of its own
    above = () if _SCALE.search(block.heading) else (table.preamble,)
    words = " | ".join((folded(table.title), *above, block.heading))
    matching = [kind for kind in kinds if kind.says.search(words)]
    if not matching:
        raise DataError(
            f"the unit of {table.name} is not the known one: {quoted(words)}",
            where=table.place,
            remedy="the publisher may have changed it: compare with an earlier edition before any number is used",
        )
    if len(matching) > 1:
        raise DataError(
            f"{table.name} has a heading of two meanings: {quoted(block.heading)}",
            where=table.place,
            remedy="two headings stand together, or the countries below one of them are gone: fetch it again",
        )
    return matching[0]
