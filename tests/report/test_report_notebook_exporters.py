"""nbconvert's exporters: one HTML file and one tagged PDF of any notebook that follows the conventions."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from io import BytesIO
from pathlib import Path

import nbconvert
import nbformat
import pytest
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pypdf import PdfReader

from baltic_calculus.errors import RenderError
from baltic_calculus.report.notebook_exporters import BalticHtmlExporter, BalticPdfExporter

FRONT = "---\ntitle: Levels\ndescription: How much is spent.\nauthor: Jānis Ķīlis\ndate: 2026-10-01\n---\n\n"


@pytest.fixture(scope="module")
def loose(figure_output, table_output, prose_output) -> nbformat.NotebookNode:
    """An executed notebook that is not among the chapters of the report."""
    return new_notebook(
        cells=[
            new_markdown_cell(f"{FRONT}Jānis writes āčēģīķ about $a = b^2$ [@nato2026]."),
            new_code_cell("year = 2025", metadata={"tags": ["parameters"]}),
            new_code_cell("year = 2024", metadata={"tags": ["injected-parameters"]}),
            new_markdown_cell("## Shares {#sec-levels}\n\nSee @tbl-shares and @sec-levels."),
            new_code_cell("#| label: fig-share\nFigure()", outputs=[figure_output()]),
            new_code_cell("#| label: tbl-shares\n#| echo: false\nTable()", outputs=[table_output()]),
            new_code_cell("#| echo: false\nProse()", outputs=[prose_output("It is 3.7% of GDP.")]),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )


@pytest.fixture(scope="module")
def page(loose) -> str:
    text, resources = nbconvert.export(BalticHtmlExporter, loose)
    assert resources["output_extension"] == ".html"
    return text


@pytest.fixture(scope="module")
def pdf(loose) -> PdfReader:
    content, resources = nbconvert.export(BalticPdfExporter, loose)
    assert resources["output_extension"] == ".pdf"
    return PdfReader(BytesIO(content))


def test_the_page_needs_no_other_file(page: str) -> None:
    root = html.document_fromstring(page)
    assert [element.tag for element in root.iter("script", "link", "iframe")] == []
    addresses = [str(value) for value in root.xpath("//@src | //@srcset | //*[local-name() = 'use']/@href")]
    addresses += [str(value) for value in root.xpath("//a[@download]/@href")]
    assert all(address.startswith(("#", "data:")) for address in addresses)
    styles = "".join(root.xpath("//style/text()"))
    assert re.findall(r"url\(\"?(?!\"?data:|#)", styles) == []
    assert "@import" not in styles


def test_the_page_holds_what_the_notebook_says(page: str) -> None:
    root = html.document_fromstring(page)
    assert root.xpath("string(//h1)") == "Levels"
    assert root.xpath("string(//p[@class='byline'])") == "Jānis Ķīlis, 1 October 2026"
    assert root.xpath("string(//*[@id='fig-share']//span[@class='exhibit-number'])") == "Figure S.1"
    assert root.xpath("//*[@id='fig-share']//svg/@aria-label")[0] == "Bars: Estonia 3.4, Latvia 3.7."
    assert root.xpath("//a[@href='#tbl-shares']")
    assert "“Shares”" in root.xpath("string(//a[@href='#sec-levels'][@class='xref'])")
    assert root.xpath("//math")
    assert len(root.xpath("//*[@id='refs']/*")) == 1
    assert root.xpath("//a[@download='fig-share.csv']/@href")[0].startswith("data:text/csv")
    assert "year = 2025" not in page


def test_the_fonts_of_the_page_are_inside_and_small(page: str) -> None:
    fonts = re.findall(r"data:font/woff2;base64,([\w+/=]+)", page)
    assert len(fonts) == 6
    assert sum(map(len, fonts)) < 150_000


def test_the_pdf_is_tagged_and_carries_the_data(pdf: PdfReader) -> None:
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Levels"
    assert sorted(pdf.attachments) == ["data/fig-share.csv", "data/tbl-shares.csv"]
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Share of output" in text
    assert "Jānis Ķīlis" in text


def test_exporting_again_gives_the_same_bytes(loose, page: str) -> None:
    assert nbconvert.export(BalticHtmlExporter, loose)[0] == page
    contents = [nbconvert.export(BalticPdfExporter, loose)[0] for _ in range(2)]
    assert contents[0] == contents[1]


def test_a_chapter_of_the_report_keeps_its_numbers_and_names_others(small_report, monkeypatch) -> None:
    monkeypatch.setenv("BALTIC_ROOT", str(small_report.config.root))
    config = small_report.config.model_dump(mode="json", exclude={"root"})
    (small_report.config.root / "report" / "report.yaml").write_text(json.dumps(config), encoding="utf-8")
    executed = nbformat.read(small_report.config.root / "executed" / "02_burden.ipynb", 4)
    exporter = BalticHtmlExporter()
    text, _ = exporter.from_notebook_node(executed, {"metadata": {"name": "some_output", "path": ""}})
    assert "Table 2.1" in text
    assert "Figure\u00a01.1" in text
    assert 'href="#fig-share"' not in text  # it is in another file


def test_a_bibliography_of_its_own_lies_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "own.bib").write_text("@book{kilis2024, title={Ķīlis}, author={Ķīlis, J.}, year={2024}}")
    front = FRONT.replace("---\n\n", "bibliography: own.bib\n---\n\n")
    notebook = new_notebook(cells=[new_markdown_cell(f"{front}After [@kilis2024].")])
    path = tmp_path / "levels.ipynb"
    nbformat.write(notebook, path)
    assert "Ķīlis 2024" in BalticHtmlExporter().from_filename(str(path))[0]
    (tmp_path / "own.bib").unlink()
    with pytest.raises(RenderError, match=r"no bibliography own\.bib(.|\n)*levels\.ipynb, first cell"):
        BalticHtmlExporter().from_filename(str(path))


@pytest.mark.parametrize("exporter", [BalticHtmlExporter, BalticPdfExporter])
def test_a_broken_rule_is_told_with_notebook_cell_and_label(
    exporter: type, figure_output: Callable[..., nbformat.NotebookNode]
) -> None:
    cells = [new_markdown_cell(FRONT), new_code_cell("#| label: fig-share\nF()", outputs=[figure_output(alt="")])]
    notebook = new_notebook(cells=cells)
    with pytest.raises(RenderError, match=r"no alternative text(.|\n)*my_levels\.ipynb, cell 2 \(fig-share\)"):
        exporter().from_notebook_node(notebook, {"metadata": {"name": "my_levels"}})


INSTALLED = {entry.name for entry in entry_points(group="nbconvert.exporters")}


@pytest.mark.skipif(
    not {"baltic-html", "baltic-pdf"} <= INSTALLED, reason="the package is installed with older entry points: make"
)
@pytest.mark.parametrize("name", ["html", "pdf"])
def test_jupyter_nbconvert_knows_them(name: str, loose, tmp_path: Path) -> None:
    nbformat.write(loose, tmp_path / "levels.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", f"baltic-{name}", str(tmp_path / "levels.ipynb")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"levels.{name}").stat().st_size > 20_000
