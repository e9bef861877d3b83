"""Many runs at once: on threads, on a Dask cluster, on any executor; none is lost, and all can be stopped."""

import os
import signal
import sys
import threading
import time
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

import psutil
import pytest
from distributed import Client

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.execution import schedule
from baltic_calculus.report.execution.cluster import ClusterExecutor
from baltic_calculus.report.execution.schedule import open_executor, run_tasks
from kernel_forkserver import is_supported

SLEEPERS = {name: str(86300 + number) for number, name in enumerate(("fail_fast", "limit", "interrupt", "leave"))}
KERNEL = "fork" if is_supported() else "plain"


@pytest.fixture(scope="module")
def cluster():
    with open_executor("dask", 2) as executor:
        assert isinstance(executor, ClusterExecutor)
        yield executor


@pytest.fixture(params=["threads", "dask"])
def executor(request):
    """Two runs at once, on each kind of scheduler."""
    if request.param == "dask":
        yield request.getfixturevalue("cluster")
    else:
        with open_executor("threads", 2) as pool:
            yield pool


@pytest.fixture
def sleeper(make_task, tmp_path):
    """Make a task that starts a process of its own, marks that it has, and never ends by itself."""
    started = tmp_path / "started"

    def make(argument: str):
        code = f"import subprocess\np = subprocess.Popen(['sleep', '{argument}'], start_new_session=True)"
        return make_task(code, f"open({str(started)!r}, 'w').close(); p.wait()", name="sleeper", kernel=KERNEL)

    return make, started


def wait_for(path) -> None:
    deadline = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} never came"
        time.sleep(0.02)


def test_every_task_has_its_outcome(executor, make_task):
    tasks = (make_task(f"{n} / {n % 3}", name=f"run-{n}", kernel=KERNEL) for n in range(5))
    statuses = {outcome.name: outcome.status for outcome in run_tasks(tasks, executor)}
    assert statuses == {"run-0": "failed", "run-1": "ok", "run-2": "ok", "run-3": "failed", "run-4": "ok"}


def test_first_failure_stops_the_others_and_what_they_started(executor, sleeper, make_task, left_over):
    endless, started = sleeper
    wait = f"import os, time\nwhile not os.path.exists({str(started)!r}): time.sleep(0.02)"
    tasks = [
        endless(SLEEPERS["fail_fast"]),
        make_task(wait, "1 / 0", name="fails", kernel=KERNEL),
        *(make_task("1 / 0", name=f"next-{n}", kernel=KERNEL) for n in range(3)),
    ]
    outcomes = {outcome.name: outcome for outcome in run_tasks(tasks, executor, fail_fast=True)}
    assert len(outcomes) == len(tasks)
    assert outcomes["fails"].status == "failed"
    stopped = outcomes["sleeper"]
    assert (stopped.status, stopped.cell, stopped.error) == (
        "cancelled",
        "cell 2",
        "the build stopped at the first failure",
    )
    assert left_over([SLEEPERS["fail_fast"]]) == []


def test_time_limit_of_the_build_stops_what_runs_and_what_waits(executor, sleeper, make_task, left_over):
    endless, _ = sleeper
    tasks = [endless(SLEEPERS["limit"]), *(make_task("import time; time.sleep(99)", name=f"{n}") for n in range(3))]
    outcomes = list(run_tasks(tasks, executor, build_seconds=1))
    assert sorted(outcome.name for outcome in outcomes) == ["0", "1", "2", "sleeper"]
    assert {(o.status, o.error) for o in outcomes} == {("cancelled", "the build ran longer than 1 s")}
    assert left_over([SLEEPERS["limit"]]) == []


def test_interruption_ends_all_kernels_before_it_goes_on(executor, sleeper, make_task, left_over):
    endless, started = sleeper

    def interrupt() -> None:
        wait_for(started)
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background of a script
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        outcomes = run_tasks([endless(SLEEPERS["interrupt"])], executor)
        with pytest.raises(KeyboardInterrupt), closing(outcomes):
            list(outcomes)
    finally:
        thread.join()
        signal.signal(signal.SIGINT, before)
    assert left_over([SLEEPERS["interrupt"]]) == []


def test_consumer_that_leaves_ends_the_runs(sleeper, make_task, left_over):
    endless, started = sleeper
    with open_executor("threads", 2) as pool:
        outcomes = run_tasks([make_task("1", name="short"), endless(SLEEPERS["leave"])], pool)
        with closing(outcomes):
            assert next(outcomes).name == "short"
            wait_for(started)
        assert left_over([SLEEPERS["leave"]]) == []


def test_tasks_are_taken_as_they_are_needed(make_task, monkeypatch):
    monkeypatch.setattr(schedule, "WINDOW", 2)
    taken = []

    def tasks():
        for number in range(4):
            taken.append(number)
            yield make_task("1", name=str(number), kernel=KERNEL)

    with open_executor("threads", 1) as pool, closing(run_tasks(tasks(), pool)) as outcomes:
        next(outcomes)
        assert taken == [0, 1]
        assert len(list(outcomes)) == 3


def test_run_of_a_lost_worker_is_done_by_another(cluster, make_task, tmp_path):
    """The first try kills the process that supervises it; the second one finds the mark and goes on."""
    mark = tmp_path / "mark"
    code = f"""
import os, pathlib, signal, time
mark = pathlib.Path({str(mark)!r})
if not mark.exists():
    mark.touch()
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
"""
    # a plain kernel is a child of the worker
    outcomes = list(run_tasks([make_task(code, name="lost")], cluster))
    assert [(outcome.name, outcome.status) for outcome in outcomes] == [("lost", "ok")]


class _Broken(Executor):
    """An executor whose processes are gone, or that cannot run anything."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, fn, /, *args, **kwargs) -> Future:
        future: Future = Future()
        future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (CancelledError("lost with the scheduler"), "kernel_died"),
        (BrokenProcessPool("a process was killed"), "kernel_died"),
        (ModuleNotFoundError("no module baltic_calculus"), "start_failed"),
    ],
)
def test_run_that_nobody_can_do_is_an_outcome(make_task, error, status):
    (outcome,) = run_tasks([make_task("1")], _Broken(error))
    assert outcome.status == status
    assert str(error) in outcome.error


def test_full_disk_is_nobodys_outcome(make_task):
    with pytest.raises(OSError, match="No space left"):
        list(run_tasks([make_task("1")], _Broken(OSError(28, "No space left on device"))))


def test_threads_run_as_many_at_once_as_asked():
    with open_executor("threads", 3) as executor:
        assert isinstance(executor, ThreadPoolExecutor)
        barrier = threading.Barrier(3, timeout=120)
        assert sorted(executor.map(lambda _: barrier.wait(), range(3))) == [0, 1, 2]


def test_cluster_elsewhere_is_used(cluster, make_task):
    address = cluster.client.scheduler.address.removeprefix("tcp://")
    with open_executor(f"dask://{address}", 1) as executor:
        (outcome,) = run_tasks([make_task("1 + 1", kernel=KERNEL)], executor)
    assert outcome.status == "ok"
    assert isinstance(cluster.client, Client)
    assert cluster.client.status == "running"  # the cluster goes on without that client


@pytest.mark.parametrize(
    ("scheduler", "message", "remedy"),
    [
        ("slurm", "unknown scheduler 'slurm'", "choose threads, dask or dask://HOST:PORT"),
        ("dask://127.0.0.1:1", "no Dask scheduler answers at 127.0.0.1:1", "dask scheduler"),
    ],
)
def test_scheduler_that_cannot_be_used_is_refused(scheduler, message, remedy, monkeypatch):
    monkeypatch.setattr("baltic_calculus.report.execution.cluster.ANSWER_SECONDS", 0.5)
    with pytest.raises(ConfigurationError, match=message) as refused, open_executor(scheduler, 1):
        pass
    assert remedy in refused.value.remedy


def test_missing_dask_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "baltic_calculus.report.execution.cluster")
    with pytest.raises(ConfigurationError, match="distributed is not installed"), open_executor("dask", 1):
        pass


def test_workers_of_this_machine_leave_interruptions_to_the_command(cluster, make_task):
    """Ctrl-C in a terminal reaches them too."""
    for worker in cluster.client.run(os.getpid).values():
        psutil.Process(worker).send_signal(signal.SIGINT)
    (outcome,) = run_tasks([make_task("1 + 1", kernel=KERNEL)], cluster)
    assert outcome.status == "ok"
