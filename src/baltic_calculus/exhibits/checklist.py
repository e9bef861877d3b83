"""Named things under headings, each with one mark that tells how it stands, in two columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.command_tree import BETWEEN, GAP, PANEL, START, STEP
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, is_weak, kind_order, neutral_encodings
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.number import format_list
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE

SPACE = 0.6
"""Rows left free above a heading."""


def chart_checklist(
    frame: pd.DataFrame,
    *,
    row: str,
    heading: str,
    kind: str,
    kinds: Sequence[str],
    neutral: str,
    told: str,
    details: Mapping[str, str],
    unit: str,
    confidence: str = "confidence",
) -> alt.HConcatChart:
    """List things with their marks, side by side on a page and one column below the other on a phone.

    Parameters
    ----------
    frame : DataFrame
        One row for each thing, those of a heading together.
    row, heading : str
        Columns of the name and of the heading it stands under.
    kind : str
        Column of what decides shape and colour.
    kinds : sequence of str
        All kinds in a fixed order, which is that of the key.
    neutral : str
        The kind that is drawn in a neutral colour.
    told : str
        Column with the short text printed at the right end of a row; empty for none.
    details : mapping of str to str
        Tooltip: title to column.
    unit : str
        What the marks are, printed above the chart.
    confidence : str
        Column of the confidence; marks of low confidence are hollow and dashed.

    Returns
    -------
    HConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a kind is not among those named.
    """
    require_columns(frame, [row, heading, kind, told, *details.values()], "chart_checklist")
    order = kind_order(frame[kind], [neutral, *(one for one in kinds if one != neutral)], "chart_checklist")
    present = [one for one in kinds if one in set(frame[kind])]
    rows = place_items(
        pd.DataFrame(
            {
                "name": frame[row].astype(str),
                "heading": frame[heading].astype(str),
                "kind": frame[kind].astype(str),
                "weak": is_weak(frame, confidence),
                "told": frame[told].astype(str),
                **{f"detail_{place}": frame[column].astype(str) for place, column in enumerate(details.values())},
            }
        )
    )
    height = float(rows["place"].max()) + 0.5
    looks = neutral_encodings(order, present, hollow="datum.weak")
    panels = [_draw(part, height, looks, list(details)) for _, part in rows.groupby("panel")]
    chart = alt.HConcatChart(hconcat=panels, spacing=BETWEEN, title=unit)
    return chart.resolve_scale(fill="shared", stroke="shared", shape="shared")


def place_items(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each row its panel and its place in it; headings are not torn apart.

    Parameters
    ----------
    rows : DataFrame
        With ``heading``; those of a heading together.

    Returns
    -------
    DataFrame
        The rows with ``panel`` (0 or 1), ``place`` (rows from the top) and ``heading_place``.

    Examples
    --------
    >>> list(place_items(pd.DataFrame({"heading": ["a", "a", "b"]}))["panel"])
    [0, 0, 1]
    """
    sizes = rows["heading"].value_counts(sort=False).reindex(list(dict.fromkeys(rows["heading"]))) + 1 + SPACE
    ends = sizes.cumsum()
    # where the longer of the two columns is shortest
    first = min(
        range(1, len(sizes) + 1), key=lambda count: max(ends.iloc[count - 1], ends.iloc[-1] - ends.iloc[count - 1])
    )
    panel = {name: int(place >= first) for place, name in enumerate(sizes.index)}
    starts = ends - sizes
    top = {name: starts[name] - (ends.iloc[first - 1] if panel[name] else 0) for name in sizes.index}
    within = rows.groupby("heading").cumcount()
    return rows.assign(
        panel=rows["heading"].map(panel),
        heading_place=rows["heading"].map(top),
        place=rows["heading"].map(top) + within + 1,
    )


def _draw(
    part: pd.DataFrame, height: float, looks: Mapping[str, alt.SchemaBase], titles: Sequence[str]
) -> alt.LayerChart:
    """Headings, marks, names and texts of one column."""
    across = alt.Scale(domain=[0, PANEL], nice=False)
    down = alt.Scale(domain=[-0.5, height], nice=False, reverse=True)
    x, y = alt.X("x:Q", scale=across, axis=None), alt.Y("place:Q", scale=down, axis=None)
    heads = part.drop_duplicates("heading")
    headings = pd.DataFrame({"name": heads["heading"].map(sign_text), "place": heads["heading_place"], "x": 0.0})
    details = [f"detail_{place}" for place in range(len(titles))]
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        *(alt.Tooltip(f"{name}:N", title=title) for name, title in zip(details, titles, strict=True)),
    ]
    items = part[["name", "kind", "weak", "place", *details]].astype({"weak": bool}).assign(x=float(START))
    text: dict[str, Any] = {"baseline": "middle", "fontSize": TICK_SIZE}
    layers = [
        alt.Chart(headings).mark_text(align="left", fontWeight=600, **text).encode(x=x, y=y, text=alt.Text("name:N")),
        alt.Chart(items)
        .mark_point(size=MARK * 0.8, filled=True, strokeWidth=1.5)
        .encode(x=x, y=y, tooltip=tooltip, **looks),
        alt.Chart(items[["name", "place", "x"]])
        .mark_text(align="left", dx=GAP, **text)
        .encode(x=x, y=y, text=alt.Text("name:N")),
    ]
    told = part.loc[part["told"] != "", ["told", "place"]].assign(x=float(PANEL))
    if len(told):
        right = alt.Chart(told).mark_text(align="right", color=palette.MUTE.light, **text)
        layers.append(right.encode(x=x, y=y, text=alt.Text("told:N")))
    return alt.LayerChart(layer=layers).properties(width=PANEL, height=round(height * STEP))


def describe_checklist(frame: pd.DataFrame, *, row: str, kind: str, kinds: Sequence[str], named: Sequence[str]) -> str:
    """Put a checklist into words: how many there are of each kind, and the names of some kinds.

    Parameters
    ----------
    frame, row, kind, kinds
        As in :func:`chart_checklist`.
    named : sequence of str
        Kinds whose things are named.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, kind], "describe_checklist")
    counts = format_list([f"{int((frame[kind] == one).sum())} {one}" for one in kinds])
    sentences = [f"List of {len(frame)} entries, each with one mark: {counts}."]
    for one in named:
        names = list(frame.loc[frame[kind] == one, row])
        if names:
            sentences.append(f"{sign_text(one)}: {format_list(names)}.")
    return " ".join(sentences)
