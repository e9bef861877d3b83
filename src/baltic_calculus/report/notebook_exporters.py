"""Exporters for ``jupyter nbconvert``: an executed notebook as one HTML file or one tagged PDF, in the report's type.

``jupyter nbconvert --to baltic-html executed.ipynb`` and ``--to baltic-pdf``; from Python
``nbconvert.export(BalticHtmlExporter, notebook)``. The rules are those of the report: every exhibit has label, caption,
unit, source, data and alternative text, every reference and citation resolves, or the export fails and says where.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from baltic_calculus.report.document import Document
from baltic_calculus.report.notebook_html import notebook_html
from baltic_calculus.report.one_notebook import one_notebook
from baltic_calculus.report.pdf import render_pdf


class _NotebookExporter(Exporter):
    """What both exporters do alike."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Export a notebook node.

        Raises
        ------
        RenderError
            When the notebook breaks a rule of the report; the message names notebook, cell and label.
        """
        # not the base class's way: its copies and checks take longer, and its preprocessors would hide cells from us
        resources = self._init_resources(resources)
        metadata = resources.get("metadata", {})
        folder = Path(metadata.get("path") or ".")
        with one_notebook(nb, metadata.get("name") or "notebook", folder) as document:
            return self._write(document), resources

    def _write(self, document: Document) -> str | bytes:
        raise NotImplementedError


class BalticHtmlExporter(_NotebookExporter):
    """Executed notebook to one HTML file that needs no other, and no network."""

    export_from_notebook = "Report page (HTML)"
    file_extension = ".html"
    output_mimetype = "text/html"

    def _write(self, document: Document) -> str:
        return notebook_html(document)


class BalticPdfExporter(_NotebookExporter):
    """Executed notebook to one tagged PDF with cover, contents, exhibits, bibliography and the data attached."""

    export_from_notebook = "Report (PDF)"
    file_extension = ".pdf"
    output_mimetype = "application/pdf"

    def _write(self, document: Document) -> bytes:
        folder = document.config.build / "pdf"
        (file,) = render_pdf(document, folder)  # on one paper: see `one_notebook`
        return (folder / file).read_bytes()
