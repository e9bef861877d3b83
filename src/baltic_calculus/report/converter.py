"""The chart converter: a process of its own that draws Vega-Lite charts, started when the first one is wanted.

The converter needs a second to draw its first chart and a tenth for each that follows, holds a JavaScript engine, and
must not be there when another process is forked. So it lives in a child that answers one line of JSON with another, and
that ends when its input does: also when the build is killed. Images and parts of fonts are made there too: threads of
the build would only wait for each other with them.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from html import escape
from pathlib import Path
from queue import LifoQueue
from typing import IO, Any

from baltic_calculus.errors import RenderError
from baltic_calculus.report.font_subset import Face, subset_font
from baltic_calculus.report.svg_tidy import Drawing, tidy_svg

VEGA_LITE = "6.4"
"""Version of Vega-Lite that draws both the SVG and the interactive chart, so that one replaces the other in place."""

QUOTED_FAMILY = "'Source Sans 3'"
MEASURABLE_FAMILY = "&quot;Source Sans 3&quot;"
"""The converter drops quotes before it measures text, and a family name with a digit is not valid without them: all
text would be measured as if it were a third wider. It passes entities on, which its SVG parser reads as quotes."""

PNG_SCALE = 2
"""Sharp on paper and on screens of high density."""

MOST_PROCESSES = 2
"""The second starts when charts of several pages wait at once; a third would only wait for a processor."""

ANY_LABEL = "\ue000"
"""Stands for the label at the beginning of identifiers: a character for private use, which no chart prints."""

SIMPLEST = {"data": {"values": [{}]}, "mark": "point"}


class Converter:
    """Draws charts in processes of its own; several threads may ask at once.

    Parameters
    ----------
    fonts : Path
        Folder of the TrueType fonts that measure and print the text.
    """

    def __init__(self, fonts: Path) -> None:
        self.fonts = fonts
        self._running: set[_Child] = set()
        self._places: LifoQueue[_Child | None] = LifoQueue()
        for _ in range(min(MOST_PROCESSES, os.cpu_count() or 1)):
            self._places.put(None)

    def draw(self, chart: dict[str, Any], label: str) -> Drawing:
        """Draw the chart called ``label``; identifiers in the drawing begin with `ANY_LABEL`.

        Raises
        ------
        RenderError
            When Vega-Lite refuses the specification, or the converter ends unexpectedly.
        """
        answer = self._ask({"draw": {"chart": chart}}, label)
        if "error" in answer:
            raise RenderError(
                f"Vega-Lite cannot draw {label}: {answer['error']}",
                where=label,
                remedy="correct the chart in its notebook",
            )
        return Drawing(*answer["drawing"])

    def bundle(self) -> str:
        """The Vega libraries as one script that defines ``window.vegaEmbed``."""
        script: str = self._ask({"bundle": {}}, "the Vega libraries")["script"]
        return script

    def font(self, face: Face, letters: str) -> str:
        """Some letters of a font as WOFF2, in base64."""
        font: str = self._ask({"font": {"file": face.file, "letters": letters}}, f"a part of {face.file}")["content"]
        return font

    def png(self, drawing: Drawing, label: str) -> str:
        """The drawing called ``label`` as a PNG on white, twice its size, in base64.

        Raises
        ------
        RenderError
            When the converter ends unexpectedly.
        """
        image: str = self._ask({"png": drawing._asdict()}, f"an image of {label}")["content"]
        return image

    def warm_up(self) -> None:
        """Draw a point, after which charts take a tenth of a second."""
        self.draw(SIMPLEST, "warm-up")

    def close(self) -> None:
        """End the processes; who waits for a drawing gets an error. The next chart starts a process again."""
        while self._running:
            self._running.pop().kill()
        # those that wait for work are put away here, the others by who waits for their answer
        for child in [self._places.get_nowait() for _ in range(self._places.qsize())]:
            if child:
                child.put_away()
            self._places.put(None)

    def _ask(self, request: dict[str, Any], what: str) -> dict[str, Any]:
        child = self._places.get()
        try:
            child = child if child and child.is_running else self._replace(child)
            return child.ask(request)
        except BaseException as error:
            reason = str(error)
            if child is not None:
                # after an interrupted request its answer would be taken for that of the next
                child.kill()
                reason = child.last_words
                child.put_away()
                self._running.discard(child)
            child = None
            if not isinstance(error, OSError | ValueError):
                raise
            raise RenderError(
                f"the chart converter ended while it made {what}: {reason}",
                where="chart converter",
                remedy="build again; if it happens again, look at the memory that is free",
            ) from None
        finally:
            self._places.put(child)

    def _replace(self, ended: "_Child | None") -> "_Child":
        if ended:
            ended.put_away()
            self._running.discard(ended)
        child = _Child(self.fonts)
        self._running.add(child)
        return child


class _Child:
    """One running converter process."""

    def __init__(self, fonts: Path) -> None:
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, str(fonts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            process_group=0,  # Ctrl-C is for the build, which then ends its converter
        )

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request and wait for its answer; ``ValueError`` when there is none."""
        entry, answers = self.process.stdin, self.process.stdout
        assert entry is not None  # noqa: S101 - for the type checker: both are pipes
        assert answers is not None  # noqa: S101
        entry.write(json.dumps(request).encode() + b"\n")
        entry.flush()
        answer: dict[str, Any] = json.loads(answers.readline())
        return answer

    @property
    def is_running(self) -> bool:
        """Whether nobody has ended the process."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End the process, which keeps nothing that could be lost."""
        self.process.kill()
        self.process.wait()

    def put_away(self) -> None:
        """Close the pipes of a process that has ended."""
        with suppress(BrokenPipeError):  # a request that it has not read
            self.process.communicate()
        self.errors.close()

    @property
    def last_words(self) -> str:
        """Why the process ended: the last line it wrote to standard error, or its status."""
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"status {self.process.returncode}"


@cache
def shared_converter(fonts: Path) -> Converter:
    """The converter of this process for charts in these fonts; it is closed at exit."""
    converter = Converter(fonts)
    atexit.register(converter.close)
    return converter


def serve(requests: IO[bytes], answers: IO[bytes], fonts: Path) -> None:
    """Answer requests, a line each, until there are no more: each names what is wanted, and what to make it from."""
    import vl_convert

    vl_convert.register_font_directory(str(fonts))
    made: dict[str, Callable[..., dict[str, Any]]] = {
        "draw": _draw,
        "bundle": _bundle,
        "font": partial(_font, fonts),
        "png": _png,
    }
    for line in requests:
        ((wanted, parts),) = json.loads(line).items()
        answers.write(json.dumps(made[wanted](**parts)).encode() + b"\n")
        answers.flush()


def _draw(chart: dict[str, Any]) -> dict[str, Any]:
    import vl_convert

    text = json.dumps(chart, ensure_ascii=False).replace(QUOTED_FAMILY, MEASURABLE_FAMILY)
    try:
        svg = vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE, allowed_base_urls=[])
    except ValueError as error:
        return {"error": str(error)}
    return {"drawing": tidy_svg(svg.replace(escape(MEASURABLE_FAMILY), QUOTED_FAMILY), ANY_LABEL)}


def _font(fonts: Path, file: str, letters: str) -> dict[str, Any]:
    return {"content": b64encode(subset_font(fonts / file, letters)).decode()}


def _png(text: str, width: float, height: float) -> dict[str, Any]:
    import vl_convert

    ground = f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
    opening, rest = text.split(">", 1)
    image = vl_convert.svg_to_png(f"{opening}>{ground}{rest}", scale=PNG_SCALE)
    return {"content": b64encode(image).decode()}


def _bundle() -> dict[str, Any]:
    import vl_convert

    script: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
    # without the function every top-level name of the libraries would become a global of the page
    return {"script": f"(function () {{\n{script}\n}})();\n"}


if __name__ == "__main__":
    # what libraries print must not stand among the answers
    answering = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, answering, Path(sys.argv[1]))
