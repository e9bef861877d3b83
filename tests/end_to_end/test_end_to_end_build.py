"""A small report, built for real: what is published and what a second build does."""

import csv
import json
import re
import shutil

import nbformat
import pypdf
import pytest
from papermill.execute import execute_notebook

from baltic_calculus import catalog

pytestmark = pytest.mark.end_to_end


def statuses(project):
    ledger = json.loads((project.build / "ledger.json").read_text())
    return {entry["page"]: entry["status"] for entry in ledger["pages"]}


def nato_share(iso3, year):
    """NATO's share of GDP in percent, straight from the catalogue."""
    spending = catalog.load("nato_defence_expenditure")
    rows = spending[(spending["measure"] == "share_gdp_pct") & (spending["iso3"] == iso3) & (spending["year"] == year)]
    return float(rows["value"].iloc[0])


def page_text(path):
    """Text of a page with its no-break spaces as spaces."""
    return path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def test_everything_promised_is_published(built):
    for product in ("site/index.html", "site/summary.html", "site/shares.html", "site/report.pdf", "report.pdf"):
        assert (built.build / product).stat().st_size > 0
    expected = {"fig-share.csv", "tbl-share.csv", "datapackage.json", "datasets"}
    assert {path.name for path in (built.build / "data").iterdir()} == expected
    assert {path.name for path in (built.build / "notebooks").iterdir()} == {"00_summary.ipynb", "01_shares.ipynb"}
    assert 'href="report.pdf"' in (built.build / "site" / "index.html").read_text()
    assert built.left_overs() == []
    assert statuses(built) == {"00_summary": "ok", "01_shares": "ok"}


def test_numbers_are_those_of_the_source(built):
    expected = nato_share("EST", 2026)
    facts = json.loads((built.build / "facts.json").read_text())
    assert facts["shares"]["share"] == {"value": expected, "unit": "% of GDP"}
    with (built.build / "data" / "fig-share.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 13  # three countries, 2014 to 2026
    shown = {(row["iso3"], row["year"]): float(row["share_gdp_pct"]) for row in rows}
    assert shown["EST", "2026"] == expected
    assert f"{expected:.1f}% of GDP" in page_text(built.build / "site" / "shares.html")


def test_pages_number_and_link_their_exhibits(built):
    page = (built.build / "site" / "shares.html").read_text()
    assert 'id="fig-share"' in page
    assert re.search(r'href="#fig-share"[^>]*>\s*Figure.1\.1', page)
    summary = (built.build / "site" / "summary.html").read_text()
    assert re.search(r'href="shares\.html#fig-share"', summary)


def test_nothing_on_a_page_comes_from_outside(built):
    for page in (built.build / "site").glob("*.html"):
        assert not re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//', page.read_text()), page.name


def test_pdf_is_tagged_titled_and_has_contents(built):
    pdf = pypdf.PdfReader(built.build / "report.pdf")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "A small report"
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    assert len(pdf.outline) >= 2
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Core defence expenditure" in text


def test_published_notebooks_hold_no_paths_of_this_machine(built):
    for path in (built.build / "notebooks").iterdir():
        nbformat.validate(nbformat.read(path, as_version=4))
        assert str(built.root) not in path.read_text()


def test_rebuild_from_nothing_is_byte_identical(project):
    """Whatever was cached or measured on the way, the same inputs give the same report."""
    before = project.products()
    shutil.rmtree(project.build)
    done = project.baltic("build")
    assert done.returncode == 0, done.stderr
    assert project.products() == before


def test_forced_rebuild_is_byte_identical(project):
    before = project.products()
    done = project.baltic("build", "--force")
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"00_summary": "ok", "01_shares": "ok"}
    assert project.products() == before


def test_unchanged_pages_are_not_executed_again(project):
    done = project.baltic("build", "--format", "html")
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"00_summary": "cached", "01_shares": "cached"}
    # no link to a PDF that was not made
    assert "report.pdf" not in (project.build / "site" / "index.html").read_text()


def test_only_executes_one_page_and_keeps_the_other(project):
    done = project.baltic("build", "--only", "shares", "--param", "countries=POL,FIN", "--format", "html")
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"00_summary": "kept", "01_shares": "ok"}
    assert f"{nato_share('POL', 2026):.1f}% of GDP" in page_text(project.build / "site" / "shares.html")
    assert f"{nato_share('EST', 2026):.1f}% of GDP" in page_text(project.build / "site" / "summary.html")
    ledger = json.loads((project.build / "ledger.json").read_text())
    assert [page["parameters"]["countries"] for page in ledger["pages"]] == [["EST", "LVA", "LTU"], ["POL", "FIN"]]


def test_only_on_a_clean_folder_builds_that_page_alone(project):
    shutil.rmtree(project.build)
    done = project.baltic("build", "--only", "01_shares", "--format", "html")
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"01_shares": "ok"}
    assert not (project.build / "site" / "summary.html").exists()
    assert not (project.build / "report.pdf").exists()


def test_notebook_runs_with_plain_papermill(built, tmp_path):
    executed = execute_notebook(
        built.root / "notebooks" / "01_shares.ipynb",
        tmp_path / "out.ipynb",
        parameters={"countries": ["POL", "FIN"]},
        progress_bar=False,
    )
    bundles = [output.data for cell in executed.cells for output in cell.get("outputs", []) if "data" in output]
    assert any(f"{nato_share('POL', 2026):.1f}% of GDP" in str(bundle.get("text/markdown")) for bundle in bundles)


def test_log_has_a_line_a_page_and_says_where_things_are(project):
    lines = project.baltic("build", "--jobs", "2").stdout.splitlines()
    assert lines[:2] == ["00_summary  cached  0.0 s", "01_shares   cached  0.0 s"]
    assert lines[2:] == [f"site  {project.build / 'site' / 'index.html'}", f"PDF   {project.build / 'report.pdf'}"]


@pytest.mark.parametrize("how", [["--kernel", "fork"], ["--scheduler", "dask"]], ids=["forked", "dask"])
def test_kernels_and_schedulers_make_the_same_report(project, how):
    """The report was built with ordinary kernels on threads: byte for byte, others make the same one."""
    before = project.products()
    done = project.baltic("build", "--force", *how)
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"00_summary": "ok", "01_shares": "ok"}
    assert project.products() == before


def test_products_are_copied_to_an_address(project, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    done = project.baltic("build", "--output", str(elsewhere))
    assert done.returncode == 0, done.stderr
    for product in ("site/index.html", "report.pdf", "facts.json", "data/fig-share.csv", "notebooks/01_shares.ipynb"):
        assert (elsewhere / product).read_bytes() == (project.build / product).read_bytes()


def test_page_may_have_nothing_to_say(project, write):
    skip = "from baltic_calculus.exhibits import SkipPage\nraise SkipPage('no shares before 1949')"
    write(project.root, "01_shares", skip)
    write(project.root, "00_summary", "x = 1")
    done = project.baltic("build", "--format", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert statuses(project) == {"00_summary": "ok", "01_shares": "skipped"}
    assert "no shares before 1949" in (project.build / "ledger.json").read_text()
    assert '<skipped message="no shares before 1949"' in (project.build / "junit.xml").read_text()
    assert (project.build / "site" / "summary.html").exists()
    assert not (project.build / "site" / "shares.html").exists()


def test_new_chapter_builds_at_once(project):
    done = project.baltic("new", "chapter", "arms_exports")
    assert done.returncode == 0, done.stderr
    done = project.baltic("build", "--format", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert statuses(project) == {"00_summary": "cached", "01_shares": "cached", "02_arms_exports": "ok"}
    page = page_text(project.build / "site" / "arms-exports.html")
    assert "The data of this chapter are read for Estonia, Latvia and Lithuania, from 2014 to 2026." in page
    again = project.baltic("new", "chapter", "arms_exports")
    assert again.returncode == 2
    assert again.stderr.startswith("error: there is a page 'arms-exports'")
