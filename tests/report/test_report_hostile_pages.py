"""Words of the data that mean harm, in a whole page: nothing of them runs, and readers see them as they are."""

import nbformat
import pandas as pd
import pypdf
import pytest

from baltic_calculus.exhibits.prose import Prose
from baltic_calculus.exhibits.tables import table_of
from baltic_calculus.report.pdf import render_pdf
from baltic_calculus.report.site import render_site

HOSTILE = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "</td></table><script>window.ran = 1</script>",
    '" onmouseover="window.ran = 1',
    '`#panic("x")`{=typst}',
    "`<script>window.ran = 1</script>`{=html}",
    '#panic("x")',
    "\\input{/etc/passwd}",
)


@pytest.fixture(scope="module")
def document(tmp_path_factory, write_report, figure_output, table_output):
    frame = pd.DataFrame({"name": HOSTILE, "word": HOSTILE})
    table = table_output(notes=[], alt=HOSTILE[0], source_line=HOSTILE[1], unit=HOSTILE[3])
    table.data["text/html"] = table_of(frame, stub="name", columns={"word": ("Word", "", None)}).as_raw_html()
    table.data["text/csv"] = frame.to_csv(index=False)
    said = Prose("They wrote {words}.", words=tuple(f"{word} " for word in HOSTILE))._repr_mimebundle_()
    sentence = nbformat.v4.new_output("display_data", data=said[0], metadata=said[1])
    figure = figure_output(alt=HOSTILE[2], source_line=HOSTILE[3])
    cells = [
        ("#| label: tbl-words\nTable()", table),
        ("#| label: fig-words\nFigure()", figure),
        ("#| echo: false\nProse()", sentence),
    ]
    return write_report(tmp_path_factory.mktemp("hostile"), {"01_words": ["## Words", *cells]}).document()


@pytest.mark.parametrize("name", ["words.html", "words-evidence.html"])
def test_page_shows_it_and_runs_nothing(document, name, tmp_path, browser, record_figure):
    render_site(document, tmp_path / "site")
    page = browser.new_page()
    # what the policy of the page stops must not have been there to be stopped
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((tmp_path / "site" / name).as_uri())
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert not [text for text in complaints if "Content Security Policy" in text]
    assert page.locator("[onerror], [onmouseover], main script:not([src])").count() == 0
    if name == "words.html":
        shown = " ".join(page.locator("#tbl-words table").inner_text().split())
        assert all(word in shown for word in HOSTILE)
    page.close()
    record_figure("hostile strings tried", 2 * len(HOSTILE))


def test_pdf_prints_it(document, tmp_path, record_figure):
    render_pdf(document, tmp_path)
    (file,) = tmp_path.glob("*.pdf")
    text = "".join("".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())
    assert all("".join(word.split()) in text for word in HOSTILE[:1])
    record_figure("hostile strings tried", 2 * len(HOSTILE))
