"""What search engines look for first: the list of all pages, and where it is."""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.jsonld import Addresses

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(config: ReportConfig, site: Path) -> None:
    """List the pages of a finished site, when it is known where it is published: a list needs whole addresses.

    Parameters
    ----------
    config : ReportConfig
        The report.
    site : Path
        Folder of the site; gets ``sitemap.xml`` and ``robots.txt``.
    """
    if not config.address:
        return
    pages = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    # the landing page first, then as they are read: chapters before what lies in folders
    pages.sort(key=lambda page: (page != "index.html", page.count("/")))
    (site / SITEMAP).write_text(_sitemap(config, pages), encoding="utf-8")
    lines = ["User-agent: *", "Allow: /", f"Sitemap: {config.address}{SITEMAP}"]
    (site / ROBOTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sitemap(config: ReportConfig, pages: Iterable[str]) -> str:
    addresses = Addresses(config.address)
    entries = "".join(
        f"<url><loc>{escape(addresses.to(page))}</loc><lastmod>{config.date.isoformat()}</lastmod></url>\n"
        for page in pages
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n{entries}</urlset>\n'
