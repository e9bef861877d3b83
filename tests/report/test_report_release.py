"""Releases: only a whole and current site goes out, it changes in one step, and nothing else is overwritten."""

import fcntl
import hashlib
import itertools
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from baltic_calculus.cli.keep import keep
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import read_config
from baltic_calculus.report.freshness import take_snapshot, write_stamp
from baltic_calculus.report.kept_edition import read_editions
from baltic_calculus.report.publish import PARTIAL, lock
from baltic_calculus.report.release import folder as folder_module
from baltic_calculus.report.release.folder import FolderPlace, exchange
from baltic_calculus.report.release.manifest import Changes, Manifest
from baltic_calculus.report.release.objects import ObjectPlace
from baltic_calculus.report.release.place import open_place
from baltic_calculus.report.release.release import release
from baltic_calculus.report.revision import UNKNOWN
from baltic_calculus.report.store import open_store

CONFIGURATION = """\
title: A report
subtitle: Small
abstract: Small.
authors: [A team]
institute: An institute
edition: November 2026
date: 2026-11-21
licence: CC BY 4.0
{more}
pages:
  - {{notebook: 00_summary, coverage: nato}}
  - {{notebook: 01_shares, coverage: nato}}
"""
SITE = {
    "index.html": "<p>index",
    "shares.html": "<p>shares",
    "assets/site.css": "p {}",
    "data/shares.csv": "a,b",
    "report.pdf": "%PDF",
}


class Project:
    """A project folder and what its last build left; the build is written, not run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "report").mkdir()
        self.configure("")

    def configure(self, more: str) -> None:
        (self.root / "report" / "report.yaml").write_text(CONFIGURATION.format(more=more))

    @property
    def config(self):
        return read_config(self.root)

    def build(
        self, *statuses: str, site: dict[str, str] = SITE, folder: str = "site", stamp: bool = True, arguments=()
    ) -> None:
        """Leave what a build leaves whose two pages ended so."""
        build = self.root / "_build"
        shutil.rmtree(build / folder, ignore_errors=True)
        for name, text in site.items():
            (build / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (build / folder / name).write_text(text)
        pages = [
            {"page": page.notebook, "status": status, "cell": "cell 3", "error": "ValueError: bad\nmore"}
            for page, status in zip(self.config.pages, statuses or ("ok", "ok"), strict=True)
        ]
        (build / "ledger.json").write_text(json.dumps({"pages": pages}))
        if stamp:
            write_stamp(str(self.root), arguments, take_snapshot(str(self.root)), ["site"])

    def release(self, target, **options):
        place = open_place(str(target), self.config, remote="origin", branch="gh-pages", message="")
        return release(self.config, place, **options)


@pytest.fixture
def project(tmp_path) -> Project:
    (tmp_path / "project").mkdir()
    project = Project(tmp_path / "project")
    project.build()
    return project


def content(folder: Path) -> dict[str, str]:
    """Files of a published site but for its manifest."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "published.json")
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


# ---------------------------------------------------------------- what may go out


def refused(project, what, target="target", **options):
    with pytest.raises(ConfigurationError, match=what) as raised:
        project.release(project.root.parent / target, **options)
    assert not (project.root.parent / "target").exists()
    return raised.value


def test_project_that_was_never_built_is_refused(project):
    shutil.rmtree(project.root / "_build")
    assert refused(project, "nothing to publish").remedy == "run: baltic build"


def test_failed_build_is_refused_with_the_place_of_the_failure(project):
    project.build("ok", "failed", folder=PARTIAL, stamp=False)
    assert refused(project, "1 of 2 pages failed").where == "01_shares, cell 3, ValueError: bad"


def test_partial_site_goes_out_when_that_is_allowed(project, tmp_path):
    project.build("ok", "failed", folder=PARTIAL, site={"index.html": "partial"}, stamp=False)
    done = project.release(tmp_path / "target", allow_partial=True)
    assert done.manifest.is_partial
    assert content(tmp_path / "target") == {"index.html": "partial"}
    assert json.loads((tmp_path / "target" / "published.json").read_text())["partial"] is True


def test_build_with_only_is_refused_unless_allowed(project, tmp_path):
    project.build("kept", "ok", stamp=False)
    assert refused(project, "only a part").where == "left out: 00_summary"
    assert project.release(tmp_path / "target", allow_partial=True).manifest.is_partial


@pytest.mark.parametrize("allow_partial", [False, True])
def test_site_of_an_earlier_state_is_refused(project, allow_partial):
    (project.root / "report" / "references.bib").write_text("@book{one}")
    refused(project, "something was edited since", allow_partial=allow_partial)


def test_site_that_was_changed_by_hand_is_refused(project):
    (project.root / "_build" / "site" / "index.html").write_text("<p>something else")
    refused(project, "not that of the report as it is now")


def test_build_that_did_not_end_is_refused(project):
    (project.root / "_build" / "stamp").unlink()
    refused(project, "a build did not end")


def test_site_without_its_pdf_is_refused(project):
    project.build(site={"index.html": "<p>"})
    refused(project, "without its PDF")


def test_an_edition_is_kept_when_it_may_go_out_and_only_then(project, monkeypatch):
    monkeypatch.setenv("BALTIC_ROOT", str(project.root))
    (project.root / "data").mkdir()
    (project.root / "data" / "catalog.yaml").write_text("columns: {}\ndatasets: {}\n")
    project.build("ok", "failed")
    refused = CliRunner().invoke(keep)
    assert isinstance(refused.exception, ConfigurationError)
    project.build("ok", "ok")
    share = {"share": {"value": 3.7, "unit": "% of GDP"}}
    (project.config.build / "facts.json").write_text(json.dumps({"summary": {}, "shares": share}))
    pages = [{"page": name, "status": "ok", "parameters": {}} for name in ("00_summary", "01_shares")]
    (project.config.build / "ledger.json").write_text(json.dumps({"pages": pages}))
    done = CliRunner().invoke(keep)
    assert "kept November 2026 in report/editions/2026-11-21.json" in done.output
    (edition,) = read_editions(project.root)
    assert (edition.edition, edition.draft, edition.pages["shares"].facts) == ("November 2026", "", share)


def test_nothing_goes_out_during_a_build(project):
    with lock(project.root / "_build"):
        refused(project, "another build, or a publication, is at work there")


# ---------------------------------------------------------------- a folder


def test_folder_gets_the_site_and_a_manifest_of_it(project, tmp_path):
    done = project.release(tmp_path / "target")
    assert content(tmp_path / "target") == SITE
    manifest = json.loads((tmp_path / "target" / "published.json").read_text())
    assert manifest["edition"] == "November 2026"
    assert manifest["files"]["index.html"] == hashlib.sha256(b"<p>index").hexdigest()
    assert list(manifest["files"]) == sorted(SITE)
    assert str(done.changes) == "5 files sent, 0 removed, 0 as they were"


def test_second_publication_replaces_the_first_whole(project, tmp_path):
    project.release(tmp_path / "target")
    site = SITE | {"burden.html": "<p>burden", "index.html": "<p>new"}
    del site["shares.html"]
    project.build(site=site)
    done = project.release(tmp_path / "target")
    assert content(tmp_path / "target") == site
    assert done.changes == Changes(("burden.html", "index.html"), ("shares.html",), 3)
    assert not project.release(tmp_path / "target").is_new
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "target"]


def test_dry_run_changes_nothing(project, tmp_path):
    assert project.release(tmp_path / "target", dry_run=True).changes.sent == tuple(sorted(SITE))
    assert not (tmp_path / "target").exists()


def test_folder_with_something_else_is_not_touched(project, tmp_path):
    (tmp_path / "target").mkdir()
    project.release(tmp_path / "target")  # an empty one may be used
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.tex").write_text("years of work")
    with pytest.raises(ConfigurationError, match="something else"):
        project.release(tmp_path / "other")
    assert content(tmp_path / "other") == {"thesis.tex": "years of work"}


@pytest.mark.parametrize("broken", ["copy", "exchange", "rename"])
def test_failed_swap_keeps_the_old_site(project, tmp_path, monkeypatch, broken):
    project.release(tmp_path / "target")
    project.build(site=SITE | {"index.html": "<p>new"})

    def fail(*_, **__):
        raise OSError("the disk is gone")

    if broken == "copy":
        monkeypatch.setattr(folder_module.shutil, "copytree", _failing_for(tmp_path / ".target.next"))
    else:
        monkeypatch.setattr(folder_module, "exchange", fail if broken == "exchange" else lambda *_: False)
    if broken == "rename":
        rename = Path.rename
        monkeypatch.setattr(
            Path, "rename", lambda path, to: fail() if path.name == ".target.next" else rename(path, to)
        )
    with pytest.raises(ConfigurationError, match="the disk is gone"):
        project.release(tmp_path / "target")
    assert content(tmp_path / "target") == SITE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "target"]


def _failing_for(place):
    copy = shutil.copytree

    def copytree(source, to, *more):
        copied = copy(source, to, *more)
        if to == place:
            raise OSError("the disk is gone")
        return copied

    return copytree


@pytest.mark.parametrize("disk", ["that exchanges folders", "that does not"])
def test_publication_killed_at_any_call_leaves_the_old_or_the_new_site(
    project, tmp_path, monkeypatch, killed_at, record_figure, disk
):
    old, new = {"index.html": "<p>old", "report.pdf": "%PDF"}, {"index.html": "<p>new", "report.pdf": "%PDF-new"}
    target, sites = tmp_path / "target", []
    for number, site in enumerate((old, new)):
        project.build(site=site)
        project.release(tmp_path / f"site-{number}")
        sites.append(tmp_path / f"site-{number}")
    if disk == "that does not":
        monkeypatch.setattr(folder_module, "exchange", lambda *_: False)
    seen = []
    for call in itertools.count(1):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(sites[0], target)
        place = FolderPlace(target)
        was_killed = killed_at(call, lambda place=place: place.publish(sites[1], place.published(), None))
        if disk == "that does not":
            place.published()  # between two renames there is no site; whoever looks what there is puts it back
        seen.append(content(target))
        if not was_killed:
            break
    assert [now for now in seen if now not in (old, new)] == []
    assert (seen[0], seen[-1]) == (old, new)
    place.publish(sites[0], place.published(), None)  # whatever lies about stops no other publication
    assert content(target) == old
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    record_figure(f"kill points tried, calls of a publication on a disk {disk}", len(seen) - 1)
    record_figure(f"mixed states, calls of a publication on a disk {disk}", 0)


def test_two_checkouts_do_not_publish_to_one_folder_at_once(project, tmp_path):
    project.release(tmp_path / "target")
    project.build(site=SITE | {"index.html": "<p>new"})
    with (tmp_path / ".target.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ConfigurationError, match="something else is being published there"):
            project.release(tmp_path / "target")
    assert content(tmp_path / "target") == SITE
    project.release(tmp_path / "target")
    assert content(tmp_path / "target")["index.html"] == "<p>new"


def test_swap_cut_short_between_its_renames_is_undone(project, tmp_path):
    project.release(tmp_path / "target")
    (tmp_path / "target").rename(tmp_path / ".target.previous")
    assert not project.release(tmp_path / "target").is_new
    assert content(tmp_path / "target") == SITE


def test_site_is_there_at_every_moment_and_never_mixed(project, tmp_path):
    """A reader looks at one page and its style, over and over, while two sites take turns."""
    target = tmp_path / "target"
    reader = """
import os, sys
target, seen = sys.argv[1], set()
print("ready", flush=True)
while not os.path.exists(target + ".stop"):
    place = os.open(target, os.O_RDONLY)
    texts = []
    for name in ("index.html", "shares.html"):
        file = os.open(name, os.O_RDONLY, dir_fd=place)
        texts.append(os.read(file, 100))
        os.close(file)
    os.close(place)
    assert texts[0] == texts[1], texts
    seen.add(texts[0])
    if len(seen) == 2:
        open(target + ".both", "w").close()
print(len(seen))
"""
    editions = [SITE | dict.fromkeys(("index.html", "shares.html"), text) for text in ("one", "two")]
    sites = []
    for number, edition in enumerate(editions):
        project.build(site=edition)
        project.release(tmp_path / f"site-{number}")
        sites.append(tmp_path / f"site-{number}")
    shutil.copytree(sites[0], target)
    process = subprocess.Popen(["python3", "-c", reader, str(target)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    late = time.monotonic() + 120
    for turn in itertools.count():
        if turn >= 300 and ((tmp_path / "target.both").exists() or time.monotonic() > late):
            break  # a reader on a busy machine may not have looked once within 300 turns
        if not exchange(sites[1], target):
            pytest.skip("this disk cannot exchange two folders")
    (tmp_path / "target.stop").touch()
    assert process.communicate(timeout=120)[0] == "2\n"
    assert process.returncode == 0


# ---------------------------------------------------------------- an object store


@pytest.fixture(params=["memory", "s3"])
def address(request, tmp_path) -> str:
    if request.param == "s3":
        return f"{request.getfixturevalue('bucket')}/report"
    return f"memory://{tmp_path.name}/report"


def stored(address: str) -> dict[str, str]:
    store = open_store(address)
    return {name: store.read(name).decode() for name in store.names() if name != "published.json"}


def follow_uploads(monkeypatch, *, break_at: str = "") -> list[str]:
    """Note what is sent; break down when it is ``break_at``'s turn."""
    sent: list[str] = []
    opened = ObjectPlace.__init__

    def init(place, address):
        opened(place, address)
        upload = place._store.upload

        def noted(files):
            if break_at in files:
                raise ConnectionError("the line is down")
            upload(files)
            sent.extend(files)

        place._store.upload = noted

    monkeypatch.setattr(ObjectPlace, "__init__", init)
    return sent


def test_store_gets_parts_before_pages_and_only_what_changed(project, address, monkeypatch):
    sent = follow_uploads(monkeypatch)
    project.release(address)
    assert sent == ["assets/site.css", "data/shares.csv", "report.pdf", "shares.html", "index.html"]
    assert stored(address) == SITE
    sent.clear()
    site = SITE | {"index.html": "<p>new", "burden.html": "<p>burden"}
    del site["data/shares.csv"]
    project.build(site=site)
    done = project.release(address)
    assert sent == ["burden.html", "index.html"]
    assert done.changes.removed == ("data/shares.csv",)
    assert stored(address) == site
    assert not project.release(address).is_new


def test_interrupted_upload_goes_on_where_it_stopped(project, address, monkeypatch):
    with monkeypatch.context() as broken:
        follow_uploads(broken, break_at="index.html")
        with pytest.raises(ConnectionError):
            project.release(address)
    assert "index.html" not in stored(address)
    sent = follow_uploads(monkeypatch)
    project.release(address)
    assert sent == ["index.html"]
    assert stored(address) == SITE


def test_file_that_an_interruption_left_in_doubt_is_sent_again(project, address, monkeypatch):
    """First site, interrupted upload of a second, then the first again: what the second touched must not stay."""
    project.release(address)
    second = SITE | {"assets/site.css": "p { color: red }", "index.html": "<p>new"}
    project.build(site=second)
    with monkeypatch.context() as broken:
        follow_uploads(broken, break_at="index.html")
        with pytest.raises(ConnectionError):
            project.release(address)
    project.build()
    sent = follow_uploads(monkeypatch)
    project.release(address)
    assert sent == ["assets/site.css", "index.html"]
    assert stored(address) == SITE


def test_store_with_something_else_is_not_touched(project, address):
    open_store(address).write("thesis.tex", b"years of work")
    with pytest.raises(ConfigurationError, match="something else"):
        project.release(address)
    assert stored(address) == {"thesis.tex": "years of work"}


def test_damaged_manifest_is_told(project, tmp_path):
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "published.json").write_text('{"version": 9}')
    with pytest.raises(ConfigurationError, match="version 9"):
        project.release(tmp_path / "target")


# ---------------------------------------------------------------- a branch


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def checkout(project, tmp_path, monkeypatch) -> Project:
    """The project as a git checkout with a bare repository to push to, and nothing of this person's settings."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("NAME", "EMAIL", "DATE"):
        monkeypatch.delenv(f"GIT_COMMITTER_{name}", raising=False)
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    git(project.root, "init", "--quiet", "--initial-branch", "main")
    for name, value in (("user.name", "An Editor"), ("user.email", "editor@example.org")):
        git(project.root, "config", name, value)
    git(project.root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    (project.root / ".gitignore").write_text("_build/\n")
    git(project.root, "add", ".")
    git(project.root, "commit", "--quiet", "--message", "Begin")
    project.build()
    return project


def pushed(tmp_path: Path, *arguments: str) -> str:
    return git(tmp_path / "remote.git", *arguments)


def test_branch_gets_one_commit_for_each_publication(checkout, tmp_path):
    commit = git(checkout.root, "rev-parse", "--short=10", "HEAD")
    checkout.release("gh-pages")
    names = pushed(tmp_path, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert names == sorted([*SITE, ".nojekyll", "published.json"])
    assert pushed(tmp_path, "show", "gh-pages:index.html") == "<p>index"
    site = SITE | {"index.html": "<p>new"}
    del site["data/shares.csv"]
    checkout.build(site=site)
    place = open_place("gh-pages", checkout.config, remote="origin", branch="gh-pages", message="Correct a number")
    done = release(checkout.config, place)
    assert done.changes == Changes(("index.html",), ("data/shares.csv",), 4)
    assert pushed(tmp_path, "show", "gh-pages:index.html") == "<p>new"
    assert "data/shares.csv" not in pushed(tmp_path, "ls-tree", "-r", "--name-only", "gh-pages")
    log = pushed(tmp_path, "log", "--format=%cn <%ce>|%s|%b", "gh-pages").split("\n")
    by = "An Editor <editor@example.org>"
    assert [line for line in log if line] == [
        f"{by}|Correct a number|November 2026, commit {commit}",
        f"{by}|Publish November 2026, commit {commit}|",
    ]
    assert not release(checkout.config, place).is_new
    assert git(checkout.root, "status", "--porcelain") == ""
    assert git(checkout.root, "branch", "--show-current") == "main"


def test_publication_continues_what_somebody_else_published(checkout, tmp_path):
    checkout.release("gh-pages")
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", "remote.git", "other")
    (tmp_path / "other" / "index.html").write_text("<p>theirs")
    git(tmp_path / "other", "-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "-qam", "Theirs")
    git(tmp_path / "other", "push", "--quiet", "origin", "gh-pages")
    checkout.build(site=SITE | {"index.html": "<p>new"})
    checkout.release("gh-pages")
    assert pushed(tmp_path, "show", "gh-pages:index.html") == "<p>new"
    assert len(pushed(tmp_path, "log", "--format=%h", "gh-pages").split()) == 3


def test_site_with_an_address_of_its_own_says_so(checkout, tmp_path):
    checkout.configure("address: https://baltic.example.org/report/")
    checkout.build()
    checkout.release("gh-pages")
    assert pushed(tmp_path, "show", "gh-pages:CNAME") == "baltic.example.org"
    checkout.build(arguments=["--address", "https://other.example.org/"])
    checkout.release("gh-pages")
    assert pushed(tmp_path, "show", "gh-pages:CNAME") == "other.example.org"
    checkout.configure("address: https://someone.github.io/report/")
    checkout.build()
    checkout.release("gh-pages")
    assert "CNAME" not in pushed(tmp_path, "ls-tree", "--name-only", "gh-pages")


def test_branch_that_holds_the_project_is_not_touched(checkout, tmp_path):
    git(checkout.root, "push", "--quiet", "origin", "main:drafts")
    for branch, what in (("main", "is checked out"), ("drafts", "something else")):
        with pytest.raises(ConfigurationError, match=what):
            release(
                checkout.config, open_place("gh-pages", checkout.config, remote="origin", branch=branch, message="")
            )
    assert pushed(tmp_path, "ls-tree", "--name-only", "drafts").split() == [".gitignore", "report"]


def test_branch_of_this_repository_with_other_work_is_not_touched(checkout):
    git(checkout.root, "branch", "gh-pages")
    with pytest.raises(ConfigurationError, match="something else"):
        checkout.release("gh-pages")


def test_refused_push_is_told_and_can_be_repeated(checkout, tmp_path):
    hook = tmp_path / "remote.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'closed for today' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(ConfigurationError, match="git push failed"):
        checkout.release("gh-pages")
    hook.unlink()
    checkout.release("gh-pages")
    assert pushed(tmp_path, "show", "gh-pages:index.html") == "<p>index"


def test_what_a_branch_needs_is_asked_for_before_anything_is_done(checkout, tmp_path, monkeypatch):
    with pytest.raises(ConfigurationError, match="no remote 'upstream'") as raised:
        open_place("gh-pages", checkout.config, remote="upstream", branch="gh-pages", message="")
    assert raised.value.remedy == "choose from: origin"
    git(checkout.root, "config", "--unset", "user.email")
    with pytest.raises(ConfigurationError, match=r"user\.email is not set"):
        checkout.release("gh-pages")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError, match="needs git"):
        checkout.release("gh-pages")
    (checkout.root / ".git").rename(checkout.root / ".notgit")  # nor is it needed for another target
    checkout.build()
    checkout.release(tmp_path / "target")
    assert content(tmp_path / "target") == SITE


def test_manifest_of_the_same_site_is_the_same_text(tmp_path):
    (tmp_path / "b").write_text("2")
    (tmp_path / "a").write_text("1")
    manifest = Manifest("A title", "An edition", UNKNOWN, is_partial=False)
    assert manifest.with_files_of(tmp_path).as_json() == manifest.with_files_of(tmp_path).as_json()
    assert list(json.loads(manifest.with_files_of(tmp_path).as_json())["files"]) == ["a", "b"]


def test_folder_place_follows_a_link(project, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "target").symlink_to(tmp_path / "real")
    project.release(tmp_path / "target")
    assert (tmp_path / "target").is_symlink()
    assert content(tmp_path / "real") == SITE
    assert FolderPlace(tmp_path / "target").published() is not None
