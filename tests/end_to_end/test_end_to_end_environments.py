"""The same bytes from any folder, locale, time zone, order of hashes, and from a checkout that cannot be written to."""

import ctypes
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.end_to_end

ENVIRONMENTS = {
    "Auckland in C": {"LC_ALL": "C", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"},
    "St John's in Turkish": {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "4294967295"},
}
FOLDERS = {"Auckland in C": "Ķīļa ziņojums – šeit", "St John's in Turkish": "İstanbul raporu, ığüşöç & 'co'"}

VERSIONS = [version for version in ("3.11", "3.12", "3.13") if version != "{}.{}".format(*sys.version_info)]
OTHER_PYTHONS = [path for path in os.environ.get("OTHER_PYTHONS", "").split(os.pathsep) if path]
"""Pythons with the libraries of the report, as `.venv/bin/python` of other checkouts; each builds the whole report."""
THIS_CODE = {"PYTHONPATH": str(PROJECT / "src")}
"""The checkout of another Python may be of another day."""

DROP_FROM_BOUNDING_SET, RIGHTS_OF_ROOT = 24, (1, 2, 3)
"""prctl(PR_CAPBSET_DROP) of CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER: what lets root write anywhere."""


def without_rights_of_root() -> None:
    """Let the rights of files count for root, too; called in the child before the command starts."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for right in RIGHTS_OF_ROOT:
            if libc.prctl(DROP_FROM_BOUNDING_SET, right, 0, 0, 0):
                os._exit(77)


def build(project, *arguments, environment=None, python=sys.executable, guard=None, timeout=400):
    return subprocess.run(
        [python, *project.command("build", *arguments)[1:]],
        env={**os.environ, **(environment or {})},
        preexec_fn=guard,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=timeout,
    )


def elsewhere(built, folder: Path):
    """The sources of the built report, without what was built, in another folder."""
    shutil.copytree(built.root, folder, symlinks=True, ignore=shutil.ignore_patterns("_build"))
    return type(built)(folder)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_place_locale_zone_and_hashes_do_not_show(built, tmp_path, name, record_figure):
    project = elsewhere(built, tmp_path / FOLDERS[name])
    done = build(project, environment=ENVIRONMENTS[name])
    assert done.returncode == 0, done.stderr
    assert project.products() == built.products()
    record_figure(f"files of the same bytes: {name}, folder “{FOLDERS[name]}”", len(built.products()))


@cache
def version_of(python: str) -> str:
    """Version of a Python that has the libraries of the report, as "3.12"; empty for one without them, or none."""
    ask = "import sys, papermill, typst; print('{}.{}'.format(*sys.version_info))"
    try:
        return subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def find_python(version: str) -> str | None:
    """A Python of this version that can build the report: one that OTHER_PYTHONS names, or on the path."""
    known = [*OTHER_PYTHONS, shutil.which(f"python{version}") or ""]
    return next((python for python in known if python and version_of(python) == version), None)


@pytest.mark.parametrize("version", VERSIONS)
def test_other_pythons_make_the_same_report(built, tmp_path, version, record_figure):
    python = find_python(version)
    if python is None:
        pytest.skip(f"no Python {version} with the libraries of the report: OTHER_PYTHONS names some")
    project = elsewhere(built, tmp_path / "report")
    done = build(project, python=python, environment=THIS_CODE)
    assert done.returncode == 0, done.stderr
    assert project.products() == built.products()
    record_figure(f"files of the same bytes: Python {version}", len(built.products()))


def whole_report(built, folder: Path, python: str) -> dict[str, str]:
    """Hashes of the report of this repository as a Python builds it."""
    folder.mkdir()
    for source in ("data", "notebooks", "report", "requirements.lock"):
        (folder / source).symlink_to(PROJECT / source)
    project = type(built)(folder)
    done = build(project, python=python, environment=THIS_CODE, timeout=1800)
    assert done.returncode == 0, done.stderr
    return project.products()


@pytest.mark.skipif(not OTHER_PYTHONS, reason="takes many minutes: OTHER_PYTHONS names the Pythons to compare")
def test_other_pythons_make_the_same_whole_report(built, tmp_path, record_figure):
    here = whole_report(built, tmp_path / "here", sys.executable)
    for python in OTHER_PYTHONS:
        there = whole_report(built, tmp_path / version_of(python), python)
        assert {name for name in here.keys() | there.keys() if here.get(name) != there.get(name)} == set()
        record_figure(f"files of the same bytes: whole report, Python {version_of(python)}", len(here))


@pytest.fixture
def sealed(project):
    """A checkout of which only ``_build`` can be written to."""
    tops = [project.root, project.root / "notebooks", project.root / "report"]
    files = [path for top in tops for path in top.iterdir() if path.is_file() and not path.is_symlink()]
    for path in (*files, *tops):
        path.chmod(path.stat().st_mode & ~0o222)
    yield project
    for path in (*tops, project.build, *files):
        path.chmod(path.stat().st_mode | 0o200)


def test_a_checkout_that_cannot_be_written_to_is_built(sealed, built, record_figure):
    done = build(sealed, "--force", guard=without_rights_of_root)
    if done.returncode == 77:
        pytest.skip("this root may not give up its rights")
    assert done.returncode == 0, done.stderr
    assert sealed.products() == built.products()
    record_figure("files of the same bytes: read-only checkout", len(built.products()))


def test_a_build_folder_that_cannot_be_written_to_is_named(sealed):
    (sealed.build / ".lock").unlink()
    sealed.build.chmod(0o555)
    done = build(sealed, "--force", guard=without_rights_of_root)
    if done.returncode == 77:
        pytest.skip("this root may not give up its rights")
    assert done.returncode == 2
    assert "nothing can be written there" in done.stderr
    assert "copy the checkout" in done.stderr
    assert "Traceback" not in done.stderr
