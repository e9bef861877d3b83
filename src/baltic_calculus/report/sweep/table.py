"""The facts of all runs of a sweep as one tidy table: a row for each run and fact."""

import csv
import importlib.util
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from baltic_calculus.catalog.spreadsheet import harmless
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.sweep.grid import canonical
from baltic_calculus.report.sweep.journal import RunRecord

FACT_COLUMNS = ("run", "fact", "value", "unit", "text")
"""``value`` holds numbers alone, so that it can be computed with; what is said in words is in ``text``."""

EMPTY = "none"
"""What the table says of a fact that is a list without members, as sentences do: an empty field looks like a loss."""

Row = tuple[Any, ...]


def parameter_columns(parameters: Iterable[str]) -> list[str]:
    """Columns of the parameters; one that has the name of a column of facts gets an ending."""
    return [f"{name}_parameter" if name in FACT_COLUMNS else name for name in parameters]


def fact_rows(records: Sequence[RunRecord]) -> Iterator[Row]:
    """Rows of the table: the parameters of the run, its name, then fact, value, unit and text.

    A fact that is a range has a row for its upper end too: ``growth`` and ``growth.high``.
    """
    for record in records:
        given = tuple(_flat(value) for value in record.parameters.values())
        for name, fact in record.facts.items():
            yield (*given, record.name, name, *_value(fact))
            if "high" in fact:
                yield (*given, record.name, f"{name}.high", *_value({**fact, "value": fact["high"]}))


def _value(fact: Mapping[str, Any]) -> tuple[float | int | None, str, str | None]:
    value, unit = fact["value"], fact.get("unit", "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value, unit, None
    return None, unit, str(_flat(value)) or EMPTY


def _flat(value: Any) -> Any:
    """A value for one field: lists as words, ``EST LVA LTU``."""
    if isinstance(value, list | tuple):
        return " ".join(str(_flat(item)) for item in value)
    return canonical(value) if isinstance(value, dict | bool) else value


def facts_as_csv(parameters: Sequence[str], records: Sequence[RunRecord]) -> bytes:
    """The table as CSV in UTF-8; numbers are written so that they read back as the same."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*parameter_columns(parameters), *FACT_COLUMNS])
    writer.writerows(map(harmless, row) for row in fact_rows(records))
    return text.getvalue().encode()


def require_parquet() -> None:
    """See that Parquet can be written.

    Raises
    ------
    ConfigurationError
        When polars is not installed.
    """
    if importlib.util.find_spec("polars") is None:
        raise ConfigurationError(
            "Parquet needs polars, which is not installed",
            where="--parquet",
            remedy='pip install "baltic-calculus[parquet]", or use facts.csv',
        )


def facts_as_parquet(parameters: Sequence[str], records: Sequence[RunRecord]) -> bytes:
    """The same table as Parquet: ``value`` as double, absent where a fact is in words.

    Polars writes it because pyarrow, once installed, changes how pandas keeps text, and with it the environment of
    every notebook.
    """
    import polars

    types = {"value": polars.Float64, "unit": polars.String, "text": polars.String}
    schema = {name: types.get(name) for name in (*parameter_columns(parameters), *FACT_COLUMNS)}
    rows = list(fact_rows(records))
    table = polars.DataFrame(rows, schema=schema, orient="row", strict=False, infer_schema_length=None)
    file = io.BytesIO()
    table.write_parquet(file)
    return file.getvalue()
