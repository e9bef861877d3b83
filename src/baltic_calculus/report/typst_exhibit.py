"""An exhibit as Typst: a call of the theme with caption, notes and source, around a drawing or a table."""

from collections.abc import Mapping, Sequence

from baltic_calculus.report.document import Document
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.pandoc import Node, raw_inline
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.table_model import Run, read_table
from baltic_calculus.report.table_reference import name_references
from baltic_calculus.report.text_width import TextWidth
from baltic_calculus.report.typst_chapter import ExhibitWriter
from baltic_calculus.report.typst_columns import TEXT_WIDTH_MM
from baltic_calculus.report.typst_table import typst_runs, typst_string, typst_table

USUAL_HEIGHT_MM = 80
"""Two charts of this height fit on a page with their captions and notes, which leaves no holes."""

TALLEST_MM = 178
MM_PER_PX = 0.24
"""Scale at which the smallest text of a chart still prints at seven points and a half."""

LEAST_SCALE = 0.85
"""How far a landscape chart may shrink so that two fit on a page: its smallest text still prints at six points."""


def typst_exhibits(
    exhibits: Mapping[str, Exhibit],
    document: Document,
    drawer: ChartDrawer,
    measure: TextWidth,
    files: dict[str, str],
) -> ExhibitWriter:
    """Give the function that writes the exhibits of a chapter, and adds what they consist of to ``files``, by name."""

    def write(label: str, caption: list[Node], notes: list[list[Node]]) -> Node:
        exhibit, target = exhibits[label], document.numbering.targets[label]
        files[f"data/{label}.csv"] = exhibit.data
        if exhibit.kind == "figure":
            unit = "" if exhibit.shows_unit else exhibit.unit
            return _exhibit(exhibit, target, unit, caption, notes, (), _chart(exhibit, drawer, files))
        table = name_references(read_table(exhibit.table, label), document)
        # the table prints the unit itself, for it repeats it on the pages that follow
        body = typst_table(table, (label, target.number, exhibit.unit), measure)
        return _exhibit(exhibit, target, "", caption, notes, table.footnotes, body)

    return write


def _chart(exhibit: Exhibit, drawer: ChartDrawer, files: dict[str, str]) -> str:
    drawing = drawer.draw(exhibit.chart, exhibit.label)
    name = f"figures/{exhibit.label}.svg"
    files[name] = drawing.text
    width = chart_width(drawing.width, drawing.height)
    height = width * drawing.height / drawing.width
    names = f"{typst_string(exhibit.label)}, {typst_string(name)}"
    return f"chart({names}, {width:.1f}mm, {height:.1f}mm, {typst_string(exhibit.alt)})"


def chart_width(width: float, height: float) -> float:
    """Printed width, in mm, of a chart of ``width`` by ``height`` pixels.

    A chart prints at one scale with all others, unless it is too wide for the text or too tall: landscape charts are
    kept to a height of which two fit on a page as long as their text stays legible, portrait ones to a page.
    """
    if height > width:
        return min(width * MM_PER_PX, TEXT_WIDTH_MM, TALLEST_MM * width / height)
    usual = max(USUAL_HEIGHT_MM * width / height, width * MM_PER_PX * LEAST_SCALE)
    return min(width * MM_PER_PX, TEXT_WIDTH_MM, usual)


def _exhibit(
    exhibit: Exhibit,
    target: Target,
    unit: str,
    caption: Sequence[Node],
    notes: Sequence[Sequence[Node]],
    footnotes: Sequence[tuple[Run, ...]],
    body: str,
) -> Node:
    """One call of the theme's ``exhibit``, with the file of its data attached."""
    kind = typst_string(exhibit.kind)
    opening = f"#exhibit({typst_string(exhibit.label)}, {kind}, {typst_string(target.number)}, {typst_string(unit)}, ("
    inlines: list[Node] = [raw_inline("typst", opening)]
    inlines += [raw_inline("typst", f"[{typst_runs(footnote)}], ") for footnote in footnotes]
    for note in notes:
        inlines += [raw_inline("typst", "["), *note, raw_inline("typst", "], ")]
    inlines += [raw_inline("typst", f"), {typst_string(exhibit.source_line)}, ["), *caption]
    attached = f"#data-file({typst_string(f'data/{exhibit.label}.csv')}, {typst_string(f'Data of {target.name}')})"
    inlines.append(raw_inline("typst", f"], {body})\n{attached}"))
    return {"t": "Para", "c": inlines}
