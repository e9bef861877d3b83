"""What must not leave the machine that built the report: keys, tokens, names of people and machines, their folders.

Every file is read as it lies there, the streams of a PDF unpacked.
"""

import configparser
import getpass
import os
import re
import socket
import sys
import tempfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from checks.fault import Fault

NAME = "leaks"

PATTERNS = {
    "private key": rb"-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----",
    "AWS key": rb"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub token": rb"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})",
    "GitLab token": rb"\bglpat-[A-Za-z0-9_-]{20}",
    "Slack token": rb"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "Google key": rb"\bAIza[0-9A-Za-z_-]{35}\b",
    "package registry token": rb"\b(pypi-AgE[A-Za-z0-9_-]{50,}|npm_[A-Za-z0-9]{36}\b)",
    "secret key": rb"\bsk-[A-Za-z0-9_-]{32,}",
    "signed token": rb"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
    "password in an address": rb"://[^/\s:@\"'<>]{1,64}:[^/\s:@\"'<>]{1,64}@[a-z0-9]",
    "authorisation header": rb"(?i)\bauthorization:\s*(bearer|basic)\s+[A-Za-z0-9+/=._-]{8}",
    "password": rb"(?i)\b(password|passwd|api_?key|secret_?key|access_?token)\\?[\"']?\s*[:=]\s*\\?[\"'][^\"'\s\\]{8,}",
    "home folder": rb"(?<![\w.])(/home/[a-z_][a-z0-9_-]*|/Users/[A-Za-z][\w.-]*|/root)/|[A-Z]:\\+Users\\+\w",
    "package registry": rb"(?i)://[^\s\"'<>]{1,200}/simple\b|://registry\.[a-z0-9.-]+|\bindex-url\b",
    "folder of a kernel": rb"ipykernel_\d+",
    "time of a run": rb"\"(start_time|end_time|iopub\.[a-z_.]+|shell\.execute_reply[a-z.]*)\"",
}
"""What it looks like anywhere, by what it is."""

COMMON = frozenset({"root", "user", "runner", "admin", "ubuntu", "debian", "build", "builder", "localhost", "vscode"})
"""Names of people and machines that say nothing, and that are words of programs."""

SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|ACCESS_KEY", re.IGNORECASE)
SHORTEST = 5
"""Letters that a name must have to be looked for by itself."""

WITHOUT_TEXT = frozenset({".woff2", ".ttf"})
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def check_leaks(folder: Path) -> list[Fault]:
    """Look through every file of a folder, and through the names of the files."""
    rules = {name: re.compile(pattern) for name, pattern in {**PATTERNS, **of_this_machine()}.items()}
    faults = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        for content in [name.encode(), *_contents(path)]:
            for rule, pattern in rules.items():
                if found := pattern.search(content):
                    faults.append(Fault(name, f"byte {found.start()}", rule, _around(content, found)))
    return faults


@cache
def of_this_machine() -> dict[str, bytes]:
    """What it looks like here: folders, names, registries and the secrets of the environment."""
    folders = {Path.home(), Path(sys.prefix), Path(sys.base_prefix), Path.cwd(), Path(tempfile.gettempdir())}
    patterns = {
        f"folder of this machine, {len(str(path))} letters": rb"(?<![\w+/])" + _literal(str(path)) + rb"/"
        for path in folders
        if path.parent != path
    }
    people = {getpass.getuser(), os.environ.get("SUDO_USER", ""), os.environ.get("GIT_AUTHOR_NAME", "")}
    machines = {socket.gethostname(), socket.gethostname().partition(".")[0]}
    for what, names in (("user name", people), ("name of the machine", machines)):
        telling = sorted(name for name in names if len(name) >= SHORTEST and name.lower() not in COMMON)
        for number, name in enumerate(telling):
            patterns[f"{what}, {number + 1}"] = rb"(?<!\w)" + _literal(name) + rb"(?!\w)"
    for number, host in enumerate(sorted(_registries())):
        patterns[f"address of a registry, {number + 1}"] = _literal(host)
    for name, value in os.environ.items():
        if SECRET_NAME.search(name) and len(value) >= SHORTEST + 3:
            patterns[f"value of {name}"] = _literal(value)
    return patterns


def _registries() -> Iterator[str]:
    """Hosts that packages are fetched from here, other than this machine."""
    said = [value for name, value in os.environ.items() if re.search(r"INDEX_URL|REGISTRY|PROXY$", name, re.IGNORECASE)]
    for place in (
        Path("/etc/pip.conf"),
        Path.home() / ".config" / "pip" / "pip.conf",
        Path.home() / ".pip" / "pip.conf",
    ):
        if place.is_file():
            settings = configparser.ConfigParser(interpolation=None, strict=False)
            settings.read(place, encoding="utf-8")
            said += [value for section in settings.values() for value in section.values()]
    for address in " ".join(said).split():
        host = urlsplit(address).hostname
        if host and host not in ("localhost", "127.0.0.1"):
            yield host


def _literal(text: str) -> bytes:
    return re.escape(text.encode())


def _contents(path: Path) -> Iterator[bytes]:
    if path.suffix in WITHOUT_TEXT:
        return
    content = path.read_bytes()
    yield content
    if content.startswith(b"%PDF"):
        for packed in STREAM.finditer(content):
            unpacked = zlib.decompressobj()
            try:
                yield unpacked.decompress(packed[1])
            except zlib.error:
                continue  # not packed so: it was read with the file


def _around(content: bytes, found: re.Match[bytes]) -> str:
    """Where it is, without printing a secret into a log."""
    start = content[max(found.start() - 40, 0) : found.start()].decode(errors="replace")
    return f"after {start!r}: {len(found[0])} letters that begin with {found[0][:4].decode(errors='replace')!r}"
