"""Build again when something is edited: one build at a time, in a process of its own, so that edited code counts."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.freshness import NEVER_READ, input_places
from baltic_calculus.report.publish import is_locked
from baltic_calculus.report.serving.failure import Failure, describe_failure

QUIET_MS = 200
"""How long nothing must change before a build begins: editors save in several steps."""

PATIENCE = 15.0
"""Seconds that a build has to end its kernels when it is told to stop."""

LOOK_AGAIN = 0.3
"""Seconds between looks at whether somebody else's build has ended."""


class Rebuilder:
    """Watches what the report is made from and builds it, from the start and after every edit.

    An edit during a build leads to another build after it.

    Parameters
    ----------
    root : Path
        Project folder.
    arguments : sequence of str
        Options of ``baltic build``.
    say : callable
        Prints a line.
    tell : callable
        Is called whenever `is_building` or `failure` has changed or a build has ended.

    Attributes
    ----------
    is_building : bool
        Whether a build is running.
    failure : Failure or None
        Why the last build failed; None when it did not.
    """

    def __init__(
        self, root: Path, arguments: Sequence[str], say: Callable[[str], None], tell: Callable[[], None]
    ) -> None:
        self.root, self.arguments = root, tuple(arguments)
        self.is_building = False
        self.failure: Failure | None = None
        self._say, self._tell = say, tell
        self._edited = asyncio.Event()

    async def run(self) -> None:
        """Build and watch until cancelled; then no process of a build is left.

        Raises
        ------
        ConfigurationError
            When the system cannot watch so many files.
        """
        watching = asyncio.create_task(self._watch())
        building = asyncio.create_task(self._build_when_edited())
        try:
            await asyncio.wait((watching, building), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (watching, building):
                task.cancel()
            await asyncio.gather(watching, building, return_exceptions=True)
        for task in (watching, building):
            if not task.cancelled():
                task.result()  # raises what ended it

    async def _watch(self) -> None:
        places = [path for _, path in input_places(str(self.root))]
        watched = DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, *NEVER_READ))
        try:
            async for _ in awatch(*places, watch_filter=watched, step=QUIET_MS):
                self._edited.set()
        except OSError as error:
            raise ConfigurationError(
                f"the system cannot watch the project's files: {error}",
                where=str(self.root),
                remedy="let it look at them instead: WATCHFILES_FORCE_POLLING=1 baltic serve",
            ) from error

    async def _build_when_edited(self) -> None:
        while True:
            self.is_building = True
            self._tell()
            try:
                self.failure = await self._build()
            finally:
                self.is_building = False
            self._tell()
            await self._edited.wait()
            self._edited.clear()

    async def _build(self) -> Failure | None:
        if is_locked(self.root / "_build"):
            self._say("another build of this report is running; this one begins when it has ended")
        while is_locked(self.root / "_build"):
            await asyncio.sleep(LOOK_AGAIN)
        self._edited.clear()  # what was edited up to here is in this build
        command = (sys.executable, "-m", "baltic_calculus.cli", "--root", str(self.root), "build", *self.arguments)
        # a session of its own: Ctrl-C reaches the server alone, which ends the build in good order
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True
        )
        try:
            said = await asyncio.gather(self._follow(process.stdout), self._follow(process.stderr))
            code = await process.wait()
        finally:
            await _end(process)
        return describe_failure(self.root / "_build", code, said[1])

    async def _follow(self, stream: asyncio.StreamReader | None) -> str:
        """Print what a stream says, line by line; gives all of it."""
        lines = []
        while stream and (line := await stream.readline()):
            lines.append(line.decode(errors="replace"))
            self._say(lines[-1].rstrip("\n"))
        return "".join(lines)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a build as Ctrl-C does, which ends its kernels; kill it, and what it started, when that takes too long."""
    if process.returncode is None:
        process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), PATIENCE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
