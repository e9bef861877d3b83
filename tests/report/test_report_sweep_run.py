"""Sweeps with real kernels: one table of all facts; what is done and still good is not done again."""

import csv
import io
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.errors import CalculusError, ConfigurationError
from baltic_calculus.report import freshness
from baltic_calculus.report.store import open_store
from baltic_calculus.report.sweep import table
from baltic_calculus.report.sweep.grid import parse_grid
from baltic_calculus.report.sweep.run import SweepOptions, run_sweep

PARAMETERS = 'country = "EST"\nshare = 3.5'
LOG = """\
from pathlib import Path
with Path("executed.txt").open("a") as log:
    log.write(f"{country} {share}\\n")"""
FACT = """\
#| label: finding-cost
from IPython.display import display
facts = {"total": {"value": share * 10, "unit": "EUR bn"}, "leader": {"value": country, "unit": ""}}
display({"text/plain": country}, raw=True, metadata={"report": {"kind": "prose", "facts": facts}})"""
TROUBLE = """\
from baltic_calculus.errors import SkipPage
if country == "LVA" and not Path("mended").exists():
    raise ValueError("no such share")
if country == "LTU":
    raise SkipPage("nothing to say")"""


@pytest.fixture(scope="module", autouse=True)
def package_at_rest():
    """Work on the package while these tests run is no change of what the runs depend on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(freshness, "PACKAGES", ())
        yield


class Sweep:
    """A project with one notebook, swept into one place."""

    def __init__(self, root: Path, output: str | None = None) -> None:
        self.root = root
        self.output = output or str(root / "out")
        self.said: list[str] = []

    @property
    def notebook(self) -> Path:
        return self.root / "notebooks" / "costs.ipynb"

    def write(self, *cells: str, text: str = "# Costs") -> None:
        code = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), *map(new_code_cell, cells)]
        nbformat.write(new_notebook(cells=[new_markdown_cell(text), *code]), self.notebook)

    def run(self, *words: str, **options):
        self.said.clear()
        return run_sweep(
            self.notebook,
            parse_grid(words),
            self.output,
            root=self.root,
            options=SweepOptions(jobs=2, **options),
            say=self.said.append,
        )

    def executed(self) -> list[str]:
        """Runs executed so far, each as often as it was, in the order of their names."""
        return sorted((self.root / "notebooks" / "executed.txt").read_text().splitlines())

    def facts(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(open_store(self.output).read("facts.csv").decode())))

    def ledger(self) -> dict[str, dict[str, object]]:
        runs = json.loads(open_store(self.output).read("ledger.json"))["runs"]
        return {run["run"]: run for run in runs}


def make_sweep(root: Path, output: str | None = None) -> Sweep:
    for folder in ("data", "notebooks"):
        (root / folder).mkdir(parents=True)
    (root / "data" / "one.csv").write_text("iso3,year\n")
    (root / "requirements.lock").write_text("pandas==3.0\n")
    sweep = Sweep(root, output)
    sweep.write(LOG, FACT)
    return sweep


@pytest.fixture(scope="module")
def swept(tmp_path_factory) -> Sweep:
    """A sweep of two runs that is done; tests must not change it."""
    sweep = make_sweep(tmp_path_factory.mktemp("swept") / "project")
    result = sweep.run("country=EST,LVA")
    assert [record.status for record in result.records] == ["ok", "ok"]
    return sweep


@pytest.fixture
def done(swept, tmp_path) -> Sweep:
    """A copy of it, to go on with."""
    return Sweep(Path(shutil.copytree(swept.root, tmp_path / "project")))


def test_all_facts_are_in_one_table(swept):
    rows = [tuple(row[name] for name in ("country", "share", "fact", "value", "unit", "text")) for row in swept.facts()]
    assert rows == [
        ("EST", "3.5", "cost.total", "35.0", "EUR bn", ""),
        ("EST", "3.5", "cost.leader", "", "", "EST"),
        ("LVA", "3.5", "cost.total", "35.0", "EUR bn", ""),
        ("LVA", "3.5", "cost.leader", "", "", "LVA"),
    ]


def test_each_run_has_its_notebook_and_its_entry(swept):
    for name, entry in swept.ledger().items():
        notebook = nbformat.read(Path(swept.output) / entry["notebook"], as_version=4)
        assert notebook.cells[-1].outputs[0].data["text/plain"] == name.removeprefix("country=")
        assert entry["status"] == "ok"
        assert entry["wall_seconds"] > 0
        assert entry["peak_memory_mb"] > 0
    assert list(swept.ledger()) == ["country=EST", "country=LVA"]


def test_number_of_runs_is_said_first_and_each_end_after(swept):
    assert swept.said[0] == "2 runs: 2 to execute, 0 done before"
    assert sorted(line.split("]")[0] for line in swept.said[1:]) == ["[1/2", "[2/2"]


def test_done_runs_are_not_executed_again_and_stay_in_the_table(done):
    before = done.facts()
    result = done.run("country=EST,LVA")
    assert (result.executed, done.facts()) == (frozenset(), before)
    assert {entry["status"] for entry in done.ledger().values()} == {"cached"}


def test_grown_grid_executes_what_is_new(done):
    # Estonia with the share of the notebook itself is done, whether or not the grid names that share
    result = done.run("country=EST", "share=3.5,5")
    assert [record.name for record in result.records] == ["country=EST", "country=EST,share=5.0"]
    assert done.executed() == ["EST 3.5", "EST 5.0", "LVA 3.5"]
    assert [row["value"] for row in done.facts() if row["fact"] == "cost.total"] == ["35.0", "50.0"]


def test_force_executes_everything(done):
    assert len(done.run("country=EST,LVA", force=True).executed) == 2


def change_code(sweep):
    sweep.write(LOG, FACT, "x = 1")


def change_data(sweep):
    (sweep.root / "data" / "one.csv").write_text("iso3,year\nEST,2026\n")


def change_lock(sweep):
    (sweep.root / "requirements.lock").write_text("pandas==3.1\n")


@pytest.mark.parametrize("change", [change_code, change_data, change_lock])
def test_run_whose_inputs_changed_is_executed_again(done, change):
    change(done)
    assert len(done.run("country=EST").executed) == 1


def test_edited_prose_needs_no_run(done):
    done.write(LOG, FACT, text="# Costs, as they will be")
    assert done.run("country=EST,LVA").executed == frozenset()


@pytest.mark.parametrize("damage", ["cut short", "changed", "gone"])
def test_run_whose_notebook_is_damaged_is_executed_again(done, damage):
    path = Path(done.output) / "notebooks" / "country=LVA.ipynb"
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:100] if damage == "cut short" else whole.replace(b"35", b"36", 1))
    done.run("country=EST,LVA")
    assert done.executed() == ["EST 3.5", "LVA 3.5", "LVA 3.5"]
    assert path.read_bytes() == whole


def test_failed_run_is_told_and_tried_again_and_spoils_no_other(tmp_path):
    sweep = make_sweep(tmp_path / "project")
    sweep.write(LOG, TROUBLE, FACT)
    result = sweep.run("country=EST,LVA,LTU")
    assert [record.status for record in result.records] == ["ok", "failed", "skipped"]
    (failure,) = result.failures
    assert (failure.cell, failure.error) == ("cell 4", "ValueError: no such share")
    assert {row["country"] for row in sweep.facts()} == {"EST"}
    assert (Path(sweep.output) / "failed" / "country=LVA.ipynb").exists()
    assert sweep.ledger()["country=LTU"]["error"] == "nothing to say"

    (sweep.root / "notebooks" / "mended").touch()
    result = sweep.run("country=EST,LVA,LTU")
    assert [record.status for record in result.records] == ["ok", "ok", "skipped"]
    assert sweep.executed() == ["EST 3.5", "LTU 3.5", "LVA 3.5", "LVA 3.5"]
    assert {row["country"] for row in sweep.facts()} == {"EST", "LVA"}
    assert open_store(sweep.output).names("failed") == []


def test_result_of_older_code_does_not_outlive_a_failure(done):
    done.write(LOG, "raise ValueError('wrong')")
    done.run("country=EST")
    names = open_store(done.output).names()
    assert "notebooks/country=EST.ipynb" not in names
    assert "failed/country=EST.ipynb" in names


def test_sweep_into_an_object_store_is_resumed_there(bucket, tmp_path):
    sweep = make_sweep(tmp_path / "project", f"{bucket}/sweeps/costs")
    store = open_store(sweep.output)
    sweep.run("country=EST")
    assert [name for name in store.names() if not name.startswith("runs/")] == [
        "facts.csv",
        "ledger.json",
        "notebooks/country=EST.ipynb",
    ]
    sweep.run("country=EST,LVA")
    assert sweep.executed() == ["EST 3.5", "LVA 3.5"]
    assert {row["country"] for row in sweep.facts()} == {"EST", "LVA"}
    # somebody puts another notebook in its place
    store.write("notebooks/country=EST.ipynb", b"{}")
    sweep.run("country=EST,LVA")
    assert sweep.executed() == ["EST 3.5", "EST 3.5", "LVA 3.5"]
    assert len(store.names("runs")) == 2


CHANGE_DATA = """\
if not Path("changed").exists():
    Path("changed").touch()
    Path("../data/one.csv").write_text("iso3,year,value\\n")"""


def test_result_of_data_that_changed_meanwhile_is_not_kept(tmp_path):
    sweep = make_sweep(tmp_path / "project")
    sweep.write(LOG, CHANGE_DATA, FACT)
    data = sweep.root / "data" / "one.csv"
    before = data.read_text()
    with pytest.raises(ConfigurationError, match="changed while the sweep ran") as raised:
        sweep.run("country=EST")
    assert "data/one.csv" in raised.value.where
    data.write_text(before)
    assert [record.status for record in sweep.run("country=EST").records] == ["ok"]
    assert sweep.executed() == ["EST 3.5", "EST 3.5"]


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        (["colour=red"], {}, "unknown parameter colour"),
        (["country=1"], {}, "not a word"),
        (["country=EST"], {"parquet": True}, "Parquet needs polars"),
        (["country=EST"], {"scheduler": "slurm"}, "unknown scheduler 'slurm'"),
    ],
)
def test_wrong_wish_is_refused_before_any_run(tmp_path, monkeypatch, words, options, message):
    monkeypatch.setattr(table.importlib.util, "find_spec", lambda name: None)
    sweep = make_sweep(tmp_path / "project")
    with pytest.raises(CalculusError, match=message):
        sweep.run(*words, **options)
    assert not (sweep.root / "notebooks" / "executed.txt").exists()


def test_notebook_without_parameters_is_refused(tmp_path):
    sweep = make_sweep(tmp_path / "project")
    nbformat.write(new_notebook(cells=[new_code_cell("x = 1")]), sweep.notebook)
    with pytest.raises(ConfigurationError, match="no cells are tagged 'parameters'"):
        sweep.run("country=EST")
