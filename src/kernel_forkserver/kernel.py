"""A process just forked from the server becomes the kernel it was forked for."""

import atexit
import json
import os
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
_LAST_WORDS_SECONDS = 1.0


def become_kernel(connection: socket.socket, request: int, stdout: int, stderr: int) -> NoReturn:
    """Run an IPython kernel in this process, and end it as an interpreter would.

    Parameters
    ----------
    connection : socket
        Where to tell that the kernel's sockets are bound.
    request : int
        Descriptor of a JSON file: ``arguments``, ``environment``, ``folder``, and ``new_ports``, the connection file
        whose ports are to be chosen here, or null.
    stdout, stderr : int
        Descriptors that become the kernel's own.
    """
    code: int | str | None = 1
    try:
        os.setsid()
        with os.fdopen(request, encoding="utf-8") as file:
            file.seek(0)
            wanted = json.load(file)
        os.dup2(stdout, 1)
        os.dup2(stderr, 2)
        os.close(stdout)
        os.close(stderr)
        _settle(wanted["environment"], wanted["folder"])
        if wanted["new_ports"]:
            _forget_ports(Path(wanted["new_ports"]))
        _run(wanted["arguments"], connection)
        code = 0
    except SystemExit as leaving:
        code = leaving.code
    except BaseException:
        traceback.print_exc()
    finally:
        _leave(code)


def _settle(environment: dict[str, str], folder: str) -> None:
    """Take on an environment and a folder, and forget what the server found out about its own."""
    os.environ.clear()
    os.environ.update(environment)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(folder)
    time.tzset()
    tempfile.tempdir = None
    if "numpy" in sys.modules:  # the random module sees to it itself
        sys.modules["numpy"].random.seed()


def _forget_ports(connection_file: Path) -> None:
    """Set the ports of a connection file to 0: the kernel binds free ones and writes them there.

    Ports that the client picks are free when it picks them, and perhaps not any more when the kernel binds them.
    """
    information = json.loads(connection_file.read_text(encoding="utf-8"))
    connection_file.write_text(json.dumps(information | dict.fromkeys(PORTS, 0)), encoding="utf-8")


def _run(arguments: Sequence[str], connection: socket.socket) -> None:
    """Run the kernel until it is shut down."""
    import ipykernel_launcher  # type: ignore[import-untyped]
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [ipykernel_launcher.__file__, *arguments]
    # By default the process that started the kernel, as the environment told when the module was imported: the server.
    app: Any = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(list(arguments))
    ports = {name: getattr(app, name) for name in PORTS}
    connection.sendall(json.dumps({"ports": ports}).encode() + b"\n")
    connection.close()
    app.start()
    # The control thread still ends the message that asked for the shutdown. The application would first close what that
    # thread writes to, and then wait for it: ten seconds at times.
    app.control_thread.join(_LAST_WORDS_SECONDS)


def _leave(code: int | str | None) -> NoReturn:
    """End the process as an interpreter does, but for taking apart its modules, which is slow and changes nothing."""
    try:
        if isinstance(code, str):
            print(code, file=sys.stderr)
        threading._shutdown()  # type: ignore[attr-defined]  # multiprocessing ends its processes in the same way
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code if isinstance(code, int) else int(code is not None))
