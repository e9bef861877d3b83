"""`baltic new chapter`: the notebook keeps the rules of all notebooks, its page is listed behind the last chapter."""

import ast
import hashlib
import importlib.util
import shutil
from datetime import date
from pathlib import Path

import nbformat
import pytest

from baltic_calculus.catalog import Catalog
from baltic_calculus.catalog.new_dataset import add_dataset
from baltic_calculus.errors import ConfigurationError, DataError
from baltic_calculus.report.config import read_config
from baltic_calculus.report.new_chapter import add_chapter

ROOT = Path(__file__).parents[2]

CONFIGURATION = """\
title: A report
subtitle: Small
abstract: Short.
authors: [A team]
institute: An institute
edition: November 2026
date: 2026-11-22
licence: CC BY 4.0
pages:
  - {notebook: 00_summary, coverage: nato_defence_expenditure}
  - notebook: 01_shares
    number: "1"   # the first chapter
    coverage: nato_defence_expenditure
  # appendices
  - {notebook: 99_appendix, number: A, coverage: nato_defence_expenditure}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "report").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "report" / "report.yaml").write_text(CONFIGURATION)
    for name in ("00_summary", "01_shares", "99_appendix"):
        (tmp_path / "notebooks" / f"{name}.ipynb").touch()
    return tmp_path


def rules():
    """The module with the rules of notebooks."""
    spec = importlib.util.spec_from_file_location("rules_of_notebooks", ROOT / "tests" / "test_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_new_chapter_keeps_the_rules_and_is_listed(root):
    chapter = add_chapter(root, "arms_exports")
    assert chapter.notebook.name == "02_arms_exports.ipynb"
    notebook = nbformat.read(chapter.notebook, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert rules().faults(notebook) == []
    assert "title: Arms exports\n" in notebook.cells[0].source
    pages = read_config(root).pages
    assert [(page.notebook, page.number) for page in pages] == [
        ("00_summary", ""), ("01_shares", "1"), ("02_arms_exports", "2"), ("99_appendix", "A"),
    ]  # fmt: skip
    assert "# the first chapter\n" in (root / "report" / "report.yaml").read_text()


def test_parameters_lie_within_the_dataset(root):
    # SIPRI's extract ends before the report's last year and has the three states
    chapter = add_chapter(root, "prices", "sipri_milex")
    (cell,) = [cell for cell in nbformat.read(chapter.notebook, 4).cells if "tags" in cell.metadata]
    names = {line.targets[0].id: ast.literal_eval(line.value) for line in ast.parse(cell.source).body}
    assert names["countries"] == ["EST", "LVA", "LTU"]
    assert names["last_year"] < 2026


def test_the_next_chapter_follows(root):
    add_chapter(root, "arms_exports")
    assert add_chapter(root, "prices").notebook.name == "03_prices.ipynb"
    assert read_config(root).page("prices").number == "3"


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("../../etc", ConfigurationError, "cannot name a chapter"),
        ("arms/exports", ConfigurationError, "cannot name a chapter"),
        ("Arms", ConfigurationError, "cannot name a chapter"),
        ("drones2", ConfigurationError, "cannot name a chapter"),
        ("arms\n", ConfigurationError, "cannot name a chapter"),
        ("a" * 41, ConfigurationError, "cannot name a chapter"),
        ("", ConfigurationError, "cannot name a chapter"),
        ("index", ConfigurationError, "there is a page 'index'"),
        ("shares", ConfigurationError, "there is a page 'shares'"),
        ("shares_evidence", ConfigurationError, "there is a page 'shares-evidence'"),
    ],
)
def test_unfit_names_change_nothing(root, name, error, words):
    with pytest.raises(error, match=words):
        add_chapter(root, name)
    assert (root / "report" / "report.yaml").read_text() == CONFIGURATION
    assert len(list((root / "notebooks").iterdir())) == 3


def test_unknown_dataset_changes_nothing(root):
    with pytest.raises(DataError, match="no dataset 'nothing'"):
        add_chapter(root, "arms", "nothing")
    assert (root / "report" / "report.yaml").read_text() == CONFIGURATION


def test_chapter_about_a_new_dataset_has_a_period_and_one_year_is_refused(root):
    """What CONTRIBUTING says: `baltic new dataset arms_exports`, then a chapter about it."""
    (root / "data").unlink()
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("vintages"))
    catalog = Catalog(root)
    made = add_dataset(catalog, "arms_exports", "spending", date(2026, 11, 22))
    before, text = (root / "report" / "report.yaml").read_text(), made.table.read_text()
    made.table.write_text(text.replace("EST,2025", "LVA,2026"))
    record = root / "data" / "catalog.yaml"
    sums = [hashlib.sha256(each.encode()).hexdigest() for each in (text, made.table.read_text())]
    complete = record.read_text()
    record.write_text(complete.replace(sums[0], sums[1]).replace("years: [2025, 2026]", "years: [2026, 2026]"))
    with pytest.raises(ConfigurationError, match="arms_exports has one year, 2026"):
        add_chapter(root, "arms_exports", "arms_exports")
    assert (root / "report" / "report.yaml").read_text() == before
    made.table.write_text(text)
    record.write_text(complete)
    source = nbformat.read(add_chapter(root, "arms_exports", "arms_exports").notebook, as_version=4).cells[2].source
    assert source.endswith('countries = ["EST"]\nfirst_year = 2025\nlast_year = 2026')


def test_configuration_that_cannot_be_written_to_leaves_no_notebook(root):
    file = root / "report" / "report.yaml"
    head, _ = CONFIGURATION.split("pages:\n")
    file.write_text(head + "pages: [{notebook: 01_shares, number: '1', coverage: nato_defence_expenditure}]\n")
    with pytest.raises(DataError, match="not written as one entry below the other"):
        add_chapter(root, "arms")
    assert len(list((root / "notebooks").iterdir())) == 3
