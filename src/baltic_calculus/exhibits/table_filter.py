"""What the rows of a table can be chosen by on the site: columns of its data with few values."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from great_tables import GT

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.label import display_name, sign_text
from baltic_calculus.exhibits.number import format_date
from baltic_calculus.exhibits.series import require_columns

NOT_GIVEN = "not given"
"""What a choice calls rows without a value."""

HEADINGS = {"iso3": "Country"}
"""Columns whose name is no word."""


def list_filters(gt: GT, data: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Describe the choices that a table offers, for the metadata of its output.

    Parameters
    ----------
    gt : GT
        The table; a grouped one prints its rows group by group.
    data : DataFrame
        One row for each row of ``gt``, in the order in which they were given to it.
    names : sequence of str
        Columns of ``data``; the values of a categorical one are offered in its own order, others by the alphabet.

    Returns
    -------
    list of dict
        ``label``; ``options``, the values as the table prints them; and ``rows``, the place among the options of each
        row from the top of the table.

    Raises
    ------
    ExhibitError
        When a column is missing or the data have more or fewer rows than the table.
    """
    if not names:
        return []
    require_columns(data, list(names), "Table(filters=...)")
    order = _printed_order(gt)
    if len(order) != len(data):
        raise ExhibitError(
            f"a table of {len(order)} rows with data of {len(data)}",
            where="Table(filters=...)",
            remedy="give the data row by row as the table shows them, or no filters",
        )
    return [_choice(name, data[name].iloc[order]) for name in names]


def _printed_order(gt: GT) -> list[int]:
    """Places of the rows from the top of the table; great_tables tells them in no public way."""
    groups = [int(row) for group in gt._stub.group_rows for row in group.indices]
    return groups or list(range(len(gt._tbl_data)))


def _choice(name: str, values: pd.Series) -> dict[str, Any]:
    words = [NOT_GIVEN if pd.isna(value) or value == "" else _words(value) for value in values.tolist()]
    if isinstance(values.dtype, pd.CategoricalDtype):
        ranked = values.cat.categories.tolist()
    else:
        ranked = sorted(values.dropna().unique().tolist(), key=_rank)
    options = [option for option in dict.fromkeys([*map(_words, ranked), NOT_GIVEN]) if option in words]
    label = HEADINGS.get(name, sign_text(name.replace("_", " ")))
    return {"label": label, "options": options, "rows": [options.index(word) for word in words]}


def _rank(value: Any) -> tuple[float, str]:
    """Numbers by size, words by the alphabet as they are printed."""
    return (float(value), "") if isinstance(value, int | float) else (0.0, _words(value).casefold())


def _words(value: Any) -> str:
    """A value as a cell of the table prints it."""
    return f"{value:g}" if isinstance(value, int | float) else format_date(display_name(str(value)))
