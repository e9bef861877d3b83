"""A table to compare, as it is named on the command line: the report's own, or a vintage."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from baltic_calculus.catalog.comparison import Comparison, compare
from baltic_calculus.catalog.record import DatasetRecord, Kind
from baltic_calculus.catalog.vintage import Vintage, read_vintage
from baltic_calculus.catalog.vintage_table import load_vintage
from baltic_calculus.errors import DataError

if TYPE_CHECKING:
    from baltic_calculus.catalog.catalog import Catalog


@dataclass(frozen=True)
class Side:
    """One of two tables to compare.

    Attributes
    ----------
    name : str
        ``DATASET`` or ``DATASET@VINTAGE``.
    record : DatasetRecord
        The dataset's record.
    vintage : Vintage or None
        None for the table that the report uses.
    """

    name: str
    record: DatasetRecord
    vintage: Vintage | None


def read_side(catalog: "Catalog", name: str) -> Side:
    """Find ``DATASET`` or ``DATASET@VINTAGE``.

    Raises
    ------
    DataError
        When there is no such dataset or vintage, or it has no measures to compare.
    """
    dataset, _, vintage = name.partition("@")
    record = catalog.record(dataset)
    if record.kind is not Kind.COUNTRY_YEAR:
        raise DataError(
            f"{dataset} has no numbers by country and year", where="baltic data diff", remedy="compare it with git diff"
        )
    return Side(name, record, read_vintage(catalog, dataset, vintage) if "@" in name else None)


def compare_sides(catalog: "Catalog", old: Side, new: Side) -> Comparison:
    """Compare two tables of one dataset.

    A vintage that is to stand beside the rows of other publishers is compared with the newest rows of its own.

    Raises
    ------
    DataError
        When the sides are of different datasets or publishers, or a table is not sound.
    """
    if old.record.name != new.record.name:
        raise DataError(
            f"{old.record.name} and {new.record.name} are different datasets",
            where="baltic data diff",
            remedy="compare a dataset with one of its vintages: baltic data vintages lists them",
        )
    connectors = {side.vintage.connector for side in (old, new) if side.vintage and side.vintage.label}
    if len(connectors) > 1:
        raise DataError(
            f"the vintages are of different publishers: {', '.join(sorted(connectors))}",
            where=f"{old.name} {new.name}",
            remedy="compare two vintages of one publisher",
        )
    connector = next(iter(connectors), "")
    return compare_frames(catalog, old, new, _frame(catalog, new, connector))


def compare_frames(catalog: "Catalog", old: Side, new: Side, frame: pd.DataFrame) -> Comparison:
    """Compare a table with ``frame``, the table of the side ``new``, which need not be stored yet."""
    connector = next((side.vintage.connector for side in (new, old) if side.vintage and side.vintage.label), "")
    keys = [key for key in old.record.keys if not (connector and key == "vintage")]
    definitions = (_definition(old, connector), _definition(new, connector))
    return compare(_frame(catalog, old, connector), frame, keys, definitions)


def _frame(catalog: "Catalog", side: Side, connector: str) -> pd.DataFrame:
    frame = load_vintage(catalog, side.vintage) if side.vintage else catalog.load(side.record.name)
    if not connector or (side.vintage and side.vintage.label):
        return frame
    refresh = side.record.refresh.get(connector)
    return frame[frame["vintage"].eq(refresh.latest if refresh else "")]


def _definition(side: Side, connector: str) -> str:
    if side.vintage:
        return side.vintage.definition
    # a dataset of one publisher has one connector, whose definition is that of the whole table
    connectors = side.record.refresh
    name = connector or (next(iter(connectors)) if len(connectors) == 1 else "")
    return connectors[name].definition if name in connectors else ""
