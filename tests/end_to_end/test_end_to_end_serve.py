"""``baltic serve`` as a person runs it: real builds, real edits, and nothing left when it ends."""

import json
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect

pytestmark = pytest.mark.end_to_end

PATIENCE = 120
"""Seconds that a build may take on a machine that does much else."""


class Server:
    """A running ``baltic serve`` and what a browser would see of it."""

    def __init__(self, project):
        self.project = project
        self.process = subprocess.Popen(
            project.command("serve", "--port", "0", "--no-open", "--", "--format", "html"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = []
        listening = threading.Event()

        def follow():
            for line in self.process.stdout:
                self.said.append(line)
                if line.startswith("serving "):
                    self.address = line.split()[1]
                    listening.set()

        threading.Thread(target=follow, daemon=True).start()
        assert listening.wait(PATIENCE), "".join(self.said)

    def page(self, name=""):
        with urllib.request.urlopen(self.address + name, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.read().decode()

    def version(self, page):
        return re.search(r'data-version="([^"]*)"', page)[1]

    def wait_for(self, wanted):
        """Listen as an open page does, until a state is ``wanted``."""

        async def listen():
            socket = await websocket_connect(self.address.replace("http", "ws") + "-/live")
            while not wanted(state := json.loads(await socket.read_message())):
                pass
            socket.close()
            return state

        return IOLoop().run_sync(listen, timeout=PATIENCE)

    def wait_until_built(self):
        return self.wait_for(lambda state: state["version"] and not state["building"])

    def end(self, number=signal.SIGINT):
        """End it; gives the processes that it had and that are still there."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(number)
        assert self.process.wait(PATIENCE) == 0, "".join(self.said)
        return [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def editable(project):
    """A built project with a theme of its own."""
    theme = project.root / "report" / "theme"
    source = theme.resolve()
    theme.unlink()
    shutil.copytree(source, theme)
    return project


@pytest.fixture
def server(editable) -> Iterator[Server]:
    server = Server(editable)
    yield server
    if server.process.poll() is None:
        server.end()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_edits_appear_and_a_broken_notebook_is_told_until_it_is_mended(server, editable):
    first = server.wait_until_built()
    page = server.page("shares.html")
    assert server.version(page) == first["version"]
    notebook = editable.root / "notebooks" / "01_shares.ipynb"

    edit(notebook, "## Shares", "## Shares as they are")
    second = server.wait_for(lambda state: state["version"] != first["version"] and not state["building"])
    page = server.page("shares.html")
    assert "Shares as they are" in page
    assert server.version(page) == second["version"]

    style = sorted((editable.root / "report" / "theme" / "css").glob("*.css"))[-1]
    style.write_text(style.read_text() + "\n.edited { color: red; }\n")
    third = server.wait_for(lambda state: state["version"] != second["version"] and not state["building"])
    assert ".edited" in server.page("assets/site.css")

    edit(notebook, "share = Quantity(", "share = 1 / 0 * Quantity(")
    broken = server.wait_for(lambda state: state["failure"] and not state["building"])
    assert broken["version"] == third["version"]  # the good site stays
    (failed,) = broken["failure"]["pages"]
    assert failed["notebook"] == "01_shares.ipynb"
    assert failed["cell"].startswith("cell ")
    assert "ZeroDivisionError" in failed["error"]
    assert "Shares as they are" in server.page("shares.html")

    edit(notebook, "share = 1 / 0 * Quantity(", "share = Quantity(")
    mended = server.wait_for(lambda state: not state["failure"] and not state["building"])
    assert mended["version"] != third["version"]
    assert "-/live.js" not in (editable.build / "site" / "shares.html").read_text()


def test_interruption_in_the_middle_of_a_build_leaves_no_process(server, editable, tmp_path):
    server.wait_until_built()
    reached = tmp_path / "reached"
    hang = f"open('{reached}', 'w').close(); import time; time.sleep(600); share = Quantity("
    edit(editable.root / "notebooks" / "01_shares.ipynb", "share = Quantity(", hang)
    deadline = time.monotonic() + PATIENCE
    while not reached.exists():
        assert time.monotonic() < deadline, "".join(server.said)
        time.sleep(0.1)
    assert server.end() == []
    assert editable.left_overs() == []
