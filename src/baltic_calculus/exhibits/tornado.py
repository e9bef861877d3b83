"""What moves an outcome, one thing at a time: a bar from its lowest to its highest effect, the widest on top."""

import altair as alt
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import bare_axis
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.measure import text_width
from baltic_calculus.exhibits.narrow import BETWEEN_PANELS
from baltic_calculus.exhibits.number import format_number, format_plain, format_range, written_decimals
from baltic_calculus.exhibits.panel import panel_columns, panel_of, put_side_by_side
from baltic_calculus.exhibits.series import require_columns, shared_decimals
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

STEP = 37
BAR = 11
# How far the name stands above its bar, and the pixels between the end of a bar and its number.
LIFT, GAP = 14, 4
# Pixels around the panels of a row.
EDGE = 16
ENDS = ("low end of the range", "high end of the range")


def chart_tornado(
    frame: pd.DataFrame,
    *,
    row: str,
    low: str,
    high: str,
    range_unit: str,
    central: str,
    at_low: str,
    at_high: str,
    unit: str,
    panel: str = "iso3",
    bold: str = "",
    central_label: str = "central run",
    decimals: int | None = None,
) -> alt.ConcatChart:
    """Draw for each row a bar to both sides of the central outcome, in one panel for each country.

    A row's name stands above its bar, with its range, so that a panel needs no axis; the outcome is printed at both
    ends. All panels have one scale, so that bars can be compared across them.

    Parameters
    ----------
    frame : DataFrame
        One row for each bar; panels and bars from top to bottom in the order of the frame.
    row : str
        Column that says what is moved.
    low, high, range_unit : str
        Columns of the ends of its range, and of their unit.
    central, at_low, at_high : str
        Columns of the outcome without a change (one for each panel), and at either end of the range.
    unit : str
        Unit of the outcome, printed above the chart.
    panel : str
        Column that decides the panel; country codes are printed as names.
    bold : str
        Column that says whether a name is set in bold; none when empty.
    central_label : str
        What the outcome without a change is.
    decimals : int, optional
        Decimals of the printed outcomes.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a panel has several central outcomes.
    """
    columns_used = [panel, row, low, high, range_unit, central, at_low, at_high, *([bold] if bold else [])]
    require_columns(frame, columns_used, "chart_tornado")
    if (frame.groupby(panel)[central].nunique() > 1).any():
        raise ExhibitError(
            "a panel has several central outcomes", where="chart_tornado", remedy="draw the bars of one run only"
        )
    places = shared_decimals(pd.concat([frame[central], frame[at_low], frame[at_high]]), unit, decimals)
    names = [
        f"{sign_text(str(words))} {format_range(bottom, top, one, _range_decimals(bottom, top))}"
        for words, bottom, top, one in zip(frame[row], frame[low], frame[high], frame[range_unit], strict=True)
    ]
    bars = pd.DataFrame(
        {
            "panel": frame[panel].astype(str),
            "place": frame.groupby(panel, sort=False).cumcount(),
            "name": names,
            "bold": frame[bold].astype(bool) if bold else False,
            "central": frame[central].astype(float),
            **{end: frame[column].astype(float) for end, column in zip(ENDS, (at_low, at_high), strict=True)},
        }
    )
    keys = list(dict.fromkeys(bars["panel"]))
    columns = panel_columns(len(keys))
    width = (WIDTH - EDGE - (columns - 1) * BETWEEN_PANELS) // columns
    reach = _reach(bars, places, width)
    panels = []
    for key in keys:
        own = bars[bars["panel"] == key]
        middle = float(own["central"].iloc[0])
        layers = _bars(own, (middle + reach[0], middle + reach[1]), unit, places)
        title = f"{sign_text(key)}: {format_number(middle, unit, places)}, {central_label}"
        panels.append(panel_of(layers, title, columns=columns, height=STEP * len(own)).properties(width=width))
    return put_side_by_side(panels, unit=unit, columns=columns)


def _range_decimals(low: float, high: float) -> int:
    """One decimal at most for the ends of a range, two where both are small."""
    return min(written_decimals(low, high), 1 if max(abs(low), abs(high)) >= 1 else 2)


def _reach(bars: pd.DataFrame, decimals: int, width: int) -> tuple[float, float]:
    """Ends of every panel's scale, counted from its central outcome, with room for the numbers beside the bars."""
    ends = bars[list(ENDS)].sub(bars["central"], axis="index")
    low, high = min(float(ends.min().min()), 0.0), max(float(ends.max().max()), 0.0)
    widest = max(text_width(format_plain(one, decimals), TICK_SIZE) for end in ENDS for one in bars[end]) + GAP
    a_pixel = (high - low or 1.0) / (width - 2 * widest)
    return low - widest * a_pixel, high + widest * a_pixel


def _bars(own: pd.DataFrame, domain: tuple[float, float], unit: str, decimals: int) -> list[alt.Chart]:
    """Bars of one panel with the line they start from, their names above and the outcomes at their ends."""
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    sides = own.melt(["place", "name", "bold", "central"], list(ENDS), var_name="end", value_name="outcome")
    sides = sides.assign(
        end=sides["end"].map(sign_text),
        label=[format_plain(one, decimals) for one in sides["outcome"]],
        text=[format_number(one, unit, decimals) for one in sides["outcome"]],
    )
    moved = sides[(sides["outcome"] - sides["central"]).abs() >= 0.5 * 10.0**-decimals]
    y = alt.Y("place:O", axis=None, sort="ascending", scale=alt.Scale(domain=own["place"].to_list(), padding=0))
    colours = alt.Scale(
        domain=[sign_text(end) for end in ENDS], range=[colour.light for colour in palette.SEQUENCE[: len(ENDS)]]
    )
    legend = alt.Legend(symbolType="square", columns=len(ENDS), labelLimit=0, offset=14)
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("end:N", title="At"),
        alt.Tooltip("text:N", title="Outcome"),
    ]
    drawn = (
        alt.Chart(moved)
        .mark_bar(size=BAR, yOffset=LIFT / 2)
        .encode(
            x=alt.X("central:Q", scale=scale, axis=bare_axis()),
            x2=alt.X2("outcome:Q"),
            y=y,
            fill=alt.Fill("end:N", scale=colours, legend=legend),
            tooltip=tooltip,
        )
    )
    rule = (
        alt.Chart(own.head(1))
        .mark_rule(color=palette.REFERENCE.light, strokeWidth=1)
        .encode(x=alt.X("central:Q", scale=scale, axis=bare_axis()))
    )
    return [rule, drawn, *_numbers(moved, scale, y), *_names(own, y)]


def _numbers(moved: pd.DataFrame, scale: alt.Scale, y: alt.Y) -> list[alt.Chart]:
    """Outcomes at the outer ends of the bars."""
    layers = []
    for leftwards, side in moved.groupby(moved["outcome"] < moved["central"]):
        base = alt.Chart(side[["place", "outcome", "label"]])
        numbers = base.encode(x=alt.X("outcome:Q", scale=scale, axis=bare_axis()), y=y, text=alt.Text("label:N"))
        shape = {"align": "right", "dx": -GAP} if leftwards else {"align": "left", "dx": GAP}
        layers += haloed(numbers, baseline="middle", yOffset=LIFT / 2, fontSize=TICK_SIZE, **shape)
    return layers


def _names(own: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """What is moved, and between what, above each bar at the left edge."""
    layers = []
    for strong, some in own.groupby("bold"):
        base = alt.Chart(some[["place", "name"]]).encode(x=alt.XValue(0), y=y, text=alt.Text("name:N"))
        weight = 600 if strong else "normal"
        layers += haloed(base, align="left", baseline="middle", dy=-LIFT / 2, fontSize=TICK_SIZE, fontWeight=weight)
    return layers
