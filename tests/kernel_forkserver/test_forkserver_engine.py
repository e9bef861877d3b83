"""The papermill engine ``ready``: papermill and nbclient as they are, without their fixed waits."""

import subprocess
import sys

import nbformat
import papermill
import pytest
from papermill.engines import NotebookExecutionManager

from kernel_forkserver.engine import ReadyClient, ReadyKernelManager


@pytest.fixture
def managed(make_notebook):
    """Make a notebook of one cell that papermill manages."""
    notebook = make_notebook("1 + 1")
    notebook.metadata.papermill = {}
    manager = NotebookExecutionManager(notebook, progress_bar=False)
    manager.notebook_start()
    return manager


KERNELS = pytest.mark.parametrize("kernel", ["python3", "python3-forked"])


def test_the_command_line_of_papermill(make_notebook, tmp_path):
    source, executed = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    notebook = make_notebook("year = 2024", "print(year + 1)")
    notebook.cells[0].metadata.tags = ["parameters"]
    nbformat.write(notebook, source)
    command = [sys.executable, "-m", "papermill", "--engine", "ready", "-k", "python3-forked", "-p", "year", "2026"]
    done = subprocess.run([*command, source, executed], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    result = nbformat.read(executed, as_version=4)
    assert result.cells[-1].outputs[0].text == "2027\n"
    assert result.metadata.papermill.exception is None


@KERNELS
def test_nothing_is_lost_between_start_and_first_cell(run, kernel):
    assert run("print('first')", "print('second')", kernel_name=kernel) == ["first", "second"]


@KERNELS
def test_hooks_and_metadata_are_those_of_nbclient(managed, kernel):
    calls = []
    hooks = {
        name: lambda name=name, **given: calls.append((name, given.get("cell_index")))
        for name in ("on_notebook_start", "on_cell_start", "on_cell_execute", "on_cell_executed")
    }
    client = ReadyClient(managed, kernel_name=kernel, **hooks)
    executed = client.execute()
    assert calls == [("on_notebook_start", None), ("on_cell_start", 0), ("on_cell_execute", 0), ("on_cell_executed", 0)]
    assert executed.metadata.language_info.name == "python"
    assert client.km is None
    assert client.kc is None


def test_a_client_may_keep_its_kernel(managed):
    client = ReadyClient(managed, kernel_name="python3-forked")
    manager = client.create_kernel_manager()
    client.execute(cleanup_kc=False)
    assert client.km is manager
    assert manager.provisioner.returncode is None
    client._cleanup_kernel()
    assert manager.provisioner.returncode == 0


def test_a_kernel_may_be_killed_at_the_end_instead_of_asked(managed):
    client = ReadyClient(managed, kernel_name="python3-forked", shutdown_kernel="immediate")
    manager = client.create_kernel_manager()
    client.execute(cleanup_kc=True)
    assert manager.provisioner.returncode == -9


def test_a_busy_kernel_is_interrupted_when_it_is_shut_down(make_notebook, tmp_path):
    end = tmp_path / "end.txt"
    cell = f"""
    import time
    try:
        time.sleep(300)
    finally:
        open({str(end)!r}, "w").write("interrupted")
    """
    with pytest.raises(TimeoutError):
        papermill.execute_notebook(
            make_notebook(cell),
            None,
            kernel_name="python3-forked",
            engine_name="ready",
            progress_bar=False,
            execution_timeout=5,  # time for a busy machine to begin with the cell
        )
    assert end.read_text() == "interrupted"


def test_a_kernel_that_cannot_start_is_told(managed):
    manager = ReadyKernelManager(kernel_name="python3")
    manager.kernel_spec.argv = [sys.executable, "-c", "raise SystemExit(1)"]
    client = ReadyClient(managed, km=manager)
    with pytest.raises(RuntimeError, match="died before replying"):
        client.execute()
