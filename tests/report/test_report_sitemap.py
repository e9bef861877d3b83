"""The list of pages for search engines, held against the rules of the protocol."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from baltic_calculus.report.sitemap import NAMESPACE, write_sitemap

BASE = "https://example.org/a&b/"
MOST_ADDRESSES, LONGEST_ADDRESS = 50_000, 2048


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for page in ("spending.html", "index.html", "profiles/est.html", "data/share.csv"):
        (tmp_path / page).parent.mkdir(exist_ok=True)
        (tmp_path / page).write_text("", encoding="utf-8")
    return tmp_path


def test_every_page_is_listed_once_by_its_whole_address(small_report, site: Path) -> None:
    write_sitemap(small_report.config.at(BASE), site)
    content = (site / "sitemap.xml").read_bytes()
    root = etree.fromstring(content)
    assert root.tag == f"{{{NAMESPACE}}}urlset"
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    addresses = root.findall(f"{{{NAMESPACE}}}url/{{{NAMESPACE}}}loc")
    assert [one.text for one in addresses] == [BASE, f"{BASE}spending.html", f"{BASE}profiles/est.html"]
    assert len(addresses) <= MOST_ADDRESSES
    assert all(len(one.text) < LONGEST_ADDRESS for one in addresses)
    assert {one.text for one in root.iter(f"{{{NAMESPACE}}}lastmod")} == {date(2026, 11, 21).isoformat()}


def test_robots_are_told_where_the_list_is(small_report, site: Path) -> None:
    write_sitemap(small_report.config.at(BASE), site)
    assert (site / "robots.txt").read_text(encoding="utf-8").splitlines()[-1] == f"Sitemap: {BASE}sitemap.xml"


def test_without_an_address_there_is_no_list(small_report, site: Path) -> None:
    write_sitemap(small_report.config, site)
    assert not (site / "sitemap.xml").exists()
    assert not (site / "robots.txt").exists()
