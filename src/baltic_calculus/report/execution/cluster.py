"""Dask as an executor: processes of this machine or a cluster elsewhere. Needs the extra ``cluster``."""

import logging
import math
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any

from distributed import Client, LocalCluster
from distributed.cfexecutor import ClientExecutor
from distributed.scheduler import KilledWorker

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.execution.run import run_notebook
from baltic_calculus.report.execution.task import Outcome, Task

ANSWER_SECONDS = 10

_BATCHES: dict[str, threading.Event] = {}
"""In a worker: the batches it has heard of, and whether they are being stopped."""


class ClusterExecutor(ClientExecutor):
    """Executor of a Dask cluster whose runs can be ended.

    Parameters
    ----------
    client : Client
        Client of the cluster.
    """

    worker_lost = KilledWorker

    def __init__(self, client: Client) -> None:
        super().__init__(client, pure=False)  # the same task run twice is run twice
        self.client = client

    def submit_run(self, task: Task, batch: str) -> "Future[Outcome]":
        """Run a task on some worker; on another when that one is lost."""
        future: Future[Outcome] = self.submit(run_in_batch, task, batch)
        return future

    def stop_runs(self, batch: str) -> None:
        """Tell all workers to end the runs of a batch, and those that still begin."""
        with suppress(OSError, RuntimeError):  # without a scheduler the workers end, and with them their kernels
            self.client.run(stop_batch, batch, on_error="ignore")


def run_in_batch(task: Task, batch: str) -> Outcome:
    """In a worker: run a task unless its batch is being stopped."""
    return run_notebook(task, stop=_BATCHES.setdefault(batch, threading.Event()))


def stop_batch(batch: str) -> None:
    """In a worker: end the runs of a batch."""
    _BATCHES.setdefault(batch, threading.Event()).set()


def dask_setup(worker: Any) -> None:
    """In a worker of this machine: leave Ctrl-C, which the terminal sends to it too, to the command that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def open_cluster(address: str, jobs: int) -> Iterator[ClusterExecutor]:
    """Connect to the scheduler at an address, or start a cluster on this machine when it is empty.

    Raises
    ------
    ConfigurationError
        When nobody answers.
    """
    if not address:
        # Few processes with several threads: each process has its own fork server.
        processes = min(jobs, os.cpu_count() or 1)
        with (
            LocalCluster(
                n_workers=processes,
                threads_per_worker=math.ceil(jobs / processes),
                memory_limit=0,  # the kernels are processes of their own, with their own limit
                # Its web server has no off switch: a free port, nothing on it.
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.CRITICAL,
                preload=[__name__],
            ) as cluster,
            Client(cluster) as client,
        ):
            yield ClusterExecutor(client)
        return
    try:
        client = Client(f"tcp://{address}", timeout=ANSWER_SECONDS)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"no Dask scheduler answers at {address}",
            where=f"--scheduler dask://{address}",
            remedy="start one with `dask scheduler`, and workers with `dask worker`, or take --scheduler dask",
        ) from error
    with client:
        yield ClusterExecutor(client)
