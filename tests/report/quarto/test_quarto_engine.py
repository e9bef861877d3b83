"""Running Quarto: how it is called, and what becomes of its warnings."""

import shutil
import sys
from pathlib import Path

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.quarto.engine import PRODUCTS, find_places, run_quarto

FAKE = """\
#!{python}
import pathlib, sys
pathlib.Path({calls!r}).open("a").write(" ".join(sys.argv[1:]) + "\\n")
profile = sys.argv[sys.argv.index("--profile") + 1]
made = pathlib.Path(sys.argv[2]) / {{"site": "_site/index.html", "book": "_book/A-title.pdf"}}[profile]
if {makes}:
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text("made")
print({says!r}, file=sys.stderr)
sys.exit({status})
"""


@pytest.fixture
def fake(tmp_path: Path):
    """A program that is called like Quarto: ``fake(says, status, makes)``; it notes its arguments."""

    def make(says: str = "", status: int = 0, makes: bool = True) -> str:
        program = tmp_path / "bin" / "quarto"
        program.parent.mkdir(exist_ok=True)
        calls = str(tmp_path / "calls")
        program.write_text(FAKE.format(python=sys.executable, calls=calls, says=says, status=status, makes=makes))
        program.chmod(0o755)
        return str(program)

    return make


@pytest.fixture
def run(small_report, tmp_path: Path):
    told: list[str] = []

    def render(program: str, profile: str = "site") -> tuple[Path, list[str]]:
        return run_quarto(program, tmp_path / "project", profile, small_report.document(), told.append), told

    return render


def test_each_profile_is_rendered_in_the_staged_project(fake, run, tmp_path: Path) -> None:
    assert run(fake(), "site")[0] == tmp_path / "project" / "_site" / "index.html"
    assert run(fake(), "book")[0] == tmp_path / "project" / "_book" / "A-title.pdf"
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls == [f"render {tmp_path / 'project'} --profile {profile}" for profile in ("site", "book")]


@pytest.mark.parametrize(
    ("says", "error", "place"),
    [
        ("WARN: Unable to resolve crossref @fig-share", "cannot resolve @fig-share", "00_summary.ipynb, cell 3"),
        (
            "\x1b[33m[WARNING] Citeproc: citation kilis2024 not found\x1b[39m",
            "cannot resolve @kilis2024",
            "01_spending.ipynb, cell 3",
        ),
        ("(W) Unable to resolve crossref @sec-gone", "cannot resolve @sec-gone", "the staged project"),
    ],
)
def test_what_it_cannot_resolve_is_an_error_with_its_place(fake, run, says: str, error: str, place: str) -> None:
    with pytest.raises(RenderError) as refused:
        run(fake(says))
    assert error in refused.value.what
    assert place in refused.value.where


def test_all_that_is_unresolved_is_told_at_once(fake, run) -> None:
    says = "WARN: Unable to resolve crossref @fig-share\nWARN: Unable to resolve crossref @tbl-shares"
    with pytest.raises(RenderError, match="@fig-share, @tbl-shares"):
        run(fake(says))


def test_other_warnings_are_told(fake, run) -> None:
    assert run(fake("[WARNING] a font is missing\nplain talk"))[1] == [
        "Quarto, profile site: [WARNING] a font is missing"
    ]


def test_a_failure_is_told_with_its_last_words(fake, run) -> None:
    with pytest.raises(RenderError, match=r"stopped with status 3:\nERROR: no such key"):
        run(fake("ERROR: no such key", status=3))


def test_a_run_without_result_is_no_success(fake, run) -> None:
    with pytest.raises(RenderError, match=r"Quarto left no _site/index\.html"):
        run(fake(makes=False))


def test_places_name_notebook_cell_and_label(small_report) -> None:
    document = small_report.document()
    assert list(find_places(document, "fig-share")) == [
        "00_summary.ipynb, cell 3 (finding-share)",
        "02_burden.ipynb, cell 3",
        "02_burden.ipynb, cell 4 (tbl-shares)",
    ]
    assert list(find_places(document, "fig-shar")) == []


@pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not on PATH; it comes with environment.yml")
@pytest.mark.parametrize("profile", ["site", "book"])
def test_quarto_itself_renders_the_project(staged, small_report, profile: str) -> None:
    warnings: list[str] = []
    made = run_quarto("quarto", staged.folder, profile, small_report.document(), warnings.append)
    assert made.match(PRODUCTS[profile])
    assert warnings == []
    if profile == "site":
        pages = "".join(path.read_text(encoding="utf-8") for path in made.parent.glob("*.html"))
        assert "Figure&nbsp;1.1" in pages
        assert "cdn" not in pages
