"""Each checker can fail: small things deliberately broken are found, by the rule that is meant for them."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from checks import accessibility, data_package, links, markup, movement, pa11y, pdf, tooltips, weight
from checks.build import Build
from checks.fault import Fault, list_faults
from checks.tools import ROOT, end_browsers
from checks.visit import LIGHT, NO_SCRIPT, PHONE, SLOW_LINE, Reader, visit

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Broken</title><meta name="viewport" content="width=device-width">
</head><body><main><h1>Broken</h1>{}</main></body></html>
"""
TOOLTIP = """
<div data-chart="fig-share" data-state="live"><div class="live">
<svg width="200" height="100" role="img" aria-label="Bars"><path d="M20 20h60v60h-60z" fill="#333"/></svg></div></div>
<div id="vg-tooltip-element" class="visible">Estonia: undefined</div>
<script>document.querySelector("path").__data__ = { tooltip: "Estonia" };</script>
"""


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str], Path]:
    """A site of one page with this text."""

    def write(text: str) -> Path:
        (tmp_path / "index.html").write_text(PAGE.format(text), encoding="utf-8")
        return tmp_path

    return write


def rules(faults: list[Fault]) -> str:
    return list_faults(faults)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("index.html", PAGE.format('<p id="one">a</p><p id="one">b</p>'), "Duplicate ID"),
        ("site.css", "p { colour: red }", "colour"),
        ("chart.svg", '<svg xmlns="http://www.w3.org/2000/svg"><rect width="wide"/><blob/></svg>', "blob"),
    ],
)
def test_vnu_reads_html_css_and_svg(tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    (fault, *_) = markup.check_markup(tmp_path, [tmp_path / name])
    assert fault.page == name
    assert words in rules(markup.check_markup(tmp_path, [tmp_path / name]))


def test_linkinator_misses_files_and_fragments(broken: Callable[[str], Path]) -> None:
    site = broken('<a href="#none">a</a> <a href="gone.html">b</a> <a href="gone.csv" download>c</a>')
    found = {fault.where for fault in links.check_links(site)}
    assert found == {"index.html#none", "gone.html", "gone.csv"}


@pytest.mark.parametrize("reader", [LIGHT, PHONE, NO_SCRIPT], ids=lambda reader: reader.name)
def test_axe_sees_a_picture_without_words(browser: Browser, broken: Callable[[str], Path], reader: Reader) -> None:
    site = broken('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
    with visit(browser, site.as_uri() + "/", "index.html", reader) as log:
        found = accessibility.check_accessibility(log.page, "index.html", reader.name)
    assert "axe image-alt" in {fault.rule for fault in found}


def test_axe_reads_what_is_there_without_scripts(browser: Browser, broken: Callable[[str], Path]) -> None:
    site = broken('<img id="picture" src="data:,"><script>document.getElementById("picture").alt = "a word";</script>')
    with visit(browser, site.as_uri() + "/", "index.html", NO_SCRIPT) as log:
        found = accessibility.check_accessibility(log.page, "index.html", "no script")
    assert "axe image-alt" in {fault.rule for fault in found}


def test_pa11y_sees_a_field_without_a_name(broken: Callable[[str], Path], serve: Callable[[Path], str]) -> None:
    found = pa11y.check_with_pa11y(serve(broken('<form><input type="text" name="a"></form>')), ["index.html"])
    assert "WCAG2AA.Principle1.Guideline1_3.1_3_1.F68" in {fault.rule for fault in found}


def test_requests_to_others_and_words_on_the_console_are_noted(
    browser: Browser,
    broken: Callable[[str], Path],
    serve: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    elsewhere = serve(tmp_path_factory.mktemp("elsewhere"))
    site = broken(f'<img src="{elsewhere}pixel.gif" alt=""><script>console.warn("careful"); gone();</script>')
    with visit(browser, site.as_uri() + "/", "index.html", LIGHT) as log:
        assert [fault.where for fault in log.outside_requests()] == [f"{elsewhere}pixel.gif"]
        assert {"console warning", "script error"} <= {fault.rule for fault in log.complaints}


def test_what_moves_for_ever_is_not_awaited(browser: Browser, broken: Callable[[str], Path]) -> None:
    style = "@keyframes turn { to { rotate: 360deg } } p { animation: turn 1s infinite }"
    site = broken(f"<style>{style}</style><p>Round and round</p>")
    with visit(browser, site.as_uri() + "/", "index.html", LIGHT) as log:
        assert log.page.evaluate("document.getAnimations().length") == 1
        log.settle()
        assert log.page.evaluate("document.getAnimations()[0].playState") == "running"


def test_a_browser_that_keeps_a_test_waiting_is_ended_and_replaced(launch: Callable[[], Browser]) -> None:
    page = launch().new_page()
    watch = threading.Timer(1, end_browsers)
    watch.start()
    with pytest.raises(Error, match="closed"):
        page.evaluate("() => new Promise(() => {})")
    watch.join()
    assert launch().new_page().evaluate("1 + 1") == 2


def test_a_chart_that_stays_a_picture_is_named(browser: Browser, broken: Callable[[str], Path]) -> None:
    site = broken('<div class="plot" data-chart="fig-share" data-state="static"></div>')
    with visit(browser, site.as_uri() + "/", "index.html", LIGHT) as log:
        log.patience = 200
        assert [fault.where for fault in log.read_through()] == ["[data-chart=fig-share]"]


def test_a_tooltip_without_a_value_is_read(browser: Browser, broken: Callable[[str], Path]) -> None:
    site = broken(TOOLTIP)
    with visit(browser, site.as_uri() + "/", "index.html", LIGHT) as log:
        (fault,) = tooltips.check_tooltips(log.page, "index.html")
    assert fault.help == "Estonia: undefined"


def test_what_any_mark_would_say_is_read(browser: Browser, broken: Callable[[str], Path]) -> None:
    marks = '<path d="M20 20h60v60h-60z"/>' * 9
    script = """document.querySelectorAll("path").forEach((mark, place) => {
      mark.__data__ = { tooltip: place === 7 ? { Country: "Latvia", Share: undefined } : "Estonia" };
    });"""
    site = broken(
        f'<div data-chart="fig-share" data-state="live"><div class="live"><svg width="200" height="100">{marks}</svg>'
        f'</div></div><div id="vg-tooltip-element" class="visible">Estonia</div><script>{script}</script>'
    )
    with visit(browser, site.as_uri() + "/", "index.html", LIGHT) as log:
        (fault,) = tooltips.check_tooltips(log.page, "index.html")
    assert fault.help == "Country: Latvia\nShare: undefined"


@pytest.mark.parametrize("text", ["undefined", "Latvia\nNaN", "null %", "[object Object]", "  "])
def test_words_that_are_no_value(text: str) -> None:
    assert tooltips.says_nothing(text)


@pytest.mark.parametrize("text", ["3.4%", "Nullified: 2", "Estonia\n2026\t5.4"])
def test_words_that_are_a_value(text: str) -> None:
    assert not tooltips.says_nothing(text)


def test_what_is_too_wide_too_heavy_or_moves_is_measured(browser: Browser, broken: Callable[[str], Path]) -> None:
    late = "setTimeout(() => { document.getElementById('late').style.height = '400px'; }, 300)"
    site = broken(
        f'<div id="late"></div><p style="width: 900px; height: 300px">wide</p><script>{late}</script>'
        f"<!--{'x' * 250_000}-->"
    )
    with visit(browser, site.as_uri() + "/", "index.html", LIGHT) as log:
        log.page.wait_for_function("() => document.getElementById('late').offsetHeight > 0")
        assert [fault.rule for fault in log.weight(site)] == ["page weight"]
        assert [fault.rule for fault in movement.moved_by_itself(log.page, "index.html")] == ["layout shift"]
        assert [fault.where for fault in log.sideways((390, 1200))] == ["390 px"]


@pytest.mark.parametrize(("display", "found"), [("swap", ["layout shift"]), ("optional", [])])
def test_text_that_is_set_again_in_a_late_font_is_seen(
    browser: Browser, broken: Callable[[str], Path], serve: Callable[[Path], str], display: str, found: list[str]
) -> None:
    face = f'@font-face {{ font-family: "Late"; font-display: {display}; src: url("late.woff2") }}'
    text = f"<p>{'Defence spending of the allies. ' * 20}</p>" * 4
    site = broken(f'<style>{face} body {{ font: 24px "Late", monospace }}</style>{text}')
    font = ROOT / "report" / "theme" / "fonts" / "woff2" / "source-serif-4-core-400-normal.woff2"
    (site / "late.woff2").write_bytes(font.read_bytes())
    with visit(browser, serve(site), "index.html", SLOW_LINE) as log:
        assert [fault.rule for fault in movement.moved_by_itself(log.page, "index.html")] == found
        assert movement.largest_paint(log.page) > 0


def test_a_first_view_is_late_when_it_never_came_in_time() -> None:
    assert movement.late_paint("index.html", [9000, 2400]) == []
    (fault,) = movement.late_paint("index.html", [9000, 2600, 3000])
    assert fault.help == "after 2600 ms at best of 3, later than 2500"


def test_the_files_of_a_page_are_added_up_without_a_browser(tmp_path: Path) -> None:
    (tmp_path / "assets" / "fonts").mkdir(parents=True)
    face = '@font-face{{src:url("fonts/{}.woff2") format("woff2");unicode-range:{}}}'
    style = face.format("core", "U+0020-007E") + face.format("extended", "U+0100-017F")
    pictures = [f"{number}.svg" for number in range(5)]
    (tmp_path / "assets" / "site.css").write_text(style, encoding="utf-8")
    for name in ("assets/fonts/core.woff2", "assets/fonts/extended.woff2", "a.js", *pictures):
        (tmp_path / name).write_bytes(b"x" * 60_000)
    images = "".join(f'<img src="{name}" alt="a">' for name in pictures)
    head = '<link rel="stylesheet" href="assets/site.css"><script src="a.js"></script>'
    page = f"<html>{head}<p>plain</p>{images}</html>"
    (tmp_path / "x.html").write_text(page, encoding="utf-8")
    # a script, the first three of five pictures, and the font with plain letters; none of the text's is a Baltic one
    expected = {"x.html", "assets/site.css", "a.js", "0.svg", "1.svg", "2.svg", "assets/fonts/core.woff2"}
    assert weight.files_first(tmp_path, "x.html") == {tmp_path / name for name in expected}
    assert weight.too_heavy(tmp_path, ["x.html"]) == ["x.html"]


def test_the_sample_has_all_chapters_and_the_extremes_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "profiles"
    folder.mkdir(parents=True)
    sizes = {"est": 20, "mne": 10, "usa": 40, "lva": 30}
    for name, size in sizes.items():
        (folder / f"{name}.html").write_text("x" * size)
        (folder / f"{name}-evidence.html").write_text("x" * (100 - size))
    (tmp_path / "site" / "index.html").write_text("x")
    sample = ["index.html", "profiles/mne.html", "profiles/usa.html", "profiles/mne-evidence.html"]
    assert Build(tmp_path).sample == sample
    for name, size in {"long": 90, "middle": 60, "short": 30, "long-evidence": 80, "short-evidence": 20}.items():
        (tmp_path / "site" / f"{name}.html").write_text("x" * size)
    kinds = ["index.html", "short.html", "long.html", "long-evidence.html"]
    assert Build(tmp_path).extremes == kinds + sample[1:]
    (tmp_path / "site" / "middle-evidence.html").write_text("x" * 50)
    opened = ["index.html", "long-evidence.html", "long.html", "middle.html", "short-evidence.html", "short.html"]
    assert Build(tmp_path).sample == opened + sample[1:]


def test_verapdf_misses_tags_and_a_font(tmp_path: Path) -> None:
    file = tmp_path / "bare.pdf"
    file.write_bytes(bare_pdf())
    clauses = {fault.rule for fault in pdf.check_conformance([file])}
    assert any(rule.startswith("PDFUA-1 7.1") for rule in clauses)
    assert any(rule.startswith("PDFA-3A 6.") for rule in clauses)
    assert [fault.where for fault in pdf.check_fonts(file)] == ["Helvetica"]
    missing = pdf.missing_captions(file, ["Figure 1 Defence spending", "Figure 2 Public debt"])
    assert [fault.where for fault in missing] == ["Figure 2 Public debt"]


def bare_pdf() -> bytes:
    """A page of text without tags, metadata or an embedded font."""
    text = b"BT /F1 12 Tf 72 720 Td (Figure 1 Defence spending) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + head + table + tail


def test_frictionless_reads_rows_against_their_schema(tmp_path: Path) -> None:
    (tmp_path / "share.csv").write_text("year,share\n2024,3.4\n2025,unknown\n", encoding="utf-8")
    package = tmp_path / "datapackage.json"
    package.write_text(
        '{"name": "broken", "resources": [{"name": "share", "path": "share.csv", "type": "table", "schema": '
        '{"fields": [{"name": "year", "type": "integer"}, {"name": "share", "type": "number"}]}}]}',
        encoding="utf-8",
    )
    (fault,) = data_package.check_data_package(package)
    assert (fault.page, fault.where, fault.rule) == ("share.csv", "row 3", "type-error")


def test_a_missing_data_package_is_a_fault(tmp_path: Path) -> None:
    (fault,) = data_package.check_data_package(tmp_path / "datapackage.json")
    assert fault.rule == "missing"
