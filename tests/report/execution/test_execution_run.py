"""Every end of a run has its status, its cell and its cause, with real kernels of both kinds."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from baltic_calculus.report.execution import run
from baltic_calculus.report.execution.run import run_notebook
from baltic_calculus.report.execution.task import Limits
from kernel_forkserver import is_supported

SLEEPERS = ("86399", "86398", "86397", "86396")
"""Arguments by which the processes that the notebooks leave behind are known."""

BURN = "import time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass"
ESCAPE = "import subprocess; subprocess.Popen(['sleep', '{}'], start_new_session={})"
DEAF = "import signal; [signal.signal(s, signal.SIG_IGN) for s in (signal.SIGINT, signal.SIGTERM)]"

NOTEBOOKS = {
    "ok": ["import os", "os.getcwd(), os.environ['PYTHONHASHSEED'], os.environ['TASK'], scale", BURN],
    "failed": ["x = 1", "#| label: fig-share\nraise ValueError('share of GDP is missing')", "x = 2"],
    "killed": [ESCAPE.format(SLEEPERS[0], False), "import os; os.kill(os.getpid(), 9)", "x = 2"],
    "crashed": ["import ctypes; ctypes.string_at(0)"],
    "left": ["import os; os._exit(3)"],
    "exited": ["import sys; sys.exit(0)", "x = 2"],
    "cell": [DEAF, ESCAPE.format(SLEEPERS[1], True), "while True: pass", "x = 2"],
    "page": [f"import subprocess; subprocess.run('sleep {SLEEPERS[2]} & sleep {SLEEPERS[3]}', shell=True)"],
    "memory": ["hoard = []\nwhile True: hoard.append(b'x' * 20_000_000)"],
    "skipped": ["from baltic_calculus.errors import SkipPage; raise SkipPage('no data for Iceland')", "x = 2"],
}
LIMITS = {"cell": Limits(cell_seconds=2), "page": Limits(page_seconds=5), "memory": Limits(memory_mb=400)}
EXPECTED = {
    "ok": ("ok", "", ""),
    "failed": ("failed", "cell 2 (fig-share)", "ValueError: share of GDP is missing"),
    "killed": ("kernel_died", "cell 2", "the kernel was killed by signal 9 (SIGKILL)"),
    "crashed": ("kernel_died", "cell 1", "the kernel was killed by signal 11 (SIGSEGV)"),
    "left": ("kernel_died", "cell 1", "the kernel left with exit code 3"),
    "exited": ("failed", "cell 1", "SystemExit: the notebook left before its last cell"),
    "cell": ("timed_out", "cell 3", "the cell ran longer than 2 s"),
    "page": ("timed_out", "cell 1", "the notebook ran longer than 5 s"),
    "memory": ("kernel_died", "cell 1", "stopped at "),
    "skipped": ("skipped", "cell 1", "no data for Iceland"),
}
KERNELS = ("plain", "fork") if is_supported() else ("plain",)


@pytest.fixture(scope="module", params=KERNELS)
def outcomes(request, make_task):
    """All notebooks run once with each kind of kernel, several at a time."""
    here = Path.cwd()
    tasks = [
        make_task(
            *cells,
            name=name,
            kernel=request.param,
            parameters={"scale": 2} if name == "ok" else {},
            environment={"TASK": name},
            limits=LIMITS.get(name, Limits()),
        )
        for name, cells in NOTEBOOKS.items()
    ]
    with ThreadPoolExecutor(4) as pool:
        done = {outcome.name: outcome for outcome in pool.map(run_notebook, tasks)}
    assert Path.cwd() == here
    return done, request.param


@pytest.mark.parametrize("name", EXPECTED)
def test_each_end_is_told_with_its_cell_and_cause(outcomes, name):
    outcome = outcomes[0][name]
    status, cell, error = EXPECTED[name]
    assert (outcome.status, outcome.cell) == (status, cell), outcome
    assert outcome.error.startswith(error)
    assert outcome.attempts == 1


@pytest.mark.parametrize("name", ["failed", "killed", "cell", "page", "exited"])
def test_notebook_says_where_it_ended_and_that_the_rest_never_ran(outcomes, cells_of, name):
    outcome = outcomes[0][name]
    ended = int(outcome.cell.split()[1]) - 1
    cells = cells_of(outcome.notebook)
    states = [(cell["metadata"]["papermill"]["status"], cell["metadata"]["papermill"]["exception"]) for cell in cells]
    after = len(cells) - ended - 1
    assert states == [("completed", False)] * ended + [("failed", True)] + [("pending", None)] * after
    assert json.loads(outcome.notebook)["metadata"]["papermill"]["exception"] is True
    (error,) = (output for output in cells[ended]["outputs"] if output["output_type"] == "error")
    if outcome.status in ("timed_out", "kernel_died"):
        assert error["evalue"] == outcome.error
    nbformat.validate(nbformat.reads(outcome.notebook, as_version=4))


def test_good_notebook_knows_its_folder_environment_and_parameters(outcomes, cells_of, make_task):
    (injected,) = (c for c in cells_of(outcomes[0]["ok"].notebook) if "injected-parameters" in c["metadata"]["tags"])
    assert injected["id"] == "injected-parameters"
    result = cells_of(outcomes[0]["ok"].notebook)[2]["outputs"][0]["data"]["text/plain"]
    assert result == repr((make_task().folder, "0", "ok", 2))


def test_costs_are_measured(outcomes):
    done, kernel = outcomes
    ok, hoarder = done["ok"], done["memory"]
    assert 0.3 <= ok.cpu_seconds <= 10  # the notebook burns 0.3 s
    assert 20 < ok.peak_memory_mb < 400
    assert ok.wall_seconds >= 0.3
    assert hoarder.peak_memory_mb > LIMITS["memory"].memory_mb
    assert hoarder.error.endswith("MB; the limit is 400 MB")
    assert {outcome.kernel for outcome in done.values()} == {kernel}


def test_death_by_sigkill_is_not_called_more_than_is_known(outcomes):
    assert ", as the system does when memory runs out; it held " in outcomes[0]["killed"].error


def test_traceback_is_plain_text(outcomes):
    trace = outcomes[0]["failed"].traceback
    assert "raise ValueError('share of GDP is missing')" in trace
    assert "\x1b" not in trace


def test_nothing_that_a_kernel_started_is_left(outcomes, left_over):
    assert left_over(SLEEPERS) == []


def test_memory_kill_by_the_system_is_said_as_such(make_task, monkeypatch):
    # the system's counter of such kills, before the run and after it
    counts = iter([4, 5])
    monkeypatch.setattr(run, "count_memory_kills", lambda: next(counts))
    outcome = run_notebook(make_task("import os; os.kill(os.getpid(), 9)"))
    assert "(SIGKILL) while the system was ending processes for lack of memory; it held " in outcome.error


@pytest.fixture
def kernel_command(tmp_path, monkeypatch):
    """Replace the command that starts the kernel ``python3``."""

    def replace(*command: str) -> None:
        folder = tmp_path / "kernels" / "python3"
        folder.mkdir(parents=True)
        spec = {"argv": [*command], "display_name": "Python 3", "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    return replace


def test_kernel_that_failed_to_start_is_tried_once_more(make_task, tmp_path, kernel_command):
    starts = tmp_path / "starts"
    fails_once = f"""
import pathlib, runpy, sys
starts = pathlib.Path({str(starts)!r})
starts.write_text(starts.read_text() + "x" if starts.exists() else "x")
if len(starts.read_text()) == 1: sys.exit(1)
sys.argv = ["ipykernel_launcher", *sys.argv[1:]]
runpy.run_module("ipykernel_launcher", run_name="__main__")
"""
    kernel_command(sys.executable, "-c", fails_once, "-f", "{connection_file}")
    outcome = run_notebook(make_task("1 + 1"))
    assert (outcome.status, outcome.attempts, starts.read_text()) == ("ok", 2, "xx")


def test_kernel_that_never_starts_is_tried_twice_and_named(make_task, kernel_command):
    kernel_command("no-such-python", "{connection_file}")
    outcome = run_notebook(make_task("1 + 1"))
    assert (outcome.status, outcome.attempts, outcome.cell, outcome.notebook) == ("start_failed", 2, "", None)
    assert "no-such-python" in outcome.error


def test_failing_notebook_is_not_tried_again(make_task, tmp_path):
    mark = f"open({str(tmp_path / 'mark')!r}, 'a').write('x')"
    outcome = run_notebook(make_task(mark, "1 / 0"))
    assert (outcome.status, outcome.attempts, (tmp_path / "mark").read_text()) == ("failed", 1, "x")


def test_listener_follows_the_cells(make_task):
    heard = []

    class Listener:
        def run_started(self, name):
            heard.append(name)

        def cell_started(self, name, cell, cells):
            heard.append((name, cell, cells))

    run_notebook(make_task("1", "", "2"), listener=Listener())
    assert heard == ["run", ("run", 1, 3), ("run", 3, 3)]  # an empty cell is not run
