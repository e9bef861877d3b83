"""The whole report as configured, built for real: its pages hold what they promise."""

import csv
import json
import re
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path

import nbformat
import pypdf
import pytest
from altair.utils.schemapi import validate_jsonschema
from altair.vegalite.v6.schema.core import load_schema

from baltic_calculus import catalog
from baltic_calculus.exhibits.figure import VEGA_LITE
from baltic_calculus.report.config import read_config
from baltic_calculus.report.freshness import products_if_fresh

pytestmark = pytest.mark.end_to_end

ROOT = Path(__file__).parents[2]
CONFIG = read_config(ROOT)
CHAPTERS = [page for page in CONFIG.pages if page.number.isdigit()]
PROFILES = CONFIG.chosen("profiles")


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """The `_build` folder of the whole report; tests must not change it.

    The project's own, if it is what a build would make now, as CI leaves it for the tests. Otherwise one made away from
    it: notebooks that were executed for the project's own report, of the same code, data and environment, are not
    executed again; all else is made anew.
    """
    if products_if_fresh(str(ROOT), []) is not None:
        return ROOT / "_build"
    root = tmp_path_factory.mktemp("report")
    for name in ("data", "notebooks", "report", "requirements.lock"):
        (root / name).symlink_to(ROOT / name)
    if (ROOT / "_build" / "cache").is_dir():
        shutil.copytree(ROOT / "_build" / "cache", root / "_build" / "cache")
    command = [sys.executable, "-m", "baltic_calculus.cli", "--root", str(root), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "_build"


def read_page(build, page):
    return (build / "site" / page.href).read_text(encoding="utf-8")


def read_data(build, label):
    with (build / "data" / f"{label}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def labels_of(page, prefix):
    """Labels with this prefix in the source notebook of a page."""
    notebook = nbformat.read(CONFIG.notebooks / f"{page.source}.ipynb", as_version=4)
    return [label for cell in notebook.cells for label in re.findall(rf"#\| label: ({prefix}-\S+)", cell.source)]


def test_every_page_is_built(build):
    ledger = json.loads((build / "ledger.json").read_text())
    assert [entry["page"] for entry in ledger["pages"]] == [page.notebook for page in CONFIG.pages]
    assert {entry["status"] for entry in ledger["pages"]} <= {"ok", "cached"}
    index = (build / "site" / "index.html").read_text()
    for page in CONFIG.chapters:
        assert f'href="{page.href}"' in index


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.slug)
def test_charts_obey_the_schema_of_vega_lite(build, page):
    """Kernels leave this check out, for its price; here each chart is checked, wide and narrow."""
    notebook = nbformat.read(build / "notebooks" / f"{page.notebook}.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    charts = [output for output in outputs if VEGA_LITE in output.get("data", {})]
    assert len(charts) == len(labels_of(page, "fig"))
    schema = load_schema()
    for output in charts:
        for chart in (output.data[VEGA_LITE], output.metadata.report.narrow):
            validate_jsonschema(chart, schema)


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.slug)
def test_chapter_has_its_exhibits_and_facts(build, page):
    html = read_page(build, page)
    figures, tables = labels_of(page, "fig"), labels_of(page, "tbl")
    assert figures
    assert tables
    for label in (*figures, *tables):
        assert f'id="{label}"' in html
        assert read_data(build, label), label
    for number in range(1, len(figures) + 1):
        assert re.search(rf"Figure.{page.number}\.{number}\b", html)
    facts = json.loads((build / "facts.json").read_text())[page.slug]
    assert len(facts) >= 10
    assert all({"value", "unit"} <= fact.keys() for fact in facts.values())


@pytest.mark.parametrize("page", PROFILES, ids=lambda page: page.slug)
def test_every_ally_has_a_profile_with_its_exhibits_and_no_empty_chart(build, page):
    html = read_page(build, page)
    labels = [f"{label}-{page.suffix}" for kind in ("fig", "tbl") for label in labels_of(page, kind)]
    assert len(labels) >= 4
    for label in labels:
        rows = read_data(build, label)
        assert f'id="{label}"' in html
        assert any(cell for row in rows for name, cell in row.items() if name not in ("iso3", "year", "flag")), label
    notebook = nbformat.read(build / "notebooks" / f"{page.notebook}.ipynb", as_version=4)
    assert "error" not in {output.output_type for cell in notebook.cells for output in cell.get("outputs", [])}


def test_summary_states_as_many_findings_as_it_says_each_with_its_exhibit(build):
    summary = CONFIG.page("summary")
    findings = labels_of(summary, "finding")
    html = read_page(build, summary)
    said = {5: "Five", 6: "Six"}[len(findings)]
    assert f"{said} findings" in html
    links = re.findall(r'href="([\w-]+\.html)#((?:fig|tbl)-[\w-]+)"', html)
    assert len(set(links)) >= len(findings)
    for href, label in links:
        assert f'id="{label}"' in (build / "site" / href).read_text(), f"{href}#{label}"


def test_appendix_names_every_dataset(build):
    html = read_page(build, CONFIG.page("appendix"))
    missing = [record.title for record in catalog.records() if escape(record.title) not in html]
    assert missing == []


@pytest.mark.parametrize(("iso3", "share"), [("LTU", 5.33), ("EST", 5.10), ("LVA", 4.92), ("POL", 4.68)])
def test_share_of_gdp_is_the_published_one(build, iso3, share):
    shown = {row["iso3"]: row["share_gdp_pct"] for row in read_data(build, "fig-share") if row["year"] == "2026"}
    assert float(shown[iso3]) == pytest.approx(share, abs=0.005)


@pytest.mark.parametrize(("year", "total"), [("2014", 0.93), ("2026", 9.27)])
def test_the_three_together_spend_what_nato_publishes(build, year, total):
    amounts = [float(row["spend_eur_bn"]) for row in read_data(build, "fig-amounts") if row["year"] == year]
    assert sum(amounts) == pytest.approx(total, abs=0.005)


@pytest.mark.parametrize(("iso3", "adopted"), [("EST", 2.34), ("LVA", 3.49), ("LTU", 6.375)])
def test_adopted_loans_are_those_of_the_decisions(build, iso3, adopted):
    shown = {row["iso3"]: row["adopted_eur_bn"] for row in read_data(build, "tbl-safe")}
    assert float(shown[iso3]) == pytest.approx(adopted, abs=0.005)


def test_russia_is_shown_with_sipris_estimate(build):
    rows = [row for row in read_data(build, "fig-opposite") if (row["iso3"], row["year"]) == ("RUS", "2025")]
    assert [(round(float(row["share_gdp_pct"]), 2), row["flag"]) for row in rows] == [(7.50, "estimate")]


def test_no_page_needs_the_network(build):
    for path in (build / "site").rglob("*.html"):
        assert not re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//[^"]*', path.read_text()), path.name


def test_pdf_has_contents_numbered_figures_and_a_bibliography(build):
    pdf = pypdf.PdfReader(build / "report.pdf")
    text = "\n".join(page.extract_text() for page in pdf.pages).replace("\N{NO-BREAK SPACE}", " ")
    assert len(pdf.outline) >= len([page for page in CONFIG.pages if "pdf" in page.formats])
    assert "Contents" in text
    assert "References" in text
    for page in CHAPTERS:
        assert f"Figure {page.number}.1" in text
    assert "?" * 2 not in text  # what an unresolved reference or a missing letter looks like


def test_published_notebooks_are_executed_and_clean(build):
    assert {path.stem for path in (build / "notebooks").iterdir()} == {page.notebook for page in CONFIG.pages}
    for page in CONFIG.pages:
        text = (build / "notebooks" / f"{page.notebook}.ipynb").read_text(encoding="utf-8")
        assert ('"image/svg+xml"' in text) == bool(labels_of(page, "fig"))
        assert str(ROOT) not in text


def test_spending_chapter_runs_with_plain_papermill_for_other_countries(build, tmp_path):
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "01_spending_trends.ipynb"]
    parameters = "{countries: [POL, FIN]}"
    done = subprocess.run(
        [*command, str(tmp_path / "out.ipynb"), "-y", parameters],
        cwd=ROOT / "notebooks",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    told = [
        output.data.get("text/markdown", "")
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if output.output_type in ("display_data", "execute_result")
    ]
    assert any("Poland" in text and "Finland" in text and "4.68" in text for text in told)


def read_chart_rows(build, label):
    """All rows of data inside a chart."""
    spec = json.loads((build / "site" / "figures" / f"{label}.vl.json").read_text(encoding="utf-8"))
    return [row for rows in spec["datasets"].values() for row in rows]


@pytest.mark.parametrize(
    ("label", "dataset", "columns"),
    [
        ("fig-presence-map", "forward_presence", ("low_troops", "high_troops")),
        ("fig-presence", "forward_presence", ("low_troops", "high_troops")),
        ("fig-own-forces", "national_forces", ("low_persons", "high_persons")),
        ("fig-orders", "equipment", ("low", "high")),
        ("fig-air", "force_model_air", ("low", "high")),
        ("fig-warning", "reconstitution_estimates", ("low", "high")),
    ],
)
def test_every_number_drawn_is_one_of_a_published_row(build, label, dataset, columns):
    published = catalog.load(dataset)
    for row in read_data(build, label):
        about = row.get("iso3") or row.get("issuer")
        # without a country the date alone leads to the row; a range may join counts of several dates of one country
        origin = published[published["entity"] == about] if about else published[published["date"] == row["date"]]
        assert row["date"] in set(origin["date"]) or not row["date"], row
        drawn = {float(row[name]) for name in columns if row[name]}
        assert drawn <= set(origin[["value", "low", "high"]].to_numpy().ravel()), row


@pytest.mark.parametrize(
    "label", [label for page in CHAPTERS for label in labels_of(page, "fig") if not label.endswith("-try")]
)
def test_low_confidence_is_seen_in_the_chart_and_nothing_else_is(build, label):
    rows = read_data(build, label)
    if "confidence" not in rows[0]:
        return
    low = [row for row in rows if row["confidence"] == "low"]
    marks = read_chart_rows(build, label)
    weak = [row for row in marks if row.get("weak")]
    assert len(weak) <= len(low)
    assert not low or weak or any(row.get("open") for row in marks)
