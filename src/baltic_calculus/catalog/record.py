"""What is known about a dataset: where it comes from, what its columns and measures mean, what is wrong with it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator


def _as_text(value: Any) -> Any:
    # YAML reads 2026-07-03 as a date and 2018 as a number
    return str(value) if isinstance(value, date | int) and not isinstance(value, bool) else value


PartialDate = Annotated[str, BeforeValidator(_as_text), StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
"""A date as exact as it is known: year, month or day; empty when unknown."""
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _inside(path: str) -> str:
    if path.startswith("/") or ".." in path.split("/") or "\\" in path or not path.isprintable():
        raise ValueError(f"{path!r} is not a path inside the project, such as data/countries.csv")
    return path


FilePath = Annotated[Text, AfterValidator(_inside)]
"""A file of the project, relative to its folder, with slashes."""


class Frozen(BaseModel):
    """Immutable model that rejects unknown keys and copies by reference."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        # pandas deep-copies a frame's attrs in nearly every operation; what cannot change need not be copied
        return self


class Kind(StrEnum):
    """How a dataset is laid out."""

    COUNTRY_YEAR = "country_year"
    FACTS = "facts"
    TABLE = "table"
    GEOMETRY = "geometry"


class Column(Frozen):
    """One column of the data dictionary; a name means the same in every dataset."""

    type: Literal["text", "number", "integer"] = "text"
    meaning: Text
    required: bool = False
    """Whether a cell may not be empty."""
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None


class Measure(Frozen):
    """One measure of a long dataset."""

    unit: str
    price_basis: str = ""
    definition: Text
    minimum: float | None = None
    maximum: float | None = None


class Outlier(Frozen):
    """Values outside a measure's bounds, or otherwise odd, that are as published."""

    measure: Text
    iso3: Text
    first_year: int
    last_year: int
    reason: Text


class Keeps(Frozen):
    """What of a publication a dataset takes; empty for everything that the project knows."""

    countries: tuple[Text, ...] = ()
    measures: tuple[Text, ...] = ()
    first_year: int | None = None


class Refresh(Frozen):
    """How new figures of one publisher come into a dataset."""

    source: Text
    """Key of ``publishers``."""
    reader: Text
    """Name of a reader, one of those in catalog/connector.py."""
    definition: Text
    """What is counted in the table that the report uses, in the reader's words."""
    addresses: tuple[Text, ...]
    """Where the publisher's files are; ``{year}`` stands for the year in which they are fetched."""
    keeps: Keeps = Keeps()
    flags: dict[str, str] = Field(default_factory=dict)
    """The project's flag for a mark of the publisher that has none of its own; the note keeps the publisher's word."""
    key: Annotated[str, StringConstraints(pattern=r"^\w+$")]
    """Beginning of the keys under which data/sources.csv registers what was read."""
    label: str = ""
    """Word of the column ``vintage``, with ``{edition}``, for rows that stand beside those of other publishers."""
    latest: str = ""
    """The word of this publisher's newest rows that the report uses: what a new vintage is compared with."""


class KnownException(Frozen):
    """Rows that break a cross-check as published."""

    check: Text
    """Name of the cross-check."""
    rows: dict[str, Text] = Field(default_factory=dict)
    """Column to cell, as far as they name the rows."""
    first_year: int | None = None
    last_year: int | None = None
    reason: Text

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.first_year is None) != (self.last_year is None):
            raise ValueError("'first_year' and 'last_year' come together")
        return self

    @property
    def place(self) -> str:
        """The rows in a few words."""
        years = () if self.first_year is None else (f"{self.first_year}-{self.last_year}",)
        return " ".join((*self.rows.values(), *years))


class DatasetRecord(Frozen):
    """The record of one dataset in data/catalog.yaml.

    Dates are text, as exact as they are known. ``read_from`` says which public copy the figures were read from
    when the publisher's own file was not opened.
    """

    name: Text
    path: FilePath
    kind: Kind
    title: Text
    publisher: Text
    edition: Text
    basis: Text
    cut_off: PartialDate = ""
    published: PartialDate = ""
    read: PartialDate
    landing_page: str = ""
    download: str = ""
    licence: Text
    redistribution: Literal["open", "limited", "none"]
    attribution: str = ""
    citation: Text
    """Key in report/references.bib."""
    further_citations: tuple[Text, ...] = ()
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    vocabularies: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words allowed in a column of this dataset."""
    measures: dict[str, Measure] = Field(default_factory=dict)
    flags: dict[str, str] = Field(default_factory=dict)
    known_gaps: tuple[str, ...] = ()
    known_outliers: tuple[Outlier, ...] = ()
    known_exceptions: tuple[KnownException, ...] = ()
    read_from: str = ""
    refresh: dict[str, Refresh] = Field(default_factory=dict)
    """Connectors by name."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind is Kind.GEOMETRY:
            return self
        if not self.columns or not self.keys:
            raise ValueError("a table needs 'columns' and 'keys'")
        if unknown := [key for key in self.keys if key not in self.columns]:
            raise ValueError(f"keys that are not columns: {', '.join(unknown)}")
        if ("measure" in self.columns) != bool(self.measures):
            raise ValueError("'measures' must be described exactly when there is a column 'measure'")
        if self.redistribution == "limited" and not self.attribution:
            raise ValueError("limited redistribution needs the 'attribution' line to print")
        for name, refresh in self.refresh.items():
            if self.redistribution == "limited" and not (refresh.keeps.countries and refresh.keeps.measures):
                raise ValueError(f"limited redistribution: refresh.{name}.keeps must name countries and measures")
            if bool(refresh.label) != ("vintage" in self.columns):
                raise ValueError(f"refresh.{name}.label must be given exactly when there is a column 'vintage'")
        return self


class Coverage(Frozen):
    """Countries and years a dataset holds."""

    countries: tuple[str, ...]
    first_year: int
    last_year: int
