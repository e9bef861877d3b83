"""Who stands under whom at two times: an outline for each, side by side on a page, one below the other on a phone."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, is_weak, kind_order, neutral_encodings
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.narrow import AROUND_PANELS
from baltic_calculus.exhibits.narrow import WIDTH as PHONE
from baltic_calculus.exhibits.number import format_list
from baltic_calculus.exhibits.outline_tree import lay_out
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import LABEL_SIZE, TICK_SIZE, WIDTH

MOST_NAMED = 6
"""Entries that the text names for each change; of more it gives the number."""

STEP = 21
"""Pixels from row to row."""

INDENT = 13
"""Pixels from depth to depth."""

PADDING, BETWEEN = 4, 28
"""Pixels around the chart, by the theme, and between the panels."""

PANEL = (WIDTH - 2 * PADDING - BETWEEN) // 2
NARROWEST = PHONE - AROUND_PANELS
"""Width of a panel on a phone: names and dates must fit into it."""

START, GAP = 7, 9
"""Pixels from the edge to a root's mark, and from a mark to its name."""


def chart_command_tree(
    frame: pd.DataFrame,
    *,
    panel: str,
    entity: str,
    superior: str,
    kind: str,
    kinds: Sequence[str],
    dated: str,
    confirmed: str,
    details: Mapping[str, str],
    unit: str,
    confidence: str = "confidence",
) -> alt.HConcatChart:
    """Draw the structure of each panel as an outline; what changed is told by shape and colour.

    Parameters
    ----------
    frame : DataFrame
        One row for each entity of each panel.
    panel : str
        Column with the title of the panel.
    entity, superior : str
        Columns of a node and its parent; an empty parent makes a root. A parent that has no row becomes a root of its
        own, without a mark.
    kind : str
        Column of the change.
    kinds : sequence of str
        All changes in a fixed order; the first is drawn in a neutral colour. The key shows those that occur.
    dated : str
        Column with the short date printed at the right end of a row; empty for none.
    confirmed : str
        Column of truth values; what is not confirmed is hollow, with a dashed line leading to it.
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
        When a column is missing, nothing is left to draw, a change is not among those named, or the rows of a panel
        are no tree.
    """
    columns = [panel, entity, superior, kind, dated, confirmed, *details.values()]
    require_columns(frame, columns, "chart_command_tree")
    order = kind_order(frame[kind], kinds, "chart_command_tree")
    present = [one for one in order if one in set(frame[kind])]
    rows = frame.assign(
        name=frame[entity].map(display_name),
        kind=frame[kind].astype(str),
        weak=is_weak(frame, confidence),
        dated=frame[dated],
        confirmed=frame[confirmed].astype(bool),
        **{f"detail_{place}": frame[column].astype(str) for place, column in enumerate(details.values())},
    )
    panels = []
    for title, part in rows.groupby(panel, sort=False):
        placed = place_rows(part, entity=entity, superior=superior)
        layers = _draw(placed, order, present, list(details))
        heading = alt.TitleParams(
            text=str(title), color=palette.INK.light, fontSize=LABEL_SIZE + 1, fontWeight=600, anchor="start", offset=6
        )
        view = alt.LayerChart(layer=layers).properties(width=PANEL, height=len(placed) * STEP, title=heading)
        panels.append(view)
    chart = alt.HConcatChart(hconcat=panels, spacing=BETWEEN, title=unit)
    return chart.resolve_scale(fill="shared", stroke="shared", shape="shared")


def place_rows(part: pd.DataFrame, *, entity: str, superior: str) -> pd.DataFrame:
    """Rows of one panel with their places, from the top down.

    Parameters
    ----------
    part : DataFrame
        Rows of one panel with ``name``.
    entity, superior : str
        Columns of a node and its parent.

    Returns
    -------
    DataFrame
        The rows, those of parents without one added, with ``row, depth, parent_row, x, x_parent`` (pixels from the
        left edge) and ``marked`` (false for what was added).
    """
    known = set(part[entity])
    added = [name for name in dict.fromkeys(part[superior]) if name and name not in known]
    nodes = lay_out([*part[entity], *added], [*part[superior], *("" for _ in added)])
    headings = pd.DataFrame({entity: added, "name": [f"Superior {name}" for name in added]})
    table = pd.concat([part.assign(marked=True), headings], ignore_index=True).set_index(entity)
    placed = table.loc[[node.name for node in nodes]].reset_index()
    depth = pd.Series([node.depth for node in nodes], dtype=float)
    return placed.assign(
        row=[node.row for node in nodes],
        depth=depth,
        parent_row=[node.parent_row for node in nodes],
        x=START + INDENT * depth,
        x_parent=START + INDENT * (depth - 1),
        marked=placed["marked"].notna(),
    )


def _draw(placed: pd.DataFrame, order: Sequence[str], present: Sequence[str], titles: Sequence[str]) -> list[alt.Chart]:
    """Lines, marks, names and dates of one panel."""
    across = alt.Scale(domain=[0, PANEL], nice=False)
    down = alt.Scale(domain=[-0.5, len(placed) - 0.5], nice=False, reverse=True)
    x, y = alt.X("x:Q", scale=across, axis=None), alt.Y("row:Q", scale=down, axis=None)
    children = placed.loc[placed["depth"] > 0]
    last = children.groupby("parent_row", as_index=False).agg(row=("row", "max"), x=("x_parent", "first"))
    stems = alt.Chart(last).mark_rule(color=palette.BASELINE.light, strokeWidth=1.2)
    branches = alt.Chart(children[["x", "x_parent", "row", "confirmed"]].astype({"confirmed": bool}))
    marked = placed[placed["marked"]]
    details = [f"detail_{place}" for place in range(len(titles))]
    looks = marked[["name", "kind", "weak", "confirmed", "x", "row", *details]]
    marks = alt.Chart(looks.astype({"weak": bool, "confirmed": bool}))
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        *(alt.Tooltip(f"{name}:N", title=title) for name, title in zip(details, titles, strict=True)),
    ]
    layers = [
        stems.encode(x=x, y=alt.Y("parent_row:Q", scale=down, axis=None), y2=alt.Y2("row:Q")),
        branches.mark_rule(color=palette.BASELINE.light, strokeWidth=1.2).encode(
            x=alt.X("x_parent:Q", scale=across, axis=None),
            x2=alt.X2("x:Q"),
            y=y,
            strokeDash=value_if(alt.StrokeDashValue, "datum.confirmed", [1, 0], [2, 3]),
        ),
        marks.mark_point(size=MARK * 0.8, filled=True, strokeWidth=1.5).encode(
            x=x, y=y, tooltip=tooltip, **neutral_encodings(order, present, hollow="datum.weak || !datum.confirmed")
        ),
    ]
    for changed, part in placed.assign(changed=placed["kind"].ne(order[0]) & placed["marked"]).groupby("changed"):
        names = alt.Chart(part[["name", "x", "row"]]).mark_text(
            align="left", baseline="middle", dx=GAP, fontSize=TICK_SIZE, fontWeight=600 if changed else "normal"
        )
        layers.append(names.encode(x=x, y=y, text=alt.Text("name:N")))
    dates = placed[placed["dated"].fillna("") != ""]
    if len(dates):
        told = alt.Chart(dates[["row", "dated"]].assign(x=PANEL)).mark_text(
            align="right", baseline="middle", fontSize=TICK_SIZE, color=palette.MUTE.light
        )
        layers.append(told.encode(x=x, y=y, text=alt.Text("dated:N")))
    return layers


def describe_command_tree(frame: pd.DataFrame, *, panel: str, entity: str, kind: str, kinds: Sequence[str]) -> str:
    """Put two structures into words: how many entries each has, and which, or how many, changed in what way.

    Parameters
    ----------
    frame, panel, entity, kind, kinds
        As in :func:`chart_command_tree`.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [panel, entity, kind], "describe_command_tree")
    counts = frame[panel].value_counts(sort=False)
    sentences = [f"Outlines: {format_list([f'{count} entries on {title}' for title, count in counts.items()])}."]
    last = frame[frame[panel] == frame[panel].iloc[-1]]
    for change in kinds[1:]:
        names = [display_name(name) for name in last.loc[last[kind] == change, entity]]
        if names:
            told = format_list(names) if len(names) <= MOST_NAMED else f"{len(names)} entries"
            sentences.append(f"{change[:1].upper()}{change[1:]}: {told}.")
    return " ".join(sentences)
