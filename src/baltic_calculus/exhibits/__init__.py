"""Exhibits: tidy frames in, figures, tables and sentences of the report out.

A name is imported when it is first asked for: a kernel loads the kinds of charts that it draws, and the renderer, which
wants colours and formats of numbers, loads no chart library at all.
"""

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any

from baltic_calculus.errors import SkipPage

if TYPE_CHECKING:
    from baltic_calculus.exhibits.alt_group import (
        describe_groups,
        describe_panels,
        describe_parts,
        describe_spread,
        describe_table,
    )
    from baltic_calculus.exhibits.alt_text import (
        describe_change,
        describe_intervals,
        describe_lines,
        describe_ranking,
    )
    from baltic_calculus.exhibits.annotation import Event, Reference, events_of
    from baltic_calculus.exhibits.bar_panels import chart_bar_panels
    from baltic_calculus.exhibits.bars import chart_bars
    from baltic_calculus.exhibits.break_panels import chart_break_panels
    from baltic_calculus.exhibits.bullets import chart_bullets, describe_bullets
    from baltic_calculus.exhibits.checklist import chart_checklist, describe_checklist
    from baltic_calculus.exhibits.choropleth import chart_choropleth
    from baltic_calculus.exhibits.chronicle import chart_chronicle, describe_lanes
    from baltic_calculus.exhibits.command_tree import chart_command_tree, describe_command_tree
    from baltic_calculus.exhibits.contributions import chart_contributions
    from baltic_calculus.exhibits.debt_what_if import chart_debt_what_if, describe_debt_what_if
    from baltic_calculus.exhibits.dots import chart_dots
    from baltic_calculus.exhibits.dumbbell import chart_dumbbell
    from baltic_calculus.exhibits.fan import Fan
    from baltic_calculus.exhibits.fan_panels import chart_fan_panels, describe_fan_panels
    from baltic_calculus.exhibits.figure import Figure
    from baltic_calculus.exhibits.filled import fill_sentences, put_references
    from baltic_calculus.exhibits.glossary_list import list_terms
    from baltic_calculus.exhibits.grouped_bars import chart_grouped_bars
    from baltic_calculus.exhibits.heat import chart_heat
    from baltic_calculus.exhibits.intervals import chart_intervals
    from baltic_calculus.exhibits.line_panels import chart_line_panels
    from baltic_calculus.exhibits.lines import chart_lines
    from baltic_calculus.exhibits.map import chart_map
    from baltic_calculus.exhibits.matrix import chart_matrix
    from baltic_calculus.exhibits.number import format_signed
    from baltic_calculus.exhibits.path_panels import chart_path_panels
    from baltic_calculus.exhibits.place_map import chart_place_map, describe_towns
    from baltic_calculus.exhibits.prose import Prose
    from baltic_calculus.exhibits.range_panels import Band, chart_range_panels
    from baltic_calculus.exhibits.range_text import describe_events, describe_numbers, put_in_words
    from baltic_calculus.exhibits.reinforcement_what_if import chart_flow_what_if, describe_flow_what_if_chart
    from baltic_calculus.exhibits.spread import chart_spread
    from baltic_calculus.exhibits.stacked_bars import chart_stacked_bars
    from baltic_calculus.exhibits.stacked_panels import chart_stacked_panels
    from baltic_calculus.exhibits.stage_bars import chart_stage_bars, describe_stages
    from baltic_calculus.exhibits.step import describe_steps
    from baltic_calculus.exhibits.steps import chart_steps
    from baltic_calculus.exhibits.table import Table
    from baltic_calculus.exhibits.tables import table_of
    from baltic_calculus.exhibits.tally import chart_tally, describe_tally
    from baltic_calculus.exhibits.timeline import chart_timeline
    from baltic_calculus.exhibits.tornado import chart_tornado
    from baltic_calculus.exhibits.waterfall import chart_waterfall, describe_waterfall

__all__ = [
    "Band",
    "Event",
    "Fan",
    "Figure",
    "Prose",
    "Reference",
    "SkipPage",
    "Table",
    "chart_bar_panels",
    "chart_bars",
    "chart_break_panels",
    "chart_bullets",
    "chart_checklist",
    "chart_choropleth",
    "chart_chronicle",
    "chart_command_tree",
    "chart_contributions",
    "chart_debt_what_if",
    "chart_dots",
    "chart_dumbbell",
    "chart_fan_panels",
    "chart_flow_what_if",
    "chart_grouped_bars",
    "chart_heat",
    "chart_intervals",
    "chart_line_panels",
    "chart_lines",
    "chart_map",
    "chart_matrix",
    "chart_path_panels",
    "chart_place_map",
    "chart_range_panels",
    "chart_spread",
    "chart_stacked_bars",
    "chart_stacked_panels",
    "chart_stage_bars",
    "chart_steps",
    "chart_tally",
    "chart_timeline",
    "chart_tornado",
    "chart_waterfall",
    "describe_bullets",
    "describe_change",
    "describe_checklist",
    "describe_command_tree",
    "describe_debt_what_if",
    "describe_events",
    "describe_fan_panels",
    "describe_flow_what_if_chart",
    "describe_groups",
    "describe_intervals",
    "describe_lanes",
    "describe_lines",
    "describe_numbers",
    "describe_panels",
    "describe_parts",
    "describe_ranking",
    "describe_spread",
    "describe_stages",
    "describe_steps",
    "describe_table",
    "describe_tally",
    "describe_towns",
    "describe_waterfall",
    "events_of",
    "fill_sentences",
    "format_signed",
    "list_terms",
    "put_in_words",
    "put_references",
    "table_of",
]

_MODULES = {
    "Band": "range_panels",
    "Event": "annotation",
    "Fan": "fan",
    "Figure": "figure",
    "Prose": "prose",
    "Reference": "annotation",
    "Table": "table",
    "chart_bar_panels": "bar_panels",
    "chart_bars": "bars",
    "chart_break_panels": "break_panels",
    "chart_bullets": "bullets",
    "chart_checklist": "checklist",
    "chart_choropleth": "choropleth",
    "chart_chronicle": "chronicle",
    "chart_command_tree": "command_tree",
    "chart_contributions": "contributions",
    "chart_debt_what_if": "debt_what_if",
    "chart_dots": "dots",
    "chart_dumbbell": "dumbbell",
    "chart_fan_panels": "fan_panels",
    "chart_flow_what_if": "reinforcement_what_if",
    "chart_grouped_bars": "grouped_bars",
    "chart_heat": "heat",
    "chart_intervals": "intervals",
    "chart_line_panels": "line_panels",
    "chart_lines": "lines",
    "chart_map": "map",
    "chart_matrix": "matrix",
    "chart_path_panels": "path_panels",
    "chart_place_map": "place_map",
    "chart_range_panels": "range_panels",
    "chart_spread": "spread",
    "chart_stacked_bars": "stacked_bars",
    "chart_stacked_panels": "stacked_panels",
    "chart_stage_bars": "stage_bars",
    "chart_steps": "steps",
    "chart_tally": "tally",
    "chart_timeline": "timeline",
    "chart_tornado": "tornado",
    "chart_waterfall": "waterfall",
    "describe_bullets": "bullets",
    "describe_change": "alt_text",
    "describe_checklist": "checklist",
    "describe_command_tree": "command_tree",
    "describe_debt_what_if": "debt_what_if",
    "describe_events": "range_text",
    "describe_fan_panels": "fan_panels",
    "describe_flow_what_if_chart": "reinforcement_what_if",
    "describe_groups": "alt_group",
    "describe_intervals": "alt_text",
    "describe_lanes": "chronicle",
    "describe_lines": "alt_text",
    "describe_numbers": "range_text",
    "describe_panels": "alt_group",
    "describe_parts": "alt_group",
    "describe_ranking": "alt_text",
    "describe_steps": "step",
    "describe_spread": "alt_group",
    "describe_stages": "stage_bars",
    "describe_table": "alt_group",
    "describe_towns": "place_map",
    "describe_tally": "tally",
    "describe_waterfall": "waterfall",
    "fill_sentences": "filled",
    "format_signed": "number",
    "list_terms": "glossary_list",
    "events_of": "annotation",
    "put_in_words": "range_text",
    "put_references": "filled",
    "table_of": "tables",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    _enable_theme()
    found = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found


@cache
def _enable_theme() -> None:
    from baltic_calculus.exhibits.theme import enable_theme

    enable_theme()
