import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bench reads /proc")

PROJECT = Path(__file__).parents[2]

# A measurement takes every process below its own as measured, so it has a Python of its own, as in `python -m bench`.
HARNESS = """
import dataclasses, json, os, sys
from pathlib import Path
from bench.process import CommandError, adopt_orphans, measure
adopt_orphans()
code, sample_memory = sys.argv[1:]
try:
    usage = measure([sys.executable, "-c", code], folder=Path.cwd(), environment=os.environ,
                    sample_memory=sample_memory == "True")
    print(json.dumps(dataclasses.asdict(usage)))
except CommandError as error:
    print(json.dumps({"error": str(error)}))
"""

BUSY = "import time\nwhile time.process_time() < 0.3: pass"

ORPHAN = f"""
import subprocess, sys
subprocess.Popen([sys.executable, "-c", {BUSY!r}])
print("gone")
"""

IN_BETWEEN = """
import subprocess, sys
sys.exit(subprocess.call([sys.executable, "-c", {code!r}]))
"""


def usage_of(code, *, sample_memory=False):
    command = [sys.executable, "-c", HARNESS, code, str(sample_memory)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_processor_time_of_a_process_that_outlives_its_parents_counts():
    usage = usage_of(IN_BETWEEN.format(code=ORPHAN))
    assert usage["cpu_seconds"] >= 0.3
    assert usage["output"] == "gone\n"
    assert usage["left_over"] == []


def test_memory_of_all_processes_is_sampled():
    # the parent holds 50 MB, and its child another 50 MB for a while
    hold = "import time; data = bytearray(50 << 20); time.sleep(1)"
    usage = usage_of(f"data = bytearray(50 << 20)\n{IN_BETWEEN.format(code=hold)}", sample_memory=True)
    assert usage["peak_memory_mb"] > 100


def test_memory_is_not_sampled_where_time_is_measured():
    assert usage_of("")["peak_memory_mb"] is None


def test_a_command_that_fails_is_an_error_with_what_it_wrote():
    error = usage_of("import sys; print('the reason', file=sys.stderr); sys.exit(3)")["error"]
    assert error.startswith("exit code 3: ")
    assert error.endswith("the reason\n")
