"""A map of towns: what stands or is planned in each, how far it has come, and how much money was announced."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import LINE_HEIGHT
from baltic_calculus.exhibits.condition import text_if
from baltic_calculus.exhibits.dodge import dodge
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import is_weak, kind_encodings, kind_order
from baltic_calculus.exhibits.land import conic_projection, draw_land, left_sides
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_list, format_range
from baltic_calculus.exhibits.outline import View, select_outlines
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

HEIGHT = 640
# From the Gulf of Finland to the Polish border: kilometres across the picture, and the point in its middle.
SPAN_KM = 740
CENTRE = (24.9, 57.0)
PARALLELS = (55, 59)
VIEW = View(17, 32, 53, 61)
# Degrees of latitude within which a label turns to the other side of its mark.
CROWDED = 0.3
# Square pixels of the mark with the most money, and of one without a public amount, on a picture of full width.
LARGEST, LEAST = 1500, 90
NARROW = 480
KM_PER_DEGREE = 111.2
NOT_PUBLIC = "not public"


def chart_place_map(
    borders: Mapping[str, Any],
    frame: pd.DataFrame,
    *,
    place: str,
    kind: str,
    low: str,
    high: str,
    unit: str,
    kinds: Sequence[str],
    subtitle: str,
    details: Mapping[str, str],
    hosts: Sequence[str],
    confidence: str = "confidence",
) -> alt.LayerChart:
    """Draw a mark in each town; its shape and colour show the kind, its area the upper end of the amount.

    Parameters
    ----------
    borders : mapping
        GeoJSON feature collection of countries, with ``iso3`` among the properties.
    frame : DataFrame
        One row for each town, with ``longitude, latitude`` in degrees. A town without an amount has a small mark.
    place, kind, low, high, confidence : str
        Columns of the name, the kind, the ends of the amount, and the confidence ("low" is hollow and dashed).
    unit : str
        Unit of the amounts, printed above the map.
    kinds : sequence of str
        All kinds in a fixed order.
    subtitle : str
        Column of a second line under the label; phones leave it to the tooltip.
    details : mapping of str to str
        Tooltip: title to column.
    hosts : sequence of str
        Countries drawn darker.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing, there is nothing to draw, or a town lies outside the map.
    """
    columns = [place, kind, low, high, subtitle, "longitude", "latitude", *details.values()]
    require_columns(frame, columns, "chart_place_map")
    _require_inside(frame, place)
    order = kind_order(frame[kind], kinds, "chart_place_map")
    ends = frame[[low, high]].astype(float)
    most = float(np.nanmax([*ends[high], 1.0]))
    rows = pd.DataFrame(
        {
            "longitude": frame["longitude"].astype(float),
            "latitude": frame["latitude"].astype(float),
            "name": frame[place].astype(str),
            "kind": frame[kind].astype(str),
            "weak": is_weak(frame, confidence),
            "area": (ends[high] / most * LARGEST).clip(lower=LEAST).fillna(LEAST),
            "amount": [_say_amount(*pair, unit) for pair in zip(ends[low], ends[high], strict=True)],
            "short": [_say_amount(*pair, "") for pair in zip(ends[low], ends[high], strict=True)],
            "subtitle": frame[subtitle].astype(str),
            "left": left_sides(frame, CROWDED),
            **{f"detail_{count}": frame[column].astype(str) for count, column in enumerate(details.values())},
        }
    ).reset_index(drop=True)
    rows["shift"] = _part_labels(rows)
    rows["label"] = rows["name"] + ": " + rows["short"]
    layers = [
        *draw_land(select_outlines(borders, VIEW), hosts),
        _marks(rows, order, details),
        *_labels(rows),
    ]
    projection = conic_projection(CENTRE, SPAN_KM, PARALLELS)
    return put_together(layers, unit=unit, height=HEIGHT).properties(projection=projection)


def _say_amount(low: float, high: float, unit: str) -> str:
    """A range in print, or that none is public."""
    return NOT_PUBLIC if np.isnan(low) else format_range(low, high, unit, 0)


def _require_inside(frame: pd.DataFrame, place: str) -> None:
    """Refuse towns that the picture would not show."""
    inside = frame["longitude"].between(VIEW.west, VIEW.east) & frame["latitude"].between(VIEW.south, VIEW.north)
    if not inside.all():
        outside = ", ".join(frame.loc[~inside, place].astype(str))
        raise ExhibitError(f"not on the map: {outside}", where="chart_place_map", remedy="correct the co-ordinates")


def _part_labels(rows: pd.DataFrame) -> pd.Series:
    """Pixels by which each label moves down from the height of its mark, so that labels of one side keep apart."""
    heights = HEIGHT / 2 - (rows["latitude"] - CENTRE[1]) * KM_PER_DEGREE * WIDTH / SPAN_KM
    parted = [
        pd.Series(dodge(side.to_list(), [2.0 * LINE_HEIGHT] * len(side), 0, HEIGHT), index=side.index)
        for _, side in heights.groupby(rows["left"])
    ]
    return pd.concat(parted).reindex(rows.index) - heights


def _marks(rows: pd.DataFrame, order: Sequence[str], details: Mapping[str, str]) -> alt.Chart:
    """Marks of all towns, larger ones first, so that none is hidden."""
    shrink = f"pow(width / {WIDTH}, 1.5)"
    scale = alt.Scale(domain=[0, LARGEST], range=[0, alt.ExprRef(f"{LARGEST} * {shrink}")])
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("amount:N", title="Announced"),
        *(alt.Tooltip(f"detail_{count}:N", title=title) for count, title in enumerate(details)),
    ]
    ordered = rows.sort_values("area", ascending=False, kind="stable")
    base = alt.Chart(ordered).mark_point(filled=True, strokeWidth=1.6)
    return base.encode(
        longitude=alt.Longitude("longitude:Q"),
        latitude=alt.Latitude("latitude:Q"),
        size=alt.Size("area:Q", scale=scale, legend=None),
        tooltip=tooltip,
        **kind_encodings(order),
    )


def _labels(rows: pd.DataFrame) -> list[alt.Chart]:
    """Name and amount beside each mark, with the second line below."""
    layers = []
    wide = f"width > {NARROW}"
    for row in rows.to_dict("records"):
        radius = float(np.sqrt(row["area"] / np.pi))
        gap = alt.ExprRef(f"{'-' if row['left'] else ''}({radius:.1f} * width / {WIDTH} + 6)")
        base = alt.Chart(pd.DataFrame([{name: row[name] for name in ("longitude", "latitude", "label", "subtitle")}]))
        base = base.encode(longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"))
        shared = {"align": "right" if row["left"] else "left", "baseline": "middle", "dx": gap}
        lift = alt.ExprRef(f"{wide} ? {row['shift'] - LINE_HEIGHT / 2:.1f} : {row['shift'] / 2:.1f}")
        text = {"fontSize": TICK_SIZE + 1, "fontWeight": 600}
        layers.extend(haloed(base.encode(text=alt.Text("label:N")), **shared, **text, dy=lift))
        quiet = {"fontSize": TICK_SIZE, "dy": row["shift"] + LINE_HEIGHT / 2, "color": palette.MUTE.light}
        layers.extend(haloed(base.encode(text=text_if(wide, "subtitle")), **shared, **quiet))
    return layers


def describe_towns(frame: pd.DataFrame, *, place: str, kind: str, low: str, high: str, unit: str) -> str:
    """Put the towns of a map into words: what stands where, and the announced amount.

    Parameters
    ----------
    frame : DataFrame
        One row for each town.
    place, kind, low, high : str
        Columns of the name, the kind and the ends of the amount.
    unit : str
        Unit of the amounts.

    Returns
    -------
    str

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [place, kind, low, high], "describe_towns")
    known = frame.dropna(subset=[low])
    items = [
        f"{row[place]} {format_range(row[low], row[high], '', 0)} ({row[kind]})" for row in known.to_dict("records")
    ]
    sentences = [f"Map of {len(frame)} towns, in {unit}: {'; '.join(items)}."]
    silent = [f"{row[place]} ({row[kind]})" for row in frame[frame[low].isna()].to_dict("records")]
    if silent:
        sentences.append(f"Amount not public: {format_list(silent)}.")
    return " ".join(sentences)
