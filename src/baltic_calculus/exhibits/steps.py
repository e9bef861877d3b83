"""A promise that grows in steps, with what was simulated, measured or called for beside it."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import LINE_HEIGHT, Event
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.dots import log_axis, log_domain
from baltic_calculus.exhibits.fan import Fan
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, is_weak
from baltic_calculus.exhibits.label import sign_text, wrap_label
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_range
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE

HEIGHT = 380
LABEL_WIDTH = 24
TOOLTIP = [alt.Tooltip("name:N", title=HEADING), alt.Tooltip("text:N", title="Number")]
# How far the last step runs on, and how far above the highest and below the lowest number the picture reaches.
RUN_ON, HEADROOM, FOOTROOM = 2.0, 4.0, 4.0


def chart_steps(
    frame: pd.DataFrame,
    *,
    kind: str,
    step: str,
    day_low: str,
    day_high: str,
    low: str,
    high: str,
    label: str,
    unit: str,
    confidence: str = "confidence",
    fan: Fan | None = None,
    events: Sequence[Event] = (),
) -> alt.LayerChart:
    """Draw a running total that rises at each deadline, and ranges beside it; days and numbers on logarithmic scales.

    Parameters
    ----------
    frame : DataFrame
        One row for each step, and one for each range to set beside them.
    kind : str
        Column that tells steps from the rest.
    step : str
        Its value for a step.
    day_low, day_high, low, high : str
        Columns of the days and the numbers. For a step both days are its deadline and both numbers the total from then
        on; the rest is drawn as a box, or as a point where the ends are equal.
    label, confidence : str
        Columns of the name and of the confidence ("low" is hollow and dashed).
    unit : str
        Unit of the numbers.
    fan : Fan, optional
        What was simulated, by day; it lies behind the steps.
    events : sequence of Event
        Days that are marked by a rule.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or there is no step.
    """
    require_columns(frame, [kind, day_low, day_high, low, high, label], "chart_steps")
    rows = pd.DataFrame(
        {
            "step": frame[kind] == step,
            "day": frame[day_low].astype(float),
            "until": frame[day_high].astype(float),
            "number": frame[low].astype(float),
            "up": frame[high].astype(float),
            "weak": is_weak(frame, confidence),
            "name": frame[label].astype(str).map(sign_text),
            "text": [format_range(*ends, unit, 0) for ends in zip(frame[low], frame[high], strict=True)],
            "label": _two_lines(frame[label], frame[low], frame[high]),
        }
    ).sort_values("day", ignore_index=True, kind="stable")
    steps, marks = rows[rows["step"]], rows[~rows["step"]]
    if steps.empty:
        raise ExhibitError(f"no row whose {kind} is {step!r}", where="chart_steps", remedy="check the filter before it")
    days, numbers = pd.concat([rows["day"], rows["until"]]), pd.concat([rows["number"], rows["up"]])
    last = float(days.max()) * RUN_ON if fan is None else fan.last_day
    highest = float(numbers.max()) if fan is None else max(float(numbers.max()), fan.most)
    edges = (log_domain(days)[0], last)
    bounds = (float(numbers.min()) / FOOTROOM, highest * HEADROOM)
    ticks = sorted({*rows.loc[rows["day"] == rows["until"], "day"], *(event.position for event in events)})
    x_axis = alt.Axis(values=ticks, format="~g", title="days", labelOverlap=False, grid=False)
    x = alt.X("day:Q", scale=alt.Scale(type="log", domain=list(edges), nice=False), axis=x_axis)
    y = alt.Y("number:Q", scale=alt.Scale(type="log", domain=list(bounds), nice=False), axis=log_axis(numbers))
    layers = [
        *(fan.layers(x, y, (edges[0], bounds[0]), unit) if fan else []),
        *_rules(events, bounds[1], x, y),
        *_stairs(steps, edges[1], x, y),
        *(_marks(marks, x, y) if len(marks) else []),
    ]
    return put_together(layers, unit=f"{unit}, logarithmic scales", height=HEIGHT)


def _rules(events: Sequence[Event], top: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A dotted rule for each event, named at its top to the left."""
    if not events:
        return []
    rows = pd.DataFrame(
        {
            "day": [event.position for event in events],
            "number": top,
            "label": ["\n".join(wrap_label(event.label, LABEL_WIDTH)) for event in events],
        }
    )
    colour = palette.REFERENCE.light
    rules = alt.Chart(rows).mark_rule(color=colour, strokeWidth=1, strokeDash=[1, 3]).encode(x=x)
    layers = [rules]
    for _, group in _by_lines(rows):
        base = alt.Chart(group).encode(x=x, y=y, text=alt.Text("label:N"))
        place = {"align": "right", "baseline": "top", "dx": -6, "dy": 4}
        layers += haloed(base, **place, fontSize=TICK_SIZE, color=colour, lineBreak="\n", lineHeight=LINE_HEIGHT)
    return layers


def _two_lines(names: pd.Series, lows: pd.Series, highs: pd.Series) -> list[str]:
    """Name, in lines, and the number below."""
    texts = zip(names, lows, highs, strict=True)
    return [
        "\n".join([*wrap_label(sign_text(name), LABEL_WIDTH), format_range(low, high, "", 0)])
        for name, low, high in texts
    ]


def _stairs(rows: pd.DataFrame, last_day: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Risers and treads, with a mark and the name at each corner."""
    colour = palette.CATEGORIES["reinforcement"].light
    levels = rows[["day", "number", "weak"]]
    # Nothing is promised before the first deadline, so the first step has no riser.
    risers = levels.assign(until=levels["day"], up=levels["number"].shift()).dropna(subset=["up"])
    treads = levels.assign(until=levels["day"].shift(-1, fill_value=last_day), up=levels["number"])
    lines = pd.concat([risers, treads], ignore_index=True)
    dash = value_if(alt.StrokeDashValue, "datum.weak", [5, 4], [1, 0])
    rules = alt.Chart(lines).mark_rule(color=colour, strokeWidth=2.4, strokeCap="round")
    corners = alt.Chart(rows).mark_point(size=MARK, filled=True, stroke=colour, strokeWidth=1.8)
    fill = value_if(alt.FillValue, "datum.weak", palette.PAPER.light, colour)
    return [
        rules.encode(x=x, x2=alt.X2("until:Q"), y=y, y2=alt.Y2("up:Q"), strokeDash=dash),
        corners.encode(x=x, y=y, fill=fill, tooltip=TOOLTIP),
        *_texts(rows, x, y, align="right", dx=-9),
    ]


def _marks(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A box for a range, with the name above it; a point for a single number, with the name below it."""
    single = (rows["day"] == rows["until"]) & (rows["number"] == rows["up"])
    colour = palette.ACCENT.light
    layers = []
    if single.any():
        points = alt.Chart(rows[single]).mark_point(shape="diamond", size=MARK * 1.3, filled=True, color=colour)
        layers.append(points.encode(x=x, y=y, tooltip=TOOLTIP))
    if not single.all():
        boxes = alt.Chart(rows[~single]).mark_rect(color=colour, opacity=0.75, cornerRadius=2)
        layers.append(boxes.encode(x=x, x2=alt.X2("until:Q"), y=y, y2=alt.Y2("up:Q"), tooltip=TOOLTIP))
    above = rows[~single].assign(number=rows["up"])
    layers += _texts(rows[single], x, y, align="left", dx=-6, below=True)
    return [*layers, *_texts(above, x, y, align="left", dx=0, below=False)]


def _texts(
    rows: pd.DataFrame, x: alt.X, y: alt.Y, *, align: str, dx: float, below: bool | None = None
) -> list[alt.Chart]:
    """Labels beside, below or above their marks: one layer for each number of lines, so that all are in place."""
    layers: list[alt.Chart] = []
    for count, group in _by_lines(rows):
        base = alt.Chart(group).encode(x=x, y=y, text=alt.Text("label:N"))
        settings = {"align": align, "dx": dx, "fontSize": TICK_SIZE + 1, **_height(count, below)}
        layers.extend(haloed(base, **settings, lineBreak="\n", lineHeight=LINE_HEIGHT))
    return layers


def _height(lines: int, below: bool | None) -> dict[str, Any]:
    """Where a text of so many lines stands against its mark; None is beside it."""
    if below is None:
        return {"baseline": "middle", "dy": -LINE_HEIGHT * (lines - 1) / 2}
    return {"baseline": "top", "dy": 9} if below else {"baseline": "bottom", "dy": -LINE_HEIGHT * (lines - 1) - 5}


def _by_lines(rows: pd.DataFrame) -> Sequence[tuple[int, pd.DataFrame]]:
    """Rows by the number of lines of their label."""
    return [(int(count), group) for count, group in rows.groupby(rows["label"].str.count("\n") + 1)]
