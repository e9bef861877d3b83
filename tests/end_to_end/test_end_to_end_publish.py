"""``baltic publish`` after real builds: what is whole goes out, what is not stays in."""

import json

import pytest

pytestmark = pytest.mark.end_to_end


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_whole_site_goes_out_and_a_failed_one_only_when_that_is_allowed(project, tmp_path):
    assert project.baltic("build").returncode == 0  # the copy lies elsewhere; its pages come from the cache
    target = tmp_path / "www"
    done = project.baltic("publish", str(target))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("published November 2026, not under version control to ")
    published = files(target)
    manifest = json.loads(published.pop("published.json"))
    assert published == files(project.build / "site")
    assert {"index.html", "shares.html", "report.pdf", "notebooks/01_shares.ipynb"} <= published.keys()
    assert manifest["files"].keys() == published.keys()
    assert "has it already" in project.baltic("publish", str(target)).stdout

    notebook = project.root / "notebooks" / "01_shares.ipynb"
    notebook.write_text(notebook.read_text().replace("share = Quantity(", "share = 1 / 0 * Quantity("))
    refused = project.baltic("publish", str(target))
    assert refused.returncode == 2
    assert "edited since" in refused.stderr
    assert project.baltic("build").returncode == 1
    refused = project.baltic("publish", str(target))
    assert refused.returncode == 2
    assert "1 of 2 pages failed" in refused.stderr
    assert "ZeroDivisionError" in refused.stderr
    assert files(target) == published | {"published.json": (target / "published.json").read_bytes()}

    allowed = project.baltic("publish", str(target), "--allow-partial")
    assert allowed.returncode == 0, allowed.stderr
    assert ", partial to " in allowed.stdout
    assert "This page was not built" in (target / "shares.html").read_text()
