"""A notebook as one HTML file that needs no other: styles, the letters it prints, charts and data are inside."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

import jinja2
from markupsafe import Markup

from baltic_calculus.exhibits.palette import dark_css
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.content_policy import single_page_policy
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.font_subset import subset_font
from baltic_calculus.report.html_chapter import html_chapter
from baltic_calculus.report.html_table import html_runs, html_table
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.prepared import site_templates
from baltic_calculus.report.svg import ChartDrawer, fonts_digest
from baltic_calculus.report.svg_tidy import Drawing
from baltic_calculus.report.table_model import read_table

FACES = (
    ("Source Serif 4", "400", "normal", "SourceSerif4-Regular.ttf"),
    ("Source Serif 4", "400", "italic", "SourceSerif4-It.ttf"),
    ("Source Serif 4", "600 700", "normal", "SourceSerif4-Semibold.ttf"),
    ("Source Sans 3", "400", "normal", "SourceSans3-Regular.ttf"),
    ("Source Sans 3", "400", "italic", "SourceSans3-It.ttf"),
    ("Source Sans 3", "600 700", "normal", "SourceSans3-Semibold.ttf"),
)
"""Family, weights, style and file of the fonts of a page."""

STYLES = ("1-tokens", "2-text", "4-exhibits", "6-print")
"""Style sheets of the site that a page of its own needs; its frame is in notebook.css."""


def notebook_html(document: Document) -> str:
    """Write a document of one chapter as one HTML file.

    Raises
    ------
    RenderError
        When an exhibit cannot be drawn or a text cannot be converted.
    """
    config, (chapter,) = document.config, document.chapters
    writer = _InlineWriter(site_templates(config), ChartDrawer.of(config))

    def write_exhibit(label: str, caption: str, notes: list[str]) -> str:
        return writer.write(document.numbering.targets[label], chapter.exhibits[label], caption, notes)

    body = html_chapter(document, chapter, write_exhibit)
    page = writer.templates.get_template("notebook.html").render(
        config=config,
        edition=describe_edition(document),
        target=document.numbering.targets[chapter.page.label],
        body=Markup(body.body),
        contents=[entry for entry in body.contents if entry.level == 2],
    )
    styles = Markup("\n".join([_font_faces(page, config), *_styles(config)]))
    style = f"\n{styles}\n"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{single_page_policy(style)}">'
    return page.replace("<style></style>", f"{policy}\n<style>{style}</style>", 1)


@dataclass(frozen=True)
class _InlineWriter:
    """Writes exhibits with their charts and data in them."""

    templates: jinja2.Environment
    drawer: ChartDrawer

    def write(self, target: Target, exhibit: Exhibit, caption: str, notes: list[str]) -> str:
        """HTML of an exhibit."""
        drawings, table, footnotes = [], Markup(), []
        if exhibit.kind == "figure":
            drawings = [_inline(self.drawer.draw(exhibit.chart, exhibit.label), exhibit.alt)]
            if exhibit.narrow:
                narrow = self.drawer.draw(exhibit.narrow, f"{exhibit.label}-narrow")
                drawings.append(_inline(narrow, exhibit.alt))
        else:
            model = read_table(exhibit.table, exhibit.label)
            table = Markup(html_table(model))
            footnotes = [Markup(html_runs(note)) for note in model.footnotes]
        return self.templates.get_template("notebook-exhibit.html").render(
            target=target,
            exhibit=exhibit,
            caption=Markup(caption),
            notes=[*footnotes, *map(Markup, notes)],
            drawings=drawings,
            table=table,
            data=data_address("text/csv;charset=utf-8", exhibit.data.encode()),
        )


def _inline(drawing: Drawing, alt: str) -> Markup:
    """A drawing that stands in the page, where it uses the fonts and colours of the page."""
    opening = f'<svg role="img" aria-label="{escape(alt)}" focusable="false"'
    return Markup(drawing.text.replace("<svg", opening, 1))


def data_address(kind: str, content: bytes) -> str:
    """A file as an address that holds all of it."""
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _styles(config: ReportConfig) -> list[str]:
    """The style sheets, without the fonts that they would fetch."""
    files = [config.theme / "css" / f"{name}.css" for name in STYLES] + [config.theme / "notebook.css"]
    texts = [path.read_text(encoding="utf-8") for path in files]
    lines = [line for text in texts for line in text.split("\n") if not ("@font-face" in line and "url(" in line)]
    return [*lines, f"@media screen {{\n{dark_css()}}}"]


def _font_faces(page: str, config: ReportConfig) -> str:
    """The fonts of the page, each cut down to the letters that it prints."""
    reader = _Letters()
    reader.feed(page)
    letters = "".join(sorted(reader.letters))
    memo, fonts = Memo.of(config), config.theme / "fonts" / "ttf"
    faces = []
    for family, weight, style, file in FACES:

        def cut(file: str = file) -> str:
            return data_address("font/woff2", subset_font(fonts / file, letters))

        source = memo.recall("font", ("page", fonts_digest(fonts), file, letters), cut)
        faces.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
            f'src: url("{source}") format("woff2"); }}'
        )
    return "\n".join(faces)


class _Letters(HTMLParser):
    """Collects what a page prints."""

    def __init__(self) -> None:
        super().__init__()
        self.letters = set(" 0123456789")

    def handle_data(self, data: str) -> None:
        self.letters.update(data.replace("\n", " "))
