"""A table with everything that a reader needs to judge it, as one display output."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from great_tables import GT

from baltic_calculus.exhibits.bundle import Bundle, check_particulars
from baltic_calculus.exhibits.flag import table_notes
from baltic_calculus.exhibits.number import MISSING
from baltic_calculus.exhibits.table_filter import list_filters


class Table:
    """One table and its caption, source, unit, alternative text, data and notes.

    Parameters
    ----------
    gt : GT
        From ``table_of``, or any great_tables table.
    data : DataFrame
        The numbers shown, offered as CSV. Columns ``flag`` or ``flag_*`` add notes of their own.
    caption, source, unit, alt, notes
        As in :class:`~baltic_calculus.exhibits.figure.Figure`.
    filters : sequence of str
        Columns of ``data``, shown by the table or not, by whose values readers of the site choose rows. The rows of
        ``data`` are then those of ``gt``.

    Raises
    ------
    ExhibitError
        When one of these is missing or empty, or rows and data do not agree.
    """

    def __init__(
        self,
        gt: GT,
        *,
        data: pd.DataFrame,
        caption: str,
        source: str | Sequence[str],
        unit: str,
        alt: str,
        notes: Sequence[str] = (),
        filters: Sequence[str] = (),
    ) -> None:
        self.gt = gt
        self.particulars = check_particulars(
            "table",
            data=data,
            caption=caption,
            source=source,
            unit=unit,
            alt=alt,
            notes=notes,
            flag_notes=table_notes(data) if isinstance(data, pd.DataFrame) else (),
        )
        self.filters = list_filters(gt, data, filters)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        """What Jupyter stores: the table, its data and its alternative text, and the metadata for the report."""
        html = self.gt.as_raw_html()
        report = self.particulars.metadata()
        if f">{MISSING}</td>" in html:
            report["notes"].append(f"{MISSING}: not available.")
        if self.filters:
            report["filters"] = self.filters
        content = {
            "text/html": html,
            "text/csv": self.particulars.csv(),
            "text/plain": self.particulars.alt,
        }
        return content, {"report": report}
