"""report.yaml: what is right is read, what is wrong is named."""

from pathlib import Path

import pytest

from baltic_calculus import catalog
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import read_config
from baltic_calculus.report.page import Page

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


PROFILES = """\
  - notebook: country_profile
    coverage: nato
    folder: profiles
    under: spending-trends
    formats: [html]
    matrix:
      country: [EST, LVA]
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


def test_a_matrix_stands_for_a_page_a_value(root):
    write(root, GOOD + PROFILES)
    config = read_config(root)
    page = config.page("profiles/lva")
    assert (page.notebook, page.source) == ("country_profile_lva", "country_profile")
    assert (page.href, page.up, page.evidence_href) == ("profiles/lva.html", "../", "profiles/lva-evidence.html")
    assert (page.label, page.identifier) == ("sec-profiles-lva", "profiles-lva")
    assert page.parameters == {"country": "LVA"}
    assert (page.number, page.chapter_number) == ("LVA", "")  # its exhibits have a number, it has none
    assert config.page("country_profile_lva") is page


def test_pages_under_another_are_not_in_the_contents(root):
    write(root, GOOD + PROFILES)
    config = read_config(root)
    chapter = config.page("spending-trends")
    assert [page.slug for page in config.chapters] == ["summary", "spending-trends"]
    assert [page.slug for page in config.children(chapter)] == ["profiles/est", "profiles/lva"]
    assert config.parent(config.page("profiles/est")) is chapter
    assert config.parent(chapter) is None


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("profiles", ["profiles/est", "profiles/lva"]),
        ("profiles/", ["profiles/est", "profiles/lva"]),
        ("country_profile", ["profiles/est", "profiles/lva"]),
        ("profiles/est", ["profiles/est"]),
        ("spending-trends", ["spending-trends"]),
    ],
)
def test_a_name_means_one_page_or_a_folder(root, name, slugs):
    write(root, GOOD + PROFILES)
    assert [page.slug for page in read_config(root).chosen(name)] == slugs


def test_an_unknown_name_is_told_what_there_is_but_not_every_page_of_a_folder(root):
    write(root, GOOD + PROFILES)
    with pytest.raises(ConfigurationError, match="unknown page 'profile'") as caught:
        read_config(root).chosen("profile")
    assert caught.value.remedy == "choose from: summary, spending-trends, profiles (all, or one as profiles/est)"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "under: spending-trends",
            "under: allies",
            "no page allies to be under; choose from: summary",
        ),
        ("under: spending-trends", "under: profiles/est", "no page profiles/est to be under"),
        ("country: [EST, LVA]", "country: []", "pages.matrix: Value error, country has no values"),
        ("country: [EST, LVA]", "country: [EST, EST]", "country: EST is named twice"),
        ("country: [EST, LVA]", "country: [EST, est]", "country: EST, est is named twice"),
        ("country: [EST, LVA]", "country: [../x]", "country: ../x cannot name a page"),
        ("country: [EST, LVA]", "{country: [EST], year: [2014]}", "it names 2 parameters"),
        ("    folder: profiles\n", "", "pages.folder: Field required"),
        ("folder: profiles", "folder: Profiles/x", "pages.folder: String should match"),
        ("coverage: nato\n    folder", "number: '4'\n    coverage: nato\n    folder", "pages.number: Extra inputs"),
        ("formats: [html]", "formats: [pdf]", "every page is on the site"),
        ("country_profile", "04_profile", "pages.notebook: String should match"),
    ],
)
def test_a_wrong_matrix_is_named(root, old, new, message):
    write(root, GOOD + PROFILES.replace(old, new))
    with pytest.raises(ConfigurationError) as caught:
        read_config(root)
    assert message in caught.value.what


def test_two_entries_must_not_make_the_same_page(root):
    write(root, GOOD + PROFILES + PROFILES)
    with pytest.raises(ConfigurationError, match="profiles/est, profiles/lva is listed twice"):
        read_config(root)
    write(root, GOOD + PROFILES + PROFILES.replace("folder: profiles", "folder: others"))
    with pytest.raises(ConfigurationError, match="country_profile_est, country_profile_lva is listed twice"):
        read_config(root)


def test_the_report_profiles_every_ally_with_data():
    config = read_config(Path(__file__).parents[2])
    countries = catalog.countries()
    allies = set(countries.loc[countries["nato"] & (countries["kind"] == "state"), "iso3"])
    covered = set(catalog.coverage("nato_defence_expenditure").countries)
    profiled = [page.value for page in config.chosen("profiles")]
    assert sorted(profiled) == sorted(allies & covered)
    assert len(profiled) == 31  # Iceland has no armed forces, and no rows
