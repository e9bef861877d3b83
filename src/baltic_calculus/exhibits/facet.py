"""The same chart for each country, side by side on a page, one below the other on a phone."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.narrow import BETWEEN_PANELS, wrap_expression
from baltic_calculus.exhibits.panel import LETTER, panel_columns, panel_width
from baltic_calculus.exhibits.theme import LABEL_SIZE

# Years under a row of panels, and the titles of the next.
BETWEEN_ROWS = 62


def put_in_panels(
    layers: Sequence[alt.Chart], data: pd.DataFrame, titles: Sequence[str], *, unit: str, height: int
) -> alt.FacetChart:
    """Repeat layers for each ``title`` of the data, on common scales, with the unit above them all.

    Parameters
    ----------
    layers : sequence of Chart
        Layers without data of their own draw the rows of the panel; the others draw the same in every panel.
    data : DataFrame
        With a column ``title``.
    titles : sequence of str
        Panels in their order.
    unit : str
        Printed above the chart.
    height : int
        Height of one panel in pixels.
    """
    columns = panel_columns(len(titles))
    header = alt.Header(
        title=None,
        labelAnchor="start",
        labelColor=palette.INK.light,
        labelExpr=wrap_expression(panel_width(columns) // LETTER),
        labelFontSize=LABEL_SIZE + 1,
        labelFontWeight=600,
    )
    panel = alt.LayerChart(layer=list(layers)).properties(width=panel_width(columns), height=height)
    return alt.FacetChart(
        data=data,
        spec=panel,
        facet=alt.Facet("title:N", sort=list(titles), header=header),
        columns=columns,
        spacing={"column": BETWEEN_PANELS, "row": BETWEEN_ROWS},
        bounds="flush",
        title=unit,
        resolve=alt.Resolve(axis=alt.AxisResolveMap(x="independent")),
    )
