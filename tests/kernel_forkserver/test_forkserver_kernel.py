"""A forked kernel is a process of its own: nothing of one kernel is seen in the next."""

import subprocess
import sys

import nbformat
import papermill
import pytest


def test_every_notebook_has_a_process_of_its_own(run):
    first, second = run("import os; print(os.getpid())"), run("import os; print(os.getpid())")
    assert first != second


def test_libraries_are_there_before_the_first_cell(run):
    assert run("import sys; print('pandas' in sys.modules)", kernel_name="python3-forked") == ["True"]
    assert run("import sys; print('pandas' in sys.modules)", kernel_name="python3") == ["False"]


def test_nothing_leaks_into_the_next_kernel(run):
    change = """
    import builtins, os, random, sys
    import pandas as pd
    value = 1
    builtins.leak = pd.leak = sys.leak = os.environ["LEAK"] = "leak"
    sys.path.append("/leak")
    pd.options.display.max_rows = 7
    os.chdir("/")
    """
    look = """
    import builtins, os, sys
    import pandas as pd
    print("value" in globals(), *(hasattr(module, "leak") for module in (builtins, pd, sys)))
    print("LEAK" in os.environ, "/leak" in sys.path, pd.options.display.max_rows == 7, os.getcwd() == "/")
    """
    run(change)
    assert run(look)[0].split() == ["False"] * 8


def test_random_numbers_differ_between_kernels(run):
    draw = "import random, numpy, uuid; print(random.random()); print(numpy.random.rand()); print(uuid.uuid4())"
    first, second = run(draw)[0].split(), run(draw)[0].split()
    assert not set(first) & set(second)


def test_a_seed_gives_the_same_numbers_as_in_a_plain_kernel(run):
    draw = "import numpy; numpy.random.seed(1); print(numpy.random.rand(), numpy.random.default_rng(1).normal())"
    assert run(draw) == run(draw, kernel_name="python3")


def test_a_fixed_hash_seed_holds(run, monkeypatch):
    # Read when the interpreter starts, so it takes a server of its own.
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    plain = subprocess.run([sys.executable, "-c", "print(hash('Narva'))"], check=True, capture_output=True, text=True)
    assert run("print(hash('Narva'))") == [plain.stdout.strip()]


def test_environment_and_folder_are_those_of_the_client(run, monkeypatch, tmp_path):
    monkeypatch.setenv("EDITION", "2026")
    monkeypatch.setenv("TZ", "Europe/Tallinn")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    look = "import os, tempfile, time; print(os.environ['EDITION'], time.tzname[0], tempfile.gettempdir(), os.getcwd())"
    assert run(look, cwd=str(tmp_path)) == [f"2026 EET {tmp_path} {tmp_path}"]


def test_an_edited_module_of_the_user_is_read_again(run, tmp_path):
    for year in ("2025", "2026"):
        (tmp_path / "edition.py").write_text(f"YEAR = {year}")
        assert run("import edition; print(edition.YEAR)", cwd=str(tmp_path)) == [year]


def test_output_of_subprocesses_descriptors_and_threads_is_captured(run, monkeypatch):
    cells = [
        "import subprocess; subprocess.run(['echo', 'from a child']);",
        "import os; os.write(1, b'from a descriptor');",
        "import threading; one = threading.Thread(target=print, args=('from a thread',)); one.start(); one.join()",
    ]
    with monkeypatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves descriptors alone when it sees that
        assert run(*cells) == ["from a child", "from a descriptor", "from a thread"]


def test_what_a_kernel_registered_for_its_end_is_run(run, tmp_path):
    file = tmp_path / "end.txt"
    run(f"import atexit, pathlib; atexit.register(pathlib.Path({str(file)!r}).write_text, 'ended in order')")
    assert file.read_text() == "ended in order"


def test_processes_that_a_kernel_started_end_with_it(run, gone):
    (pid,) = run("import subprocess; print(subprocess.Popen(['sleep', '300']).pid)")
    assert gone(int(pid))


@pytest.mark.parametrize("pool", ["get_context('spawn').Pool", "get_context('fork').Pool", "pool.ThreadPool"])
def test_a_kernel_may_work_in_parallel(run, pool):
    (printed,) = run(
        f"import multiprocessing.pool\nwith multiprocessing.{pool}(2) as pool: print(pool.map(abs, [-1, -2]))"
    )
    assert printed == "[1, 2]"


def test_forked_and_plain_kernels_give_the_same_notebook(make_notebook):
    cells = (
        "import altair as alt\nimport numpy as np\nimport pandas as pd",
        "frame = pd.DataFrame({'year': [2024, 2025, 2026], 'share': np.linspace(2, 3, 3)})\nframe",
        "print(alt.Chart(frame).mark_line().encode(x='year:O', y='share').to_json())",
        "import sys; print('a warning', file=sys.stderr); print(frame.describe())",
        "sys.argv[0].rpartition('/')[2], __name__, sys.path",
    )
    outputs = {}
    for kernel in ("python3", "python3-forked"):
        executed = papermill.execute_notebook(
            make_notebook(*cells), None, kernel_name=kernel, engine_name="ready", progress_bar=False
        )
        outputs[kernel] = nbformat.from_dict([cell.outputs for cell in executed.cells])
    assert outputs["python3-forked"] == outputs["python3"]
