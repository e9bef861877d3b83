"""An exhibit as HTML: number, caption, unit, chart or table, notes, source, and what can be opened or downloaded."""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import jinja2
from markupsafe import Markup

from baltic_calculus.report.chart_controls import read_controls
from baltic_calculus.report.chart_files import chart_picture
from baltic_calculus.report.chart_highlight import read_highlight
from baltic_calculus.report.document import Document
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.html_table import html_runs, html_table
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.page import Page
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.table_filter import place_filters
from baltic_calculus.report.table_model import read_table
from baltic_calculus.report.table_reference import name_references


@dataclass(frozen=True)
class ExhibitWriter:
    """Writes exhibits.

    Attributes
    ----------
    document : Document
        The report, or an excerpt of it; it knows which pages can be linked to.
    templates : jinja2.Environment
        Templates of the theme.
    drawer : ChartDrawer
        Draws the charts.
    """

    document: Document
    templates: jinja2.Environment
    drawer: ChartDrawer

    def figure(self, target: Target, exhibit: Exhibit, caption: str, notes: list[str]) -> str:
        """HTML of a figure: its drawings as files, of which the browser loads the one that fits screen and theme."""
        picture = chart_picture(exhibit, self.drawer)
        highlight, controls = read_highlight(exhibit.chart), read_controls(exhibit.chart)
        parts = {"picture": picture, "highlight": highlight, "controls": controls}
        return self._render("figure.html", target, exhibit, caption, notes, **parts)

    def table(self, target: Target, exhibit: Exhibit, caption: str, notes: list[str]) -> str:
        """HTML of a table."""
        model = name_references(read_table(exhibit.table, exhibit.label), self.document)
        choices = place_filters(model, exhibit.filters, exhibit.label)
        table = html_table(model, partial(self._address, target.page), choices.marks if choices else ())
        footnotes = [Markup(html_runs(note)) for note in model.footnotes]
        parts = {"table": Markup(table), "footnotes": footnotes, "filters": choices}
        return self._render("table.html", target, exhibit, caption, notes, **parts)

    def _address(self, page: Page, name: str) -> str:
        """Address of a page or labelled place, as a page writes it; empty when not built, or the page itself."""
        if name in self.document.numbering.targets:
            return self.document.place(self.document.numbering.targets[name], page)
        address = self.document.address(name)
        return page.up + address if address and name != page.slug else ""

    def _render(
        self, template: str, target: Target, exhibit: Exhibit, caption: str, notes: list[str], **parts: Any
    ) -> str:
        return self.templates.get_template(template).render(
            target=target,
            exhibit=exhibit,
            up=target.page.up,
            caption=Markup(caption),
            notes=[Markup(note) for note in notes],
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
