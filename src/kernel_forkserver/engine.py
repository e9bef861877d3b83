"""Executing notebooks without fixed waits: with forked kernels, and with any others.

nbclient waits for 200 ms of silence before the first cell, and looks every 100 ms whether a kernel has ended. That is
little beside the second that an ordinary kernel takes to start, and more than a forked one takes altogether.
"""

import asyncio
import math
import os
import time
from collections.abc import Callable
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient.util import ensure_async
from papermill.clientwrap import PapermillNotebookClient
from traitlets import DottedObjectName, Type, default

from kernel_forkserver.connection import is_supported
from kernel_forkserver.process import readable

_ASK_AGAIN_SECONDS = 0.05  # a kernel that has answered says at once that it is idle, if it can be heard
_ANSWER_SECONDS = 1.0
_BUSY_SECONDS = 0.5  # an idle kernel ends sooner


class ReadyKernelClient(AsyncKernelClient):
    """Kernel client that knows exactly when its kernel is ready."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its messages arrive, with all earlier ones read.

        Parameters
        ----------
        timeout : float, optional
            Seconds; without limit by default.

        Raises
        ------
        RuntimeError
            When the kernel has died or has not answered in time.
        """
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            asked = self.kernel_info()
            reply = await _receive(self.shell_channel, asked, _is_anything, _ANSWER_SECONDS)
            # The kernel's last word on the request: whoever hears it hears all that follows, and nothing before it.
            if reply and await _receive(self.iopub_channel, asked, _is_idle, _ASK_AGAIN_SECONDS):
                self._handle_kernel_info_reply(reply)
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")


def _is_anything(message: dict[str, Any]) -> bool:
    return True


def _is_idle(message: dict[str, Any]) -> bool:
    return bool(message["msg_type"] == "status" and message["content"]["execution_state"] == "idle")


async def _receive(
    channel: Any, asked: str, wanted: Callable[[dict[str, Any]], bool], seconds: float
) -> dict[str, Any] | None:
    """Read messages up to the wanted one about a request; None when it has not come in so many seconds."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        try:
            message: dict[str, Any] = await ensure_async(channel.get_msg(timeout=left))
        except Empty:
            return None
        if message["parent_header"].get("msg_id") == asked and wanted(message):
            return message
    return None


class ReadyKernelManager(AsyncKernelManager):
    """Kernel manager whose clients know when the kernel is ready, and that learns at once when it has ended."""

    client_class = DottedObjectName("kernel_forkserver.engine.ReadyKernelClient", config=True)
    client_factory = Type(ReadyKernelClient, klass=AsyncKernelClient, config=True)

    @property
    def ipykernel(self) -> bool:
        """Whether this is an IPython kernel, by any name; nbclient keeps its history out of the user's file."""
        return bool(self.kernel_spec and "ipykernel_launcher" in self.kernel_spec.argv)

    async def _async_interrupt_kernel(self) -> None:
        """Interrupt the kernel, but not because it is to be shut down: see ``_async_finish_shutdown``."""
        if not self.shutting_down:
            await super()._async_interrupt_kernel()

    async def _async_finish_shutdown(
        self, waittime: float | None = None, pollinterval: float = 0.1, restart: bool = False
    ) -> None:
        """Wait for the kernel to end as asked, and interrupt it only if it is busy.

        Jupyter interrupts every kernel first; one that has answered its last request, but not quite put it away, then
        reports an error that is nobody's.
        """
        try:
            await asyncio.wait_for(self._async_wait(), _BUSY_SECONDS)
        except TimeoutError:
            await super()._async_interrupt_kernel()
        await super()._async_finish_shutdown(waittime, pollinterval, restart)

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        """Wait for the end of the kernel's process."""
        while await self._async_is_alive():
            await _ended(getattr(self.provisioner, "pid", None), pollinterval)


async def _ended(pid: int | None, seconds: float) -> None:
    """Wait for the end of a process, but not longer than so many seconds."""
    if pid is None or not is_supported():
        await asyncio.sleep(seconds)
        return
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        await readable(descriptor, seconds)
    finally:
        os.close(descriptor)


class ReadyClient(PapermillNotebookClient):
    """papermill's notebook client without fixed waits; all else, hooks and options, is as in papermill and nbclient."""

    @default("kernel_manager_class")
    def _kernel_manager_class_default(self) -> type[AsyncKernelManager]:
        return ReadyKernelManager
