"""The command line: verbs, messages without tracebacks, exit codes."""

import errno
import json
import subprocess
import sys

import pytest

from baltic_calculus import catalog, cli
from baltic_calculus.catalog import default_catalog


@pytest.fixture
def baltic(monkeypatch, capsys):
    """Run a command line; give exit code, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["baltic", *map(str, arguments)])
        code = cli.main()
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder of one's own, chosen by BALTIC_ROOT."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "catalog.yaml").write_text("columns: {}\ndatasets: {}\n")
    monkeypatch.setenv("BALTIC_ROOT", str(tmp_path))
    default_catalog.cache_clear()
    yield tmp_path
    default_catalog.cache_clear()


def test_help_names_the_verbs_without_loading_pandas():
    code = "import sys; from baltic_calculus.cli import main; main(); sys.exit('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    for verb in ("build", "data", "doctor", "keep", "new", "open", "publish", "render", "serve", "clean"):
        assert f"\n  {verb}" in done.stdout


def test_datasets_are_listed(baltic):
    code, out, _ = baltic("data", "list")
    assert code == 0
    for record in catalog.records():
        assert record.name in out


def test_dataset_is_shown_with_its_source(baltic):
    code, out, _ = baltic("data", "show", "sipri_milex")
    assert code == 0
    assert "Stockholm International Peace Research Institute" in out


def test_unknown_dataset_is_refused(baltic):
    code, _, err = baltic("data", "show", "nato")
    assert code == 2
    assert err.startswith("error: ")
    assert "nato_defence_expenditure" in err


def test_data_of_the_project_are_in_order(baltic):
    code, out, err = baltic("data", "validate", "exercises", "safe_allocations")
    assert (code, err) == (0, "")
    assert out.startswith("2 datasets, ")
    assert out.endswith(": 0 faults, 0 warnings, 0 known exceptions in use\n")


def test_faults_in_data_are_all_told(baltic, monkeypatch):
    faults = (catalog.Finding("one", "row 3: text in value"), catalog.Finding("two", "file is missing"))
    monkeypatch.setattr(catalog, "validate", lambda names: catalog.Validation(faults, 2, 0, 0, 0, 0, 0))
    code, out, _ = baltic("data", "validate")
    assert code == 2
    assert "one: 1 fault\n  fault\n    row 3: text in value\n" in out
    assert "two: 1 fault\n  fault\n    file is missing\n" in out


def test_warnings_in_data_are_told_and_do_not_fail(baltic, monkeypatch):
    warning = catalog.Finding("one", "far apart", weight=catalog.Weight.WARNING)
    monkeypatch.setattr(catalog, "validate", lambda names: catalog.Validation((warning,), 1, 0, 0, 0, 0, 0))
    code, out, _ = baltic("data", "validate", "--format", "json")
    assert code == 0
    report = json.loads(out)
    assert (report["faults"], report["warnings"], report["findings"][0]["message"]) == (0, 1, "far apart")


def test_folder_without_a_catalogue_is_refused(baltic, tmp_path, monkeypatch):
    monkeypatch.setenv("BALTIC_ROOT", "")
    code, _, err = baltic("--root", tmp_path, "build")
    assert code == 2
    assert "data/catalog.yaml" in err


def test_build_without_configuration_is_refused(baltic, project):
    code, _, err = baltic("build")
    assert code == 2
    assert "no report configuration report/report.yaml" in err


def test_site_that_was_never_built_cannot_be_opened(baltic, project):
    code, _, err = baltic("open")
    assert code == 2
    assert "there is no site yet" in err


def test_site_is_opened_in_the_browser(baltic, project, monkeypatch):
    opened = []
    monkeypatch.setattr("click.launch", opened.append)
    (project / "_build" / "site").mkdir(parents=True)
    (project / "_build" / "site" / "index.html").write_text("")
    assert baltic("open")[0] == 0
    assert opened == [(project / "_build" / "site" / "index.html").as_uri()]


@pytest.mark.parametrize(
    ("what", "file"),
    [("pdf", "report.pdf"), ("burden", "site/burden.html"), ("profiles/est", "site/profiles/est.html")],
)
def test_pdf_and_pages_are_opened(baltic, project, monkeypatch, what, file):
    opened = []
    monkeypatch.setattr("click.launch", opened.append)
    for name in ("report.pdf", "site/burden.html", "site/profiles/est.html"):
        (project / "_build" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "_build" / name).write_text("")
    assert baltic("open", what)[0] == 0
    assert opened == [(project / "_build" / file).as_uri()]


def test_unknown_page_is_told_with_those_there_are(baltic, project):
    (project / "_build" / "site").mkdir(parents=True)
    (project / "_build" / "site" / "burden.html").write_text("")
    code, _, err = baltic("open", "../../secret")
    assert code == 2
    assert "choose from: site, pdf, burden" in err
    assert "there is no PDF yet" in baltic("open", "pdf")[2]


def test_release_is_told(baltic, project, monkeypatch):
    from baltic_calculus.report.release.manifest import Changes, Manifest
    from baltic_calculus.report.release.release import Release
    from baltic_calculus.report.revision import Revision

    manifest = Manifest("A title", "May 2026", Revision("0123456789abcdef", is_modified=False), is_partial=False)
    done = Release(manifest, Changes(("index.html",), ("old.html",), 3), is_new=True)
    monkeypatch.setattr("baltic_calculus.report.config.read_config", lambda root: None)
    monkeypatch.setattr("baltic_calculus.report.release.release.release", lambda *_, **__: done)
    code, out, _ = baltic("publish", "target")
    assert code == 0
    assert out == ("published May 2026, commit 0123456789 to target\n  1 file sent, 1 removed, 3 as they were\n")
    assert "  + index.html\n  - old.html\n" in baltic("publish", "target", "--dry-run")[1]


def test_project_that_was_never_built_is_not_published(baltic, project, tmp_path):
    code, _, err = baltic("publish", tmp_path / "target")
    assert code == 2
    assert "no report configuration" in err


def test_clean_deletes_what_was_generated_and_nothing_else(baltic, project):
    (project / "_build" / "site").mkdir(parents=True)
    for _ in range(2):
        assert baltic("clean")[0] == 0
    assert [path.name for path in project.iterdir()] == ["data"]


@pytest.mark.parametrize("arguments", [["nonsense"], ["build", "--jobs", "0"], ["build", "--format", ","], ["data"]])
def test_wrong_command_line_has_exit_code_two(baltic, arguments):
    assert baltic(*arguments)[0] == 2


def raising(error):
    def fail(*_, **__):
        raise error

    return fail


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_full_disk_is_said_in_words(baltic, project, monkeypatch, number):
    monkeypatch.setattr("baltic_calculus.report.build.build_report", raising(OSError(number, "cannot write")))
    code, _, err = baltic("build")
    assert code == 1
    assert "the disk is full" in err


def test_interruption_has_its_exit_code(baltic, project, monkeypatch):
    monkeypatch.setattr("baltic_calculus.report.build.build_report", raising(KeyboardInterrupt()))
    code, _, err = baltic("build")
    assert code == 130
    assert "interrupted; nothing was published" in err


def test_error_that_nobody_foresaw_keeps_its_traceback(baltic, project, monkeypatch):
    monkeypatch.setattr("baltic_calculus.report.build.build_report", raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        baltic("build")
