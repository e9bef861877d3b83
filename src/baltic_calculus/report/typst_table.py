"""A table as Typst: real header, spanner, group and data cells; or, when it is a long list of names, a register."""

import json

from baltic_calculus.report.line_break import is_unbreakable, keep_dates
from baltic_calculus.report.table_model import Cell, Row, Run, TableModel
from baltic_calculus.report.typst_columns import Measure, set_columns, single_cells

REGISTER_ROWS = 150
"""Lists of this length have their names in one column and all else in running lines."""

DENSE_ROWS = 40
"""Tables from this length on are set smaller, with less room between their rows."""

EMPTY = frozenset({"", "–"})


def typst_string(text: str) -> str:
    """A Typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def typst_table(table: TableModel, about: tuple[str, str, str], measure: Measure) -> str:
    """Write a table as a call of the theme's ``data-table`` or ``register``.

    Parameters
    ----------
    table : TableModel
        The table.
    about : tuple of str
        Its label, printed number and unit.
    measure : Measure
        The widths of words.
    """
    if is_register(table):
        return _register(table, about[-1])
    opening = ", ".join(map(typst_string, about))
    dense = len(table.body) >= DENSE_ROWS
    columns = set_columns(table, measure, dense=dense)
    fractions = longest_fractions(table)
    widths = ", ".join(f"{width:.2f}mm" for width in columns.widths)
    aligns = ", ".join(table.column_aligns)
    head = ",\n".join(_head_cell(cell) for row in table.header for cell in row.cells)
    places = {id(cell): column for _, column, cell in single_cells(table)}

    def write(cell: Cell, row: Row) -> str:
        column = places.get(id(cell), -1)
        return _body_cell(cell, row.is_summary, fractions.get(column, ""), columns.size, measure)

    rows = ",\n".join(_row(row, table.width, [write(cell, row) for cell in row.cells]) for row in table.body)
    settings = f"{columns.size:.2f}pt, {'true' if dense else 'false'}, {columns.rest:.2f}mm"
    return f"data-table({opening}, ({widths},), ({aligns},), {settings}, (\n{head},\n), (\n{rows},\n))"


def is_register(table: TableModel) -> bool:
    """Whether a table is a long list of words."""
    words_alone = all(align == "left" for align in table.column_aligns) and not any(row.is_group for row in table.body)
    return len(table.body) >= REGISTER_ROWS and table.width > 2 and words_alone and len(table.header) == 1


def _register(table: TableModel, unit: str) -> str:
    entries = []
    for row in table.body:
        name, *rest = row.cells
        known = ". ".join(typst_runs(cell.runs) for cell in rest if cell.text not in EMPTY)
        entries.append(f"([{typst_runs(name.runs)}], [{known}])")
    body = ",\n".join(entries)
    return f"register({typst_string(unit)}, (\n{body},\n))"


def longest_fractions(table: TableModel) -> dict[int, str]:
    """The longest part behind the decimal point, the point included, of each column of numbers."""
    longest: dict[int, str] = {}
    for row, column, cell in single_cells(table):
        if row >= len(table.header) and cell.align == "right":
            fraction = _fraction(_number_and_marks(cell)[0])
            if len(fraction) > len(longest.get(column, "")):
                longest[column] = fraction
    return longest


def _fraction(number: str) -> str:
    _, point, digits = number.partition(".")
    return point + digits


def _number_and_marks(cell: Cell) -> tuple[str, tuple[Run, ...]]:
    """A number and the marks behind it; an empty text for all that is no number."""
    runs = list(cell.runs)
    while runs and (runs[-1].mark or runs[-1].raised):
        runs.pop()
    text = "".join(run.text for run in runs).strip()
    return (text, cell.runs[len(runs) :]) if is_unbreakable(text) else ("", ())


def typst_runs(runs: tuple[Run, ...]) -> str:
    """Write stretches of text with their styles, as Typst content."""
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = f"#{typst_string(run.text.strip() if run.mark else keep_dates(run.text))}"
    if run.mark or run.raised:
        text = f"#super[{text}]"
    if run.lowered:
        text = f"#sub[{text}]"
    if run.italic:
        text = f"#emph[{text}]"
    if run.bold:
        text = f"#strong[{text}]"
    if run.label:
        text = f"#link(<{run.label}>)[{text}]"
    return f"#linebreak(){text}" if run.break_before else text


def _spans(cell: Cell) -> str:
    columns = f", colspan: {cell.columns}" if cell.columns > 1 else ""
    rows = f", rowspan: {cell.rows}" if cell.rows > 1 else ""
    return columns + rows


def _head_cell(cell: Cell) -> str:
    text = f"[{typst_runs(cell.runs)}]"
    if cell.is_spanner and cell.columns > 1:
        return f"spanner({text}{_spans(cell)})"
    return f"th({text}, align: {cell.align} + bottom{_spans(cell)})"


def _row(row: Row, width: int, cells: list[str]) -> str:
    return f"group({width}, [{typst_runs(row.cells[0].runs)}])" if row.is_group else ", ".join(cells)


def _body_cell(cell: Cell, is_summary: bool, longest: str, size: float, measure: Measure) -> str:
    number, marks = _number_and_marks(cell)
    text = typst_runs(cell.runs[: len(cell.runs) - len(marks)])
    if number:
        text = f"#box[{text}]"
    if cell.italic:
        text = f"#emph[{text}]"
    if cell.bold or is_summary:
        text = f"#strong[{text}]"
    if number and cell.align == "right" and (marks or longest):
        lacking = max(0.0, measure(longest) - measure(_fraction(number))) * size
        mark = f", mark: [{typst_runs(marks)}]" if marks else ""
        text = f"#number({lacking:.2f}mm, [{text}]{mark})"
    else:
        text += typst_runs(marks)
    return f"table.cell([{text}], align: {cell.align}{_spans(cell)})"
