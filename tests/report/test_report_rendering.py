"""Rendering while notebooks run: the same bytes, the same errors, and nothing left behind."""

import shutil
from pathlib import Path

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.pdf import render_pdf
from baltic_calculus.report.rendering import Rendering
from baltic_calculus.report.site import render_site

FORMATS = ("html", "pdf")


def runs_of(report) -> list[PageRun]:
    executed = report.config.root / "executed"
    return [PageRun(page, "ok", {}, executed / f"{page.notebook}.ipynb") for page in report.config.pages]


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def expected(small_report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Site and PDF written one after the other, from one document."""
    folder = tmp_path_factory.mktemp("expected")
    document = small_report.document()
    render_site(document, folder / "site", has_pdf=True)
    render_pdf(document, folder)
    shutil.copyfile(folder / "report.pdf", folder / "site" / "report.pdf")
    return files(folder)


@pytest.mark.parametrize("from_nothing", [True, False])
def test_whatever_was_prepared_or_remembered_the_bytes_are_the_same(
    small_report, expected, tmp_path: Path, from_nothing: bool
) -> None:
    if from_nothing:
        shutil.rmtree(small_report.config.build)
    runs = runs_of(small_report)
    with Rendering(small_report.config, FORMATS) as rendering:
        rendering.start()
        for run in runs[1:]:  # the first one is left to `render`
            rendering.page_executed(run.executed, run.page)
        stages: list[str] = []
        products = rendering.render(runs, tmp_path, stages.append)
    assert products == ["data", "notebooks", "facts.json", "site", "report.pdf", "ro-crate-metadata.json"]
    assert stages == ["assembling", "rendering the site", "rendering the PDF"]
    made = files(tmp_path)
    assert {name for name in expected if made[name] != expected[name]} == set()


def test_only_what_is_wanted_is_written(small_report, tmp_path: Path) -> None:
    with Rendering(small_report.config, ("pdf",)) as rendering:
        assert "report.pdf" in rendering.render(runs_of(small_report), tmp_path, lambda _: None)
    assert not (tmp_path / "site").exists()


def test_a_page_that_failed_gets_a_page_that_says_so_and_no_links(small_report, tmp_path: Path) -> None:
    kept, failed, last = runs_of(small_report)
    with Rendering(small_report.config, FORMATS) as rendering:
        for run in (kept, last):
            rendering.page_executed(run.executed, run.page)
        runs = [kept, PageRun(failed.page, "failed", {}, cell="cell 3", error="ValueError: no"), last]
        assert rendering.render(runs, tmp_path, lambda _: None) == ["site"]
    assert "ValueError: no" in (tmp_path / "site" / "spending.html").read_text()
    assert 'href="spending.html#fig-share"' not in (tmp_path / "site" / "burden.html").read_text()


@pytest.fixture
def broken(write_report, tmp_path: Path):
    """A report whose two chapters cite what is not there."""
    texts = {"01_one": ["See @fig-nowhere."], "02_two": ["After [@nobody1999]."]}
    return write_report(tmp_path / "broken", texts)


def test_an_error_in_the_background_is_raised_in_the_order_of_the_report(broken, tmp_path: Path) -> None:
    runs = runs_of(broken)
    with Rendering(broken.config, FORMATS) as rendering:
        rendering.start()
        for run in reversed(runs):
            rendering.page_executed(run.executed, run.page)
        with pytest.raises(RenderError, match=r"unknown reference @fig-nowhere(.|\n)*01_one.ipynb, cell 3"):
            rendering.render(runs, tmp_path, lambda _: None)


def test_a_build_that_is_interrupted_does_not_wait_for_what_it_began(small_report) -> None:
    def interrupt() -> None:
        with Rendering(small_report.config, FORMATS) as rendering:
            rendering.start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
