"""Names are imported when they are asked for, and all of them are there."""

import subprocess
import sys

import pytest

from baltic_calculus import exhibits


@pytest.mark.parametrize("name", exhibits.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(exhibits, name).__name__ == name


def test_a_name_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ImportError, match="chart_pie"):
        from baltic_calculus.exhibits import chart_pie  # noqa: F401


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_colours_come_without_a_chart_library() -> None:
    heavy = "{'altair', 'pandas', 'great_tables'}"
    assert run(f"import sys, baltic_calculus.exhibits.palette; print({heavy} & set(sys.modules))") == "set()"


def test_charts_have_the_theme_of_the_report() -> None:
    assert run("from baltic_calculus.exhibits import chart_bars; import altair; print(altair.theme.active)") == "baltic"
