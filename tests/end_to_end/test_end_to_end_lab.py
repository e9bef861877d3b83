"""A chapter in a real JupyterLab, in the environment of `make lab`: cells run and charts are drawn."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

PROJECT = Path(__file__).parents[2]
LAB = PROJECT / ".venv-lab" / "bin" / "jupyter"
CHARTS = ".jp-OutputArea-output canvas.marks, .jp-OutputArea-output svg.marks"

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(not LAB.exists(), reason="JupyterLab is not set up: make .venv-lab/installed"),
]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """Serve a copy of the notebooks, so that nothing is written into the project; give the address."""
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    options += ["--IdentityProvider.token=", str(tmp_path / "notebooks")]
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [str(LAB), "lab", *options],
            stdout=log,
            stderr=log,
            env=os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "BALTIC_ROOT": str(PROJECT)},
        )
        try:
            wait_for(port, server, tmp_path / "lab.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=120)


def wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the server takes connections."""
    deadline = time.monotonic() + 120
    while True:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)


def test_a_chapter_runs_and_draws_its_charts(lab: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.goto(f"{lab}/lab/tree/01_spending_trends.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    page.wait_for_selector("text=| Idle", timeout=120_000)  # cells run before the kernel is ready are dropped
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(CHARTS, state="attached", timeout=120_000)
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
