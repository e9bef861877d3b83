"""Alternative texts written from the data: where a series starts and ends, its extremes, who leads, how wide it is."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.exhibits.axis import as_years
from baltic_calculus.exhibits.label import display_name, sign_text
from baltic_calculus.exhibits.number import format_list, format_number, format_plain, format_range
from baltic_calculus.exhibits.sentence import join_sentences, say_open
from baltic_calculus.exhibits.series import flags_of, print_time, require_columns, shared_decimals

# More series than this make a list that nobody listens to: the ends of the field say more.
MOST_SERIES, MOST_COURSES = 8, 4
MOST_ROWS = 12


def _trend(name: str, line: pd.DataFrame, decimals: int, span: tuple[str, str]) -> str:
    """One series in a clause: first and last value, with times that are not those of the chart."""
    first, last = line.iloc[0], line.iloc[-1]
    begin, end = format_plain(first["y"], decimals), format_plain(last["y"], decimals)
    since = "" if first["when"] == span[0] else f" in {first['when']}"
    until = "" if last["when"] == span[1] else f" in {last['when']}"
    if len(line) == 1:
        return f"{name} {begin} in {first['when']}"
    if begin == end:
        return f"{name} stands at {begin}{since} and again{until or ' at the end'}"
    return f"{name} {'rises' if last['y'] > first['y'] else 'falls'} from {begin}{since} to {end}{until}"


def _course(name: str, line: pd.DataFrame, decimals: int, span: tuple[str, str]) -> str:
    """One series in a clause: its trend, and extremes beyond the first and the last value."""
    ends = {format_plain(line["y"].iloc[place], decimals) for place in (0, -1)}
    extremes = []
    for word, row in (("lowest", line.loc[line["y"].idxmin()]), ("highest", line.loc[line["y"].idxmax()])):
        text = format_plain(row["y"], decimals)
        if text not in ends:
            extremes.append(f"{word} {text} in {row['when']}")
    trend = _trend(name, line, decimals, span)
    return f"{trend} ({', '.join(extremes)})" if extremes else trend


def describe_lines(
    frame: pd.DataFrame,
    *,
    y: str,
    unit: str,
    series: str = "iso3",
    x: str = "year",
    highlight: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> str:
    """Put time series into words: first, last and trend of each, and extremes where there are four at most.

    Parameters
    ----------
    frame, y, unit, series, x, highlight, flag, decimals
        As in :func:`~baltic_calculus.exhibits.lines.chart_lines`. Of more than eight series only the highlighted ones,
        and the highest and lowest at the end, are told.

    Returns
    -------
    str

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [y, series, x], "describe_lines")
    places = shared_decimals(frame[y], unit, decimals)
    rows = pd.DataFrame(
        {
            "series": frame[series].astype(str),
            "x": as_years(frame[x]),
            "when": [print_time(value) for value in frame[x]],
            "y": frame[y].astype(float),
            "flag": flags_of(frame, flag),
        }
    ).dropna(subset=["y"])
    lines = {name: line.sort_values("x", kind="stable") for name, line in rows.groupby("series", sort=False)}
    told = [name for name in lines if name in highlight] if highlight else list(lines)
    told = told if len(told) <= MOST_SERIES else []
    ends = rows.sort_values("x", kind="stable")["when"]
    span = (str(ends.iloc[0]), str(ends.iloc[-1]))
    what = f"Line chart of {len(lines)} series" if len(lines) > 1 else "Line chart"
    sentences = [f"{what}{f' in {unit}' if unit else ''}, {span[0]} to {span[1]}."]
    if told:
        say = _course if len(told) <= MOST_COURSES else _trend
        clauses = "; ".join(say(sign_text(name), lines[name], places, span) for name in told)
        sentences.append(f"{clauses}.")
    if len(told) < len(lines):
        last = pd.Series({name: line["y"].iloc[-1] for name, line in lines.items()})
        sentences.append(_say_field(last, unit, places, "at the end"))
    return join_sentences([*sentences, say_open(rows["flag"])])


def _say_field(values: pd.Series, unit: str, decimals: int, when: str) -> str:
    """Highest and lowest of many."""
    high, low = values.idxmax(), values.idxmin()
    return (
        f"Highest {when} is {display_name(high)} with {format_number(values[high], unit, decimals)}, "
        f"lowest {display_name(low)} with {format_plain(values[low], decimals)}."
    )


def describe_ranking(
    frame: pd.DataFrame,
    *,
    category: str,
    value: str,
    unit: str,
    highlight: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> str:
    """Put a ranking into words: every value of a short one; the ends and the highlighted places of a long one.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [category, value], "describe_ranking")
    rows = frame.dropna(subset=[value]).sort_values(value, ascending=False, kind="stable")
    places = shared_decimals(rows[value], unit, decimals)
    names = rows[category].astype(str).to_list()
    texts = [format_plain(number, places) for number in rows[value]]
    sentences = [
        f"Bar chart of {len(rows)} values in {unit}, largest first." if unit else f"Bar chart of {len(rows)} values."
    ]
    if len(rows) <= MOST_ROWS:
        sentences.append(f"{', '.join(f'{display_name(n)} {t}' for n, t in zip(names, texts, strict=True))}.")
    else:
        sentences.append(_say_field(pd.Series(rows[value].to_list(), index=names), unit, places, "of all"))
        ranked = [
            f"{display_name(name)} is number {place} with {text}"
            for place, (name, text) in enumerate(zip(names, texts, strict=True), 1)
            if name in highlight
        ]
        sentences.append(f"{format_list(ranked)}." if ranked else "")
    return join_sentences([*sentences, say_open(flags_of(rows, flag))])


def describe_change(
    frame: pd.DataFrame,
    *,
    category: str,
    start: str,
    end: str,
    unit: str,
    highlight: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> str:
    """Put changes between two times into words: how many rose, the largest rise and fall, the highlighted ones.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [category, start, end], "describe_change")
    rows = frame.dropna(subset=[start, end])
    places = shared_decimals(pd.concat([rows[start], rows[end]]), unit, decimals)
    change = (rows[end] - rows[start]).set_axis(rows[category].astype(str))
    ends = {str(row[category]): (row[start], row[end]) for row in rows.to_dict("records")}

    def told(name: str) -> str:
        first, last = (format_plain(number, places) for number in ends[name])
        return f"{display_name(name)} from {first} to {last}"

    sentences = [
        f"Dot chart of {len(rows)} changes in {unit}: {int((change > 0).sum())} rise, {int((change < 0).sum())} fall.",
        f"Largest rise: {told(change.idxmax())}." if (change > 0).any() else "",
        f"Largest fall: {told(change.idxmin())}." if (change < 0).any() else "",
    ]
    chosen = [name for name in ends if name in highlight and name not in (change.idxmax(), change.idxmin())]
    sentences.append(f"{format_list([told(name) for name in chosen])}." if chosen else "")
    return join_sentences([*sentences, say_open(flags_of(rows, flag))])


def describe_intervals(
    frame: pd.DataFrame,
    *,
    category: str,
    low: str,
    high: str,
    unit: str,
    value: str | None = None,
    confidence: str | None = None,
    decimals: int | None = None,
) -> str:
    """Put ranges into words, row by row, and say how many rest on weak evidence.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [name for name in (category, low, high, value, confidence) if name], "describe_intervals")
    columns = [name for name in (low, high, value) if name]
    rows = frame.dropna(subset=columns, how="all")
    places = shared_decimals(pd.concat([rows[name] for name in columns]), unit, decimals)
    weak = int((rows[confidence].astype(str) == "low").sum()) if confidence else 0
    sure = f"{weak} of {len(rows)} {'is' if weak == 1 else 'are'} of low confidence." if weak else ""
    if len(rows) > MOST_ROWS:
        return join_sentences([_say_ranges(rows, category, low, high, unit, places), sure])
    items = []
    for row in rows.to_dict("records"):
        ends = (row[low], row[high])
        if all(pd.isna(end) for end in ends) and value:
            ends = (row[value], row[value])
        items.append(f"{display_name(str(row[category]))} {format_range(*ends, unit, places)}")
    return join_sentences([f"Chart of {len(rows)} ranges.", f"{'; '.join(items)}.", sure])


def _say_ranges(rows: pd.DataFrame, category: str, low: str, high: str, unit: str, decimals: int) -> str:
    """Many ranges by their outermost ends, and by when half of them have begun and ended."""
    lows, highs = rows[low], rows[high]
    names = rows[category].astype(str).map(display_name)
    edges = [format_number(edge, unit, decimals) for edge in (lows.min(), highs.max())]
    halves = [format_number(some.quantile(0.5, interpolation="higher"), unit, decimals) for some in (lows, highs)]
    return (
        f"Chart of {len(rows)} ranges. The first begins in {edges[0]} ({names[lows.idxmin()]}), "
        f"the last ends in {edges[1]} ({names[highs.idxmax()]}). "
        f"Half have begun by {halves[0]} and half have ended by {halves[1]}."
    )
