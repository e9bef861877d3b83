"""Running notebooks and kernels in the tests of forked kernels."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.manager import KernelManager

from kernel_forkserver import stop_servers

FORKED = "python3-forked"


@dataclass
class Session:
    """A kernel with its manager and a client."""

    manager: KernelManager
    client: Any

    def run(self, code: str) -> str:
        """Execute code and return what it printed."""
        printed: list[str] = []
        self.client.execute_interactive(
            code,
            timeout=120,
            output_hook=lambda message: printed.append(message["content"].get("text", "")),
        )
        return "".join(printed).strip()

    @property
    def pid(self) -> int:
        """The kernel's process."""
        return self.manager.provisioner.pid

    @property
    def parent(self) -> int:
        """The process that started the kernel's: the fork server for a forked kernel, this one for a plain kernel."""
        return psutil.Process(self.pid).ppid()


@pytest.fixture
def make_notebook() -> Callable[..., nbformat.NotebookNode]:
    """Make a notebook of code cells."""

    def make(*cells: str) -> nbformat.NotebookNode:
        return nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": FORKED, "language": "python", "display_name": "Python 3 (forked)"}},
        )

    return make


@pytest.fixture
def run(make_notebook: Callable[..., nbformat.NotebookNode]) -> Callable[..., list[str]]:
    """Execute cells as a notebook, in a kernel of its own, and return what each cell has printed."""

    def execute(*cells: str, **options: Any) -> list[str]:
        options = {"engine_name": "ready", "kernel_name": FORKED, "progress_bar": False} | options
        executed = papermill.execute_notebook(make_notebook(*cells), None, **options)
        return ["".join(output.get("text", "") for output in cell.outputs).strip() for cell in executed.cells]

    return execute


@pytest.fixture
def start() -> Iterator[Callable[..., Session]]:
    """Start kernels the way JupyterLab does; ``config`` is that of the provisioner."""
    started: list[Session] = []

    def open_session(
        manager: KernelManager | None = None, config: dict[str, Any] | None = None, **options: Any
    ) -> Session:
        manager = manager or KernelManager(kernel_name=FORKED)
        manager.kernel_spec.metadata["kernel_provisioner"]["config"] = config or {}
        manager.start_kernel(**options)
        client = manager.blocking_client()
        client.start_channels()
        started.append(Session(manager, client))
        client.wait_for_ready(timeout=120)
        return started[-1]

    yield open_session
    for session in started:
        session.client.stop_channels()
        session.manager.shutdown_kernel(now=True)


@pytest.fixture
def session(start: Callable[..., Session]) -> Session:
    """A forked kernel."""
    return start()


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], bool]:
    """Wait for what other processes do, and say whether it came."""

    def wait(condition: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + 120
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.02)
        return condition()

    return wait


@pytest.fixture
def gone(wait_until: Callable[[Callable[[], bool]], bool]) -> Callable[[int], bool]:
    """Tell whether a process has ended or ends soon; one that only waits to be reaped has ended."""

    def ended(pid: int) -> bool:
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        return True

    return lambda pid: wait_until(lambda: ended(pid))


@pytest.fixture
def read_ports() -> Callable[[Session], dict[str, int]]:
    """Read the ports in the connection file of a kernel."""

    def read(session: Session) -> dict[str, int]:
        written = json.loads(Path(session.manager.connection_file).read_text(encoding="utf-8"))
        return {name: written[name] for name in sorted(written) if name.endswith("_port")}

    return read


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep IPython's and Jupyter's files out of the user's home, and end the fork servers with the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        yield
        stop_servers()
