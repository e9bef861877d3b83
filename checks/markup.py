"""HTML, CSS and SVG by the rules, told by the Nu checker of the W3C."""

import re
from collections.abc import Sequence
from pathlib import Path

from checks.fault import Fault
from checks.tools import node_module, node_version, program, read_answer, run

NAME = "vnu"


def version() -> str:
    """Version of the checker."""
    return node_version("vnu-jar")


def check_markup(site: Path, files: Sequence[Path]) -> list[Fault]:
    """Faults and warnings in the files, all in one Java process: to start it costs more than to read ten pages."""
    jar = node_module("vnu-jar/build/dist/vnu.jar")
    flags = ("--stdout", "--format", "json", "--also-check-css", "--also-check-svg", "--exit-zero-always")
    done = run([program("java"), "-jar", jar, *flags, *files])
    return [read_message(site, message) for message in read_answer(done, "messages") if is_fault(message)]


def is_fault(message: dict[str, str]) -> bool:
    """Errors and warnings; what is merely information is left out.

    So is what vnu says of a page's content security policy: it does not know the page's address, for which 'self'
    stands there, and takes data in a script element for code. Browsers are asked instead: what they stop is in the
    console of every page that they open.
    """
    if "Content Security Policy" in message.get("message", ""):
        return False
    return message["type"] == "error" or message.get("subType") == "warning"


def read_message(site: Path, message: dict[str, str]) -> Fault:
    """A message of vnu as a fault."""
    file = re.sub(r"^file:/*", "/", message.get("url", ""))
    place = Path(file).relative_to(site.resolve()).as_posix() if file.startswith(str(site.resolve())) else file
    line = f"line {message['lastLine']}" if "lastLine" in message else ""
    extract = message.get("extract", "").strip()[:160]
    return Fault(place, line, message.get("subType", message["type"]), f"{message['message']}  {extract}")
