"""An exhibit as Typst: a call of the theme with caption, notes and source, around a drawing or a table."""

from collections.abc import Mapping, Sequence

from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.numbering import Numbering, Target
from baltic_calculus.report.pandoc import Node, raw_inline
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.table_model import Run, read_table
from baltic_calculus.report.typst_chapter import ExhibitWriter
from baltic_calculus.report.typst_table import typst_runs, typst_string, typst_table

TEXT_WIDTH_MM = 156
USUAL_HEIGHT_MM = 80
"""Two charts of this height fit on a page with their captions and notes, which leaves no holes."""

TALLEST_MM = 178
MM_PER_PX = 0.24
"""Scale at which the smallest text of a chart still prints at seven points and a half."""

LEAST_SCALE = 0.85
"""How far a landscape chart may shrink so that two fit on a page: its smallest text still prints at six points."""

LONG_TABLE_ROWS = 20
"""Tables from this length on break across pages; shorter ones stay whole."""


def typst_exhibits(
    exhibits: Mapping[str, Exhibit], numbering: Numbering, drawer: ChartDrawer, files: dict[str, str]
) -> ExhibitWriter:
    """Give the function that writes the exhibits of a chapter, and adds what they consist of to ``files``, by name."""

    def write(label: str, caption: list[Node], notes: list[list[Node]]) -> Node:
        exhibit, target = exhibits[label], numbering.targets[label]
        files[f"data/{label}.csv"] = exhibit.data
        if exhibit.kind == "figure":
            body, is_long = _chart(exhibit, drawer, files), False
            footnotes: tuple[tuple[Run, ...], ...] = ()
        else:
            table = read_table(exhibit.table, label)
            body, is_long = f"#{typst_table(table)}", len(table.body) >= LONG_TABLE_ROWS
            footnotes = table.footnotes
        return _exhibit(exhibit, target, caption, notes, footnotes, body, is_long)

    return write


def _chart(exhibit: Exhibit, drawer: ChartDrawer, files: dict[str, str]) -> str:
    drawing = drawer.draw(exhibit.chart, exhibit.label)
    name = f"figures/{exhibit.label}.svg"
    files[name] = drawing.text
    width = f"{chart_width(drawing.width, drawing.height):.1f}mm"
    return f"#chart({typst_string(name)}, {width}, {typst_string(exhibit.alt)})"


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
    caption: Sequence[Node],
    notes: Sequence[Sequence[Node]],
    footnotes: Sequence[tuple[Run, ...]],
    body: str,
    is_long: bool,
) -> Node:
    """One call of the theme's ``exhibit``, with the file of its data attached."""
    kind = typst_string(exhibit.kind)
    unit = "" if exhibit.shows_unit else exhibit.unit
    opening = f"#exhibit({typst_string(exhibit.label)}, {kind}, {typst_string(target.number)}, {typst_string(unit)}, ("
    inlines: list[Node] = [raw_inline("typst", opening)]
    inlines += [raw_inline("typst", f"[{typst_runs(footnote)}], ") for footnote in footnotes]
    for note in notes:
        inlines += [raw_inline("typst", "["), *note, raw_inline("typst", "], ")]
    inlines += [raw_inline("typst", f"), {typst_string(exhibit.source_line)}, ["), *caption]
    attached = f"#data-file({typst_string(f'data/{exhibit.label}.csv')}, {typst_string(f'Data of {target.name}')})"
    long = ", long: true" if is_long else ""
    inlines.append(raw_inline("typst", f"]{long})[{body}]\n{attached}"))
    return {"t": "Para", "c": inlines}
