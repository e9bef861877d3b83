"""Time series made ready for drawing: points, solid and dashed runs, and labels at the end of each line."""

import numbers
from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.annotation import LINE_HEIGHT
from baltic_calculus.exhibits.axis import as_years
from baltic_calculus.exhibits.dodge import dodge
from baltic_calculus.exhibits.flag import clean_flags, is_open
from baltic_calculus.exhibits.label import display_name, sign_text, wrap_label
from baltic_calculus.exhibits.number import default_decimals, format_number, format_plain

LABEL_WIDTH = 18


def require_columns(frame: pd.DataFrame, columns: Sequence[str], where: str) -> None:
    """Refuse a frame without rows or without a column that a chart needs.

    Raises
    ------
    ExhibitError
        Naming the missing columns and those there are.
    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ExhibitError(
            f"no column {', '.join(missing)}",
            where=where,
            remedy="the frame has: " + ", ".join(map(str, frame.columns)),
        )
    if frame.empty:
        raise ExhibitError(
            "nothing to draw: the frame has no rows", where=where, remedy="check the filter before the chart"
        )


def shared_decimals(values: pd.Series, unit: str, decimals: int | None) -> int:
    """One number of decimals for all values of a chart."""
    if decimals is not None:
        return decimals
    return max(default_decimals(value, unit) for value in values.dropna())


def value_texts(values: pd.Series, flags: pd.Series, unit: str, decimals: int) -> list[str]:
    """Values as tooltips print them: with unit, and with the flag in brackets."""
    return [
        format_number(value, unit, decimals) + (f" ({flag})" if flag else "")
        for value, flag in zip(values, flags, strict=True)
    ]


def flags_of(frame: pd.DataFrame, flag: str) -> pd.Series:
    """Flags of the rows; empty when the frame has no such column."""
    return clean_flags(frame[flag]) if flag in frame.columns else pd.Series("", index=frame.index, dtype=object)


def make_points(
    frame: pd.DataFrame, *, series: str, x: str, y: str, unit: str, flag: str, decimals: int, panel: str | None = None
) -> pd.DataFrame:
    """One row for each value that is drawn.

    Parameters
    ----------
    frame : DataFrame
        Tidy: one row for each series and time.
    series, x, y, flag : str
        Columns. Rows without a value break the line.
    unit, decimals
        For the tooltip.
    panel : str, optional
        Column that tells small multiples apart.

    Returns
    -------
    DataFrame
        ``series, name, x, when, y, text, open, run`` (and ``panel``), sorted by series and time; ``run`` numbers the
        stretches between missing values.
    """
    keys = [series] if panel in (None, series) else [panel, series]
    flags = flags_of(frame, flag)
    points = pd.DataFrame(
        {
            "panel": frame[panel].astype(str) if panel else "",
            "series": frame[series].astype(str),
            "x": as_years(frame[x]),
            "when": [print_time(value) for value in frame[x]],
            "y": frame[y].astype(float),
            "flag": flags,
        }
    )
    points = points.sort_values(["panel", "series", "x"], kind="stable")
    if points.duplicated(["panel", "series", "x"]).any():
        first = points[points.duplicated(["panel", "series", "x"])].iloc[0]
        raise ExhibitError(
            f"two values for {first['series']} in {first['when']}",
            where=f"columns {', '.join(keys)}, {x}",
            remedy="filter the frame to one measure and one vintage",
        )
    points["run"] = points["y"].isna().groupby([points["panel"], points["series"]]).cumsum()
    points = points.dropna(subset=["y"]).reset_index(drop=True)
    points["open"] = points["flag"].map(is_open)
    points["name"] = points["series"].map(sign_text)
    points["text"] = value_texts(points["y"], points["flag"], unit, decimals)
    return points


def print_time(value: object) -> str:
    """A year as it is, a day in full, anything else by its name."""
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%B %Y}"
    return f"{value:g}" if isinstance(value, numbers.Real) else display_name(str(value))


def make_segments(points: pd.DataFrame) -> pd.DataFrame:
    """Cut each line into solid and dashed runs that share their end points.

    Returns
    -------
    DataFrame
        ``panel, series, name, x, y, open, piece``; a piece is drawn dashed when ``open``: when either of its ends is an
        estimate.
    """
    pieces = []
    for (panel, series, run), line in points.groupby(["panel", "series", "run"], sort=False):
        line = line.reset_index(drop=True)
        dashed = (line["open"] | line["open"].shift(-1, fill_value=False)).iloc[:-1].to_list()
        for start in range(len(line) - 1):
            if start and dashed[start] == dashed[start - 1]:
                continue
            stop = next((end for end in range(start, len(dashed)) if dashed[end] != dashed[start]), len(dashed))
            piece = line.loc[start:stop, ["panel", "series", "name", "x", "y"]]
            pieces.append(piece.assign(open=dashed[start], piece=f"{panel}/{series}/{run}/{start}"))
    columns = ["panel", "series", "name", "x", "y", "open", "piece"]
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=columns)


def make_end_labels(
    points: pd.DataFrame,
    references: Mapping[float, str],
    *,
    domain: tuple[float, float],
    height: int,
    decimals: int,
    label_x: float,
) -> pd.DataFrame:
    """Name and last value of each line, and the names of the references, one below the other without overlap.

    Parameters
    ----------
    points : DataFrame
        From :func:`make_points`, of the lines that are labelled.
    references : mapping of float to str
        Value and label.
    domain : tuple of float
        Ends of the value axis.
    height : int
        Height of the plot in pixels.
    decimals : int
        Decimals of the last values.
    label_x : float
        Where on the time axis the labels begin.

    Returns
    -------
    DataFrame
        ``series`` (empty for references), ``label`` (with line breaks), ``x``, ``y`` (middle of the first
        line in data units, moved apart).
    """
    rows = []
    lines_drawn = list(points.groupby("series", sort=False))
    # of two lines that end together the one that came from above is named first
    for series, line in sorted(lines_drawn, key=lambda drawn: -drawn[1]["y"].mean()):
        last = line.loc[line["x"].idxmax()]
        lines = wrap_label(f"{last['name']} {format_plain(last['y'], decimals)}", LABEL_WIDTH)
        rows.append({"series": series, "label": "\n".join(lines), "wanted": last["y"], "lines": len(lines)})
    for value, label in references.items():
        lines = wrap_label(label, LABEL_WIDTH)
        rows.append({"series": "", "label": "\n".join(lines), "wanted": value, "lines": len(lines)})
    labels = pd.DataFrame(rows)
    scale = height / (domain[1] - domain[0])
    wanted = ((domain[1] - labels["wanted"]) * scale).to_list()
    placed = dodge(wanted, [LINE_HEIGHT * count + 2 for count in labels["lines"]], -8, height + 8)
    # Vega centres the first line of a text on its place, not the whole text.
    lifts = [LINE_HEIGHT * (count - 1) / 2 for count in labels["lines"]]
    labels["y"] = [domain[1] - (pixel - lift) / scale for pixel, lift in zip(placed, lifts, strict=True)]
    return labels.assign(x=label_x)[["series", "label", "x", "y"]]
