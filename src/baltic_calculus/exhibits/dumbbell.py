"""Two values of many countries, joined: where each stood and where it stands."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import LINE_HEIGHT, Reference, vertical_rules
from baltic_calculus.exhibits.axis import bare_axis, value_domain
from baltic_calculus.exhibits.beside import label_room, numbers_beside
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.highlight import HEADING, faded, hover_selection, offer_highlight
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together, reserve
from baltic_calculus.exhibits.measure import overrun, text_width
from baltic_calculus.exhibits.narrow import WIDTH as PHONE
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.row import names_width, row_axis
from baltic_calculus.exhibits.series import flags_of, require_columns, shared_decimals, value_texts
from baltic_calculus.exhibits.theme import TICK_SIZE

STEP = 20
GAP = 10
NOT_KNOWN = "not known"
"""What stands beside the earlier value where there is no later one."""


def _make_rows(
    frame: pd.DataFrame,
    *,
    category: str,
    start: str,
    end: str,
    unit: str,
    highlight: Sequence[str],
    flag: str,
    decimals: int,
) -> pd.DataFrame:
    """One row for each country, largest end value first; those without one last."""
    flags = flags_of(frame, flag)
    known = frame[end].notna()
    later = pd.DataFrame({"label": NOT_KNOWN, "after": NOT_KNOWN}, index=frame.index)
    later.loc[known, "label"] = [format_plain(number, decimals) for number in frame.loc[known, end]]
    later.loc[known, "after"] = value_texts(frame.loc[known, end], flags[known], unit, decimals)
    keys = frame[category].astype(str)
    rows = pd.DataFrame(
        {
            "key": keys,
            "name": keys.map(sign_text),
            "start": frame[start].astype(float),
            "end": frame[end].astype(float),
            "open": flags.map(is_open),
            "before": value_texts(frame[start], pd.Series("", index=frame.index), unit, decimals),
        }
    ).join(later)
    subject = keys.isin(highlight) if highlight else pd.Series(True, index=keys.index)
    colours = [
        palette.country_colour(key) if chosen else palette.OTHER for key, chosen in zip(keys, subject, strict=True)
    ]
    rows["colour"] = [colour.light for colour in colours]
    order = rows.sort_values(["end", "start", "name"], ascending=[False, False, True], kind="stable")
    return order.reset_index(drop=True)


def chart_dumbbell(
    frame: pd.DataFrame,
    *,
    category: str,
    start: str,
    end: str,
    unit: str,
    start_label: str,
    end_label: str,
    highlight: Sequence[str] = (),
    references: Sequence[Reference] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.LayerChart:
    """Draw two values of each row and the line between them, sorted by the second.

    Parameters
    ----------
    frame : DataFrame
        One row for each country. Rows without the earlier value are left out; rows without the later one show the
        earlier alone, last, and say that the other is not known.
    category, start, end, flag : str
        Columns of the country, the earlier and the later value, and the flag of the later one.
    unit : str
        Unit of the values, printed above the chart.
    start_label, end_label : str
        What the two values are, printed over the first row: "2014", "2026".
    highlight : sequence of str
        Rows in colour and bold; the others grey. All when empty.
    references : sequence of Reference
        Vertical rules with labels above.
    decimals : int, optional
        Decimals of the printed values.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or no row has both values.
    """
    require_columns(frame, [category, start, end], "chart_dumbbell")
    require_columns(frame.dropna(subset=[start, end]), [category, start, end], "chart_dumbbell")
    frame = frame.dropna(subset=[start])
    places = shared_decimals(pd.concat([frame[start], frame[end]]), unit, decimals)
    rows = _make_rows(
        frame, category=category, start=start, end=end, unit=unit, highlight=highlight, flag=flag, decimals=places
    )
    names = rows["name"].to_list()
    domain = value_domain(
        [*rows["start"], *rows["end"].dropna(), *(one.value for one in references)], include_zero=False
    )
    y = row_axis(names, bold=[name for key, name in zip(rows["key"], names, strict=True) if key in highlight])
    layers = [
        _row_lines(names, y),
        *vertical_rules(
            [reference.value for reference in references],
            [reference.text for reference in references],
            domain,
            bare_axis(),
            room=(names_width(names), label_room(rows["label"].to_list(), gap=GAP)),
            dash=(4, 3),
            floor=LINE_HEIGHT + 4,
        ),
        *_dots(rows, domain, y, start_label, end_label),
        *_heads(rows.iloc[0], domain, start_label, end_label),
    ]
    named = offer_highlight("key", [key for key in highlight if key in set(rows["key"])])
    return put_together(layers, unit=unit, height=len(names) * STEP, highlight=named)


def _place(field: str, scale: alt.Scale) -> alt.X:
    """Horizontal place on the common scale, without an axis."""
    return alt.X(field, scale=scale, axis=bare_axis())


def _row_lines(names: Sequence[str], y: alt.Y) -> alt.Chart:
    """Faint lines that lead the eye from the name to the dots."""
    return alt.Chart(pd.DataFrame({"name": list(names)})).mark_rule(color=palette.GRID.light, strokeWidth=1).encode(y=y)


def _dots(
    rows: pd.DataFrame, domain: tuple[float, float], y: alt.Y, start_label: str, end_label: str
) -> list[alt.Chart]:
    """Small grey dots for the earlier values; large ones for the later, with their numbers on the outer side."""
    hover = hover_selection("key")
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    both = alt.Chart(rows.dropna(subset=["end"]))
    colour = alt.Color("colour:N", scale=None, legend=None)
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("before:N", title=start_label),
        alt.Tooltip("after:N", title=end_label),
    ]
    stems = both.mark_rule(strokeWidth=3, strokeCap="round").encode(
        x=_place("start:Q", scale), x2=alt.X2("end:Q"), y=y, color=colour, opacity=alt.OpacityValue(0.45)
    )
    starts = (
        alt.Chart(rows)
        .mark_point(size=30, filled=True, color=palette.MUTE.light, opacity=1)
        .encode(x=_place("start:Q", scale), y=y, tooltip=tooltip)
    )
    ends = (
        both.mark_point(size=90, filled=True, strokeWidth=2, opacity=1)
        .encode(
            x=_place("end:Q", scale),
            y=y,
            stroke=alt.Stroke("colour:N", scale=None, legend=None),
            fill=alt.Fill(
                "colour:N",
                scale=None,
                legend=None,
                condition={"test": "datum.open", "value": palette.PAPER.light},
            ),
            opacity=faded(hover, 0.35),
            tooltip=tooltip,
        )
        .add_params(hover)
    )
    layers = [stems, starts, ends]
    for inside, side in _place_numbers(rows, domain).groupby("inside"):
        layers += numbers_beside(
            side,
            "place",
            domain=domain,
            axis=bare_axis(),
            y=y,
            names=rows["name"].to_list(),
            gap=GAP,
            leftwards=bool(inside),
            size=TICK_SIZE,
        )
    return layers


def _place_numbers(rows: pd.DataFrame, domain: tuple[float, float]) -> pd.DataFrame:
    """Where the later value is printed: to the left of a fall where even a phone has room, else right of both dots."""
    room = label_room(rows["label"].to_list(), gap=GAP, size=TICK_SIZE)
    plot = PHONE - names_width(rows["name"].to_list()) - room
    before = (rows["end"] - domain[0]) / (domain[1] - domain[0]) * plot
    inside = (rows["end"] < rows["start"]) & (before > room)
    return rows.assign(inside=inside, place=rows["end"].where(inside, rows[["start", "end"]].max(axis=1)))


def _heads(first: pd.Series, domain: tuple[float, float], start_label: str, end_label: str) -> list[alt.Chart]:
    """What the dots mean, over those of the first row: on their outer sides, so that the two never meet."""
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    rises = first["end"] >= first["start"]
    layers = []
    for place, label, leftwards in ((first["start"], start_label, rises), (first["end"], end_label, not rises)):
        head = alt.Chart(pd.DataFrame({"place": [place], "label": [label]})).mark_text(
            align="right" if leftwards else "left",
            dx=5 if leftwards else -5,
            baseline="bottom",
            fontSize=TICK_SIZE,
            color=palette.MUTE.light,
        )
        layers.append(head.encode(x=_place("place:Q", scale), y=alt.YValue(0), text=alt.Text("label:N")))
        reach = 0.0 if leftwards else text_width(label, TICK_SIZE)
        layers += reserve(overrun([place], [reach], domain, PHONE / 2))
    return layers
