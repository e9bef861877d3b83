"""Text in CSV files that readers open with a spreadsheet program: it stays text and is never run as a formula."""

import re
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that spreadsheet programs take for a formula, or that hides one."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def harmless(cell: Any) -> Any:
    """A cell of a CSV file; an apostrophe is put before text that looks like a formula and is no number.

    Line breaks within a cell become line feeds.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-1.5"), harmless(-1.5), harmless("Estonia")
    ("'=1+1", '-1.5', -1.5, 'Estonia')
    """
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n")  # pandas does not quote a carriage return, which ends a row
    return f"'{text}" if text.startswith(FORMULA) and not _NUMBER.fullmatch(text) else text
