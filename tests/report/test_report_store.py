"""Results in a folder, in memory and on a real S3 server: the same names, the same bytes, never half a file."""

import errno
import socket
import sys
from pathlib import Path

import pytest
from fsspec.registry import _registry

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.store import FolderStore, check_writable, open_store


@pytest.fixture(params=["folder", "memory", "s3"])
def store(request, tmp_path):
    """The same store in three places."""
    if request.param == "s3":
        return open_store(f"{request.getfixturevalue('bucket')}/sweep")
    return open_store(str(tmp_path / "sweep") if request.param == "folder" else f"memory://{tmp_path.name}/sweep")


def test_what_is_written_is_read(store):
    store.write("notebooks/country=EST,share=2.0.ipynb", b"{}")
    assert store.exists("notebooks/country=EST,share=2.0.ipynb")
    assert store.read("notebooks/country=EST,share=2.0.ipynb") == b"{}"
    assert not store.exists("notebooks/other.ipynb")
    with pytest.raises(FileNotFoundError):
        store.read("notebooks/other.ipynb")


def test_names_and_contents_of_a_folder(store):
    for name in ("b/two", "b/one", "c/three"):
        store.write(name, name.encode())
    assert store.names() == ["b/one", "b/two", "c/three"]
    assert store.names("b") == ["b/one", "b/two"]
    assert store.names("nothing") == []
    assert store.read_many(["c/three", "b/one"]) == [b"c/three", b"b/one"]
    assert store.read_many([]) == []


def test_fingerprint_tells_whether_a_file_has_changed(store):
    written = store.write("notebooks/one", b"1")
    assert store.fingerprints(["notebooks/one", "notebooks/none"]) == {"notebooks/one": written}
    assert store.write("notebooks/one", b"2") != written
    assert store.fingerprints(["notebooks/one"]) != {"notebooks/one": written}
    store.write("notebooks/one", b"1")
    assert store.fingerprints(["notebooks/one"]) == {"notebooks/one": written}


def test_removed_file_is_gone_and_a_missing_one_may_be_removed(store):
    store.write("one", b"1")
    store.remove("one")
    store.remove("one")
    assert store.names() == []


def test_reader_never_meets_half_a_file(tmp_path, monkeypatch):
    store = open_store(str(tmp_path))
    store.write("facts.csv", b"whole")

    def fill_up(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    with pytest.raises(OSError, match="No space left"):
        store.write("facts.csv", b"another")
    assert store.read("facts.csv") == b"whole"
    assert store.names() == ["facts.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]


def test_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="the results cannot be kept there") as raised:
        open_store(str(tmp_path / "file")).write("one", b"")
    assert raised.value.where == str(tmp_path / "file")


def test_path_and_file_address_are_folders(tmp_path):
    for address in (str(tmp_path), f"file://{tmp_path}"):
        store = open_store(address)
        assert isinstance(store, FolderStore)
        assert store.folder == tmp_path


def test_unknown_protocol_is_refused():
    with pytest.raises(ConfigurationError, match="nowhere"):
        open_store("nowhere://folder")


def test_missing_driver_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)  # as if it were not installed
    monkeypatch.delitem(_registry, "s3", raising=False)
    with pytest.raises(ConfigurationError, match=r'pip install "baltic-calculus\[s3\]"'):
        open_store("s3://bucket/folder")


def test_store_that_can_be_written_to_stays_empty(store):
    check_writable(store)
    assert store.names() == []


def test_missing_bucket_is_told(s3_environment):
    with pytest.raises(ConfigurationError, match="bucket does not exist") as raised:
        check_writable(open_store("s3://no-such-bucket/sweep"))
    assert "AWS_ENDPOINT_URL" in raised.value.remedy


def test_server_that_does_not_answer_is_told(s3_environment, monkeypatch):
    with socket.socket() as free:  # bound, and nobody listens
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free.getsockname()[1]}")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        with pytest.raises(ConfigurationError, match="Could not connect"):
            check_writable(open_store("s3://bucket/sweep"))
