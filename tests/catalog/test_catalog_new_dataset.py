"""`baltic new dataset`: what it writes validates at once; what is unfit, taken or outside is refused."""

from datetime import date

import pytest
import yaml

from baltic_calculus.catalog.new_dataset import add_dataset
from baltic_calculus.errors import DataError

TODAY = date(2026, 11, 22)


@pytest.fixture
def register(project):
    """The small project, with a register of sources that has the columns of a real one."""
    text = "source,publisher,licence,note\nA1,Somebody,CC BY 4.0,first\nA2,Somebody,CC BY 4.0,second\n"
    catalog = yaml.safe_load((project.root / "data" / "catalog.yaml").read_text())
    project.records["sources"]["columns"] = ["source", "publisher", "licence", "note"]
    project.write("sources", text)
    path = project.root / "data" / "catalog.yaml"
    content = path.read_text().replace("columns:\n", "# the dictionary\ncolumns:\n  publisher: {meaning: p}\n", 1)
    content = content.replace("  publisher: {meaning: p}\n", "  publisher: {meaning: p}\n  licence: {meaning: l}\n", 1)
    assert catalog["columns"].keys() < yaml.safe_load(content)["columns"].keys()
    path.write_text(content)
    return project


def test_new_dataset_validates_at_once(register):
    before = (register.root / "data" / "catalog.yaml").read_text()
    assert register.catalog.validate().findings == ()
    made = add_dataset(register.catalog, "arms_exports", "", TODAY)
    assert made.table.read_text() == (
        "iso3,year,measure,value,unit,price_basis,flag,source,note\n"
        "EST,2025,share_gdp_pct,,% of GDP,,,ARMS_EXPORTS,not yet entered\n"
        "EST,2026,share_gdp_pct,,% of GDP,,,ARMS_EXPORTS,not yet entered\n"
    )
    assert register.catalog.validate().findings == ()
    assert register.catalog.load("arms_exports")["value"].isna().all()
    assert register.catalog.rows("sources")[-1]["source"] == made.source == "ARMS_EXPORTS"
    after = (register.root / "data" / "catalog.yaml").read_text()
    assert after.startswith("# the dictionary\n")
    changed = set(before.splitlines()) - set(after.splitlines())
    assert {line.split()[0] for line in changed} == {"sha256:"}
    assert register.catalog.record("sources").read == "2026-11-22"


def test_nobody_may_pass_on_what_nobody_has_looked_at(register):
    add_dataset(register.catalog, "arms_exports", "", TODAY)
    assert register.catalog.record("arms_exports").redistribution == "none"


def test_file_that_cannot_be_written_leaves_the_others_as_they_were(register):
    before = {path: path.read_bytes() for path in (register.root / "data").rglob("*") if path.is_file()}
    (register.root / "data" / ".catalog.yaml.new").mkdir()  # the last of the three cannot be written
    with pytest.raises(OSError, match="Is a directory"):
        add_dataset(register.catalog, "arms_exports", "", TODAY)
    assert {path: path.read_bytes() for path in (register.root / "data").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("name", "folder", "words"),
    [
        ("../arms", "", "cannot name a dataset"),
        ("arms/exports", "", "cannot name a dataset"),
        ("Arms", "", "cannot name a dataset"),
        ("arms__exports", "", "cannot name a dataset"),
        ("arms\n", "", "cannot name a dataset"),
        ("a" * 61, "", "cannot name a dataset"),
        ("", "", "cannot name a dataset"),
        ("arms", "..", "no folder '..'"),
        ("arms", "/data", "no folder"),
        ("spending", "", "dataset 'spending' exists"),
        ("a1", "", "source A1 is registered already"),
        ("lying_there", "", "file exists"),
    ],
)
def test_unfit_names_change_nothing(register, name, folder, words):
    (register.root / "data" / "lying_there.csv").write_text("")
    before = {path: path.read_bytes() for path in register.root.rglob("*.*") if path.is_file()}
    with pytest.raises(DataError, match=words):
        add_dataset(register.catalog, name, folder, TODAY)
    assert {path: path.read_bytes() for path in register.root.rglob("*.*") if path.is_file()} == before
