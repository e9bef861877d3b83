"""The converter process: started when wanted, replaced when it dies, gone when the build is."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.converter import SIMPLEST, Converter

FONTS = Path(__file__).parents[2] / "report" / "theme" / "fonts" / "ttf"
ENDLESS = {"data": {"sequence": {"start": 0, "stop": 2_000_000, "as": "x"}}, "mark": "point"}
"""Draws for longer than any test waits."""


@pytest.fixture
def converter():
    converter = Converter(FONTS)
    yield converter
    converter.close()


def processes() -> list[psutil.Process]:
    """Converters of this process; other tests may have left it children that have ended."""
    running = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in running if "baltic_calculus.report.converter" in child.cmdline()]


def test_one_process_draws_one_chart_after_the_other(converter: Converter) -> None:
    before = len(processes())
    first = converter.draw(SIMPLEST, "fig-a")
    assert first.text.startswith("<svg")
    assert converter.draw(SIMPLEST, "fig-b") == first
    assert len(processes()) == before + 1
    converter.close()
    assert len(processes()) == before


def test_several_threads_get_their_own_answers(converter: Converter) -> None:
    with ThreadPoolExecutor(4) as pool:
        widths = list(
            pool.map(lambda width: converter.draw({**SIMPLEST, "width": width}, "fig").width, (100, 200, 300))
        )
    assert widths == sorted(widths)
    assert widths[1] - widths[0] == pytest.approx(100)


def test_a_converter_that_died_is_replaced(converter: Converter) -> None:
    before = processes()
    first = converter.draw(SIMPLEST, "fig-a")
    (killed,) = set(processes()) - set(before)
    killed.kill()
    os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)  # wait for its end, and leave that for its parent to see
    assert converter.draw(SIMPLEST, "fig-a") == first


def test_who_waits_for_a_drawing_hears_that_the_converter_was_ended(converter: Converter) -> None:
    before = len(processes())
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(converter.draw, SIMPLEST | ENDLESS, "fig-a")
        while len(processes()) == before:
            time.sleep(0.01)
        converter.close()
        with pytest.raises(RenderError, match="chart converter ended while it made fig-a: status -9"):
            drawing.result()
    assert converter.draw(SIMPLEST, "fig-a").width > 0


def test_no_converter_outlives_a_build_that_is_killed() -> None:
    script = (
        "import os, pathlib, psutil, signal\n"
        "from baltic_calculus.report.converter import shared_converter\n"
        f"shared_converter(pathlib.Path({str(FONTS)!r})).warm_up()\n"
        "print(psutil.Process().children()[0].pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    orphan = int(killed.stdout)
    deadline = time.monotonic() + 120
    while psutil.pid_exists(orphan) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(orphan)
