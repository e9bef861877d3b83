"""What a person may choose for one build."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from baltic_calculus.report.execution.kernels import KernelChoice
from baltic_calculus.report.execution.task import Limits


@dataclass(frozen=True)
class BuildOptions:
    """What a person may choose for one build.

    Attributes
    ----------
    only : tuple of str
        Pages to execute (notebook names or slugs); empty for all. The others stay as the last build made them.
    formats : tuple of str
        Of ``html`` and ``pdf``.
    papers : tuple of str
        Papers that the PDF is set for; empty for those of the configuration.
    parameters : mapping
        Notebook parameters for every page that knows them.
    jobs : int
        Notebooks executed at once; 0 for one more than there are processors, as kernels wait while they start.
    kernel : {"auto", "plain", "fork"}
        How kernels are started.
    scheduler : str
        ``threads``, ``dask`` for a cluster on this machine, or ``dask://HOST:PORT``.
    limits : Limits
        What one page may use.
    build_seconds : int or None
        Time that all pages together may take; None for any.
    fail_fast : bool
        Whether the first failure cancels the pages that have not finished.
    force : bool
        Whether to execute pages of which nothing has changed.
    output : str
        Address to which the products are copied besides; empty for none.
    address : str
        Address at which the site will be found; empty for that of report.yaml.
    arguments : tuple of str or None
        The command line, when a later build with the same one and the same inputs need do nothing; None for a build
        that is to be done in any case.
    """

    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf")
    papers: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    jobs: int = 0
    kernel: KernelChoice = "auto"
    scheduler: str = "threads"
    limits: Limits = field(default_factory=Limits)
    build_seconds: int | None = None
    fail_fast: bool = False
    force: bool = False
    output: str = ""
    address: str = ""
    arguments: tuple[str, ...] | None = None
