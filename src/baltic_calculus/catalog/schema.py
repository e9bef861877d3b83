"""The pandera schema of a dataset, built from its record: what a frame must satisfy to enter the project."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from baltic_calculus.catalog.record import Column, DatasetRecord, Outlier
from baltic_calculus.catalog.table import FIRST_LINE, Violation, convert, data_error, read_text

RowCheck = Callable[[pd.DataFrame], pd.Series]
SEPARATOR = ";"  # between several sources of one row


@dataclass(frozen=True)
class References:
    """What cells may refer to: codes of data/countries.csv and keys of data/sources.csv."""

    countries: Collection[str]
    sources: Collection[str]


def checked_table(
    content: bytes, record: DatasetRecord, columns: Mapping[str, Column], references: References
) -> pd.DataFrame:
    """Typed table of a CSV file, with its record in ``attrs["record"]``.

    Raises
    ------
    DataError
        When a cell or row breaks a rule; the message names line, column, value and rule.
    """
    frame, broken = convert(read_text(content, record), record, columns)
    if broken := broken or check_frame(frame, record, columns, references):
        raise data_error(record.path, broken)
    frame.attrs["record"] = record
    return frame


def check_frame(
    frame: pd.DataFrame, record: DatasetRecord, columns: Mapping[str, Column], references: References
) -> list[Violation]:
    """Check a typed frame against the schema of its record.

    Parameters
    ----------
    frame : DataFrame
        As returned by :func:`baltic_calculus.catalog.table.convert`.

    Returns
    -------
    list of Violation
        Empty when the frame is valid.
    """
    try:
        frame_schema(record, columns, references).validate(frame, lazy=True, inplace=True)
    except SchemaErrors as error:
        return _violations(error, frame, record)
    return []


def outlier_rows(frame: pd.DataFrame, outlier: Outlier) -> pd.Series:
    """Which rows of a country-year frame a named outlier is about."""
    return (
        frame["measure"].eq(outlier.measure)
        & frame["iso3"].eq(outlier.iso3)
        & frame["year"].between(outlier.first_year, outlier.last_year)
    )


def frame_schema(record: DatasetRecord, columns: Mapping[str, Column], references: References) -> pa.DataFrameSchema:
    """Build the schema of one dataset.

    Every column has the type, vocabulary and bounds of the data dictionary. Rows are checked for unique keys, known
    countries and sources, years within the record's bounds, the unit and bounds of their measure, an interval that
    contains its value, and a reason where a value is missing.
    """
    names = set(record.columns)
    checks = [_rule(_unique(record.keys), record.keys[0], "key is unique: " + ", ".join(record.keys))]
    if "iso3" in names:
        known = set(references.countries) | (set() if "iso3" in record.keys else {""})
        checks.append(_rule(lambda f: f["iso3"].isin(known), "iso3", "a code in data/countries.csv"))
    if "source" in names:
        checks.append(_rule(_registered(references.sources), "source", "keys in data/sources.csv, separated by ';'"))
    if "year" in names and record.years:
        first, last = record.years
        checks.append(_rule(lambda f: f["year"].between(first, last), "year", f"a year from {first} to {last}"))
    if "period" in names:
        checks.append(_rule(_period_in_year, "period", "begins with the row's year"))
    if record.measures:
        checks += _measure_checks(record)
    if {"value", "low", "high", "text", "unit"} <= names:
        checks += _interval_checks()
    elif {"value", "note"} <= names:
        checks.append(
            _rule(lambda f: f["value"].notna() | f["note"].ne(""), "value", "a missing value has its reason in 'note'")
        )
    return pa.DataFrameSchema(
        columns={name: _column(columns[name], record.vocabularies.get(name, ())) for name in record.columns},
        checks=checks,
        strict=True,
        ordered=True,
    )


def count_rules(record: DatasetRecord, columns: Mapping[str, Column]) -> int:
    """How many rules the schema of a dataset holds, of columns, of rows and of measures."""
    schema = frame_schema(record, columns, References(frozenset(), frozenset()))
    bounds = sum((each.minimum is not None) + (each.maximum is not None) for each in record.measures.values())
    return len(schema.checks) + sum(1 + len(column.checks) for column in schema.columns.values()) + bounds


def _column(column: Column, vocabulary: tuple[str, ...]) -> pa.Column:
    checks: list[pa.Check] = []
    if allowed := vocabulary or column.allowed:
        # an empty cell is a word of the vocabulary only when it is listed
        checks.append(pa.Check.isin(list(allowed), error="one of: " + ", ".join(map(repr, allowed))))
    if column.pattern:
        checks.append(pa.Check.str_matches(f"^(?:{column.pattern})$", error=f"written as {column.pattern}"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum, error=f"at least {column.minimum:g}"))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum, error=f"at most {column.maximum:g}"))
    if column.required and column.type == "text":
        checks.append(pa.Check.str_length(min_value=1, error="not empty"))
    return pa.Column(None, checks, nullable=not column.required)


def _rule(check: RowCheck, column: str, rule: str) -> pa.Check:
    """A row-wise check whose failures are reported at ``column``."""
    # for `ignore_na` pandera would look for empty rows in the whole frame once more for each rule
    return pa.Check(check, name=column, error=rule, ignore_na=False)


def _unique(keys: Collection[str]) -> RowCheck:
    return lambda frame: ~frame.duplicated(list(keys))


def _registered(sources: Collection[str]) -> RowCheck:
    def check(frame: pd.DataFrame) -> pd.Series:
        combinations = frame["source"].unique()
        known = {each for each in combinations if set(each.split(SEPARATOR)) <= set(sources)}
        return frame["source"].isin(known)

    return check


def _period_in_year(frame: pd.DataFrame) -> pd.Series:
    return frame["period"].str[:4] == frame["year"].astype("string").str[:4]


def _measure_checks(record: DatasetRecord) -> list[pa.Check]:
    measures = record.measures
    unit = {name: measure.unit for name, measure in measures.items()}
    basis = {name: measure.price_basis for name, measure in measures.items()}
    low = {name: measure.minimum for name, measure in measures.items() if measure.minimum is not None}
    high = {name: measure.maximum for name, measure in measures.items() if measure.maximum is not None}

    def exempt(frame: pd.DataFrame) -> pd.Series:
        rows = pd.Series(False, index=frame.index)
        for outlier in record.known_outliers:
            rows |= outlier_rows(frame, outlier)
        return rows

    def above_minimum(frame: pd.DataFrame) -> pd.Series:
        bound = frame["measure"].map(low)
        return bound.isna() | frame["value"].isna() | (frame["value"] >= bound) | exempt(frame)

    def below_maximum(frame: pd.DataFrame) -> pd.Series:
        bound = frame["measure"].map(high)
        return bound.isna() | frame["value"].isna() | (frame["value"] <= bound) | exempt(frame)

    def same(column: str, wanted: dict[str, str]) -> RowCheck:
        # an unknown measure is reported once, as such
        return lambda frame: frame[column].eq(frame["measure"].map(wanted)) | ~frame["measure"].isin(set(measures))

    return [
        _rule(lambda frame: frame["measure"].isin(set(measures)), "measure", "a measure of the record"),
        _rule(same("unit", unit), "unit", "the measure's unit"),
        _rule(same("price_basis", basis), "price_basis", "the measure's price basis"),
        _rule(above_minimum, "value", "at least the measure's minimum, or a known outlier"),
        _rule(below_maximum, "value", "at most the measure's maximum, or a known outlier"),
    ]


def _interval_checks() -> list[pa.Check]:
    def ordered(frame: pd.DataFrame) -> pd.Series:
        low, value, high = frame["low"], frame["value"], frame["high"]
        return ~(low > high) & ~(low > value) & ~(value > high)

    def complete(frame: pd.DataFrame) -> pd.Series:
        interval = frame["low"].notna() & frame["high"].notna()
        return frame["value"].notna() | interval | frame["text"].ne("")

    def paired(frame: pd.DataFrame) -> pd.Series:
        return frame["low"].notna() == frame["high"].notna()

    def share(frame: pd.DataFrame) -> pd.Series:
        highest = frame[["value", "low", "high"]].max(axis="columns")
        return ~(frame["unit"].eq("%") & (highest > 100))

    def not_negative(frame: pd.DataFrame) -> pd.Series:
        return ~(frame[["value", "low", "high"]] < 0).any(axis="columns")

    return [
        _rule(ordered, "value", "low <= value <= high"),
        _rule(complete, "value", "a value, an interval or a text"),
        _rule(paired, "low", "low and high come together"),
        _rule(share, "value", "a percentage is at most 100"),
        _rule(not_negative, "value", "not negative"),
    ]


def _violations(error: SchemaErrors, frame: pd.DataFrame, record: DatasetRecord) -> list[Violation]:
    found: list[Violation] = []
    for each in error.schema_errors:
        # of pandera's own checks, which it names by a text, only that for empty cells can fail: the columns are settled
        rule = str(each.check.error) if isinstance(each.check, pa.Check) else "not empty"
        # the schema of a frame has no name; there the check is named after the column it is reported at
        column = each.schema.name or each.check.name
        for row in sorted(set(each.failure_cases["index"].astype(int))):
            cell = frame.at[row, column]
            text = "" if pd.isna(cell) else str(cell)
            found.append(Violation(record.path, row + FIRST_LINE, column, text, rule))
    return found
