"""The kernel provisioner: kernels come from a fork server where possible, and are started as usual elsewhere."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo, LocalPortCache
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Float, List, Unicode, default

from kernel_forkserver import connection
from kernel_forkserver.preload import LIBRARIES, installed
from kernel_forkserver.process import ForkedProcess, Usage

_MODULE = ["-m", "ipykernel_launcher"]
# Arguments of Popen that a forked kernel can honour.
_HONOURED = {"env", "cwd", "stdout", "stderr", "independent", "extra_arguments", "kernel_id"}


class ForkServerError(Exception):
    """A kernel cannot be forked; it is started in the ordinary way."""


class ForkServerProvisioner(LocalProvisioner):
    """Kernel provisioner ``fork-server``.

    Attributes
    ----------
    preload : list of str
        Modules that the fork server imports besides the kernel itself; numpy, pandas and altair by default, as far as
        they are installed. Never name a module that is being edited: kernels would not see the edits. Set it in the
        kernel specification, under ``metadata.kernel_provisioner.config``.
    start_seconds : float
        How long a forked kernel may take to come up, the start of the server included, before the kernel is started in
        the ordinary way.
    """

    preload = List(Unicode(), help="Modules that the fork server imports besides the kernel itself.").tag(config=True)
    start_seconds = Float(60.0, help="How long a forked kernel may take to come up.").tag(config=True)

    _ending = False
    _latest: ForkedProcess | subprocess.Popen[Any] | None = None

    @default("preload")
    def _preload_default(self) -> list[str]:
        return installed(LIBRARIES)

    @property
    def returncode(self) -> int | None:
        """Return code of the latest kernel once it has ended; negative for a signal."""
        return self._latest.poll() if self._latest else None

    @property
    def usage(self) -> Usage | None:
        """What the latest kernel has used, known once it has ended; None for a kernel that was not forked."""
        if not isinstance(self._latest, ForkedProcess):
            return None
        self._latest.poll()
        return self._latest.usage

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel, forked if that is possible.

        Parameters
        ----------
        cmd : list of str
            Command; it is forked if it is ``python -m ipykernel_launcher ...`` of this very interpreter.
        **kwargs
            As for :class:`subprocess.Popen`.

        Returns
        -------
        dict
            Connection information, with the ports that the kernel has bound.
        """
        self._ending = False
        reason = _why_not_fork(cmd, kwargs)
        if reason:
            self.log.debug("Kernel not forked: %s", reason)
            return await self._launch_plain(cmd, kwargs)
        try:
            process = await self._fork(cmd, kwargs)
        except (ForkServerError, OSError) as error:
            self.log.warning("Kernel not forked, started in the ordinary way instead: %s", error)
            return await self._launch_plain(cmd, kwargs)
        self.process = cast("Any", process)
        self._latest = process
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        if process.ports:
            self._take_ports(process.ports)
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Note that the kernel is about to end."""
        self._ending = True

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and its process group."""
        self._ending = True
        await super().kill(restart)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel and its process group to end."""
        self._ending = True
        await super().terminate(restart)

    async def poll(self) -> int | None:
        """Tell whether the kernel has ended; for one that is about to, wait a little so as to tell without delay."""
        if self._ending and self.process and isinstance(self._latest, ForkedProcess) and self._latest.poll() is None:
            await self._latest.changed(0.1)
        return await super().poll()

    async def _launch_plain(self, cmd: list[str], kwargs: Mapping[str, Any]) -> KernelConnectionInfo:
        information = await super().launch_kernel(cmd, **kwargs)
        self._latest = self.process
        return information

    async def _fork(self, cmd: list[str], kwargs: Mapping[str, Any]) -> ForkedProcess:
        """Fork a kernel and wait until its sockets are bound or it has ended."""
        environment = dict(kwargs.get("env") or os.environ)
        manager = self.parent
        request = {
            "arguments": cmd[1 + len(_MODULE) :],
            "environment": environment,
            "folder": str(kwargs.get("cwd") or Path.cwd()),
            # Ports that were picked for this kernel may be picked again by itself; a restarted one keeps its own.
            "new_ports": manager.connection_file if manager and self.ports_cached and not self._latest else None,
        }
        key = connection.ServerKey.of(cmd[0], self.preload, environment)
        with ExitStack() as opened:
            stdout, stderr = _descriptors(kwargs, opened)
            process = connection.fork_kernel(key, environment, request, stdout, stderr)
        deadline = time.monotonic() + self.start_seconds
        try:
            while process.poll() is None and not process.ports and not process.refusal:
                if time.monotonic() > deadline:
                    raise ForkServerError(f"it did not come up in {self.start_seconds:g} s")
                await process.changed(deadline - time.monotonic())
            if process.pid is None:
                raise ForkServerError(process.refusal or "the fork server ended; see its last words on stderr")
        except BaseException:
            process.abandon()
            raise
        return process

    def _take_ports(self, ports: dict[str, int]) -> None:
        """Make the ports that the kernel has bound known to the manager, and give back those picked in advance."""
        information = dict(self.connection_info)
        for name, port in ports.items():
            LocalPortCache.instance().return_port(cast("int", information[name]))
            setattr(self.parent, name, port)
        self.connection_info = cast("KernelConnectionInfo", information | ports)


def _why_not_fork(cmd: list[str], kwargs: Mapping[str, Any]) -> str | None:
    """Say why a command cannot be served by a fork server; None if it can."""
    if not connection.is_supported():
        return "this system has no process descriptors (pidfd)"
    if cmd[1 : 1 + len(_MODULE)] != _MODULE:
        return f"it is not python -m ipykernel_launcher, but {' '.join(cmd)}"
    if not _is_this_python(Path(cmd[0])):
        return f"{cmd[0]} is another interpreter"
    if unknown := kwargs.keys() - _HONOURED:
        return f"it is started with {', '.join(sorted(unknown))}"
    if kwargs.get("independent") or subprocess.PIPE in (kwargs.get("stdout"), kwargs.get("stderr")):
        return "it is to outlive its client, or to be read through pipes"
    if not Path(kwargs.get("cwd") or ".").is_dir():
        return "its folder does not exist"  # said better by whoever tries to start it
    path = (kwargs.get("env") or os.environ).get("PYTHONPATH")
    if path and not all(Path(folder).is_absolute() for folder in path.split(os.pathsep)):
        return "PYTHONPATH has folders relative to the kernel's own"
    return None


def _is_this_python(command: Path) -> bool:
    """Tell whether a command is this interpreter; what tells one virtual environment from another is the folder."""
    ours = Path(sys.executable)
    return (command.parent.resolve(), command.resolve()) == (ours.parent.resolve(), ours.resolve())


def _descriptors(kwargs: Mapping[str, Any], opened: ExitStack) -> tuple[int, int]:
    """Find the descriptors for a kernel's stdout and stderr; what must be opened for it is closed with ``opened``."""

    def find(given: Any, inherited: int) -> int:
        if given is None:
            return inherited
        if given == subprocess.DEVNULL:
            return opened.enter_context(Path(os.devnull).open("wb")).fileno()
        return given if isinstance(given, int) else int(given.fileno())

    stdout = find(kwargs.get("stdout"), 1)
    stderr = kwargs.get("stderr")
    return stdout, stdout if stderr == subprocess.STDOUT else find(stderr, 2)
