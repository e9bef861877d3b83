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
from baltic_calculus.errors import ParameterError
from baltic_calculus.report.config import Page, ReportConfig
from baltic_calculus.report.notebook import read_notebook, read_parameters


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
        The notebook as it was read, once for the whole build.
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
        return name.strip(), yaml.safe_load(value)
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
        Pages (notebook names or slugs) to execute; empty for all.
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
        For a parameter that no page knows, or a wrong type or an impossible value.
    """
    given = dict(parameters or {})
    chosen = {config.page(name).notebook for name in only} or {page.notebook for page in config.pages}
    pages = [page for page in config.pages if page.notebook in chosen]
    sources = [_Source.read(config, page) for page in pages]
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

    @classmethod
    def read(cls, config: ReportConfig, page: Page) -> "_Source":
        path = config.notebooks / f"{page.notebook}.ipynb"
        notebook = read_notebook(path)
        return cls(page, path, notebook, read_parameters(notebook, path))


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
        notebook=source.notebook,
        overrides={name: resolved[name] for name in overrides if resolved[name] != defaults[name]},
        parameters=resolved,
    )


def _as_notebook_value(value: Any) -> Any:
    """Lists, not tuples: a parameters cell assigns lists, and papermill writes the values back as code."""
    return list(value) if isinstance(value, tuple) else value
