"""The journal of a sweep: what was noted is there, whatever killed the sweep; what was cut short does not count."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.store import FolderStore, open_store
from baltic_calculus.report.sweep.journal import JOURNAL, RunRecord, open_journal, read_record


def record(key="k1", **fields) -> RunRecord:
    values = {
        "key": key,
        "name": "country=EST",
        "status": "ok",
        "parameters": {"country": "EST"},
        "notebook": "notebooks/country=EST.ipynb",
        "fingerprint": "f",
        "facts": {"share": {"value": 3.4, "unit": "% of GDP"}},
        "cell": "",
        "error": "",
        "traceback": "",
        "wall_seconds": 0.4,
        "cpu_seconds": 0.3,
        "peak_memory_mb": 120.0,
        "kernel": "plain",
        "attempts": 1,
    }
    return RunRecord(**(values | fields))


@pytest.fixture(params=["folder", "memory"])
def store(request, tmp_path):
    return open_store(str(tmp_path) if request.param == "folder" else f"memory://{tmp_path.name}")


def read(store, *keys):
    with open_journal(store) as journal:
        return journal.read(keys)


def add(store, *records):
    with open_journal(store) as journal:
        for one in records:
            journal.add(one)


def test_noted_run_is_read_again(store):
    add(store, record())
    add(store, record("k2", name="country=Ķīna"))
    assert read(store, "k1", "k2", "k3") == {"k1": record(), "k2": record("k2", name="country=Ķīna")}
    assert read(store, "k2").keys() == {"k2"}


def test_last_record_of_a_run_counts(store):
    add(store, record(status="failed"), record(status="ok"))
    assert read(store, "k1")["k1"].status == "ok"


def test_folder_has_one_line_a_run(tmp_path):
    add(FolderStore(tmp_path), record(error="two\nlines"), record("k2"))
    lines = (tmp_path / JOURNAL).read_bytes().splitlines()
    assert [read_record(line).key for line in lines] == ["k1", "k2"]


@pytest.mark.parametrize("cut", [1, 40, -1])
def test_line_cut_short_is_not_counted_and_spoils_no_other(tmp_path, cut):
    store = FolderStore(tmp_path)
    # a long line, so that its beginning is not in the last block of the file
    add(store, record("k1"), record("k2", traceback="x" * 10_000))
    content = (tmp_path / JOURNAL).read_bytes()
    first, second = content.splitlines(keepends=True)
    (tmp_path / JOURNAL).write_bytes(first + second[:cut])
    assert read(store, "k1", "k2").keys() == {"k1"}
    add(store, record("k3"))
    assert read(store, "k1", "k2", "k3").keys() == {"k1", "k3"}
    assert len((tmp_path / JOURNAL).read_bytes().splitlines()) == 2


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b"null", b"\xff", b'{"key": "k1"}'])
def test_line_of_another_layout_is_not_counted(line):
    assert read_record(line) is None


def test_folder_takes_one_sweep_at_a_time(tmp_path):
    with (
        open_journal(FolderStore(tmp_path)),
        pytest.raises(ConfigurationError, match="another sweep is writing here"),
        open_journal(FolderStore(tmp_path)),
    ):
        pass


FILL = """
import sys
from pathlib import Path
from baltic_calculus.report.store import FolderStore
from baltic_calculus.report.sweep.journal import open_journal, read_record
line = sys.stdin.buffer.readline()
with open_journal(FolderStore(Path(sys.argv[1]))) as journal:
    while True:
        journal.add(read_record(line))
"""


def test_full_disk_leaves_whole_lines(tmp_path):
    line = record().to_line()
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)],
        input=line,
        capture_output=True,
        check=False,
        timeout=120,
        # no file may grow beyond this: what a full disk looks like
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )
    assert b"File too large" in done.stderr
    content = Path(tmp_path / JOURNAL).read_bytes()
    assert content == line * (2000 // len(line))
