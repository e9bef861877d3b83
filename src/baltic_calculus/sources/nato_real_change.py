"""Table 4 of NATO's workbook: real change over the whole period, beside columns that tables 2 and 3 hold already."""

import math
import re
from collections.abc import Mapping, Sequence

from baltic_calculus.sources.area_names import AreaNames, folded, split_label
from baltic_calculus.sources.file_text import quoted
from baltic_calculus.sources.nato_tables import Block, Column, Table
from baltic_calculus.sources.reading import Reading, value_of

_CHANGE = re.compile(r"real change (\d{4})\s*[-–—]\s*(\d{4})")
_SHARE = re.compile(r"share of (?:real )?gdp\D{0,40}(\d{4})")
_DISAGREES = 5e-3  # of the value: more than rounding of either table
_NAMED = 8


def read_real_change(
    tables: Sequence[Table],
    readings: Sequence[Reading],
    names: AreaNames,
    sentinels: Mapping[str, str],
    base_years: Mapping[str, str],
) -> tuple[list[Reading], list[str]]:
    """
    Change over the period, and remarks on repeated values that differ from those of the other tables.

    Parameters
    ----------
    tables : sequence of Table
        Those titled "real change"; none gives nothing but a remark.
    readings : sequence of Reading
        Of the other tables, to compare with.
    names, sentinels, base_years
        As for the other tables.

    Raises
    ------
    DataError
        When a value is text.
    """
    known = {(reading.iso3, reading.year, reading.measure): reading.value for reading in readings}
    estimated = {reading.year for reading in readings if reading.flag}
    changes: list[Reading] = []
    differing: list[str] = []
    unread: list[str] = []
    for table in tables:
        base = base_years.get(table.place, "")
        for block in table.blocks:
            for number, column in block.columns.items():
                kind = _column_kind(column, base)
                if kind is None:
                    unread.append(f"left out, {table.name}: column {quoted(column.cell.text)}")
                    continue
                year, measure = kind
                flag = "estimate" if year in estimated else ""
                values = _column_values(block, number, names, sentinels)
                for code, (value, note, place) in values.items():
                    if measure.startswith("real_change_since"):
                        basis = f"constant {base}" if base else ""
                        changes.append(Reading(code, year, measure, value, "%", basis, flag, note, place))
                    elif _differ(value, known.get((code, year, measure), math.nan)):
                        differing.append(f"{measure} of {code} in {year}: {value:g}, {known[code, year, measure]:g}")
    remarks = unread if tables else ['left out, table 4: no table is titled "real change"']
    if differing:
        more = f" and {len(differing) - _NAMED} more" if len(differing) > _NAMED else ""
        remarks.append(f"table 4 differs from tables 2 and 3 in {'; '.join(differing[:_NAMED])}{more}")
    return changes, remarks


def _column_kind(column: Column, base: str) -> tuple[int, str] | None:
    """Year and measure of a column of table 4."""
    if column.year:
        return column.year, f"spend_usd_m_{base}"
    text = folded(column.cell.text)
    change = _CHANGE.search(text)
    if change:
        return int(change[2]), f"real_change_since_{change[1]}_pct"
    share = _SHARE.search(text)
    return (int(share[1]), "share_gdp_pct") if share else None


def _column_values(
    block: Block, number: int, names: AreaNames, sentinels: Mapping[str, str]
) -> dict[str, tuple[float, str, str]]:
    """Value, reason for a missing one and place of each country in a column."""
    values = {}
    for row in block.rows:
        code = names.code(split_label(row.label.text)[0])
        if code is not None:
            cell = row.cells.get(number)
            values[code] = (*value_of(cell, sentinels), (cell or row.label).place)
    return values


def _differ(one: float, other: float) -> bool:
    """Whether two values that should be the same are not; a missing one is no difference."""
    return abs(one - other) > _DISAGREES * max(abs(one), abs(other), 1.0)
