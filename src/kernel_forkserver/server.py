"""The fork server: one thread that has imported the libraries, and a kernel forked for every request.

It is started by :mod:`kernel_forkserver.connection` as ``python -m kernel_forkserver.server CONTROL MODULE ...``, where
``CONTROL`` is the descriptor of a socket. Each byte that arrives there brings four descriptors: the connection to
report on, the request (a file of JSON), and the kernel's stdout and stderr. The reports are lines of JSON:

``{"pid": 7}``, by the server, as soon as the kernel's process exists;
``{"ports": {...}}``, by the kernel, when its sockets are bound;
``{"returncode": 0, "cpu_seconds": 0.2, "peak_memory_mb": 90.5}``, by the server, when the process has ended;
``{"refusal": "..."}``, by the server, instead of all these.

A connection that its client closes ends the kernel; a control socket that its client closes ends the server.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel_forkserver.kernel import become_kernel
from kernel_forkserver.preload import KERNEL, import_all


@dataclass(frozen=True)
class Fork:
    """A kernel that was forked and has not been reaped.

    Attributes
    ----------
    pid : int
        Its process and, once it has called ``setsid``, its process group.
    ended : int
        Descriptor (``pidfd``) that becomes readable when the process ends.
    connection : socket
        Where to report its end.
    """

    pid: int
    ended: int
    connection: socket.socket

    def kill(self) -> None:
        """Kill the kernel and its group; safe until it is reaped, as its number cannot have been given to another."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:  # it has not come to setsid() yet
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Close what this process holds of it."""
        os.close(self.ended)
        self.connection.close()


def tell(connection: socket.socket, **report: Any) -> None:
    """Send one line of a report; nobody may be listening any more."""
    with suppress(OSError):
        connection.sendall(json.dumps(report).encode() + b"\n")


class Server:
    """Waits for requests, for kernels that end and for clients that leave.

    Parameters
    ----------
    control : socket
        Where requests come from.
    refusal : str or None
        Why no kernel can be forked; None when all is well.
    """

    def __init__(self, control: socket.socket, refusal: str | None) -> None:
        self.control = control
        self.refusal = refusal
        self.poller = select.poll()
        self.ending: dict[int, Fork] = {}  # by the descriptor that tells the end of the process
        self.listening: dict[int, Fork] = {}  # by the connection's descriptor, while its client is there

    def serve(self) -> None:
        """Serve until the client closes the control socket, then kill all kernels."""
        self.poller.register(self.control, select.POLLIN)
        while True:
            # The control socket comes first in every round, so what a round closes is not opened anew within it.
            for descriptor, _ in self.poller.poll():
                if descriptor == self.control.fileno():
                    if not self.take_request():
                        self.end_all()
                        return
                elif descriptor in self.ending:
                    self.reap(self.ending[descriptor])
                elif descriptor in self.listening:
                    self.poller.unregister(descriptor)
                    self.listening.pop(descriptor).kill()

    def take_request(self) -> bool:
        """Fork the next kernel; return whether the client is still there."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self.control, 1, 4)
        except ConnectionResetError:
            return False
        if not data:
            return False
        if len(descriptors) < 4:  # this process may not open more; the client sees its connection closed
            for descriptor in descriptors:
                os.close(descriptor)
            return True
        connection = socket.socket(fileno=descriptors[0])
        try:
            self.fork(connection, *descriptors[1:])
        except OSError as error:
            tell(connection, refusal=f"the fork server cannot fork: {error}")
            connection.close()
        finally:
            for descriptor in descriptors[1:]:
                os.close(descriptor)
        return True

    def fork(self, connection: socket.socket, request: int, stdout: int, stderr: int) -> None:
        """Fork one kernel, or tell why not."""
        if self.refusal:
            tell(connection, refusal=self.refusal)
            connection.close()
            return
        pid = os.fork()
        if pid == 0:
            self.let_go()
            become_kernel(connection, request, stdout, stderr)
        try:
            fork = Fork(pid, os.pidfd_open(pid), connection)
        except OSError:  # too many open files: a kernel that cannot be watched is not kept
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        tell(connection, pid=pid)
        self.ending[fork.ended] = fork
        self.listening[connection.fileno()] = fork
        self.poller.register(fork.ended, select.POLLIN)
        self.poller.register(connection, 0)  # a hang-up, which is always told, and nothing else

    def let_go(self) -> None:
        """Close, in a new kernel, what belongs to the server alone."""
        self.control.close()
        for other in self.ending.values():
            other.close()

    def reap(self, fork: Fork) -> None:
        """Report how a kernel ended, after killing what it has left behind in its process group."""
        with suppress(ProcessLookupError, PermissionError):  # nobody left, or nobody of ours
            os.killpg(fork.pid, signal.SIGKILL)
        _, status, used = os.wait4(fork.pid, 0)
        tell(
            fork.connection,
            returncode=os.waitstatus_to_exitcode(status),
            cpu_seconds=used.ru_utime + used.ru_stime,
            peak_memory_mb=used.ru_maxrss / 1024,  # Linux counts in KiB
        )
        self.poller.unregister(fork.ended)
        del self.ending[fork.ended]
        if self.listening.pop(fork.connection.fileno(), None):
            self.poller.unregister(fork.connection)
        fork.close()

    def end_all(self) -> None:
        """Kill and reap every kernel."""
        for fork in self.ending.values():
            fork.kill()
        for fork in list(self.ending.values()):
            self.reap(fork)


def why_not_fork() -> str | None:
    """Say why forking this process would be unsafe: a thread that a kernel would not have, but whose locks it would.

    Some libraries (OpenBLAS) have threads that they stop before every fork and start again when needed, so the threads
    are counted after a first fork.
    """
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads == 1:
        return None
    return f"the preloaded modules have started threads ({threads - 1}), and a process with threads cannot be forked"


def main(control: str, *modules: str) -> None:
    """Preload, then serve.

    Parameters
    ----------
    control : str
        Descriptor of the socket that brings requests.
    *modules : str
        What to import besides the kernel itself.
    """
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder in which it was started, put there by ``-m``
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else it remarks on frozen modules
    import_all([*KERNEL, *modules])
    refusal = why_not_fork()
    # Objects that the collector never looks at again stay in memory pages that all kernels share.
    gc.collect()
    gc.freeze()
    Server(socket.socket(fileno=int(control)), refusal).serve()
    os._exit(0)  # nothing to flush, and no kernel left: spare the client the wait for modules to be taken apart


if __name__ == "__main__":
    main(*sys.argv[1:])
