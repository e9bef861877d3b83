"""A chart with everything that a reader needs to judge it, as one display output."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits.bundle import Bundle, check_particulars
from baltic_calculus.exhibits.flag import figure_notes
from baltic_calculus.exhibits.narrow import narrow_spec
from baltic_calculus.exhibits.precision import publish_chart

# JupyterLab 4 draws this type and not the one of version 6; the specification is the same for both.
VEGA_LITE = "application/vnd.vegalite.v5+json"

Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.ConcatChart | alt.HConcatChart | alt.VConcatChart


class Figure:
    """One chart and its caption, source, unit, alternative text, data and notes.

    Parameters
    ----------
    chart : altair chart
        From one of the ``chart_`` functions, or any Altair chart in the colours of the palette.
    data : DataFrame
        The numbers shown. Columns ``flag`` (or ``flag_*``) and ``confidence`` add notes of their own.
    caption : str
        What the figure shows, in a sentence or two.
    source : str or sequence of str
        Dataset names in the catalogue.
    unit : str
        Unit of the values.
    alt : str
        What the figure shows, for readers who do not see it; the ``describe_`` functions write it from data.
    notes : sequence of str
        Further notes.

    Raises
    ------
    ExhibitError
        When one of these is missing or empty.
    """

    def __init__(
        self,
        chart: Chart,
        *,
        data: pd.DataFrame,
        caption: str,
        source: str | Sequence[str],
        unit: str,
        alt: str,
        notes: Sequence[str] = (),
    ) -> None:
        self.chart = chart
        self.particulars = check_particulars(
            "figure",
            data=data,
            caption=caption,
            source=source,
            unit=unit,
            alt=alt,
            notes=notes,
            flag_notes=figure_notes(data) if isinstance(data, pd.DataFrame) else (),
        )

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, with the report's theme and the alternative text as its description."""
        # not checked against the schema of Vega-Lite here: see `enable_theme`
        return {**publish_chart(self.chart.to_dict(validate=False)), "description": self.particulars.alt}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        """What Jupyter stores: the chart, its data and its alternative text, and the metadata for the report."""
        spec = self.spec()
        content = {
            VEGA_LITE: spec,
            "text/csv": self.particulars.csv(),
            "text/plain": self.particulars.alt,
        }
        return content, {"report": {**self.particulars.metadata(), "narrow": narrow_spec(spec)}}
