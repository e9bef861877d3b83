"""The evidence behind the report: its data as a package, every computed number, and the executed notebooks."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from baltic_calculus.catalog import default_catalog
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.data_package import DATASETS, DESCRIPTOR, DataPackage, build_package
from baltic_calculus.report.document import Document
from baltic_calculus.report.exhibit import VEGA_LITE_MIME
from baltic_calculus.report.notebook import drop_run_metadata
from baltic_calculus.report.svg import ChartDrawer

FACTS_SCHEMA = Path(__file__).with_name("facts.schema.json")
"""What facts.json holds: JSON Schema, draft 2020-12."""


def write_evidence(document: Document, folder: Path, notebooks: Mapping[str, str] | None = None) -> None:
    """Write what a reader needs to check the report.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    folder : Path
        Gets ``data/``: the data package with ``<label>.csv`` for each exhibit and ``datasets/``; ``facts.json``: page
        to fact to value and unit, as `FACTS_SCHEMA` describes it; ``notebooks/<name>.ipynb``: executed, without the
        traces of the run, each chart also as SVG.
    notebooks : mapping of str to str, optional
        Text of those notebooks that are published already, by slug of the page.
    """
    done = notebooks or {}
    drawer = ChartDrawer.of(document.config)
    _write_package(build_package(document, default_catalog()), folder / "data")
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    for chapter in document.chapters:
        text = done.get(chapter.page.slug) or published_notebook(chapter, drawer)
        (folder / "notebooks" / f"{chapter.page.notebook}.ipynb").write_text(text, encoding="utf-8")
    facts = {chapter.page.slug: chapter.facts for chapter in document.chapters}
    _write_json(facts, folder / "facts.json")


def _write_package(package: DataPackage, folder: Path) -> None:
    (folder / DATASETS).mkdir(parents=True, exist_ok=True)
    for name, content in package.files.items():
        (folder / name).write_bytes(content)
    _write_json(package.descriptor, folder / DESCRIPTOR)


def _write_json(content: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def published_notebook(chapter: Chapter, drawer: ChartDrawer) -> str:
    """Text of the executed notebook of a chapter, fit to publish."""
    # on one line: indented, these files would take longer to write than all pages of the site
    return json.dumps(clean_notebook(chapter, drawer), ensure_ascii=False, separators=(",", ":")) + "\n"


def clean_notebook(chapter: Chapter, drawer: ChartDrawer) -> dict[str, Any]:
    """The executed notebook of a chapter as plain JSON, fit to publish."""
    notebook: dict[str, Any] = json.loads(chapter.executed.read_text(encoding="utf-8"))
    drop_run_metadata(notebook["metadata"])
    notebook["metadata"].get("language_info", {}).pop("version", None)  # of the machine's Python, not of the notebook
    for cell in notebook["cells"]:
        drop_run_metadata(cell["metadata"])
        if cell["cell_type"] == "code":
            # what a library says on standard error names files of the machine it ran on
            cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
            for output in cell["outputs"]:
                _add_svg(output, drawer)
    return notebook


def _add_svg(output: dict[str, Any], drawer: ChartDrawer) -> None:
    data = output.get("data", {})
    chart = next((data[mime] for mime in data if VEGA_LITE_MIME.fullmatch(mime)), None)
    if chart is not None:
        data["image/svg+xml"] = drawer.draw(chart, "chart").text
