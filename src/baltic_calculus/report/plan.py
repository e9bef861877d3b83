"""What a build will do: which pages, with which parameters. What can be wrong is found here, before any kernel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from nbformat import NotebookNode

from baltic_calculus import catalog
from baltic_calculus.analysis.parameters import check_parameters
from baltic_calculus.catalog import Coverage
from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.errors import ParameterError
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.instance import as_page
from baltic_calculus.report.notebook import read_notebook, read_parameters
from baltic_calculus.report.page import MatrixPage, Page


@dataclass(frozen=True)
class PagePlan:
    """One page to execute.

    Attributes
    ----------
    page : Page
        The page.
    source : Path
        File of its notebook.
    notebook : NotebookNode
        The notebook of the page as its source was read, once for the whole build; see `make_instance`.
    overrides : Mapping[str, Any]
        Parameters to inject: those that differ from the notebook's own.
    parameters : Mapping[str, Any]
        All parameters with the values that hold in this build.
    """

    page: Page
    source: Path
    notebook: NotebookNode
    overrides: Mapping[str, Any]
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class BuildPlan:
    """The pages to execute and, with ``--only``, the pages left as the last build made them."""

    config: ReportConfig
    pages: tuple[PagePlan, ...]
    kept: tuple[Page, ...] = ()


def parse_parameter(text: str) -> tuple[str, Any]:
    """Read ``NAME=VALUE`` from a command line; the value is YAML: ``2015``, ``POL,FIN`` or ``[POL, FIN]``.

    Raises
    ------
    ParameterError
        Without a name, an equals sign or a readable value.
    """
    name, equals, value = text.partition("=")
    if not equals or not name.strip().isidentifier():
        raise ParameterError(f"cannot read {text!r}", where="--param", remedy="write NAME=VALUE, as in first_year=2016")
    try:
        return name.strip(), parse_yaml(value)
    except yaml.YAMLError as error:
        raise ParameterError(
            f"cannot read the value of {name}: {str(error).splitlines()[0]}",
            where="--param",
            remedy="write a number, a word or a list, as in countries=[POL, FIN]",
        ) from None


def plan_build(
    config: ReportConfig,
    only: Sequence[str] = (),
    parameters: Mapping[str, Any] | None = None,
    *,
    coverage: Callable[[str], Coverage] = catalog.coverage,
) -> BuildPlan:
    """Decide what to execute and check all of it.

    Parameters
    ----------
    config : ReportConfig
        The report.
    only : sequence of str
        Pages to execute, by notebook or slug, or by folder or source for all pages of a matrix; empty for all.
    parameters : mapping, optional
        Parameters for all pages that know them; they win over report.yaml, which wins over the notebooks.
    coverage : callable, optional
        Gives countries and years of a dataset.

    Returns
    -------
    BuildPlan
        Pages in the order of the report.

    Raises
    ------
    ConfigurationError
        For an unknown page or a notebook that cannot be read or has no parameters cell.
    ParameterError
        For a parameter that no page knows or that a matrix gives, or a wrong type or an impossible value.
    """
    given = dict(parameters or {})
    named = [page for name in only for page in config.chosen(name)]
    chosen = {page.notebook for page in named or config.pages}
    pages = [page for page in config.pages if page.notebook in chosen]
    _refuse_matrix_parameters(pages, given)
    # a notebook is read once, however many pages are made from it
    files = {name: _read_source(config, name) for name in dict.fromkeys(page.source for page in pages)}
    sources = [_Source(page, *files[page.source]) for page in pages]
    known = sorted({name for source in sources for name in source.defaults})
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ParameterError(
            f"unknown parameter {', '.join(unknown)}", where="--param", remedy="choose from: " + ", ".join(known)
        )
    return BuildPlan(
        config=config,
        pages=tuple(_plan_page(source, given, coverage) for source in sources),
        kept=tuple(page for page in config.pages if page.notebook not in chosen),
    )


@dataclass(frozen=True)
class _Source:
    page: Page
    path: Path
    notebook: NotebookNode
    defaults: Mapping[str, Any]


def _read_source(config: ReportConfig, name: str) -> tuple[Path, NotebookNode, dict[str, Any]]:
    path = config.notebooks / f"{name}.ipynb"
    notebook = read_notebook(path)
    return path, notebook, read_parameters(notebook, path)


def _refuse_matrix_parameters(pages: Sequence[Page], given: Mapping[str, Any]) -> None:
    """The parameter of a matrix says which page it is: given another value, all its pages would be the same."""
    for page in pages:
        if isinstance(page, MatrixPage) and page.parameter in given:
            named = str(given[page.parameter]).lower()
            one = next((other for other in pages if other.notebook == f"{page.source}_{named}"), page)
            raise ParameterError(
                f"{page.parameter} is given by the matrix of {page.source}, in report/report.yaml",
                where="--param",
                remedy=f"leave it out and choose a page: --only {one.slug}",
            )


def _plan_page(source: _Source, given: Mapping[str, Any], coverage: Callable[[str], Coverage]) -> PagePlan:
    page, defaults = source.page, source.defaults
    overrides = page.parameters | {name: value for name, value in given.items() if name in defaults}
    try:
        checked = check_parameters({**defaults, **overrides}, allowed=defaults.keys(), coverage=coverage(page.coverage))
    except ParameterError as error:
        raise ParameterError(error.what, where=f"{page.notebook}, {error.where}", remedy=error.remedy) from None
    resolved = {name: _as_notebook_value(getattr(checked, name)) for name in defaults}
    return PagePlan(
        page=page,
        source=source.path,
        notebook=as_page(source.notebook, page),
        overrides={name: resolved[name] for name in overrides if resolved[name] != defaults[name]},
        parameters=resolved,
    )


def _as_notebook_value(value: Any) -> Any:
    """Lists, not tuples: a parameters cell assigns lists, and papermill writes the values back as code."""
    return list(value) if isinstance(value, tuple) else value
