"""Further columns of a frame that a tooltip shows, under names that no other field of a chart has."""

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
import pandas as pd


def detail_columns(frame: pd.DataFrame, details: Mapping[str, str]) -> dict[str, pd.Series]:
    """Text of each column of the details, by its field.

    Parameters
    ----------
    frame : DataFrame
        Rows of the chart.
    details : mapping of str to str
        Title in the tooltip to column.
    """
    return {f"detail_{count}": frame[column].astype(str) for count, column in enumerate(details.values())}


def detail_tooltips(titles: Iterable[str]) -> list[Any]:
    """Lines of the tooltip for the columns of :func:`detail_columns`, by their titles."""
    return [alt.Tooltip(f"detail_{count}:N", title=title) for count, title in enumerate(titles)]
