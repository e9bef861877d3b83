"""What goes wrong is told as it is, and leaves nothing behind."""

import os
import signal
import subprocess
import sys

import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError


def test_an_error_in_a_cell(run):
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        run("1 / 0")


@pytest.mark.parametrize("engine", ["ready", "nbclient"])
def test_a_killed_kernel_is_dead(run, engine):
    with pytest.raises(DeadKernelError):
        run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", engine_name=engine)


@pytest.mark.parametrize(
    ("code", "returncode"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
        ("import os; os._exit(3)", 3),
    ],
)
def test_the_return_code_says_how_a_kernel_ended(session, wait_until, code, returncode):
    session.client.execute(code)
    assert wait_until(lambda: not session.manager.is_alive())
    assert session.manager.provisioner.returncode == returncode


def test_a_cell_that_takes_too_long(session, run, wait_until):
    server = psutil.Process(session.parent)
    before = set(server.children())
    with pytest.raises(CellTimeoutError):
        run("import time; time.sleep(300)", execution_timeout=2)
    # whether or not a busy machine let the cell begin within two seconds, its kernel is gone
    assert wait_until(lambda: set(server.children()) <= before)


def test_usage_is_known_when_the_kernel_has_ended(session):
    provisioner = session.manager.provisioner
    session.run("import time\nwhile time.process_time() < 0.5: pass\nblock = bytearray(200 * 2**20)")
    assert provisioner.usage is None
    session.manager.shutdown_kernel()
    assert provisioner.returncode == 0
    assert provisioner.usage.cpu_seconds >= 0.5
    assert provisioner.usage.peak_memory_mb >= 200


def test_kernels_of_a_killed_server_are_dead_and_the_next_gets_a_new_server(start, gone, wait_until):
    first, second = start(), start()
    server = first.parent
    assert second.parent == server
    grandchild = int(first.run("import subprocess; print(subprocess.Popen(['sleep', '300']).pid)"))
    os.kill(server, signal.SIGKILL)
    for session in (first, second):
        assert wait_until(lambda manager=session.manager: not manager.is_alive())
        assert session.manager.provisioner.returncode == -signal.SIGKILL
        assert gone(session.pid)
    assert gone(grandchild)
    third = start()
    assert third.parent not in (server, os.getpid())


def test_a_notebook_whose_server_is_killed_fails_as_one_whose_kernel_is(run):
    with pytest.raises(DeadKernelError):
        run("import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)")
    assert run("print('and the next one runs')") == ["and the next one runs"]


CLIENT = """
import os, sys, time
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="python3-forked")
pids = []
client.execute_interactive(
    "import os, subprocess; print(os.getppid(), os.getpid(), subprocess.Popen(['sleep', '300']).pid)",
    output_hook=lambda message: pids.append(message["content"].get("text", "")),
)
"""


@pytest.fixture
def client():
    """Run a process that starts a kernel; ``client(code)`` goes on with it, and returns it with the pids it printed."""
    running = []

    def start(code):
        process = subprocess.Popen([sys.executable, "-c", CLIENT + code], stdout=subprocess.PIPE, text=True)
        running.append(process)
        return process, [int(pid) for pid in process.stdout.readline().split()]

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_server_and_kernels_end_with_a_client_that_is_killed(client, gone):
    process, pids = client("print(*pids, flush=True); time.sleep(300)")
    assert len(pids) == 3
    process.kill()
    assert all(gone(pid) for pid in pids)


def test_server_and_kernels_end_with_a_client_that_forgets_them(client, gone):
    process, pids = client("print(*pids, flush=True)")
    assert process.wait(timeout=60) == 0
    assert all(gone(pid) for pid in pids)


def test_a_process_forked_from_the_client_does_not_keep_the_server(client, gone):
    process, (*pids, forked) = client("""
forked = os.fork()
if not forked:
    time.sleep(300)
print(*pids, forked, flush=True)
time.sleep(300)
""")
    process.kill()
    assert all(gone(pid) for pid in pids)
    os.kill(forked, signal.SIGKILL)


def test_a_server_is_out_of_reach_of_the_terminal(session):
    # Ctrl-C goes to the foreground processes of a session; the client alone is to act on it.
    assert os.getsid(session.parent) == session.parent != os.getsid(0)


def test_a_kernel_that_does_not_come_up_is_started_in_the_ordinary_way(start, caplog, tmp_path, monkeypatch):
    (tmp_path / "slow.py").write_text("import time; time.sleep(300)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    session = start(config={"preload": ["slow"], "start_seconds": 0.5})
    assert session.parent == os.getpid()
    assert "did not come up in 0.5 s" in caplog.text


def test_thirty_kernels_leave_nothing_behind(run, session, wait_until):
    server, client = psutil.Process(session.parent), psutil.Process()
    for _ in range(3):
        run("")
    before = server.num_fds(), client.num_fds()
    for _ in range(30):
        run("print(1)")
    assert wait_until(lambda: [child.pid for child in server.children()] == [session.pid])
    assert (server.num_fds(), client.num_fds()) == before
    assert not [child for child in client.children() if child.status() == psutil.STATUS_ZOMBIE]
