"""What a server imports, and what it does when that goes wrong."""

import json
import os
import subprocess
import sys

import pytest

LOADED = "import sys; print(*(name for name in ('numpy', 'pandas', 'altair', 'fractions') if name in sys.modules))"


def test_named_modules_replace_the_libraries(start):
    assert start(config={"preload": ["fractions"]}).run(LOADED) == "fractions"
    assert start(config={"preload": []}).run(LOADED) == ""


def test_other_modules_take_another_server(start):
    assert start().parent != start(config={"preload": ["fractions"]}).parent


@pytest.mark.parametrize("variable", ["PYTHONHASHSEED", "OPENBLAS_NUM_THREADS"])
def test_a_variable_read_at_the_start_takes_another_server(start, monkeypatch, variable):
    config = {"preload": ["fractions"]}
    before = start(config=config)
    monkeypatch.setenv(variable, "3")
    after = start(config=config)
    assert before.parent != after.parent
    assert after.run(f"import os; print(os.environ['{variable}'])") == "3"


def test_a_module_that_cannot_be_imported_is_told_and_left_out(start, capfd, monkeypatch, tmp_path):
    (tmp_path / "broken.py").write_text("raise OSError('no data')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    session = start(config={"preload": ["broken", "no_such_module", "fractions"]})
    assert session.run(LOADED) == "fractions"
    told = capfd.readouterr().err
    assert "cannot preload broken: OSError: no data" in told
    assert "cannot preload no_such_module: ModuleNotFoundError" in told


def test_modules_with_threads_are_not_forked(start, caplog, monkeypatch, tmp_path):
    (tmp_path / "threaded.py").write_text("import threading\nthreading.Thread(target=threading.Event().wait).start()")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    session = start(config={"preload": ["threaded"]})
    assert session.parent == os.getpid()
    assert "have started threads (1)" in caplog.text


def test_a_server_that_cannot_start_is_told(start, caplog, monkeypatch, tmp_path):
    (tmp_path / "bad_exit.py").write_text("import os; os._exit(1)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    session = start(config={"preload": ["bad_exit"]})
    assert session.parent == os.getpid()
    assert "the fork server ended" in caplog.text


def test_a_converter_that_was_only_imported_works_in_the_kernel(start):
    # Used before the fork it would hang after it: it has threads then.
    session = start(config={"preload": ["vl_convert"]})
    assert session.parent != os.getpid()
    chart = '{"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a"}}}'
    assert session.run(f"import vl_convert; print(vl_convert.vegalite_to_svg('''{chart}''')[:4])") == "<svg"


def test_nothing_is_left_for_an_empty_notebook_to_import(session):
    # What every kernel would import anew belongs into ON_FIRST_USE.
    look = "import json, sys; print(json.dumps(list(sys.modules)))"
    preload = (
        "from kernel_forkserver import kernel, preload; preload.import_all([*preload.KERNEL, *preload.LIBRARIES]);"
    )
    early = subprocess.run([sys.executable, "-c", preload + look], check=True, capture_output=True, text=True).stdout
    assert set(json.loads(session.run(look))) - set(json.loads(early)) <= {"gc", "runpy"}


def test_the_package_stands_alone():
    look = (
        "import kernel_forkserver.engine, kernel_forkserver.provisioner, kernel_forkserver.server, sys;"
        "print([name for name in sys.modules if name.startswith('baltic')])"
    )
    done = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
