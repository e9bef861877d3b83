"""Run one notebook over a grid: what is done already is kept, what is due is executed, all facts end in one table."""

import contextlib
import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from baltic_calculus.report.execution.kernels import KernelChoice, choose_kernel, preload_for, prepare_kernels
from baltic_calculus.report.execution.task import FAILURES, Limits, Outcome, Task
from baltic_calculus.report.facts import read_facts
from baltic_calculus.report.notebook import read_notebook, read_parameters
from baltic_calculus.report.store import Store, open_store
from baltic_calculus.report.sweep.grid import Axes, Point, expand
from baltic_calculus.report.sweep.ground import SweepGround
from baltic_calculus.report.sweep.journal import RunRecord, open_journal
from baltic_calculus.report.sweep.table import facts_as_csv, facts_as_parquet, require_parquet

LEDGER, FACTS_CSV, FACTS_PARQUET = "ledger.json", "facts.csv", "facts.parquet"
NOTEBOOKS, FAILED = "notebooks", "failed"
"""Folders of the executed notebooks: of runs that have a result, and of those that broke off."""

LEDGER_VERSION = 1


@dataclass(frozen=True)
class SweepOptions:
    """What a person may choose for one sweep.

    Attributes
    ----------
    force : bool
        Whether to execute runs that are done.
    jobs : int
        Runs executed at once; 0 for one more than there are processors.
    kernel : {"auto", "plain", "fork"}
        How kernels are started.
    scheduler : str
        ``threads``, ``dask`` for a cluster on this machine, or ``dask://HOST:PORT``.
    limits : Limits
        What each run may use.
    parquet : bool
        Whether to write the facts as Parquet, besides CSV.
    """

    force: bool = False
    jobs: int = 0
    kernel: KernelChoice = "auto"
    scheduler: str = "threads"
    limits: Limits = field(default_factory=Limits)
    parquet: bool = False


@dataclass(frozen=True)
class SweepResult:
    """What a sweep came to.

    Attributes
    ----------
    records : tuple of RunRecord
        All runs of the grid, in its order.
    executed : frozenset of str
        Keys of those executed now; the others were done before.
    address : str
        Where the results are.
    """

    records: tuple[RunRecord, ...]
    executed: frozenset[str]
    address: str

    @property
    def failures(self) -> tuple[RunRecord, ...]:
        """Runs that have no result although they should."""
        return tuple(record for record in self.records if record.failed)


def run_sweep(
    notebook: Path,
    grids: Sequence[Axes],
    output: str,
    *,
    root: Path,
    options: SweepOptions,
    say: Callable[[str], None],
) -> SweepResult:
    """Run a notebook over a grid of parameters and collect the facts of all runs.

    Parameters
    ----------
    notebook : Path
        Source notebook with a parameters cell.
    grids : sequence of mappings
        From `parse_grid` or `read_matrix`.
    output : str
        Folder or fsspec address; it gets ``notebooks/``, ``facts.csv``, ``ledger.json`` and the record of each run.
    root : Path
        The project, which notebooks find through ``BALTIC_ROOT``.
    options : SweepOptions
        How to run.
    say : callable
        Told, line by line, how it goes.

    Returns
    -------
    SweepResult
        With failures when runs failed; the facts of the others are written all the same.

    Raises
    ------
    DataError
        When the notebook may read data, and the data break a rule.
    ConfigurationError
        Before any run for an unreadable notebook, a wrong grid, an output that cannot be written to, or something
        that is asked for and not installed. Later, when the data or the package changed while the runs went on.
    OSError
        When the disk is full. Runs that are done are not lost: the same call does the rest.
    KeyboardInterrupt
        On Ctrl-C, after all kernels are gone; nothing is lost either.
    """
    if options.parquet:
        require_parquet()
    source = read_notebook(notebook)
    defaults = read_parameters(source, notebook)
    points = expand(grids, defaults)
    ground = SweepGround(source, root)
    keys = {ground.run_key(point): point for point in points}
    store = open_store(output)
    with open_journal(store) as journal:
        done = {} if options.force else _still_good(store, journal.read(keys))
        due = {key: point for key, point in keys.items() if key not in done}
        say(f"{len(keys)} runs: {len(due)} to execute, {len(done)} done before")
        executed: dict[str, RunRecord] = {}
        if due:
            environment = ground.kernel_environment()
            with contextlib.closing(_execute(notebook, list(due.values()), environment, options)) as outcomes:
                for record in _keep_all(outcomes, due, store, ground):
                    journal.add(record)
                    executed[record.key] = record
                    say(f"[{len(executed)}/{len(due)}] {record.name}  {record.status}  {record.wall_seconds:.1f} s")
        records = {**done, **executed}
        result = SweepResult(tuple(records[key] for key in keys), frozenset(executed), store.address)
        _collect(store, notebook, list(defaults), result, options)
    return result


def _still_good(store: Store, records: Mapping[str, RunRecord]) -> dict[str, RunRecord]:
    """The runs that have a result which is still there as it was written."""
    results = {key: record for key, record in records.items() if not record.failed}
    found = store.fingerprints([record.notebook for record in results.values()])
    return {key: record for key, record in results.items() if found.get(record.notebook) == record.fingerprint}


def _execute(
    notebook: Path, points: Sequence[Point], environment: Mapping[str, str], options: SweepOptions
) -> Generator[Outcome, None, None]:
    """Outcomes of runs as they end."""
    kernel = choose_kernel(options.kernel)
    preload = preload_for([read_notebook(notebook)])
    if options.scheduler == "threads":
        prepare_kernels(kernel, preload, environment)
    # papermill and the kernel machinery take most of a second to import; a sweep that is done does without
    from baltic_calculus.report.execution.schedule import open_executor, run_tasks

    text = notebook.read_text(encoding="utf-8")
    tasks = (
        Task(
            name=point.name,
            notebook=text,
            parameters=point.overrides,
            folder=str(notebook.resolve().parent),
            environment=environment,
            kernel=kernel,
            preload=preload,
            limits=options.limits,
        )
        for point in points
    )
    with open_executor(options.scheduler, options.jobs or (os.cpu_count() or 1) + 1) as executor:
        yield from run_tasks(tasks, executor)


def _keep_all(
    outcomes: Iterable[Outcome], due: Mapping[str, Point], store: Store, ground: SweepGround
) -> Iterator[RunRecord]:
    """Records of runs as they end; nothing is kept of a run whose ground has moved."""
    key_of_run = {point.name: key for key, point in due.items()}
    for outcome in outcomes:
        ground.check()
        key = key_of_run[outcome.name]
        yield _keep(store, key, due[key], outcome)


def _keep(store: Store, key: str, point: Point, outcome: Outcome) -> RunRecord:
    """Write the notebook of a run, and only then its record: what is recorded is there."""
    result, broken_off = (f"{folder}/{point.name}.ipynb" for folder in (NOTEBOOKS, FAILED))
    path, outdated = (broken_off, result) if outcome.status in FAILURES else (result, broken_off)
    store.remove(outdated)
    fingerprint = ""
    if outcome.notebook is None:
        path = ""
    else:
        fingerprint = store.write(path, outcome.notebook.encode())
    return RunRecord(
        key=key,
        name=point.name,
        status=outcome.status,
        parameters=point.parameters,
        notebook=path,
        fingerprint=fingerprint,
        facts=read_facts(json.loads(outcome.notebook)) if outcome.notebook and outcome.status == "ok" else {},
        cell=outcome.cell,
        error=outcome.error,
        traceback=outcome.traceback,
        wall_seconds=round(outcome.wall_seconds, 3),
        cpu_seconds=round(outcome.cpu_seconds, 3),
        peak_memory_mb=round(outcome.peak_memory_mb, 1),
        kernel=outcome.kernel,
        attempts=outcome.attempts,
    )


def _collect(
    store: Store, notebook: Path, parameters: Sequence[str], result: SweepResult, options: SweepOptions
) -> None:
    """Write the table of all facts and the ledger."""
    store.write(FACTS_CSV, facts_as_csv(parameters, result.records))
    if options.parquet:
        store.write(FACTS_PARQUET, facts_as_parquet(parameters, result.records))
    runs = [_ledger_entry(record, record.key in result.executed) for record in result.records]
    ledger = {"version": LEDGER_VERSION, "notebook": notebook.name, "runs": runs}
    store.write(LEDGER, (json.dumps(ledger, indent=2, ensure_ascii=False) + "\n").encode())


def _ledger_entry(record: RunRecord, is_new: bool) -> dict[str, Any]:
    """An entry like those of the ledger of a build; what a run took stays in it when it was done before."""
    return {
        "run": record.name,
        "status": record.status if is_new or record.status != "ok" else "cached",
        "key": record.key,
        "kernel": record.kernel,
        "attempts": record.attempts,
        "wall_seconds": record.wall_seconds,
        "cpu_seconds": record.cpu_seconds,
        "peak_memory_mb": record.peak_memory_mb,
        "parameters": dict(record.parameters),
        "cell": record.cell or None,
        "error": record.error or None,
        "traceback": record.traceback or None,
        "notebook": record.notebook or None,
    }
