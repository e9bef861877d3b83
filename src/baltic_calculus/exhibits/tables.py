"""Tables of one kind: numbers to the right with equal decimals, dashes for what is missing, letters for flags."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
from great_tables import GT

from baltic_calculus.exhibits.flag import LETTERS, clean_flags
from baltic_calculus.exhibits.label import display_name, sign_text
from baltic_calculus.exhibits.number import MISSING, default_decimals, format_date, format_plain
from baltic_calculus.exhibits.series import require_columns

Column = tuple[str, str, int | None]
"""Header, unit and decimals of a column; unit and decimals are not used for text."""


def table_of(
    frame: pd.DataFrame,
    *,
    stub: str,
    columns: Mapping[str, Column],
    spanners: Mapping[str, Sequence[str]] | None = None,
    groups: str | None = None,
    flags: Mapping[str, str] | None = None,
    stubhead: str = "",
    links: str = "",
) -> GT:
    """Build a table of the report.

    Parameters
    ----------
    frame : DataFrame
        One row for each row of the table, in their order.
    stub : str
        Column with the row names; country codes are printed as names.
    columns : mapping of str to (header, unit, decimals)
        Columns to show, from left to right. The unit joins the header where the columns have different units.
        In words, ``@fig-share`` refers to an exhibit or section as it does in a sentence.
    spanners : mapping of str to sequence of str, optional
        Headings over several columns.
    groups : str, optional
        Column that names groups of rows.
    flags : mapping of str to str, optional
        Flag column of a value column. Without it a column ``flag_<name>``, else ``flag``, is used when there is one.
    stubhead : str
        Header of the row names.
    links : str
        Folder of the pages that the row names lead to: ``"profiles"`` makes the name of ``EST`` lead to the page
        ``profiles/est`` of the site. A name stays plain text where there is no such page: for what is no country, in
        a build without the page, and everywhere but on the site.

    Returns
    -------
    GT
        With an identifier made from its content, so that equal tables are equal to the byte.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    flag_columns = dict(flags or {})
    require_columns(frame, [stub, *columns, *([groups] if groups else []), *flag_columns.values()], "table_of")
    for name in columns:
        automatic = next((flag for flag in (f"flag_{name}", "flag") if flag in frame.columns), None)
        if automatic and name not in flag_columns and _is_number(frame[name]):
            flag_columns[name] = automatic
    shown = pd.DataFrame({stub: frame[stub].astype(str).map(_name_row)})
    if groups:
        shown[groups] = frame[groups].astype(str).map(display_name)
    for name, (_, unit, decimals) in columns.items():
        shown[name] = _cells(frame, name, unit, decimals, flag_columns.get(name))
    digest = hashlib.sha256((links + shown.to_csv(index=False)).encode()).hexdigest()[:10]
    table = GT(shown, id=f"table-{digest}", rowname_col=stub, groupname_col=groups)
    table = table.fmt(_as_html, columns=list(columns)).cols_label(_headers(columns))
    if links:
        pages = {_name_row(code): f"{links}/{code.lower()}" for code in frame[stub].astype(str)}
        table = table.fmt(lambda name: _link(name, pages[name]), columns=stub)
    numbers = [name for name in columns if _is_number(frame[name])]
    words = [name for name in columns if name not in numbers]
    table = table.cols_align("right", columns=numbers) if numbers else table
    table = table.cols_align("left", columns=words) if words else table
    for heading, covered in (spanners or {}).items():
        table = table.tab_spanner(label=heading, columns=list(covered))
    return table.tab_stubhead(label=stubhead) if stubhead else table


def _name_row(value: str) -> str:
    """A name in words begins with a capital letter; a key of a dataset or document stays as it is."""
    return sign_text(value) if " " in value else display_name(value)


def _is_number(values: pd.Series) -> bool:
    """Whether a column holds numbers."""
    return bool(pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values))


def _headers(columns: Mapping[str, Column]) -> dict[str, Any]:
    """Headers, with the unit where the columns do not all have the same."""
    units = {unit for _, unit, _ in columns.values()}
    return {
        name: f"{header}, {unit}" if unit and len(units) > 1 else header for name, (header, unit, _) in columns.items()
    }


def _cells(frame: pd.DataFrame, name: str, unit: str, decimals: int | None, flag: str | None) -> list[str]:
    """Printed cells, ISO dates as dates; the letters of flags follow a mark that :func:`_as_html` raises."""
    values = frame[name]
    if not _is_number(values):
        return [MISSING if pd.isna(value) or value == "" else format_date(display_name(str(value))) for value in values]
    known = values.dropna()
    places = decimals if decimals is not None else max((default_decimals(one, unit) for one in known), default=0)
    letters = clean_flags(frame[flag]).map(LETTERS).fillna("") if flag else pd.Series("", index=frame.index)
    return [
        MISSING if pd.isna(value) else format_plain(float(value), places, grouping=unit != "year") + _raise(letter)
        for value, letter in zip(values, letters, strict=True)
    ]


def _link(name: str, page: str) -> str:
    """A row name that leads to a page: the site writes the link, for it alone knows the page's address."""
    return f'<span data-page="{escape(page)}">{escape(name, quote=False)}</span>'


_RAISED = "\u2063"
"""Invisible separator between a number and the letter of its flag."""


def _raise(letter: str) -> str:
    """A letter to be raised, empty for none."""
    return f"{_RAISED}{letter}" if letter else ""


_REFERENCE = re.compile(r"@((?:fig|tbl|sec)-[a-z0-9-]*[a-z0-9])")


def _as_html(cell: str) -> str:
    """A printed cell as HTML, with its flag raised; the report gives references their names and addresses."""
    number, _, letter = escape(cell, quote=False).partition(_RAISED)
    text = _REFERENCE.sub(r'<span data-label="\1">\1</span>', number)
    return f"{text}<sup>{letter}</sup>" if letter else text
