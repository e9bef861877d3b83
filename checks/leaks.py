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
from typing import NamedTuple
from urllib.parse import urlsplit

from checks.fault import Fault

NAME = "leaks"


class Rule(NamedTuple):
    """What something looks like, and texts in small letters of which one is there wherever it is.

    Looking for the texts first takes a twentieth of the time.
    """

    pattern: bytes
    signs: tuple[bytes, ...]


PATTERNS = {
    "private key": Rule(rb"-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----", (b"private key",)),
    "AWS key": Rule(rb"\b(AKIA|ASIA)[0-9A-Z]{16}\b", (b"akia", b"asia")),
    "GitHub token": Rule(
        rb"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})",
        (b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_"),
    ),
    "GitLab token": Rule(rb"\bglpat-[A-Za-z0-9_-]{20}", (b"glpat-",)),
    "Slack token": Rule(rb"\bxox[abprs]-[A-Za-z0-9-]{10,}", (b"xox",)),
    "Google key": Rule(rb"\bAIza[0-9A-Za-z_-]{35}\b", (b"aiza",)),
    "package registry token": Rule(rb"\b(pypi-AgE[A-Za-z0-9_-]{50,}|npm_[A-Za-z0-9]{36}\b)", (b"pypi-age", b"npm_")),
    "secret key": Rule(rb"\bsk-[A-Za-z0-9_-]{32,}", (b"sk-",)),
    "signed token": Rule(rb"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}", (b".eyj",)),
    "password in an address": Rule(rb"://[^/\s:@\"'<>]{1,64}:[^/\s:@\"'<>]{1,64}@[a-z0-9]", (b"://",)),
    "authorisation header": Rule(
        rb"(?i)\bauthorization:\s*(bearer|basic)\s+[A-Za-z0-9+/=._-]{8}", (b"authorization:",)
    ),
    "password": Rule(
        rb"(?i)\b(password|passwd|api_?key|secret_?key|access_?token)\\?[\"']?\s*[:=]\s*\\?[\"'][^\"'\s\\]{8,}",
        (b"passw", b"apikey", b"api_key", b"secretkey", b"secret_key", b"accesstoken", b"access_token"),
    ),
    "home folder": Rule(
        rb"(?<![\w.])(/home/[a-z_][a-z0-9_-]*|/Users/[A-Za-z][\w.-]*|/root)/|[A-Z]:\\+Users\\+\w",
        (b"/home/", b"/users/", b"/root/", b"\\users\\"),
    ),
    "package registry": Rule(
        rb"(?i)://[^\s\"'<>]{1,200}/simple\b|://registry\.[a-z0-9.-]+|\bindex-url\b",
        (b"/simple", b"://registry.", b"index-url"),
    ),
    "folder of a kernel": Rule(rb"ipykernel_\d+", (b"ipykernel_",)),
    "time of a run": Rule(
        rb"\"(start_time|end_time|iopub\.[a-z_.]+|shell\.execute_reply[a-z.]*)\"",
        (b'"start_time"', b'"end_time"', b'"iopub.', b'"shell.execute_reply'),
    ),
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
    rules = [(name, re.compile(pattern), signs) for name, (pattern, signs) in {**PATTERNS, **of_this_machine()}.items()]
    faults = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        for content in [name.encode(), *_contents(path)]:
            small = content.lower()
            for rule, pattern, signs in rules:
                if any(sign in small for sign in signs) and (found := pattern.search(content)):
                    faults.append(Fault(name, f"byte {found.start()}", rule, _around(content, found)))
    return faults


@cache
def of_this_machine() -> dict[str, Rule]:
    """What it looks like here: folders, names, registries and the secrets of the environment."""
    folders = {Path.home(), Path(sys.prefix), Path(sys.base_prefix), Path.cwd(), Path(tempfile.gettempdir())}
    patterns = {
        f"folder of this machine, {len(str(path))} letters": _rule(str(path), rb"(?<![\w+/])", rb"/")
        for path in folders
        if path.parent != path
    }
    people = {getpass.getuser(), os.environ.get("SUDO_USER", ""), os.environ.get("GIT_AUTHOR_NAME", "")}
    machines = {socket.gethostname(), socket.gethostname().partition(".")[0]}
    for what, names in (("user name", people), ("name of the machine", machines)):
        telling = sorted(name for name in names if len(name) >= SHORTEST and name.lower() not in COMMON)
        for number, name in enumerate(telling):
            patterns[f"{what}, {number + 1}"] = _rule(name, rb"(?<!\w)", rb"(?!\w)")
    for number, host in enumerate(sorted(_registries())):
        patterns[f"address of a registry, {number + 1}"] = _rule(host)
    for name, value in os.environ.items():
        if SECRET_NAME.search(name) and len(value) >= SHORTEST + 3:
            patterns[f"value of {name}"] = _rule(value)
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


def _rule(text: str, before: bytes = b"", behind: bytes = b"") -> Rule:
    """The text itself, between what must be beside it."""
    return Rule(before + re.escape(text.encode()) + behind, (text.encode().lower(),))


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
