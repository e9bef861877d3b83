"""Tables of vintages: read, checked by the rules of their dataset, and written."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from baltic_calculus.catalog.record import DatasetRecord
from baltic_calculus.catalog.root import PENDING, VINTAGES
from baltic_calculus.catalog.schema import References, checked_table
from baltic_calculus.catalog.vintage import Vintage, read_vintage, sha256
from baltic_calculus.errors import DataError

if TYPE_CHECKING:
    from baltic_calculus.catalog.catalog import Catalog


def vintage_bytes(catalog: "Catalog", vintage: Vintage) -> bytes:
    """The table of a vintage as it is stored.

    Raises
    ------
    DataError
        When it is missing or not the one that was recorded.
    """
    path = catalog.root / vintage.path
    content = path.read_bytes() if path.is_file() else None
    if content is None or sha256(content) != vintage.sha256:
        raise DataError(
            f"the table of {vintage.address} is " + ("missing" if content is None else "not the one that was recorded"),
            where=vintage.path,
            remedy="restore the folder from git, or delete it and refresh",
        )
    return content


def load_vintage(catalog: "Catalog", vintage: Vintage) -> pd.DataFrame:
    """Validated table of a vintage, typed as that of its dataset.

    Raises
    ------
    DataError
        When its checksum is not the recorded one, or a cell breaks a rule of the dataset.
    """
    return check_table(catalog, vintage, vintage_bytes(catalog, vintage))


def check_table(catalog: "Catalog", vintage: Vintage, content: bytes) -> pd.DataFrame:
    """Typed table of a vintage, from its bytes.

    The rules are those of the dataset's record, but for its years, which reach as far as the vintage's own, for the
    words of the column ``vintage``, to which its own is added, and for prices, which may be its own: it is adopted
    under `--redefined` alone.

    Raises
    ------
    DataError
        When a cell breaks a rule; the message names line, column, value and rule.
    """
    record = catalog.record(vintage.dataset)
    columns = dict(catalog.file.columns)
    if others := vintage.other_prices(record):
        allowed = (*columns["price_basis"].allowed, *others.values())
        columns["price_basis"] = columns["price_basis"].model_copy(update={"allowed": allowed})
    record = extended_record(record, vintage).model_copy(update={"path": vintage.path})
    return checked_table(content, record, columns, references_with(catalog, vintage))


def references_with(catalog: "Catalog", vintage: Vintage) -> References:
    """Codes of countries and keys of sources to which cells may refer, the vintage's own source among them."""
    known = catalog.references()
    return References(known.countries, {*known.sources, *filter(None, [vintage.source.get("source")])})


def extended_record(record: DatasetRecord, vintage: Vintage) -> DatasetRecord:
    """Record of the dataset that holds the vintage too: its years, its prices, its word in the column ``vintage``."""
    years = record.years
    if years and vintage.years:
        years = (min(years[0], vintage.years[0]), max(years[1], vintage.years[1]))
    words = dict(record.vocabularies)
    if vintage.label and "vintage" in words and vintage.label not in words["vintage"]:
        words["vintage"] = (*words["vintage"], vintage.label)
    measures = dict(record.measures)
    for name, basis in vintage.other_prices(record).items():
        measures[name] = measures[name].model_copy(update={"price_basis": basis})
    return record.model_copy(update={"years": years, "vocabularies": words, "measures": measures})


def write_table(frame: pd.DataFrame, columns: tuple[str, ...]) -> bytes:
    """A typed frame as the CSV file of a dataset: UTF-8, comma, line feed; numbers with the digits that they need."""
    text = frame[list(columns)].copy()
    for name in text.select_dtypes("number"):
        text[name] = [_digits(number) for number in frame[name]]
    return text.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _digits(number: float) -> str:
    return "" if pd.isna(number) else np.format_float_positional(number, trim="-")


def vintage_faults(catalog: "Catalog") -> tuple[dict[str, pd.DataFrame], list[tuple[str, str]]]:
    """Load every vintage there is.

    Returns
    -------
    tuple of dict and list
        Sound tables by the address of their vintage, and what is wrong: place and message.
    """
    frames: dict[str, pd.DataFrame] = {}
    faults: list[tuple[str, str]] = []
    folder = catalog.root / VINTAGES
    if (catalog.root / PENDING).exists():
        faults.append(
            (PENDING, "an adoption was interrupted: run the same 'baltic data adopt' again, which finishes it")
        )
    for path in sorted(folder.glob("*/*")):
        if path.parent.name.startswith("."):
            continue  # left by an adoption
        place = path.relative_to(catalog.root).as_posix()
        if path.name.startswith("."):
            faults.append((place, "left by an interrupted refresh: delete it"))
            continue
        try:
            vintage = read_vintage(catalog, path.parent.name, path.name)
            frames[vintage.address] = load_vintage(catalog, vintage)
        except DataError as error:
            faults.append((place, str(error)))
    return frames, faults
