"""A page of a matrix as a notebook of its own: its source with labels and title that belong to this page alone.

Labels are unique in the report, and a matrix makes many pages of one notebook. So the labels that the source defines
get the value of the page as their ending, and so does whatever refers to them. From here on nobody needs to know of
the matrix: what runs, is numbered and is printed is an ordinary notebook.
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from baltic_calculus import catalog
from baltic_calculus.errors import RenderError
from baltic_calculus.report.cell import FRONT_MATTER
from baltic_calculus.report.facts import FINDING_PREFIX
from baltic_calculus.report.page import MatrixPage, Page

REPORT_WIDE = ("fig-", "tbl-", "sec-", FINDING_PREFIX)
"""Beginnings of the labels that no two pages may share."""

COUNTRY = "country"
"""The parameter whose values are codes of countries; a front matter prints their names."""

COUNTRY_IN_TEXT = "country_in_text"
"""What a front matter says for the name with its article, as it stands in a sentence."""

_PREFIX = "|".join(REPORT_WIDE)
_OPTION = re.compile(r"^#\|\s*label:\s*(\S+)\s*$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\{[^{}\n]*?#([\w-]*\w)[^{}\n]*\}")
_MENTION = re.compile(
    rf"(?P<mark>(?<![\w@\\/])@|\#\|\s*label:\s*|[{{(\s]\#)(?P<label>(?:{_PREFIX})[\w-]*\w)", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

_Notebook = TypeVar("_Notebook", bound=dict[str, Any])


def as_page(source: _Notebook, page: Page) -> _Notebook:
    """The notebook of a page, of which ``source`` is the source: an instance of it on a page of a matrix.

    Raises
    ------
    DataError, RenderError
        As `printed_values` and `make_instance` do.
    """
    return make_instance(source, page, printed_values(page)) if isinstance(page, MatrixPage) else source


def printed_values(page: MatrixPage) -> dict[str, str]:
    """What a front matter prints for the parameter of a matrix: the names of a country, any other value as it is.

    Raises
    ------
    DataError
        When the code of a country is not in data/countries.csv.
    """
    value = str(page.value)
    if page.parameter != COUNTRY:
        return {page.parameter: value}
    return {COUNTRY: catalog.country_name(value), COUNTRY_IN_TEXT: catalog.country_in_text(value)}


def make_instance(source: _Notebook, page: MatrixPage, printed: Mapping[str, str]) -> _Notebook:
    """Make the notebook of one page of a matrix.

    Parameters
    ----------
    source : dict
        The source notebook, as JSON or as nbformat reads it; it is not changed.
    page : MatrixPage
        The page; of ``fig-profile-share`` its suffix makes ``fig-profile-share-est``. Labels of other notebooks, to
        which this one refers, stay as they are.
    printed : mapping of str to str
        What stands for ``{country}`` in the front matter, by name.

    Returns
    -------
    dict
        A notebook of the same kind.

    Raises
    ------
    RenderError
        When the front matter names something that is not there.
    """
    own = frozenset(_labels(source))
    cells = [_with_source(cell, _rename(_text(cell), own, page.suffix)) for cell in source["cells"]]
    return _with_cells(source, fill_front_matter(cells, printed, f"{page.source}.ipynb"))


def make_instance_of_run(executed: _Notebook, page: MatrixPage, printed: Mapping[str, str]) -> _Notebook:
    """Make the executed notebook of a page of a run of the source itself: what it computed refers to labels, too.

    Parameters
    ----------
    executed : dict
        The source as papermill or JupyterLab executed it, with the value of the page.
    page, printed
        As for `make_instance`.
    """
    own = frozenset(_labels(executed))
    # outputs hold text in many places; in JSON a label reads as it does in text
    cells = json.loads(_rename(json.dumps(executed["cells"], ensure_ascii=False), own, page.suffix))
    return _with_cells(executed, fill_front_matter(cells, printed, f"{page.source}.ipynb"))


def fill_front_matter(cells: list[Any], printed: Mapping[str, str], file: str) -> list[Any]:
    """The cells of a notebook with ``{country}`` in the front matter replaced by what is printed for it.

    Raises
    ------
    RenderError
        When the front matter names something that is not there.
    """
    first = next((place for place, cell in enumerate(cells) if cell["cell_type"] == "markdown"), None)
    match = FRONT_MATTER.match(_text(cells[first])) if first is not None else None
    if first is None or match is None:
        return cells

    def fill(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        if name not in printed:
            raise RenderError(
                f"the front matter says {{{name}}}, and nothing is known of it",
                where=f"{file}, first cell",
                remedy="choose from: " + ", ".join(f"{{{known}}}" for known in sorted(printed)),
            )
        return printed[name]

    text = _PLACEHOLDER.sub(fill, match[0]) + _text(cells[first])[match.end() :]
    return [*cells[:first], _with_source(cells[first], text), *cells[first + 1 :]]


def _labels(notebook: Mapping[str, Any]) -> Iterator[str]:
    """The labels that a notebook defines and that no other page may have."""
    for cell in notebook["cells"]:
        pattern = _OPTION if cell["cell_type"] == "code" else _ATTRIBUTE
        yield from (label for label in pattern.findall(_text(cell)) if label.startswith(REPORT_WIDE))


def _rename(text: str, own: frozenset[str], suffix: str) -> str:
    """Give the labels in ``own`` their ending, where they are defined and where they are referred to."""

    def rename(mention: re.Match[str]) -> str:
        label = mention["label"]
        is_own = label[:1].lower() + label[1:] in own  # a sentence may begin with @Fig-share
        return f"{mention['mark']}{label}-{suffix}" if is_own else mention[0]

    return _MENTION.sub(rename, text)


def _text(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _with_source(cell: Any, text: str) -> Any:
    if text == _text(cell):
        return cell
    changed = copy.copy(cell)
    changed["source"] = text
    return changed


def _with_cells(notebook: _Notebook, cells: list[Any]) -> _Notebook:
    changed = copy.copy(notebook)
    changed["cells"] = cells
    return changed
