"""An exhibit as HTML: number, caption, unit, chart or table, notes, source, the data, and what can be downloaded."""

import json
import re
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from baltic_calculus.report.chart_files import chart_picture
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.html_table import html_runs, html_table
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.table_model import read_table

DATA_ROWS = 60
"""Rows of data shown on the page; the rest is in the download."""

NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True)
class DataColumn:
    """A column of an exhibit's data: its name, and whether it holds numbers."""

    name: str
    is_number: bool


@dataclass(frozen=True)
class ExhibitWriter:
    """Writes exhibits with the templates and drawings of one build."""

    templates: jinja2.Environment
    drawer: ChartDrawer

    def figure(self, target: Target, exhibit: Exhibit, caption: str, notes: list[str]) -> str:
        """HTML of a figure: its drawings as files, of which the browser loads the one that fits screen and theme."""
        return self._render("figure.html", target, exhibit, caption, notes, picture=chart_picture(exhibit, self.drawer))

    def table(self, target: Target, exhibit: Exhibit, caption: str, notes: list[str]) -> str:
        """HTML of a table."""
        model = read_table(exhibit.table, exhibit.label)
        footnotes = [Markup(html_runs(note)) for note in model.footnotes]
        return self._render(
            "table.html", target, exhibit, caption, notes, table=Markup(html_table(model)), footnotes=footnotes
        )

    def _render(
        self, template: str, target: Target, exhibit: Exhibit, caption: str, notes: list[str], **parts: Any
    ) -> str:
        header, rows = exhibit.rows[0], exhibit.rows[1:]
        columns = [
            DataColumn(name, all(NUMBER.fullmatch(row[place]) for row in rows if row[place]))
            for place, name in enumerate(header)
        ]
        return self.templates.get_template(template).render(
            target=target,
            exhibit=exhibit,
            caption=Markup(caption),
            notes=[Markup(note) for note in notes],
            columns=columns,
            rows=rows[:DATA_ROWS],
            hidden_rows=max(0, len(rows) - DATA_ROWS),
            **parts,
        )


def chart_script(exhibits: list[Exhibit]) -> str:
    """Specifications of a page's charts as a classic script, which also works from a file without a server."""
    charts = {
        exhibit.label: {"wide": exhibit.chart, "narrow": exhibit.narrow or exhibit.chart}
        for exhibit in exhibits
        if exhibit.chart
    }
    text = json.dumps(charts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.balticCharts = {text};\n"
