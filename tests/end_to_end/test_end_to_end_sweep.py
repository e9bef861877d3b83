"""The real command over real kernels, and what can go wrong in the middle: nothing lost, nothing falsely called ok."""

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from baltic_calculus.report.store import open_store
from baltic_calculus.report.sweep.journal import JOURNAL, read_record

pytestmark = pytest.mark.end_to_end

PROJECT = Path(__file__).parents[2]
PATIENCE = 180

LOG = """\
import os
from pathlib import Path
with Path("started.txt").open("a") as log:
    log.write(f"{number} {os.getpid()}\\n")"""
WAIT = """\
import time
while number > 2 and not Path("gate").exists():
    time.sleep(0.05)"""
FACT = """\
from IPython.display import display
facts = {"square": {"value": number**2, "unit": "m2"}}
display({"text/plain": str(number)}, raw=True, metadata={"report": {"facts": facts}})"""
STOP = 'if number == 2:\n    raise ValueError("no such number")'


@dataclass(frozen=True)
class Sweep:
    """A project with one notebook, and the real command that sweeps it."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "out"

    def write(self, *cells: str) -> None:
        cells_of = [new_code_cell("number = 0", metadata={"tags": ["parameters"]}), *map(new_code_cell, cells)]
        nbformat.write(new_notebook(cells=cells_of), self.root / "notebooks" / "squares.ipynb")

    def command(self, *arguments: str, output: str = "") -> list[str]:
        notebook = self.root / "notebooks" / "squares.ipynb"
        start = [sys.executable, "-m", "baltic_calculus.cli", "--root", str(self.root), "sweep", str(notebook)]
        return [*start, "--output", output or str(self.output), *arguments]

    def run(self, *arguments: str, output: str = "") -> subprocess.CompletedProcess[str]:
        command = self.command(*arguments, output=output)
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # tests that were started in the background of a script inherit a SIGINT that is ignored
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def open_gate(self) -> None:
        (self.root / "notebooks" / "gate").touch()

    def started(self) -> dict[int, list[int]]:
        """Process of each start of each run."""
        path = self.root / "notebooks" / "started.txt"
        pids: dict[int, list[int]] = {}
        for line in path.read_text().splitlines() if path.exists() else ():
            number, pid = map(int, line.split())
            pids.setdefault(number, []).append(pid)
        return pids

    def times(self) -> dict[int, int]:
        """How often each run was started."""
        return {number: len(pids) for number, pids in sorted(self.started().items())}

    def noted(self) -> list[str]:
        """Names of the runs that the journal calls ok."""
        path = self.output / JOURNAL
        records = map(read_record, path.read_bytes().splitlines() if path.exists() else ())
        return sorted(record.name for record in records if record and record.status == "ok")

    def squares(self) -> dict[int, float]:
        with (self.output / "facts.csv").open(newline="") as file:
            return {int(row["number"]): float(row["value"]) for row in csv.DictReader(file)}

    def statuses(self) -> Counter[str]:
        return Counter(run["status"] for run in json.loads((self.output / "ledger.json").read_text())["runs"])


@pytest.fixture
def sweep(tmp_path) -> Sweep:
    for name in ("data", "requirements.lock"):
        (tmp_path / name).symlink_to(PROJECT / name)
    (tmp_path / "notebooks").mkdir()
    made = Sweep(tmp_path)
    made.write(LOG, FACT)
    return made


def wait_until(what: Callable[[], object], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_failures_are_listed_and_the_facts_of_the_others_written(sweep):
    sweep.write(LOG, STOP, FACT)
    done = sweep.run("--grid", "number=1,2,3")
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.startswith("3 runs: 3 to execute, 0 done before\n")
    assert "number=2: failed, cell 3\n    ValueError: no such number" in done.stderr
    assert "1 of 3 runs failed" in done.stderr
    assert sweep.squares() == {1: 1, 3: 9}
    assert sweep.statuses() == {"ok": 2, "failed": 1}


def test_sweep_over_the_debt_scenarios_tells_what_an_assumption_does(tmp_path):
    command = [
        sys.executable,
        "-m",
        "baltic_calculus.cli",
        "--root",
        str(PROJECT),
        "sweep",
        "notebooks/03_debt_scenarios.ipynb",
    ]
    grid = ["--output", str(tmp_path), "--grid", "growth_case=low,high", "countries=[EST]", "draws=1000"]
    done = subprocess.run([*command, *grid], capture_output=True, text=True, check=False, timeout=600, cwd=PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    with (tmp_path / "facts.csv").open(newline="") as file:
        facts = [row for row in csv.DictReader(file) if row["fact"].endswith("levels_plan.EST")]
    debt = {row["growth_case"]: float(row["value"]) for row in facts}
    assert debt["low"] > debt["high"] > 20  # per cent of GDP in the last year; slower growth leaves more debt
    assert {row["unit"] for row in facts} == {"% of GDP"}


def test_matrix_file_gives_the_same_as_words(sweep):
    (sweep.root / "matrix.yaml").write_text("- number: [1, 2]\n- number: 3\n")
    assert sweep.run("--matrix", str(sweep.root / "matrix.yaml")).returncode == 0
    said = sweep.run("--grid", "number=1,2,3").stdout
    assert said.startswith("3 runs: 0 to execute, 3 done before\n")


@pytest.mark.parametrize("arguments", [[], ["--grid", "number=1", "--matrix", __file__]])
def test_one_grid_is_needed(sweep, arguments):
    done = sweep.run(*arguments)
    assert done.returncode == 2
    assert "either --grid NAME=VALUE,VALUE or --matrix FILE" in done.stderr


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGINT, 130, "interrupted; what is done is kept: run the same command again"),
        (signal.SIGTERM, 130, "interrupted; what is done is kept: run the same command again"),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
)
def test_interrupted_sweep_does_the_rest_when_run_again(sweep, number, code, said):
    sweep.write(LOG, WAIT, FACT)
    grid = ("--grid", "number=1,2,3,4,5", "--jobs", "2")
    process = sweep.start(*grid)
    wait_until(lambda: sweep.noted() == ["number=1", "number=2"] and sweep.started().keys() >= {3, 4}, process)
    if number == signal.SIGKILL:
        process.kill()
    else:
        # as a terminal does on Ctrl-C: the signal goes to the command's process group, kernels have their own
        os.killpg(process.pid, number)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert said in errors
    assert "Traceback" not in errors
    waiting = [pid for run in (3, 4) for pid in sweep.started()[run]]
    deadline = time.monotonic() + PATIENCE
    while any(map(is_running, waiting)):  # those of a killed command find out by themselves
        assert time.monotonic() < deadline, "kernels are left"
        time.sleep(0.1)

    sweep.open_gate()
    done = sweep.run(*grid)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("5 runs: 3 to execute, 2 done before\n")
    assert sweep.times() == {1: 1, 2: 1, 3: 2, 4: 2, 5: 1}
    assert sweep.squares() == {1: 1, 2: 4, 3: 9, 4: 16, 5: 25}


def test_sweep_on_a_full_disk_is_completed_when_there_is_room(sweep):
    grid = ("--grid", "number=1,2,3,4,5,6,7,8,9,10", "--jobs", "2")
    done = subprocess.run(
        sweep.command(*grid),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        # no file may grow beyond this: what a full disk looks like; the journal comes to it in the middle
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000)),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "the disk is full" in done.stderr
    assert "run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    noted = sweep.noted()
    assert 1 <= len(noted) < 10
    for name in noted:
        assert nbformat.read(sweep.output / "notebooks" / f"{name}.ipynb", as_version=4)

    again = sweep.run(*grid)
    assert again.returncode == 0, again.stdout + again.stderr
    assert again.stdout.startswith(f"10 runs: {10 - len(noted)} to execute, {len(noted)} done before\n")
    assert sweep.squares() == {number: number**2 for number in range(1, 11)}
    times = sweep.times()
    assert all(times[int(name.removeprefix("number="))] == 1 for name in noted)


def test_scheduler_and_kernel_do_not_change_a_byte(sweep):
    def products(folder: Path) -> dict[str, bytes]:
        files = [*(folder / "notebooks").iterdir(), folder / "facts.csv"]
        return {path.name: path.read_bytes() for path in files}

    grid = ("--grid", "number=1,2,3")
    variants = {"threads": (), "plain": ("--kernel", "plain"), "dask": ("--scheduler", "dask", "--jobs", "2")}
    for name, arguments in variants.items():
        done = sweep.run(*grid, *arguments, output=str(sweep.root / name))
        assert done.returncode == 0, done.stdout + done.stderr
    expected = products(sweep.root / "threads")
    assert len(expected) == 4
    assert products(sweep.root / "plain") == expected
    assert products(sweep.root / "dask") == expected


def test_runs_of_a_killed_dask_worker_are_done_by_another(sweep):
    sweep.write(LOG, WAIT, FACT)
    process = sweep.start("--grid", "number=1,2,3,4,5,6", "--scheduler", "dask", "--jobs", "2")
    wait_until(lambda: sweep.started().keys() & {3, 4, 5, 6}, process)
    number, (kernel, *_) = next((run, pids) for run, pids in sweep.started().items() if run > 2)
    # the kernel's ancestor that the command itself has started
    line = [psutil.Process(kernel), *psutil.Process(kernel).parents()]
    worker = next(one for one, parent in pairwise(line) if parent.pid == process.pid)
    worker.kill()
    sweep.open_gate()
    said, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said + errors
    assert sweep.statuses() == {"ok": 6}
    assert sweep.squares() == {run: run**2 for run in range(1, 7)}
    assert sweep.times()[number] >= 2


def test_sweep_into_s3_is_resumed_there(sweep, bucket):
    address = f"{bucket}/squares"
    assert sweep.run("--grid", "number=1,2", output=address).returncode == 0
    done = sweep.run("--grid", "number=1,2,3", output=address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("3 runs: 1 to execute, 2 done before\n")
    assert f"facts   {address}/facts.csv" in done.stdout
    assert open_store(address).read("facts.csv").decode().splitlines()[-1] == "3,number=3,square,9,m2,"


def test_chapter_of_the_report_is_swept_over_countries(tmp_path):
    for name in ("data", "notebooks", "report", "requirements.lock"):
        (tmp_path / name).symlink_to(PROJECT / name)
    notebook = str(tmp_path / "notebooks" / "01_spending_trends.ipynb")
    command = [sys.executable, "-m", "baltic_calculus.cli", "--root", str(tmp_path), "sweep", notebook]
    grid = ["--grid", "countries=[EST,LVA,LTU],[POL],[FIN,EST]", "--output", str(tmp_path / "out")]
    done = subprocess.run([*command, *grid], capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    with (tmp_path / "out" / "facts.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    facts = Counter(row["countries"] for row in rows)
    assert facts.keys() == {"EST LVA LTU", "POL", "FIN EST"}
    assert min(facts.values()) >= 10
    assert all(row["value"] or row["text"] for row in rows)
    assert len({(row["run"], row["fact"]) for row in rows}) == len(rows)
