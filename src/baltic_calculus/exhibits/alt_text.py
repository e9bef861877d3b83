"""Alternative texts written from the data: where a series starts and ends, its extremes, who leads, how wide it is."""

from collections.abc import Iterator, Sequence

import pandas as pd

from baltic_calculus.exhibits.axis import as_years
from baltic_calculus.exhibits.flag import OPEN_FLAGS
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.number import format_list, format_number, format_plain, format_range
from baltic_calculus.exhibits.series import flags_of, print_time, require_columns, shared_decimals

# More series than this make a list that nobody listens to: the ends of the field say more.
MOST_SERIES = 8
MOST_ROWS = 12


def _say_open(flags: pd.Series) -> str:
    """How many values are not final, as a sentence; empty when all are."""
    kinds = {flag: int((flags == flag).sum()) for flag in OPEN_FLAGS if (flags == flag).any()}
    if not kinds:
        return ""
    words = {"estimate": "estimates", "forecast": "forecasts", "provisional": "provisional"}
    total = len(flags)
    if sum(kinds.values()) == total:
        return f"All {total} values are {format_list([words[flag] for flag in kinds], 'or')}."
    said = [f"{count} {'are' if count > 1 else 'is'} {_number_word(flag, count)}" for flag, count in kinds.items()]
    return f"Of {total} values, {format_list(said)}."


def _number_word(flag: str, count: int) -> str:
    """An estimate, or estimates."""
    if flag == "provisional":
        return flag
    article = "an" if flag[0] in "aeiou" else "a"
    return f"{flag}s" if count > 1 else f"{article} {flag}"


def _join(sentences: Iterator[str] | Sequence[str]) -> str:
    """Sentences that say something, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)


def _course(name: str, line: pd.DataFrame, unit: str, decimals: int) -> str:
    """One series in a sentence: first and last value, and extremes that are neither."""
    first, last = line.iloc[0], line.iloc[-1]
    if len(line) == 1:
        return f"{name}: {format_number(first['y'], unit, decimals)} in {first['when']}."
    begin, end = format_plain(first["y"], decimals), format_number(last["y"], unit, decimals)
    verb = "rises" if last["y"] > first["y"] else "falls"
    if begin == format_plain(last["y"], decimals):
        sentence = f"{name} stands at {end} in {first['when']} and again in {last['when']}"
    else:
        sentence = f"{name} {verb} from {begin} in {first['when']} to {end} in {last['when']}"
    between = line.iloc[1:-1]
    extremes = []
    for word, place, beyond in (("lowest", between["y"].idxmin, min), ("highest", between["y"].idxmax, max)):
        if between.empty:
            continue
        row = between.loc[place()]
        if beyond(first["y"], last["y"], row["y"]) == row["y"] and row["y"] not in (first["y"], last["y"]):
            extremes.append(f"{word} {format_plain(row['y'], decimals)} in {row['when']}")
    return f"{sentence}; {', '.join(extremes)}." if extremes else f"{sentence}."


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
    """Put time series into words: first, last, trend and extremes of each.

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
    lines = {name: line.sort_values("x") for name, line in rows.groupby("series", sort=False)}
    told = [name for name in lines if name in highlight] if highlight else list(lines)
    told = told if len(told) <= MOST_SERIES else []
    sentences = [f"Line chart of {len(lines)} series." if len(lines) > 1 else "Line chart."]
    sentences += [_course(display_name(name), lines[name], unit, places) for name in told]
    if len(told) < len(lines):
        last = pd.Series({name: line["y"].iloc[-1] for name, line in lines.items()})
        sentences.append(_say_field(last, unit, places, "at the end"))
    return _join([*sentences, _say_open(rows["flag"])])


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
    return _join([*sentences, _say_open(flags_of(rows, flag))])


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
    return _join([*sentences, _say_open(flags_of(rows, flag))])


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
    items = []
    for row in rows.to_dict("records"):
        ends = (row[low], row[high])
        if all(pd.isna(end) for end in ends) and value:
            ends = (row[value], row[value])
        items.append(f"{display_name(str(row[category]))} {format_range(*ends, unit, places)}")
    weak = int((rows[confidence].astype(str) == "low").sum()) if confidence else 0
    return _join(
        [
            f"Chart of {len(rows)} ranges.",
            f"{'; '.join(items)}.",
            f"{weak} of {len(rows)} {'is' if weak == 1 else 'are'} of low confidence." if weak else "",
        ]
    )


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
    """Put a stack into words: the parts at the first and the last time, or in the first and last row.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [x, y, part], "describe_parts")
    rows = frame.dropna(subset=[y])
    places = shared_decimals(rows[y], unit, decimals)
    keys = list(dict.fromkeys(rows[x]))
    sentences = [f"Stacked bars of {rows[part].nunique()} parts in {unit}, {len(keys)} bars."]
    for key in dict.fromkeys([keys[0], keys[-1]]):
        column = rows[rows[x] == key]
        said = [
            f"{display_name(str(name))} {format_plain(number, places)}"
            for name, number in zip(column[part], column[y], strict=True)
        ]
        sentences.append(
            f"{print_time(key)}: {', '.join(said)}; together {format_plain(float(column[y].sum()), places)}."
        )
    return _join([*sentences, _say_open(flags_of(rows, flag))])
