"""What figures and tables share: the parts that none may lack, and the metadata that the report reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from baltic_calculus.catalog.spreadsheet import harmless
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.flag import flags_present
from baltic_calculus.exhibits.precision import publish_number
from baltic_calculus.exhibits.source import dataset_names, source_line

Bundle = tuple[dict[str, Any], dict[str, Any]]
"""Data by MIME type, and the metadata of the output."""


@dataclass(frozen=True)
class Particulars:
    """Everything about an exhibit but its picture.

    Parameters
    ----------
    kind : str
        ``"figure"`` or ``"table"``.
    data : DataFrame
        The numbers shown, offered to readers as CSV.
    caption, unit, alt : str
        Caption, unit of the values, and the text for readers who do not see the exhibit.
    sources : tuple of str
        Dataset names in the catalogue.
    notes : tuple of str
        Notes printed under the caption, those of the flags included.
    """

    kind: str
    data: pd.DataFrame
    caption: str
    unit: str
    alt: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]

    def metadata(self) -> dict[str, Any]:
        """Return the ``report`` entry of the output's metadata."""
        return {
            "kind": self.kind,
            "caption": self.caption,
            "alt": self.alt,
            "unit": self.unit,
            "sources": list(self.sources),
            "source_line": source_line(self.sources),
            "notes": list(self.notes),
            "flags": list(flags_present(self.data)),
            "facts": {},
        }

    def csv(self) -> str:
        """The data as CSV: published numbers, a line feed on every system, no text that a spreadsheet would run."""
        safe = self.data.rename(columns=harmless)
        for name in safe.select_dtypes(exclude=["integer", "bool", "datetime", "timedelta"]):
            safe[name] = safe[name].map(lambda cell: harmless(publish_number(cell)), na_action="ignore")
        return str(safe.to_csv(index=False, lineterminator="\n"))


def check_particulars(
    kind: str,
    *,
    data: pd.DataFrame,
    caption: str,
    source: str | Sequence[str],
    unit: str,
    alt: str,
    notes: Sequence[str],
    flag_notes: Sequence[str],
) -> Particulars:
    """Refuse an exhibit that lacks what every exhibit must have.

    Raises
    ------
    ExhibitError
        Naming each of caption, source, unit, alt and data that is missing or empty.
    """
    texts = {"caption": caption, "unit": unit, "alt": alt}
    missing = [name for name, text in texts.items() if not isinstance(text, str) or not text.strip()]
    sources = dataset_names(source or ())
    if not sources:
        missing.append("source")
    if not isinstance(data, pd.DataFrame) or data.empty:
        missing.append("data")
    if missing:
        raise ExhibitError(
            f"{kind} without {', '.join(missing)}",
            where=caption.strip() if isinstance(caption, str) and caption.strip() else f"a {kind} without a caption",
            remedy=f"pass {', '.join(f'{name}=' for name in missing)} with something in it",
        )
    return Particulars(
        kind=kind,
        data=data,
        caption=caption.strip(),
        unit=unit.strip(),
        alt=" ".join(alt.split()),
        sources=sources,
        notes=(*(note for note in notes if note), *flag_notes),
    )
