"""report.yaml: what is right is read, what is wrong is named."""

import pytest

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import Page, read_config

GOOD = """\
title: Title
subtitle: Subtitle
abstract: Abstract
authors: [A team]
institute: An institute
edition: November 2026
date: 2026-11-21
licence: CC BY 4.0
pages:
  - {notebook: 00_summary, coverage: nato}
  - {notebook: 01_spending_trends, number: "1", coverage: nato, parameters: {first_year: 2016}}
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "report").mkdir()
    return tmp_path


def write(root, text):
    (root / "report" / "report.yaml").write_text(text, encoding="utf-8")


def test_configuration_is_read(root):
    write(root, GOOD)
    config = read_config(root)
    assert [page.slug for page in config.pages] == ["summary", "spending-trends"]
    assert config.pages[1].parameters == {"first_year": 2016}
    assert config.pages[1].href == "spending-trends.html"
    assert config.bibliography == root / "report" / "references.bib"


@pytest.mark.parametrize("name", ["01_spending_trends", "spending-trends"])
def test_page_is_found_by_notebook_and_by_slug(root, name):
    write(root, GOOD)
    assert read_config(root).page(name).number == "1"


def test_unknown_page_lists_the_pages(root):
    write(root, GOOD)
    with pytest.raises(ConfigurationError, match="unknown page 'spending'") as caught:
        read_config(root).page("spending")
    assert "summary, spending-trends" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("title: Title\n", ""), "title: Field required"),
        (GOOD + "colour: red\n", "colour: Extra inputs"),
        (GOOD.replace("2026-11-21", "soon"), "date: Input should be a valid date"),
        (GOOD.replace("00_summary", "summary"), "pages.0.notebook"),
        (GOOD.replace("coverage: nato}", "cover: nato}", 1), "pages.0.coverage: Field required"),
        (GOOD.replace("01_spending_trends", "00_summary"), "summary is listed twice"),
        (GOOD.replace("01_spending_trends", "01_summary"), "summary is listed twice"),
        (GOOD[: GOOD.index("pages")] + "pages: []\n", "pages: Tuple should have at least 1 item"),
        ("title: [unclosed", "not readable as YAML"),
        ("- a list", "not a mapping"),
    ],
)
def test_wrong_configuration_is_named(root, text, message):
    write(root, text)
    with pytest.raises(ConfigurationError) as caught:
        read_config(root)
    assert message in caught.value.what
    assert caught.value.where == "report/report.yaml"


def test_missing_configuration_says_where_to_run(root):
    with pytest.raises(ConfigurationError, match=r"no report configuration") as caught:
        read_config(root)
    assert caught.value.where == str(root)


def test_page_cannot_be_changed():
    page = Page(notebook="00_summary", coverage="nato")
    with pytest.raises(ValueError, match="frozen"):
        page.number = "2"


def test_an_address_is_that_of_a_folder(root):
    write(root, GOOD)
    config = read_config(root)
    assert config.address == ""
    assert config.at("https://example.org/report").address == "https://example.org/report/"
    assert config.at("https://example.org").address == "https://example.org/"


@pytest.mark.parametrize("address", ["example.org", "file:///tmp/site/", "https://example.org/?page=1", "https://"])
def test_what_is_no_address_on_the_web_is_refused(root, address):
    write(root, GOOD)
    with pytest.raises(ConfigurationError, match="not the address of a folder on the web"):
        read_config(root).at(address)
    write(root, f"{GOOD}address: {address!r}\n")
    with pytest.raises(ConfigurationError, match="not the address of a folder on the web"):
        read_config(root)
