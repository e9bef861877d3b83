"""From one total to another, step by step: in each panel the floating bars of what was added and what was taken."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import bare_axis
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.label import display_name, name_in_text, sign_text
from baltic_calculus.exhibits.number import format_list, format_plain, format_signed
from baltic_calculus.exhibits.panel import panel_columns, panel_of, put_side_by_side
from baltic_calculus.exhibits.sentence import join_sentences, say_open
from baltic_calculus.exhibits.series import flags_of, require_columns, shared_decimals
from baltic_calculus.exhibits.theme import TICK_SIZE

# Pixels of a row: its name above, its bar below.
ROW = 34
# Where the name and the bar stand within a row, as parts of its height.
NAME, TOP, BOTTOM = 0.27, 0.52, 0.88
# Room for numbers beside the bars, as a part of the widest panel's range.
AIR = 0.3
# So much of the ends may differ from the sum of the steps: more is an error and no rounding.
TOLERANCE = 1e-9


def chart_waterfall(
    frame: pd.DataFrame,
    *,
    step: str,
    value: str,
    start: str,
    end: str,
    start_label: str,
    end_label: str,
    unit: str,
    panel: str = "iso3",
    bold: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.ConcatChart:
    """Draw for each country how its total went from the first value to the last.

    All panels have the same scale, but each begins at its own level: the totals are marked by a rule and not by a bar,
    which would have to begin at zero. Names stand above the bars, so that a panel needs no room beside it.

    Parameters
    ----------
    frame : DataFrame
        One row for each panel and step, in the order of drawing; rows without a value are left out.
    step, value, panel, flag : str
        Columns of the step's name, its signed value, the panel (country codes are printed as names) and the flag.
    start, end : str
        Columns of the total before the first and after the last step, the same in all rows of a panel.
    start_label, end_label : str
        What the two totals are: "all, 2014".
    unit : str
        Unit of the values, printed above the chart.
    bold : sequence of str
        Steps whose names stand out.
    decimals : int, optional
        Decimals of the printed values.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or the steps do not lead from the first total to the last.
    """
    columns = [step, value, start, end, panel]
    require_columns(frame, columns, "chart_waterfall")
    frame = frame.dropna(subset=[value])
    require_columns(frame, columns, "chart_waterfall")
    places = shared_decimals(frame[value], unit, decimals)
    names = list(dict.fromkeys(frame[panel].astype(str)))
    panels = {}
    for name in names:
        own = frame[frame[panel].astype(str) == name]
        first, last = float(own[start].iloc[0]), float(own[end].iloc[0])
        if abs(first + own[value].sum() - last) > TOLERANCE:
            raise ExhibitError(
                f"the steps of {name} add up to {own[value].sum():.6f} and not to {last - first:.6f}",
                where="chart_waterfall",
                remedy="give the rest a step of its own",
            )
        steps = own.assign(open=flags_of(own, flag).map(is_open), title=sign_text(name))
        panels[name] = _rows(steps, step, value, (first, last), (start_label, end_label), bold, unit, places)
    span = max(float(rows["high"].max() - rows["low"].min()) for rows in panels.values()) or 1.0
    count = panel_columns(len(names))
    charts = [
        panel_of(_layers(rows, span), sign_text(name), columns=count, height=ROW * len(rows))
        for name, rows in panels.items()
    ]
    return put_side_by_side(charts, unit=unit, columns=count)


def _rows(
    own: pd.DataFrame,
    step: str,
    value: str,
    ends: tuple[float, float],
    labels: tuple[str, str],
    bold: Sequence[str],
    unit: str,
    decimals: int,
) -> pd.DataFrame:
    """One row for each total and step of a panel, from top to bottom.

    Returns
    -------
    DataFrame
        ``name, low, high`` (of the bar), ``after`` (the running total), ``sign`` (1, -1, 0 for a total), ``strong,
        open, label, text, title`` and ``at, top, bottom`` (places from above, in rows).
    """
    after = ends[0] + own[value].cumsum()
    before = after - own[value]
    steps = pd.DataFrame(
        {
            "name": own[step].astype(str).map(sign_text),
            "low": pd.concat([before, after], axis=1).min(axis=1),
            "high": pd.concat([before, after], axis=1).max(axis=1),
            "after": after,
            "sign": (own[value] >= 0).map({True: 1, False: -1}),
            "strong": own[step].isin(list(bold)),
            "open": own["open"],
            "label": [format_signed(number, "", decimals) for number in own[value]],
            "text": [format_signed(number, unit, decimals) for number in own[value]],
        }
    )
    totals = [
        pd.DataFrame(
            {
                "name": [sign_text(label)],
                "low": [total],
                "high": [total],
                "after": [total],
                "sign": [0],
                "strong": [True],
                "open": [False],
                "label": [format_plain(total, decimals)],
                "text": [format_plain(total, decimals)],
            }
        )
        for label, total in zip(labels, ends, strict=True)
    ]
    rows = pd.concat([totals[0], steps, totals[1]], ignore_index=True).assign(title=own["title"].iloc[0])
    place = pd.Series(rows.index, index=rows.index, dtype=float)
    return rows.assign(at=place + NAME, top=place + TOP, bottom=place + BOTTOM)


def _layers(rows: pd.DataFrame, span: float) -> list[alt.Chart]:
    """Names, bars, totals, what joins them, and their numbers, on a scale of ``span`` around the panel's middle."""
    middle = (rows["high"].max() + rows["low"].min()) / 2
    domain = [middle - span * (0.5 + AIR), middle + span * (0.5 + AIR)]
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    down = alt.Scale(domain=[0, len(rows)], reverse=True, nice=False)
    middles = rows.assign(middle=(rows["top"] + rows["bottom"]) / 2)

    def across(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=bare_axis())

    def along(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=down, axis=bare_axis())

    tooltip = [
        alt.Tooltip("title:N", title=HEADING),
        alt.Tooltip("name:N", title="What"),
        alt.Tooltip("text:N", title="Value"),
    ]
    steps, totals = rows[rows["sign"] != 0], rows[rows["sign"] == 0]
    stair = pd.concat([rows.assign(after=rows["after"].shift().fillna(rows["after"])), rows]).sort_values(
        "top", kind="stable"
    )
    stair = stair[["after", "top"]].assign(order=range(len(stair)))
    # pale, because it passes behind the names
    joints = alt.Chart(stair).mark_line(color=palette.GRID.light, strokeWidth=1)
    bars = alt.Chart(steps).mark_rect()
    marks = alt.Chart(totals).mark_rule(color=palette.INK.light, strokeWidth=3)
    fill = value_if(alt.FillValue, "datum.sign > 0", palette.POSITIVE.light, palette.NEGATIVE.light)
    layers = [
        joints.encode(x=across("after"), y=along("top"), order=alt.Order("order:Q")),
        bars.encode(
            x=across("low"),
            x2=alt.X2("high:Q"),
            y=along("top"),
            y2=alt.Y2("bottom:Q"),
            fill=fill,
            fillOpacity=value_if(alt.FillOpacityValue, "datum.open", 0.35, 1),
            tooltip=tooltip,
        ),
        marks.encode(x=across("after"), y=along("top"), y2=alt.Y2("bottom:Q"), tooltip=tooltip),
    ]
    for strong, some in rows.groupby("strong"):
        name = alt.Chart(some).mark_text(align="left", baseline="middle", fontWeight=600 if strong else "normal")
        layers.append(name.encode(x=alt.XValue(0), y=along("at"), text=alt.Text("name:N")))
    # a number stands beyond its bar on the side that has more room
    leftwards = (rows["high"] + rows["low"]) / 2 > middle
    for left, some in middles.groupby(leftwards):
        number = alt.Chart(some).mark_text(
            align="right" if left else "left",
            dx=-5 if left else 5,
            baseline="middle",
            fontSize=TICK_SIZE,
        )
        layers.append(number.encode(x=across("low" if left else "high"), y=along("middle"), text=alt.Text("label:N")))
    return layers


def describe_waterfall(
    frame: pd.DataFrame,
    *,
    step: str,
    value: str,
    start: str,
    end: str,
    unit: str,
    panel: str = "iso3",
    flag: str = "flag",
    decimals: int | None = None,
) -> str:
    """Put steps between totals into words: for each panel both totals, the largest rise and the largest fall.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [step, value, start, end, panel], "describe_waterfall")
    rows = frame.dropna(subset=[value])
    places = shared_decimals(rows[value], unit, decimals)
    names = list(dict.fromkeys(rows[panel].astype(str)))
    sentences = [f"Floating bars in {unit}, {len(names)} panel{'s' if len(names) > 1 else ''}."]
    for name in names:
        own = rows[rows[panel].astype(str) == name]
        most = [own.loc[own[value].idxmax()], own.loc[own[value].idxmin()]]
        said = [
            f"{name_in_text(str(one[step]))} {format_signed(one[value], '', places)}"
            for one, rises in zip(most, (True, False), strict=True)
            if (one[value] > 0) == rises
        ]
        totals = [format_plain(float(own[column].iloc[0]), places) for column in (start, end)]
        sentences.append(f"{display_name(name)}: {' to '.join(totals)}; most: {format_list(said)}.")
    return join_sentences([*sentences, say_open(flags_of(rows, flag))])
