"""The layers of the package: imports run one way, and analysis knows no files, no clock and no network."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "baltic_calculus"
ORDER = ("sources", "catalog", "analysis", "exhibits", "report", "cli")
FREE = ("baltic_calculus", "baltic_calculus.errors", "baltic_calculus.root")
OUTSIDE_WORLD = frozenset(
    {
        "os",
        "pathlib",
        "io",
        "time",
        "shutil",
        "tempfile",
        "subprocess",
        "socket",
        "urllib",
        "http",
        "requests",
        "random",
    }
)
READS_FILES = frozenset({"open", "read_csv", "read_json", "read_excel", "read_parquet", "to_csv", "read_text"})
READS_CATALOGUE = frozenset({"load", "load_geometry", "policy", "policies", "record", "records", "default_catalog"})
READS_CLOCK = frozenset({"now", "today", "utcnow"})
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(source: str) -> Iterator[str]:
    """Full names of everything a module imports, at its top or inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import; write the full name"
            # `from baltic_calculus import catalog` imports a layer, `from baltic_calculus.errors import X` a name
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def upward_imports(layer: str, source: str) -> list[str]:
    """Imports of this package that a module of ``layer`` may not have."""
    wrong = []
    for name in imported(source):
        parts = name.split(".")
        if parts[0] != "baltic_calculus" or ".".join(parts[:2]) in FREE or len(parts) == 1:
            continue
        if parts[1] in ORDER and ORDER.index(parts[1]) > ORDER.index(layer):
            wrong.append(name)
    return wrong


def worldly_things(source: str) -> list[str]:
    """What of files, clock, network and catalogue a pure module touches."""
    readers = {f"baltic_calculus.catalog.{name}" for name in READS_CATALOGUE}
    found = [name for name in imported(source) if name.split(".")[0] in OUTSIDE_WORLD or name in readers]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None
            from_catalogue = isinstance(owner, ast.Name) and owner.id == "catalog" and called in READS_CATALOGUE
            if called in READS_FILES or called in READS_CLOCK or from_catalogue:
                found.append(called)
    return found


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_imports_only_downwards(path):
    layer = layer_of(path)
    if layer in ("__init__", "errors", "root"):
        assert not [name for name in imported(path.read_text()) if name.startswith("baltic_calculus")]
    else:
        assert layer in ORDER, f"{path} belongs to no layer"
        assert upward_imports(layer, path.read_text()) == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "analysis").rglob("*.py")), ids=lambda path: path.name)
def test_analysis_is_pure(path):
    assert worldly_things(path.read_text()) == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "sources").rglob("*.py")), ids=lambda path: path.name)
def test_sources_know_no_files_and_only_downloads_the_network(path):
    """Readers get bytes and give tables: what a colleague sent is read like what was fetched."""
    free = {"io"} | ({"os", "socket", "time"} if path.stem in ("connection", "download") else set())
    clients = {"httpx", "httpcore", "stamina"} if path.stem not in ("answer", "connection", "download") else set()
    worldly = {thing.split(".")[0] for thing in worldly_things(path.read_text())}
    assert worldly - free - READS_FILES == set()
    assert not [name for name in imported(path.read_text()) if name.split(".")[0] in clients]


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").glob("*.py")), ids=lambda path: path.name)
def test_command_line_starts_without_the_layers_below(path):
    """`baltic --help` answers at once: what a verb needs is imported when it runs."""
    at_the_top = [
        name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(ast.unparse(node))
    ]
    allowed = {"click", "baltic_calculus", *sys.stdlib_module_names}
    assert {name.split(".")[0] for name in at_the_top} <= allowed
    below = set(ORDER) - {"cli"}
    assert not [name for name in at_the_top if name.split(".")[1:2] and name.split(".")[1] in below]


@pytest.mark.parametrize(
    ("layer", "line", "wrong"),
    [
        ("catalog", "from baltic_calculus.analysis.spending import compute_share", True),
        ("analysis", "from baltic_calculus import report", True),
        ("analysis", "def f():\n    import baltic_calculus.cli", True),
        ("report", "from baltic_calculus import catalog", False),
        ("analysis", "from baltic_calculus.errors import DataError", False),
        ("exhibits", "from baltic_calculus import __version__", False),
    ],
)
def test_rule_tells_upward_from_downward(layer, line, wrong):
    assert bool(upward_imports(layer, line)) is wrong


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("import os", True),
        ("from pathlib import Path", True),
        ("from datetime import datetime\nnow = datetime.now()", True),
        ("frame = pd.read_csv(name)", True),
        ("spending = catalog.load('x')", True),
        ("from baltic_calculus.catalog import load", True),
        ("from baltic_calculus.catalog import Coverage", False),
        ("import pandas as pd\nframe = pd.DataFrame()", False),
    ],
)
def test_rule_tells_pure_from_worldly(line, wrong):
    assert bool(worldly_things(line)) is wrong
