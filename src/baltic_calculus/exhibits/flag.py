"""What the flags of the publishers mean, which marks they change, and the notes that explain them."""

from collections.abc import Iterator

import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.number import format_list, format_years

# Values that are not yet final: drawn hollow and dashed.
OPEN_FLAGS = ("estimate", "forecast", "provisional")
_PLURALS = {
    "estimate": "estimates",
    "forecast": "forecasts",
    "provisional": "provisional values",
    "break": "breaks in the series",
    "derived": "computed from published values",
}
LETTERS = {"estimate": "e", "forecast": "f", "provisional": "p", "break": "b", "derived": "d"}


def clean_flags(flags: pd.Series) -> pd.Series:
    """Return flags as text, empty for none.

    Raises
    ------
    ExhibitError
        For a flag that is not known.
    """
    texts = flags.astype(object).where(flags.notna(), "").astype(str)
    unknown = sorted(set(texts) - set(_PLURALS) - {""})
    if unknown:
        raise ExhibitError(
            f"unknown flag {', '.join(unknown)}",
            where=f"column {flags.name}",
            remedy="use one of: " + ", ".join(_PLURALS),
        )
    return texts


def is_open(flag: str) -> bool:
    """Whether a value with this flag is drawn hollow and dashed."""
    return flag in OPEN_FLAGS


def _flag_columns(data: pd.DataFrame) -> list[str]:
    """Columns that hold flags: ``flag`` itself, or one for each value column (``flag_2026``, ``share_flag``)."""
    return [
        str(name)
        for name in data.columns
        if name == "flag" or str(name).startswith("flag_") or str(name).endswith("_flag")
    ]


def flags_present(data: pd.DataFrame) -> tuple[str, ...]:
    """Flags that occur in the data of an exhibit, in the order in which they are explained."""
    found: set[str] = set()
    for name in _flag_columns(data):
        found.update(clean_flags(data[name]))
    present = [flag for flag in _PLURALS if flag in found]
    return (*present, "low confidence") if _low_confidence(data) else tuple(present)


def _low_confidence(data: pd.DataFrame) -> bool:
    """Whether some value rests on weak evidence."""
    return "confidence" in data.columns and bool((data["confidence"].astype(str) == "low").any())


def _years_of(data: pd.DataFrame, flag: str) -> str:
    """Years that carry a flag, in brackets, when the data have a year column."""
    if "year" not in data.columns or "flag" not in data.columns:
        return ""
    years = pd.to_numeric(data.loc[clean_flags(data["flag"]) == flag, "year"], errors="coerce").dropna()
    return f" ({format_years([int(year) for year in years])})" if len(years) else ""


def figure_notes(data: pd.DataFrame) -> list[str]:
    """Sentences that explain the marks of flagged values in a figure."""
    return list(_figure_sentences(data, flags_present(data)))


def _figure_sentences(data: pd.DataFrame, flags: tuple[str, ...]) -> Iterator[str]:
    """Yield one sentence for open values together, and one for each other kind of flag."""
    waiting = [f"{_PLURALS[flag]}{_years_of(data, flag)}" for flag in flags if flag in OPEN_FLAGS]
    if waiting:
        yield f"Hollow or dashed: {format_list(waiting)}."
    if "break" in flags:
        yield f"The series has breaks{_years_of(data, 'break')}: values before and after are not fully comparable."
    if "derived" in flags:
        subject = "Values" if _all(data, "derived") else "Some values"
        yield f"{subject} are computed here from published ones."
    if "low confidence" in flags:
        yield "Hollow with a dashed outline: low confidence."


def _all(data: pd.DataFrame, flag: str) -> bool:
    """Whether every row carries this flag."""
    return "flag" in data.columns and bool((clean_flags(data["flag"]) == flag).all())


def table_notes(data: pd.DataFrame) -> list[str]:
    """Sentences that explain the superscript letters of flagged values in a table."""
    notes = [f"{LETTERS[flag]}: {_PLURALS[flag]}." for flag in flags_present(data) if flag in LETTERS]
    if "low confidence" in flags_present(data):
        notes.append("Rows marked low rest on weak evidence.")
    return notes
