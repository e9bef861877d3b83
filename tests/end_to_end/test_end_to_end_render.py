"""`baltic render`: the last build once more, without executing anything; and its notebooks staged for Quarto."""

import json
import sys

import nbformat
import pytest

pytestmark = pytest.mark.end_to_end

FAKE_QUARTO = """\
#!{python}
import pathlib, sys
profile = sys.argv[sys.argv.index("--profile") + 1]
made = pathlib.Path(sys.argv[2]) / {{"site": "_site/index.html", "book": "_book/A-small-report.pdf"}}[profile]
made.parent.mkdir(parents=True)
made.write_text("made")
"""


def edit(project, name, change):
    path = project.root / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def ledger(project):
    return json.loads((project.build / "ledger.json").read_text())


def test_rendering_again_gives_the_same_bytes_and_executes_nothing(project):
    products, before = project.products(), ledger(project)
    done = project.baltic("render")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"site  {project.build / 'site' / 'index.html'}",
        f"PDF   {project.build / 'report.pdf'}",
    ]
    assert project.products() == products
    assert ledger(project) == before
    assert project.left_overs() == []


def test_the_parameters_of_the_last_build_hold(project):
    assert project.baltic("build", "--format", "html", "--param", "countries=POL").returncode == 0
    products = project.products()
    assert project.baltic("render", "--format", "html").returncode == 0
    assert project.products() == products


def test_papers_and_address_are_chosen_as_for_a_build(project):
    done = project.baltic("render", "--paper", "a4,letter", "--address", "https://example.org/report")
    assert done.returncode == 0, done.stderr
    assert (project.build / "report-letter.pdf").exists()
    assert "https://example.org/report/shares.html" in (project.build / "site" / "shares.html").read_text()
    done = project.baltic("render", "--engine", "quarto", "--paper", "a4")
    assert done.returncode == 2
    assert "--paper is for the engine baltic" in done.stderr


def test_edited_text_is_rendered(project):
    def rewrite(notebook):
        notebook.cells[3].source = "## Shares\n\nA new sentence."

    edit(project, "01_shares", rewrite)
    assert project.baltic("render", "--format", "html").returncode == 0
    assert "A new sentence." in (project.build / "site" / "shares.html").read_text()


def test_a_page_that_changed_is_refused_with_what_to_do(project):
    def rewrite(notebook):
        notebook.cells[4].source += "\n# changed"

    edit(project, "01_shares", rewrite)
    before = project.products()
    done = project.baltic("render")
    assert done.returncode == 2
    assert "01_shares, stale: code cells changed" in done.stderr
    assert "00_summary" not in done.stderr
    assert "run: baltic build" in done.stderr
    assert project.products() == before


def test_before_the_first_build_there_is_nothing_to_render(project):
    (project.build / "ledger.json").unlink()
    done = project.baltic("render")
    assert done.returncode == 2
    assert "has not been built yet" in done.stderr


def test_after_a_failure_nothing_is_published(project):
    def fail(notebook):
        notebook.cells[4].source += "\nraise ValueError('no')"

    edit(project, "01_shares", fail)
    assert project.baltic("build", "--format", "html").returncode == 1
    before = project.products()
    for arguments in (["render"], ["render", "--engine", "quarto"]):
        done = project.baltic(*arguments)
        assert done.returncode == 1
        assert "01_shares" in done.stderr
    assert project.products() == before
    assert not (project.build / "quarto").exists()


def test_without_quarto_the_project_is_staged_and_a_code_of_its_own_says_so(project, monkeypatch):
    monkeypatch.setenv("PATH", str(project.root))
    done = project.baltic("render", "--engine", "quarto")
    assert done.returncode == 3
    assert "quarto.org" in done.stderr
    assert (project.build / "quarto" / "_quarto.yml").exists()
    assert (project.build / "quarto" / "shares.ipynb").exists()


def test_with_quarto_site_and_book_are_rendered(project, monkeypatch):
    program = project.root / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text(FAKE_QUARTO.format(python=sys.executable))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    done = project.baltic("render", "--engine", "quarto")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"Quarto  {project.build / 'quarto' / '_site' / 'index.html'}",
        f"Quarto  {project.build / 'quarto' / '_book' / 'A-small-report.pdf'}",
    ]
    done = project.baltic("render", "--engine", "quarto", "--format", "pdf")
    assert done.stdout.splitlines() == [f"Quarto  {project.build / 'quarto' / '_book' / 'A-small-report.pdf'}"]
