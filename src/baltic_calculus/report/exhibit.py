"""One figure or table as the report prints it, read from the display output of an executed cell."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from baltic_calculus.errors import RenderError
from baltic_calculus.report.table_filter import TableFilter

VEGA_LITE_MIME = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
"""Altair and JupyterLab disagree on the version; every one is accepted."""

PREFIXES: dict[str, str] = {"figure": "fig-", "table": "tbl-"}


@dataclass(frozen=True)
class Exhibit:
    """A numbered figure or table.

    Attributes
    ----------
    label : str
        Name used in references, file names and addresses, for example ``fig-share``.
    kind : {"figure", "table"}
        What it is.
    place : str
        Notebook and cell, for error messages.
    caption, alt, unit, source_line : str
        Printed caption (Markdown), description for those who do not see it, unit, and where the data come from.
    sources : tuple of str
        Catalogue names of the datasets.
    notes : tuple of str
        Notes printed below (Markdown).
    data : str
        The numbers shown, as CSV.
    chart : dict
        Vega-Lite specification of a figure; empty for a table.
    narrow : dict
        Specification for narrow screens; empty when the wide one serves.
    table : str
        HTML of a table; empty for a figure.
    filters : tuple of TableFilter
        What the rows of a table can be chosen by.
    """

    label: str
    kind: Literal["figure", "table"]
    place: str
    caption: str
    alt: str
    unit: str
    source_line: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    data: str
    chart: dict[str, Any]
    narrow: dict[str, Any]
    table: str
    filters: tuple[TableFilter, ...]

    @cached_property
    def rows(self) -> list[list[str]]:
        """The data as rows of text; the first row holds the column names."""
        return list(csv.reader(io.StringIO(self.data)))

    @cached_property
    def shows_unit(self) -> bool:
        """Whether the chart itself prints the unit, so that the caption need not repeat it."""
        return self.unit in set(_titles(self.chart))


def _titles(node: Any) -> Iterator[str]:
    """Every title and fixed text of a Vega-Lite specification."""
    if isinstance(node, list):
        for child in node:
            yield from _titles(child)
    elif isinstance(node, dict):
        for key, child in node.items():
            if key in ("title", "text") and isinstance(child, str):
                yield child
            elif key not in ("data", "datasets"):
                yield from _titles(child)


def read_exhibit(output: dict[str, Any], label: str, static_caption: str, place: str) -> Exhibit:
    """Read a figure or table from a display output.

    Parameters
    ----------
    output : dict
        The output as nbformat stores it, with ``data`` and ``metadata.report``.
    label : str
        Label of the cell.
    static_caption : str
        Caption among the cell's options; a computed caption in the output's metadata wins over it.
    place : str
        Notebook and cell, for error messages.

    Raises
    ------
    RenderError
        When the label, or anything that every exhibit must have, is missing.
    """
    bundle, report = output["data"], output["metadata"]["report"]
    kind = report["kind"]
    if not label.startswith(PREFIXES[kind]):
        what = f"this {kind} has the label {label!r}" if label else f"this {kind} has no label"
        raise RenderError(what, where=place, remedy=f"start the cell with '#| label: {PREFIXES[kind]}name'")
    chart: dict[str, Any] = next((bundle[mime] for mime in bundle if VEGA_LITE_MIME.fullmatch(mime)), {})
    exhibit = Exhibit(
        label=label,
        kind=kind,
        place=place,
        caption=str(report.get("caption") or static_caption).strip(),
        alt=str(report.get("alt") or "").strip(),
        unit=str(report.get("unit") or "").strip(),
        source_line=str(report.get("source_line") or "").strip(),
        sources=tuple(report.get("sources") or ()),
        notes=tuple(report.get("notes") or ()),
        data=bundle.get("text/csv", ""),
        chart=chart,
        narrow=report.get("narrow") or {},
        table=bundle.get("text/html", "") if kind == "table" else "",
        filters=tuple(map(TableFilter.read, report.get("filters") or ())),
    )
    _check_complete(exhibit)
    return exhibit


def _check_complete(exhibit: Exhibit) -> None:
    content = exhibit.chart if exhibit.kind == "figure" else exhibit.table
    required = {
        "caption": exhibit.caption,
        "alternative text": exhibit.alt,
        "unit": exhibit.unit,
        "source": exhibit.source_line,
        "data": exhibit.data,
        "chart" if exhibit.kind == "figure" else "table": content,
    }
    missing = [name for name, value in required.items() if not value]
    if missing:
        raise RenderError(
            f"{exhibit.label} has no {', '.join(missing)}",
            where=exhibit.place,
            remedy=f"pass it to {exhibit.kind.capitalize()}(...) and run the notebook again",
        )
