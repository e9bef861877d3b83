"""Exhibits: tidy frames in, figures, tables and sentences of the report out."""

from baltic_calculus.errors import SkipPage
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
from baltic_calculus.exhibits.dots import chart_dots
from baltic_calculus.exhibits.dumbbell import chart_dumbbell
from baltic_calculus.exhibits.figure import Figure
from baltic_calculus.exhibits.intervals import chart_intervals
from baltic_calculus.exhibits.line_panels import chart_line_panels
from baltic_calculus.exhibits.lines import chart_lines
from baltic_calculus.exhibits.map import chart_map
from baltic_calculus.exhibits.prose import Prose
from baltic_calculus.exhibits.range_panels import Band, chart_range_panels
from baltic_calculus.exhibits.range_text import describe_events, describe_numbers, put_in_words
from baltic_calculus.exhibits.stacked_bars import chart_stacked_bars
from baltic_calculus.exhibits.steps import chart_steps
from baltic_calculus.exhibits.table import Table
from baltic_calculus.exhibits.tables import table_of
from baltic_calculus.exhibits.theme import enable_theme
from baltic_calculus.exhibits.timeline import chart_timeline

enable_theme()

__all__ = [
    "Band",
    "Event",
    "Figure",
    "Prose",
    "Reference",
    "SkipPage",
    "Table",
    "chart_bars",
    "chart_contributions",
    "chart_dots",
    "chart_dumbbell",
    "chart_intervals",
    "chart_line_panels",
    "chart_lines",
    "chart_map",
    "chart_range_panels",
    "chart_stacked_bars",
    "chart_steps",
    "chart_timeline",
    "describe_change",
    "describe_events",
    "describe_intervals",
    "describe_lines",
    "describe_numbers",
    "describe_parts",
    "describe_ranking",
    "put_in_words",
    "table_of",
]
