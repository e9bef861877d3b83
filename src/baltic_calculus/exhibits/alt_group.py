"""Alternative texts of charts and tables in which every row, bar or panel holds several numbers."""

from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.number import format_list, format_number, format_plain, format_signed
from baltic_calculus.exhibits.sentence import join_sentences, say_open
from baltic_calculus.exhibits.series import flags_of, print_time, require_columns, shared_decimals

# Of more pieces than this only the first and the last are told.
MOST_PARTS = 12
# A longer list of the rows of a table is told by its ends.
MOST_LETTERS = 160
# So many rows are told of a chart that shows how far apart its sources are.
MOST_APART = 3


def describe_parts(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    part: str,
    unit: str,
    flag: str = "flag",
    decimals: int | None = None,
) -> str:
    """Put a stack into words: every bar of a few, else the parts at the first and the last time.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [x, y, part], "describe_parts")
    rows = frame.dropna(subset=[y])
    places = shared_decimals(rows[y], unit, decimals)
    keys = list(dict.fromkeys(rows[x]))
    parts = rows[part].nunique()
    kind = f"Stacked bars of {parts} parts" if parts > 1 else f"Bars of {display_name(str(rows[part].iloc[0]))}"
    sentences = [f"{kind} in {unit}, {len(keys)} bars."]
    for key in keys if rows.shape[0] <= MOST_PARTS else dict.fromkeys([keys[0], keys[-1]]):
        column = rows[rows[x] == key]
        if parts == 1:
            sentences.append(f"{print_time(key)}: {format_plain(float(column[y].sum()), places)}.")
            continue
        said = [
            f"{display_name(str(name))} {format_plain(number, places)}"
            for name, number in zip(column[part], column[y], strict=True)
        ]
        sentences.append(
            f"{print_time(key)}: {', '.join(said)}; together {format_plain(float(column[y].sum()), places)}."
        )
    return join_sentences([*sentences, say_open(flags_of(rows, flag))])


def describe_spread(
    frame: pd.DataFrame, *, row: str, value: str, kind: str, unit: str, flag: str = "flag", decimals: int = 2
) -> str:
    """Put rows of several sources into words: how many there are, and the three that are furthest apart.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, value, kind], "describe_spread")
    known = frame.dropna(subset=[value])
    shares = known.groupby(row, sort=False)[value]
    apart = (shares.max() - shares.min())[shares.size() > 1].nlargest(MOST_APART)
    said = []
    for name in apart.index:
        own = known[known[row] == name].set_index(kind)[value]
        said.append(
            f"{display_name(str(name))} from {format_plain(float(own.min()), decimals)} ({own.idxmin()}) "
            f"to {format_plain(float(own.max()), decimals)} ({own.idxmax()})"
        )
    sentences = [f"Rows of marks in {unit}, {known[row].nunique()} rows with one mark for each source."]
    sentences.append(f"Furthest apart: {'; '.join(said)}." if said else "No row has more than one mark.")
    return join_sentences([*sentences, say_open(flags_of(known, flag))])


def describe_groups(
    frame: pd.DataFrame,
    *,
    category: str,
    series: str,
    value: str,
    unit: str,
    total_label: str = "total",
    flag: str = "flag",
    decimals: int | None = None,
) -> str:
    """Put amounts side by side into words: in each row one number for each country, in the same order, and the sums.

    ``total_label`` names the sums; they are left out where it is empty.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [category, series, value], "describe_groups")
    rows = frame.dropna(subset=[value])
    places = shared_decimals(rows[value], unit, decimals)
    names = format_list([display_name(str(name)) for name in dict.fromkeys(rows[series])])
    sums = rows.groupby(series, sort=False)[value].sum()
    groups = [(display_name(str(name)), list(group[value])) for name, group in rows.groupby(category, sort=False)]
    said = [
        f"{name} {', '.join(format_signed(number, '', places) for number in numbers)}"
        for name, numbers in [*groups, *([(total_label, list(sums))] if total_label else [])]
    ]
    return join_sentences(
        [
            f"Bar chart in {unit}, in each row {names}, in this order.",
            f"{'; '.join(said)}.",
            say_open(flags_of(rows, flag)),
        ]
    )


def describe_panels(
    frame: pd.DataFrame,
    *,
    y: str,
    series: str,
    unit: str,
    panel: str = "iso3",
    x: str = "year",
    flag: str = "flag",
    decimals: int | None = None,
) -> str:
    """Put lines in panels into words: first and last value of each line of each panel.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [y, series, panel, x], "describe_panels")
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    places = shared_decimals(rows[y], unit, decimals)
    count = rows[panel].nunique()
    first, last = (print_time(time) for time in (rows[x].iloc[0], rows[x].iloc[-1]))
    sentences = [f"Line charts in {count} panel{'s' if count > 1 else ''}, in {unit}, {first} to {last}."]
    for name in dict.fromkeys(frame[panel]):
        lines = rows[rows[panel] == name].groupby(series, sort=False)[y]
        said = [
            f"{display_name(str(line)).lower()} {format_plain(values.iloc[0], places)} to "
            f"{format_plain(values.iloc[-1], places)}"
            for line, values in lines
        ]
        sentences.append(f"{display_name(str(name))}: {', '.join(said)}.")
    return join_sentences([*sentences, say_open(flags_of(rows, flag))])


def describe_table(frame: pd.DataFrame, *, row: str, columns: Mapping[str, tuple[str, str, int | None]]) -> str:
    """Put a table into words: its rows, and the lowest and highest value of some columns.

    Parameters
    ----------
    frame : DataFrame
        Rows of the table.
    row : str
        Column with the row names, or with the names of groups of rows.
    columns : mapping of str to (words, unit, decimals)
        Columns to tell, and how.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, *columns], "describe_table")
    names = list(dict.fromkeys(frame[row].astype(str)))
    sentences = [f"Table of {len(frame)} rows {_say_rows([display_name(name) for name in names])}."]
    for name, (words, unit, decimals) in columns.items():
        known = frame.dropna(subset=[name])
        if known.empty:
            continue
        places = shared_decimals(known[name], unit, decimals)
        ends = [known.loc[known[name].idxmin()], known.loc[known[name].idxmax()]]
        low, high = (f"{format_number(end[name], unit, places)} ({display_name(str(end[row]))})" for end in ends)
        sentences.append(f"{words}: from {low} to {high}." if len(known) > 1 else f"{words}: {low}.")
    return join_sentences(sentences)


def _say_rows(names: Sequence[str]) -> str:
    """The rows of a table: all of them by name, or the first and the last where that would be a long list."""
    listed = format_list(names)
    return f"for {listed}" if len(listed) <= MOST_LETTERS else f"from {names[0]} to {names[-1]}"
