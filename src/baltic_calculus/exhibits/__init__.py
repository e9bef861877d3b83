"""Exhibits: tidy frames in, figures, tables and sentences of the report out."""

from baltic_calculus.exhibits.annotation import Event, Reference
from baltic_calculus.exhibits.bars import chart_bars
from baltic_calculus.exhibits.figure import Figure
from baltic_calculus.exhibits.lines import chart_lines
from baltic_calculus.exhibits.prose import Prose
from baltic_calculus.exhibits.table import Table
from baltic_calculus.exhibits.theme import enable_theme

enable_theme()

__all__ = ["Event", "Figure", "Prose", "Reference", "Table", "chart_bars", "chart_lines"]
