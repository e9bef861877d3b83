"""What a page fetches when a reader opens the data or the provenance of an exhibit."""

import json
from typing import Any

from baltic_calculus import catalog
from baltic_calculus.catalog import DatasetRecord
from baltic_calculus.exhibits.number import format_date
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.data_table import data_table
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.revision import Revision

DIGITS = 12
"""Digits of a checksum that are shown; all of them stand on the evidence page."""


def disclosure_script(chapter: Chapter, revision: Revision) -> str:
    """Data and provenance of a chapter's exhibits as a classic script, which also works from a file without a server.

    It sets ``window.balticEvidence``: ``exhibits`` by label, each with its table, the names of its datasets and the
    number of its cell; the ``datasets``; the ``notebook`` and the ``revision`` that all were made from.

    Parameters
    ----------
    chapter : Chapter
        A chapter with exhibits.
    revision : Revision
        State of the project that it was made from.
    """
    cells = {cell.label: cell.number for cell in chapter.code}
    names = sorted({name for exhibit in chapter.exhibits.values() for name in exhibit.sources})
    content = {
        "datasets": {name: _dataset(catalog.record(name)) for name in names},
        "exhibits": {label: _exhibit(exhibit, cells[label]) for label, exhibit in chapter.exhibits.items()},
        "notebook": f"{chapter.page.notebook}.ipynb",
        "revision": str(revision),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.balticEvidence = {text};\n"


def _exhibit(exhibit: Exhibit, cell: int) -> dict[str, Any]:
    return {**vars(data_table(exhibit)), "sources": exhibit.sources, "cell": cell}


def _dataset(record: DatasetRecord) -> dict[str, str]:
    cut_off = f", data to {format_date(record.cut_off)}" if record.cut_off else ""
    state = f"Edition {format_date(record.edition)}{cut_off}, read {format_date(record.read)}"
    return {
        "title": f"{record.publisher}, {record.title}",
        "address": record.landing_page or "",
        "state": f"{state}. {record.licence}.",
        "digest": record.sha256[:DIGITS],
    }
