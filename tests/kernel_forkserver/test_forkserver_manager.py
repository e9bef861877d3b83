"""Forked kernels under Jupyter's kernel managers: the fork server is not noticed."""

import asyncio
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager, KernelManager
from nbclient import NotebookClient

from kernel_forkserver import is_supported, stop_servers


def test_linux_is_supported():
    assert is_supported()


def test_nbclient_executes_a_notebook(make_notebook):
    executed = NotebookClient(make_notebook("print(1)"), kernel_name="python3-forked").execute()
    assert executed.cells[0].outputs[0].text == "1\n"


def test_kernels_of_a_process_share_a_server(start):
    assert start().parent == start().parent != os.getpid()


def test_interrupt(session):
    # without stop_on_error, or the kernel drops what is asked of it in the first moment after the interrupt
    sleep = "import time; print('asleep', flush=True); time.sleep(300)"
    asked = session.client.execute(sleep, stop_on_error=False)
    while "asleep" not in session.client.get_iopub_msg(timeout=120)["content"].get("text", ""):
        pass
    session.manager.interrupt_kernel()
    while (reply := session.client.get_shell_msg(timeout=120))["parent_header"]["msg_id"] != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert session.run("print('still here')") == "still here"


@pytest.mark.parametrize("now", [True, False])
def test_restart_keeps_the_ports_and_forgets_the_rest(session, read_ports, now):
    session.run("value = 1")
    pid, ports = session.pid, read_ports(session)
    session.manager.restart_kernel(now=now)
    session.client.wait_for_ready(timeout=120)
    assert session.pid != pid
    assert read_ports(session) == ports
    assert session.run("print('value' in globals())") == "False"


@pytest.mark.parametrize(("now", "returncode"), [(True, -signal.SIGKILL), (False, 0)])
def test_shutdown(session, gone, now, returncode):
    provisioner, pid = session.manager.provisioner, session.pid
    session.manager.shutdown_kernel(now=now)
    assert gone(pid)
    assert not session.manager.is_alive()
    assert provisioner.returncode == returncode


def test_a_client_may_ask_the_kernel_to_end(session, wait_until):
    session.client.shutdown()
    assert wait_until(lambda: not session.manager.is_alive())
    assert session.manager.provisioner.returncode == 0


def test_a_signal_reaches_the_kernel(session, wait_until):
    session.manager.signal_kernel(signal.SIGTERM)
    assert wait_until(lambda: not session.manager.is_alive())
    assert session.manager.provisioner.returncode == -signal.SIGTERM


def test_an_asynchronous_manager():
    async def use():
        manager = AsyncKernelManager(kernel_name="python3-forked")
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=120)
        reply = await client.execute("1 + 1", reply=True, timeout=120)
        await manager.restart_kernel()
        await client.wait_for_ready(timeout=120)
        client.stop_channels()
        await manager.shutdown_kernel()
        return reply["content"]["status"], await manager.is_alive(), manager.provisioner.returncode

    assert asyncio.run(use()) == ("ok", False, 0)


def test_a_kernel_on_tcp_chooses_its_ports_and_reports_them(session, read_ports):
    ports = read_ports(session)
    assert ports == {name: getattr(session.manager, name) for name in ports}
    assert all(session.manager.provisioner.connection_info[name] == port for name, port in ports.items())
    listening = {
        connection.laddr.port
        for connection in psutil.Process(session.pid).net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert set(ports.values()) <= listening


def test_a_kernel_on_ipc_uses_the_files_it_is_given(start, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ipc")  # a short path, as that of a socket must be
    manager = KernelManager(kernel_name="python3-forked", transport="ipc", connection_file=str(folder / "k.json"))
    session = start(manager)
    assert session.parent != os.getpid()
    assert session.run("print('heard')") == "heard"
    assert {f"k-ipc-{port}" for port in manager.ports} <= {file.name for file in folder.iterdir()}


def test_a_kernel_may_be_encrypted(start):
    session = start(KernelManager(kernel_name="python3-forked", transport_encryption="required"))
    assert session.parent != os.getpid()
    assert session.manager.curve_publickey
    assert session.run("print('heard')") == "heard"


def test_many_threads_start_kernels_at_once(run, make_notebook):
    stop_servers()  # they race for the start of the server, too
    look = "import os; from ipykernel.kernelapp import IPKernelApp as A; print(os.getppid(), *A.instance().ports)"
    with ThreadPoolExecutor(6) as pool:
        kernels = [lines[0].split() for lines in pool.map(run, [look] * 12)]
    assert len({server for server, *_ in kernels}) == 1


def test_output_may_go_to_nowhere_or_to_a_file(start, tmp_path):
    with (tmp_path / "out.txt").open("w") as file:
        session = start(stdout=file, stderr=file)
        assert session.parent != os.getpid()
        session.run("import sys; print('to the file', file=sys.__stderr__, flush=True)")
        session.manager.shutdown_kernel()
    assert start(stdout=-3, stderr=-3).parent != os.getpid()  # subprocess.DEVNULL


@pytest.mark.parametrize(
    "argv",
    [
        [sys.executable, "-X", "utf8", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        [sys.executable, "-m", "ipykernel", "-f", "{connection_file}"],
    ],
)
def test_other_commands_are_started_in_the_ordinary_way(start, argv):
    manager = KernelManager(kernel_name="python3-forked")
    manager.kernel_spec.argv = argv
    session = start(manager)
    provisioner = session.manager.provisioner
    assert session.parent == os.getpid()
    session.manager.shutdown_kernel()
    assert (provisioner.returncode, provisioner.usage) == (0, None)


def test_modules_relative_to_the_kernels_folder_need_a_plain_kernel(start, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "src")
    assert start().parent == os.getpid()


def test_a_missing_folder_is_the_same_error_as_elsewhere(start, tmp_path):
    with pytest.raises(FileNotFoundError):
        start(cwd=str(tmp_path / "missing"))
