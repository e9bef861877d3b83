"""The site's files, as they lie in the folder."""

from checks import data_package, links, markup
from checks.build import Build
from checks.findings import Findings


def test_html_css_and_svg_are_valid(build: Build, findings: Findings) -> None:
    files = build.published("html", "css", "svg")
    faults = markup.check_markup(build.site, files)
    findings.add(markup.NAME, markup.version(), [file.relative_to(build.site).as_posix() for file in files], faults)
    findings.settle()


def test_links_and_fragments_lead_somewhere(build: Build, findings: Findings) -> None:
    findings.add(links.NAME, links.version(), build.pages, links.check_links(build.site))
    findings.settle()


def test_data_package_describes_its_files(build: Build, findings: Findings) -> None:
    faults = data_package.check_data_package(build.data_package)
    findings.add(data_package.NAME, data_package.version(), [build.data_package.name], faults)
    findings.settle()
