"""Products copied elsewhere: a folder changes as a whole and keeps what is no report; a store gets parts first."""

import itertools
import os
import shutil
import time

import pytest

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.crate import CRATE
from baltic_calculus.report.delivery import check_address, deliver
from baltic_calculus.report.publish import is_locked
from baltic_calculus.report.store import ObjectStore, open_store

PRODUCTS = ("site", CRATE)


def lay(build, text, *names):
    """A build folder with these files besides the products."""
    for name in ("site/index.html", "site/site.css", CRATE, *names):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_text(text)
    return build


def content(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def state(text, *names):
    return dict.fromkeys(("site/index.html", "site/site.css", CRATE, *names), text)


def test_products_replace_those_copied_before_and_nothing_else(tmp_path):
    deliver(lay(tmp_path / "old", "old", "site/gone.html", "unwanted.txt"), str(tmp_path / "to"), PRODUCTS)
    (tmp_path / "to" / "mine.txt").write_text("mine")
    deliver(lay(tmp_path / "new", "new", "site/come.html"), str(tmp_path / "to"), PRODUCTS)
    assert content(tmp_path / "to") == state("new", "site/come.html") | {"mine.txt": "mine"}


def test_folder_whose_data_are_not_a_report_s_is_not_touched(tmp_path):
    (tmp_path / "to" / "data").mkdir(parents=True)
    (tmp_path / "to" / "data" / "thesis.csv").write_text("years of work")
    with pytest.raises(ConfigurationError, match="something else, which copying would replace: data"):
        deliver(lay(tmp_path / "build", "new"), str(tmp_path / "to"), PRODUCTS)
    assert content(tmp_path / "to") == {"data/thesis.csv": "years of work"}


def test_build_folder_itself_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="there is nothing to copy"):
        check_address(tmp_path, f"{tmp_path}/x/..")


def test_copy_killed_at_any_call_leaves_the_old_or_the_new_report(tmp_path, killed_at, record_figure):
    new, copied, to = lay(tmp_path / "new", "new"), tmp_path / "copied", tmp_path / "to"
    deliver(lay(tmp_path / "old", "old", "site/gone.html"), str(copied), PRODUCTS)
    seen = []
    for call in itertools.count(1):
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(copied, to)
        was_killed = killed_at(call, lambda: deliver(new, str(to), PRODUCTS))
        late = time.monotonic() + 60
        while is_locked(to) and time.monotonic() < late:  # what puts all in place ends although the copy was killed
            time.sleep(0.001)
        shutil.rmtree(to / ".next", ignore_errors=True)
        shutil.rmtree(to / ".discarded", ignore_errors=True)
        seen.append(content(to))
        if not was_killed:
            break
    assert [now for now in seen if now not in (state("old", "site/gone.html"), state("new"))] == []
    assert (seen[0], seen[-1]) == (state("old", "site/gone.html"), state("new"))
    record_figure("kill points tried, calls of a copy to a folder", len(seen) - 1)
    record_figure("mixed states, calls of a copy to a folder", 0)


@pytest.mark.parametrize("place", ["memory", "s3"])
def test_store_gets_parts_before_pages(tmp_path, request, monkeypatch, place):
    address = f"{request.getfixturevalue('bucket')}/to" if place == "s3" else f"memory://{tmp_path.name}/to"
    uploads, upload = [], ObjectStore.upload
    monkeypatch.setattr(ObjectStore, "upload", lambda self, files: uploads.append([*files]) or upload(self, files))
    deliver(lay(tmp_path, "new", "site/burden.html", "unwanted.txt"), address, PRODUCTS)
    assert uploads == [
        ["site/site.css", CRATE],
        ["site/burden.html"],
        ["site/index.html"],
    ]
    assert open_store(address).names() == sorted(itertools.chain(*uploads))


def test_browser_learns_the_type_of_a_copied_page(bucket, tmp_path):
    import s3fs

    (tmp_path / "index.html").write_text("<p>")
    deliver(tmp_path, f"{bucket}/site", ["index.html"])
    system = s3fs.S3FileSystem(skip_instance_cache=True)
    assert system.info(f"{bucket}/site/index.html")["ContentType"] == "text/html"


def test_folder_that_cannot_be_written_to_is_told_before_anything_is_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="nothing can be written there") as raised:
        check_address(tmp_path, os.fspath(tmp_path / "file"))
    assert raised.value.where == str(tmp_path / "file")
