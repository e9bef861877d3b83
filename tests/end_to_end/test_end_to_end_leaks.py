"""Nothing of the machine, its people or their secrets is in what a build leaves, its cache included."""

import getpass
import json
import socket
import zlib
from pathlib import Path

import pytest

from checks import leaks

pytestmark = pytest.mark.end_to_end

PLANTED = {
    "private key": "-----BEGIN OPENSSH PRIVATE KEY-----",
    "AWS key": "AKIA" + "Q" * 16,
    "GitHub token": "ghp_" + "a1" * 18,
    "signed token": ".".join(["eyJ" + "a" * 12, "eyJ" + "b" * 12, "c" * 12]),
    "password in an address": "https://name:word@example.org/simple",
    "password": 'api_key = "0123456789"',
    "home folder": "/home/somebody/report/x.py",
    "package registry": "https://packages.example.org/simple",
    "folder of a kernel": "/tmp/ipykernel_4711/2.py",  # noqa: S108 - a text
    "time of a run": '{"start_time": "2026-11-22T10:00:00"}',
    "folder of this machine": f"{Path.home()}/x",
}


def test_nothing_that_is_built_tells_of_the_machine(built, record_figure):
    faults = leaks.check_leaks(built.build)
    # what is kept for the next build stays on the machine: it may name folders of it, and nothing else
    assert [fault for fault in faults if not (fault.page.startswith("cache/") and "folder" in fault.rule)] == []
    record_figure("files scanned for secrets", sum(path.is_file() for path in built.build.rglob("*")))
    record_figure("kinds of secrets looked for", len(leaks.PATTERNS) + len(leaks.of_this_machine()))


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_planted_is_found(tmp_path, kind):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.html").write_text(f"<p>a line</p>\n<p>{PLANTED[kind]}</p>")
    found = leaks.check_leaks(tmp_path)
    assert kind in {fault.rule.partition(",")[0] for fault in found}
    assert {fault.page for fault in found} == {"site/page.html"}
    if kind.endswith(("key", "token")):
        assert PLANTED[kind] not in str(found[0])  # a log is no place for it, either


def test_names_of_files_and_packed_streams_are_read(tmp_path):
    (tmp_path / PLANTED["GitHub token"]).write_text("nothing")
    stream = zlib.compress(PLANTED["AWS key"].encode())
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7\nstream\n" + stream + b"\nendstream\n")
    assert {fault.rule for fault in leaks.check_leaks(tmp_path)} == {"GitHub token", "AWS key"}


def test_people_machines_and_registries_are_looked_for(monkeypatch, tmp_path):
    monkeypatch.setattr(getpass, "getuser", lambda: "jkilis")
    monkeypatch.setattr(socket, "gethostname", lambda: "bureau-17.example")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/pypi")
    monkeypatch.setenv("SOME_TOKEN", "swordfish-12")
    leaks.of_this_machine.cache_clear()
    for number, text in enumerate(["by jkilis", "on bureau-17", "from mirror.example", "with swordfish-12"]):
        (tmp_path / f"{number}.txt").write_text(text)
    try:
        found = {fault.page for fault in leaks.check_leaks(tmp_path)}
    finally:
        leaks.of_this_machine.cache_clear()
    assert found == {"0.txt", "1.txt", "2.txt", "3.txt"}


def test_published_notebooks_say_nothing_of_their_run(built):
    for path in (built.build / "notebooks").iterdir():
        notebook = json.loads(path.read_text())
        assert notebook["metadata"].keys() <= {"kernelspec", "language_info"}
        assert "version" not in notebook["metadata"].get("language_info", {})
        for cell in notebook["cells"]:
            assert not {"papermill", "execution"} & cell["metadata"].keys()
            assert not [output for output in cell.get("outputs", []) if output.get("name") == "stderr"]
