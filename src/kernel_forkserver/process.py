"""A forked kernel as its client sees it: a process that is not its own child."""

import asyncio
import json
import math
import os
import select
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Usage:
    """What a kernel has used over its life, with the children that it has waited for.

    Attributes
    ----------
    cpu_seconds : float
        Processor time, in user and in system mode.
    peak_memory_mb : float
        Largest resident memory of one process, in MiB; pages shared with the server count in full.
    """

    cpu_seconds: float
    peak_memory_mb: float


class ForkedProcess:
    """A forked kernel, with the interface of :class:`subprocess.Popen` as far as Jupyter uses it.

    Parameters
    ----------
    connection : socket
        Where the fork server and the kernel report; closing it kills the kernel.

    Attributes
    ----------
    returncode : int or None
        As that of ``Popen``; ``-9`` for a kernel that was lost with its server.
    usage : Usage or None
        Known when the kernel has ended, unless its server was gone by then.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._unread = b""
        self._told: dict[str, Any] = {}
        self._lock = threading.Lock()
        self.returncode: int | None = None
        self.usage: Usage | None = None

    @property
    def pid(self) -> int | None:
        """Process and process group; None before the fork."""
        return self._told.get("pid")

    @property
    def ports(self) -> dict[str, int] | None:
        """Ports by the names of the connection file; None before the kernel's sockets are bound."""
        return self._told.get("ports")

    @property
    def refusal(self) -> str | None:
        """Why the server does not fork, if it does not."""
        return self._told.get("refusal")

    def poll(self) -> int | None:
        """Take in what was reported so far, and return the return code of a kernel that has ended."""
        with self._lock:
            while self.returncode is None:
                try:
                    data = self._connection.recv(4096)
                except BlockingIOError:
                    break
                except ConnectionResetError:
                    data = b""
                self._take_in(data)
        return self.returncode

    def _take_in(self, data: bytes) -> None:
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._told |= json.loads(line)
        if "returncode" in self._told:
            self.usage = Usage(self._told["cpu_seconds"], self._told["peak_memory_mb"])
            self.returncode = self._told["returncode"]
        elif not data:
            self._kill_group()  # the server is gone, and with it whoever would see the kernel's end
            self.returncode = -signal.SIGKILL
        if self.returncode is not None:
            self._connection.close()

    async def changed(self, seconds: float) -> None:
        """Wait until something is reported, but not longer than so many seconds."""
        watched = self._watch()
        if watched is None:
            return
        try:
            await readable(watched, seconds)
        finally:
            os.close(watched)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the kernel's end.

        Raises
        ------
        subprocess.TimeoutExpired
            When it has not ended in ``timeout`` seconds.
        """
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            watched = self._watch()
            if watched is not None:
                poller = select.poll()
                poller.register(watched, select.POLLIN)
                poller.poll(None if timeout is None else left * 1000)
                os.close(watched)
        return code

    def _watch(self) -> int | None:
        """Duplicate the connection's descriptor: an event loop has one reader for each, and several tasks may wait."""
        with self._lock:
            return os.dup(self._connection.fileno()) if self.returncode is None else None

    def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's process, unless it has ended."""
        if self.poll() is None and self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def abandon(self) -> None:
        """Give up on a kernel that has not come up; its server kills it."""
        with self._lock:
            self._connection.close()
            self.returncode = -signal.SIGKILL

    def _kill_group(self) -> None:
        if self.pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)


async def readable(descriptor: int, seconds: float) -> None:
    """Wait until a descriptor can be read, but not longer than so many seconds.

    Parameters
    ----------
    descriptor : int
        One that nobody else watches on this event loop.
    seconds : float
        How long to wait at most.
    """
    loop = asyncio.get_running_loop()
    came = asyncio.Event()
    loop.add_reader(descriptor, came.set)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await came.wait()
    finally:
        loop.remove_reader(descriptor)
