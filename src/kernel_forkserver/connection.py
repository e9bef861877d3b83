"""The client's end: fork servers started when first needed, shared by all threads, ended with the process."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kernel_forkserver.process import ForkedProcess

# Read when the interpreter or a library starts: kernels that differ in one of them need servers of their own.
_READ_AT_START = (
    "PYTHON",
    "LD_",
    "LANG",
    "LC_",
    "MALLOC_",
    "GLIBC_",
    "OMP_",
    "OPENBLAS_",
    "GOTO_",
    "MKL_",
    "KMP_",
    "BLIS_",
    "NUMEXPR_",
    "VECLIB_",
    "NPY_",
    "MPL",
)


def is_supported() -> bool:
    """Tell whether kernels can be forked here: on Linux from 5.3, unless a container forbids it.

    Returns
    -------
    bool
        False where the provisioner starts its kernels in the ordinary way.
    """
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


@dataclass(frozen=True)
class ServerKey:
    """What kernels must have in common to be forked from the same server.

    Attributes
    ----------
    python : str
        The interpreter.
    preload : tuple of str
        Modules that the server imports besides the kernel itself.
    variables : tuple of (str, str)
        Environment variables that the interpreter and the libraries read when they start.
    """

    python: str
    preload: tuple[str, ...]
    variables: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, python: str, preload: Sequence[str], environment: Mapping[str, str]) -> "ServerKey":
        """Describe the server for a kernel with this environment."""
        variables = sorted(item for item in environment.items() if item[0].startswith(_READ_AT_START))
        return cls(python, tuple(preload), tuple(variables))


class ForkServer:
    """A running fork server.

    Parameters
    ----------
    key : ServerKey
        What it serves.
    environment : mapping of str to str
        Its environment: that of the kernel it is started for.
    """

    def __init__(self, key: ServerKey, environment: Mapping[str, str]) -> None:
        self._is_used = False
        # The kernel's application would take this for its own, once and for all, when it is imported.
        environment = {name: value for name, value in environment.items() if name != "JPY_PARENT_PID"}
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [key.python, "-m", "kernel_forkserver.server", str(theirs.fileno()), *key.preload],
                pass_fds=[theirs.fileno()],
                env=environment,
                cwd="/",  # ``-m`` looks for modules in this folder first
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the client to handle
            )

    def alive(self) -> bool:
        """Tell whether it still runs."""
        return self._process.poll() is None

    def fork(self, request: Mapping[str, Any], stdout: int, stderr: int) -> ForkedProcess:
        """Ask for a kernel; nothing is waited for.

        Raises
        ------
        OSError
            When the server is gone.
        """
        self._is_used = True
        ours, theirs = socket.socketpair()
        # A file, not a message: an environment may be longer than what a socket takes before somebody reads it.
        with theirs, os.fdopen(os.memfd_create("kernel-request"), "w", encoding="utf-8") as file:
            json.dump(request, file)
            file.flush()
            try:
                socket.send_fds(self._control, [b"k"], [theirs.fileno(), file.fileno(), stdout, stderr])
            except OSError:
                ours.close()
                raise
        return ForkedProcess(ours)

    def stop(self) -> None:
        """End it, and with it its kernels."""
        self._control.close()
        if not self._is_used:
            self._process.kill()  # without kernels to end, it need not finish its imports
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # still importing a library, say
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        """Let go of a server that belongs to the process from which this one was forked."""
        self._control.close()
        self._process.returncode = 0  # not ours to wait for


_servers: dict[ServerKey, ForkServer] = {}
_lock = threading.Lock()


def fork_kernel(
    key: ServerKey, environment: Mapping[str, str], request: Mapping[str, Any], stdout: int, stderr: int
) -> ForkedProcess:
    """Ask the server of this key for a kernel, starting or replacing the server when there is none.

    Parameters
    ----------
    key : ServerKey
        Which server.
    environment : mapping of str to str
        Environment of a server that must be started.
    request : mapping
        What :func:`kernel_forkserver.kernel.become_kernel` reads.
    stdout, stderr : int
        Descriptors for the kernel.

    Returns
    -------
    ForkedProcess
        The kernel, which need not exist yet.

    Raises
    ------
    OSError
        When a server cannot be started.
    """
    with _lock:
        server = _servers.get(key)
        if server is not None and server.alive():
            with suppress(BrokenPipeError):  # it has just died
                return server.fork(request, stdout, stderr)
        if server is not None:
            server.stop()
        server = _servers[key] = ForkServer(key, environment)
        return server.fork(request, stdout, stderr)


def start_server(preload: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start the server for kernels with this preload and environment now, so that it is ready when they are asked for.

    Parameters
    ----------
    preload : sequence of str
        As the provisioner's ``preload``.
    environment : mapping of str to str
        The whole environment of the kernels.

    Raises
    ------
    OSError
        When it cannot be started.
    """
    key = ServerKey.of(sys.executable, preload, environment)
    with _lock:
        if key not in _servers:
            _servers[key] = ForkServer(key, environment)


def stop_servers() -> None:
    """End all fork servers of this process, and with them all kernels forked from them.

    Servers end by themselves when this process ends, however it ends.
    """
    with _lock:
        while _servers:
            _, server = _servers.popitem()
            server.stop()


def _forget_servers() -> None:
    """Start afresh in a process forked from this one: its copies of the sockets would keep the servers alive."""
    global _lock
    _lock = threading.Lock()
    while _servers:
        _, server = _servers.popitem()
        server.forget()


os.register_at_fork(after_in_child=_forget_servers)
atexit.register(stop_servers)
