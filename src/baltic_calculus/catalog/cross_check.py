"""Cross-checks: what must hold between rows, measures and publishers, and what does not though it is as published.

A schema looks at one cell or one row. A cross-check compares: a total with its parts, a share with its amounts, one
publisher's figure with another's, a delivery with its order. Each has a name, the datasets it reads, the tolerances of
``data/policy/cross_checks.yaml`` it uses, and the reason why it must hold. Rows that break one as published are named
with their reason as ``known_exceptions`` in the dataset's record.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.catalog.finding import Finding, Weight
from baltic_calculus.catalog.policy import PolicySet
from baltic_calculus.catalog.record import KnownException
from baltic_calculus.catalog.table import FIRST_LINE

STALE = "a known exception matches a row that breaks its cross-check"
"""Rule that an exception breaks when it has become needless."""

Tables = Mapping[str, pd.DataFrame]
"""Tables by dataset, each with its record in ``attrs["record"]``, as ``catalog.load`` gives them."""

Compare = Callable[[Tables, PolicySet], pd.DataFrame]
"""Gives a row for each comparison: ``expected, found`` (number or text), ``tolerance`` (NaN: none), ``holds``. The
index names the row of the first dataset by some of its columns."""

ROUNDING = 1e-9  # of binary fractions, not of the publisher
INFINITE = float("inf")
PARTIAL_DATE = re.compile(r"(\d{4})(?:-?Q([1-4])|-(\d{2})(?:-(\d{2}))?|-(\d{4}))?")


@dataclass(frozen=True)
class CrossCheck:
    """One rule that binds several rows or several datasets.

    Attributes
    ----------
    name : str
        By which findings and known exceptions call it.
    datasets : tuple of str
        Datasets that it reads; findings are about rows of the first.
    rule : str
        What must hold.
    reason : str
        Why it must.
    compare : callable
        See `Compare`.
    tolerances : tuple of str
        Values of data/policy/cross_checks.yaml that it may read.
    weight : Weight
        A fault where the figures must agree, a warning where they should.
    """

    name: str
    datasets: tuple[str, ...]
    rule: str
    reason: str
    compare: Compare
    tolerances: tuple[str, ...] = ()
    weight: Weight = Weight.FAULT


@dataclass(frozen=True)
class Outcome:
    """What one cross-check gave."""

    findings: tuple[Finding, ...]
    comparisons: int
    exceptions: int
    """Known exceptions that are in use."""


def run_check(check: CrossCheck, tables: Tables, limits: PolicySet) -> Outcome:
    """Run one cross-check on tables.

    Parameters
    ----------
    check : CrossCheck
        The check.
    tables : Mapping of str to DataFrame
        At least its datasets.
    limits : PolicySet
        The policy set ``cross_checks``.

    Returns
    -------
    Outcome
        A finding for each comparison that fails and is no known exception, and for each known exception that matches
        no failing one; a fault when a measure or row that it reads is missing, a warning when there was nothing to
        compare.
    """
    frame = tables[check.datasets[0]]
    own = PolicySet(limits.name, limits.title, {name: limits.values[name] for name in check.tolerances})
    try:
        compared = check.compare(tables, own)
    except LookupError as error:
        return Outcome((_finding(check, f"lacks what it reads: {error}"),), 0, 0)
    findings = []
    if compared.empty:
        findings.append(_finding(check, "found nothing to compare", Weight.WARNING))
    failed = compared[~compared["holds"].astype(bool)]
    excused = pd.Series(False, index=range(len(failed)))
    used = 0
    for exception in frame.attrs["record"].known_exceptions:
        if exception.check != check.name:
            continue
        matched = _matches(exception, failed)
        excused |= matched
        used += bool(matched.any())
        if not matched.any():
            findings.append(_stale(check, exception))
    return Outcome((*findings, *_failures(check, frame, failed[~excused.to_numpy()])), len(compared), used)


def unknown_exceptions(frame: pd.DataFrame, names: set[str]) -> list[Finding]:
    """Findings for the known exceptions of a dataset that name no cross-check."""
    record = frame.attrs["record"]
    return [
        Finding(
            record.name,
            f"known exception from {each.check!r}, which is no cross-check of this dataset",
            rule=STALE,
            remedy="choose from: " + (", ".join(sorted(names)) or "none") + "; or remove it from data/catalog.yaml",
        )
        for each in record.known_exceptions
        if each.check not in names
    ]


def _matches(exception: KnownException, failed: pd.DataFrame) -> pd.Series:
    keys = failed.index.to_frame(index=False)
    matched = pd.Series(True, index=keys.index)
    for column, value in exception.rows.items():
        matched &= keys[column].astype(str).eq(value) if column in keys else False
    if exception.first_year is not None and exception.last_year is not None:
        matched &= keys["year"].between(exception.first_year, exception.last_year)
    return matched


def _finding(check: CrossCheck, message: str, weight: Weight = Weight.FAULT) -> Finding:
    return Finding(
        check.datasets[0],
        f"cross-check {check.name} {message}",
        weight=weight,
        rule=f"{check.name}: {check.rule}",
        remedy="see that the rows and measures it reads are still there: " + ", ".join(check.datasets),
    )


def _stale(check: CrossCheck, exception: KnownException) -> Finding:
    return Finding(
        check.datasets[0],
        f"known exception from {check.name} ({exception.place}) matches no row that breaks it: remove it",
        rule=STALE,
        remedy="remove it from known_exceptions in data/catalog.yaml",
    )


def _failures(check: CrossCheck, frame: pd.DataFrame, failed: pd.DataFrame) -> list[Finding]:
    if failed.empty:
        return []
    record = frame.attrs["record"]
    remedy = (
        "compare with the source; correct the file, or name the row with its reason under known_exceptions of "
        f"{record.name} in data/catalog.yaml (check: {check.name})"
    )
    findings = []
    for keys, failure in zip(failed.index.to_frame().to_dict("records"), failed.to_dict("records"), strict=True):
        row = " ".join(str(value) for value in keys.values())
        expected, found = show(failure["expected"]), show(failure["found"])
        tolerance = "" if pd.isna(failure["tolerance"]) else show(failure["tolerance"])
        findings.append(
            Finding(
                record.name,
                f"{check.name}: {row}: found {found}, expected {expected}"
                + (f" (tolerance {tolerance})" if tolerance else ""),
                weight=check.weight,
                file=record.path,
                line=_line(frame, keys),
                row=row,
                expected=expected,
                found=found,
                tolerance=tolerance,
                rule=f"{check.name}: {check.rule}",
                remedy=remedy,
            )
        )
    return findings


def _line(frame: pd.DataFrame, keys: Mapping[str, object]) -> int:
    """Line of the row that the keys name, 0 for a sum over all rows."""
    if not set(keys) <= set(frame):
        return 0
    rows = pd.Series(True, index=frame.index)
    for column, value in keys.items():
        rows &= frame[column].eq(value)
    return int(rows.idxmax()) + FIRST_LINE if rows.any() else 0


def show(value: object) -> str:
    """Print a number with at most four decimals and without an exponent, anything else as it is."""
    return f"{value:,.4f}".rstrip("0").rstrip(".") if isinstance(value, float | int) else str(value)


def wide(frame: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """One column per measure; the index names the rows by ``keys`` (default: ``iso3, year``)."""
    return frame.pivot(index=list(keys or ("iso3", "year")), columns="measure", values="value")


def latest_edition(frame: pd.DataFrame, connector: str) -> pd.DataFrame:
    """Rows of the newest edition of one publisher that the report uses, as the connector in the record names it.

    Raises
    ------
    LookupError
        When the record names none, or no row is of it.
    """
    refresh = frame.attrs["record"].refresh.get(connector)
    latest = refresh.latest if refresh else ""
    rows = frame[frame["vintage"].eq(latest)]
    if rows.empty:
        raise LookupError(f"rows of {latest!r}, which refresh.{connector}.latest names")
    return rows


def compare_numbers(expected: pd.Series, found: pd.Series, tolerance: pd.Series | float, **keys: str) -> pd.DataFrame:
    """Compare two series where both have a number; ``keys`` (such as ``measure``) name the row further."""
    frame = _pair(expected, found, tolerance, keys)
    distance = (frame["found"] - frame["expected"]).abs()
    return frame.assign(holds=distance <= frame["tolerance"] + ROUNDING)


def compare_bounds(
    low: pd.Series | float, found: pd.Series, high: pd.Series | float, tolerance: pd.Series | float = 0.0, **keys: str
) -> pd.DataFrame:
    """See that a series lies between two bounds, each a number or a series; -inf and inf for none."""
    bounds = pd.DataFrame({"found": found}).assign(low=low, high=high).dropna()
    text = [
        " and ".join(
            f"{word} {show(bound)}" for word, bound in (("at least", least), ("at most", most)) if abs(bound) < INFINITE
        )
        for least, most in zip(bounds["low"], bounds["high"], strict=True)
    ]
    frame = _pair(pd.Series(text, index=bounds.index, dtype=object), bounds["found"], tolerance, keys)
    slack = frame["tolerance"].to_numpy() + ROUNDING
    inside = (bounds["found"] >= bounds["low"] - slack) & (bounds["found"] <= bounds["high"] + slack)
    return frame.assign(holds=inside.to_numpy())


def compare_words(expected: pd.Series, found: pd.Series, holds: pd.Series) -> pd.DataFrame:
    """State what a cell should say and what it says; the three share an index that names the rows."""
    return pd.DataFrame({"expected": expected, "found": found, "tolerance": float("nan"), "holds": holds})


def _pair(expected: pd.Series, found: pd.Series, tolerance: pd.Series | float, keys: Mapping[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame({"expected": expected, "found": found}).dropna().assign(tolerance=tolerance)
    for name, value in keys.items():
        frame.index = _with_level(frame.index, name, value)
    return frame


def _with_level(index: pd.Index, name: str, value: str) -> pd.MultiIndex:
    """The index with one more level that says the same throughout; its codes need not be sought again."""
    several = index if isinstance(index, pd.MultiIndex) else pd.MultiIndex.from_arrays([index])
    return pd.MultiIndex(
        levels=[*several.levels, [value]],
        codes=[*several.codes, np.zeros(len(index), dtype="int8")],
        names=[*several.names, name],
        verify_integrity=False,
    )


def opens(date: str) -> str:
    """First day of a partial date: ``2026``, ``2026Q3``, ``2026-Q3``, ``2026-07``, a day, or a span of years."""
    year, quarter, month, day, _ = _parts(date)
    return f"{year}-{month or f'{3 * int(quarter or 1) - 2:02}'}-{day or '01'}"


def closes(date: str) -> str:
    """Last day of a partial date, the 31st for every month; both ends compare as text."""
    year, quarter, month, day, last_year = _parts(date)
    return f"{last_year or year}-{month or f'{3 * int(quarter or 4):02}'}-{day or '31'}"


def _parts(date: str) -> Sequence[str | None]:
    match = PARTIAL_DATE.fullmatch(date)
    if match is None:
        raise ValueError(f"{date!r} is no date, quarter or span of years")
    return match.groups()


def compare_dates(earlier: pd.Series, later: pd.Series) -> pd.DataFrame:
    """See that one date is not after another, as far as both are known; rows without both are left out.

    Parameters
    ----------
    earlier, later : Series of str
        Partial dates ("": not known), with one index that names the rows.
    """
    both = pd.DataFrame({"earlier": earlier, "later": later})
    both = both[both["earlier"].ne("") & both["later"].ne("")]
    holds = both["earlier"].map(opens) <= both["later"].map(closes)
    return compare_words("not before " + both["earlier"].astype(object), both["later"], holds)


def compare_to_reading(dates: pd.Series, frame: pd.DataFrame) -> pd.DataFrame:
    """See that dates of what has happened are not after the day on which the dataset was read."""
    known = dates[dates.ne("")]
    read = frame.attrs["record"].read
    expected = pd.Series(f"not after {read}, when the dataset was read", index=known.index, dtype=object)
    return compare_words(expected, known, known.map(opens) <= closes(read))
