"""The site's files, as they lie in the folder."""

from checks import data_package, leaks, links, markup
from checks.build import Build
from checks.findings import Findings

KEPT = ("cache/", "stamp")


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


def test_nothing_tells_of_the_machine_its_people_or_their_secrets(build: Build, findings: Findings) -> None:
    """All that a build leaves; what is kept for the next build stays on the machine, and may tell folders and times."""
    faults = [
        fault
        for fault in leaks.check_leaks(build.folder)
        if not (fault.page.startswith(KEPT) and ("folder" in fault.rule or fault.rule == "time of a run"))
    ]
    findings.add(leaks.NAME, "", [path.name for path in build.folder.iterdir()], faults)
    findings.settle()
