"""What differs between two tables of one dataset: revised cells, new and vanished rows, redefinitions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

CHANGES = ("revised", "filled", "withdrawn", "new", "vanished", "flag")
"""What may have happened to a row: another number, a number where none was, none where one was, a row that is new, one
that is gone, another flag alone. Note and source do not count."""

GROUPS = ("year", "iso3", "measure")


@dataclass(frozen=True)
class Comparison:
    """Differences of two tables with the same keys.

    Attributes
    ----------
    keys : tuple of str
        Columns that name a row.
    cells : DataFrame
        One row per difference: the keys, ``change`` (one of `CHANGES`), ``old`` and ``new`` (number, NaN without one),
        ``difference`` in the measure's unit, ``relative_pct`` of the old number (NaN where that is zero or missing),
        ``old_flag`` and ``new_flag``. By change, then by keys.
    same : int
        Rows of both tables that do not differ.
    decimals : Mapping of str to int
        Decimals to which the numbers of a measure were compared: those of the coarser table, so that unrounded numbers
        do not differ from the same numbers rounded.
    added, gone : Mapping of str to tuple
        Years, areas (``iso3``) and measures that only the new or only the old table has.
    redefined : tuple of str
        What is counted, in what unit or at what prices is not the same: such tables must not be joined.
    """

    keys: tuple[str, ...]
    cells: pd.DataFrame
    same: int
    decimals: Mapping[str, int]
    added: Mapping[str, tuple[object, ...]]
    gone: Mapping[str, tuple[object, ...]]
    redefined: tuple[str, ...]

    def of(self, *changes: str) -> pd.DataFrame:
        """The differences of some kinds."""
        return self.cells[self.cells["change"].isin(changes)]

    def largest(self, column: str, count: int) -> pd.DataFrame:
        """The ``count`` revised rows with the largest ``difference`` or ``relative_pct``, whatever its sign."""
        revised = self.of("revised")
        order = revised[column].abs().sort_values(ascending=False, kind="stable", na_position="last")
        return revised.loc[order.index[:count]]


def compare(
    old: pd.DataFrame, new: pd.DataFrame, keys: Sequence[str], definitions: tuple[str, str] = ("", "")
) -> Comparison:
    """Compare two tables of one dataset.

    Parameters
    ----------
    old, new : DataFrame
        With the keys, among them ``iso3``, ``year`` or ``period`` and ``measure``, and ``year, value, unit,
        price_basis, flag``; the keys are unique.
    keys : sequence of str
        Columns that name a row.
    definitions : tuple of str
        What the old and the new table count; empty where it is not known.
    """
    columns = [*dict.fromkeys([*keys, "year"]), "value", "flag", "unit", "price_basis"]
    on = [column for column in columns if column in (*keys, "year")]
    both = old[columns].merge(new[columns], on=on, how="outer", suffixes=("_old", "_new"), indicator=True)
    decimals = _common_decimals(old, new)
    change = _changes(both, decimals)
    cells = pd.DataFrame(
        {
            **{key: both[key] for key in on},
            "change": change,
            "old": both["value_old"],
            "new": both["value_new"],
            "difference": both["value_new"] - both["value_old"],
            "relative_pct": 100 * (both["value_new"] / both["value_old"].where(both["value_old"].ne(0)) - 1),
            "old_flag": both["flag_old"].fillna(""),
            "new_flag": both["flag_new"].fillna(""),
        }
    )
    differing = cells[change.ne("")]
    place = differing["change"].map(CHANGES.index)
    order = differing.assign(place=place).sort_values(["place", *on], kind="stable").index
    return Comparison(
        keys=tuple(on),
        cells=differing.loc[order].reset_index(drop=True),
        same=int(change.eq("").sum()),
        decimals=decimals,
        added={name: tuple(sorted(set(new[name]) - set(old[name]))) for name in GROUPS},
        gone={name: tuple(sorted(set(old[name]) - set(new[name]))) for name in GROUPS},
        redefined=_redefinitions(old, new, definitions),
    )


def _changes(both: pd.DataFrame, decimals: Mapping[str, int]) -> pd.Series:
    before, after = both["value_old"], both["value_new"]
    # half a unit of the last common decimal: what rounding alone explains is no revision
    rounding = 0.5 * 10.0 ** -both["measure"].map(decimals).astype("float64")
    # the margin is for decimal fractions that a binary number cannot hold: 0.15 - 0.1 > 0.05
    tells = (after - before).abs() > rounding * (1 + 1e-9) + 1e-12 * before.abs()
    cases = [
        both["_merge"].eq("right_only"),
        both["_merge"].eq("left_only"),
        before.isna() & after.notna(),
        before.notna() & after.isna(),
        tells,
        both["flag_old"].ne(both["flag_new"]),
    ]
    names = ["new", "vanished", "filled", "withdrawn", "revised", "flag"]
    return pd.Series(np.select(cases, names, default=""), index=both.index)


def _common_decimals(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, int]:
    before, after = (
        frame.assign(decimals=frame["value"].map(count_decimals)).groupby("measure")["decimals"].max()
        for frame in (old, new)
    )
    # a measure of one table alone has nothing to be compared with
    return {
        measure: int(min(before.get(measure, after.get(measure, 0)), after.get(measure, before.get(measure, 0))))
        for measure in sorted({*before.index, *after.index})
    }


def count_decimals(number: float) -> int:
    """Digits after the point that a number needs; none for a missing one."""
    if pd.isna(number):
        return 0
    return len(np.format_float_positional(number, trim="-").partition(".")[2])


def _redefinitions(old: pd.DataFrame, new: pd.DataFrame, definitions: tuple[str, str]) -> tuple[str, ...]:
    found = []
    before, after = definitions
    if before and after and not same_definition(before, after):
        found.append(f"counts {after!r}, before {before!r}")
    for column, noun in (("unit", "unit"), ("price_basis", "prices")):
        first, last = (frame.drop_duplicates("measure").set_index("measure")[column] for frame in (old, new))
        found += [
            f"{measure}: {noun} {last[measure]!r}, before {first[measure]!r}"
            for measure in first.index.intersection(last.index)
            if first[measure] != last[measure]
        ]
    return tuple(found)


def same_definition(one: str, other: str) -> bool:
    """Whether two phrases name the same definition: case and white space do not matter."""
    return one.casefold().split() == other.casefold().split()
