"""Exhibits: tidy frames in, figures, tables and sentences of the report out."""

from baltic_calculus.exhibits.alt_text import (
    describe_change,
    describe_intervals,
    describe_lines,
    describe_parts,
    describe_ranking,
)
from baltic_calculus.exhibits.annotation import Event, Reference
from baltic_calculus.exhibits.bars import chart_bars
from baltic_calculus.exhibits.contributions import chart_contributions
from baltic_calculus.exhibits.dumbbell import chart_dumbbell
from baltic_calculus.exhibits.figure import Figure
from baltic_calculus.exhibits.intervals import chart_intervals
from baltic_calculus.exhibits.line_panels import chart_line_panels
from baltic_calculus.exhibits.lines import chart_lines
from baltic_calculus.exhibits.prose import Prose
from baltic_calculus.exhibits.stacked_bars import chart_stacked_bars
from baltic_calculus.exhibits.table import Table
from baltic_calculus.exhibits.tables import table_of
from baltic_calculus.exhibits.theme import enable_theme

enable_theme()

__all__ = [
    "Event",
    "Figure",
    "Prose",
    "Reference",
    "Table",
    "chart_bars",
    "chart_contributions",
    "chart_dumbbell",
    "chart_intervals",
    "chart_line_panels",
    "chart_lines",
    "chart_stacked_bars",
    "describe_change",
    "describe_intervals",
    "describe_lines",
    "describe_parts",
    "describe_ranking",
    "table_of",
]
