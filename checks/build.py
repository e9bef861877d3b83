"""Where the published files are, and which pages the site has."""

from dataclasses import dataclass
from pathlib import Path

EVIDENCE = "-evidence.html"
"""How the names of pages with data and code end."""


@dataclass(frozen=True)
class Build:
    """A finished build: the folder that `make report` writes."""

    folder: Path

    @property
    def site(self) -> Path:
        """The site, as it is published."""
        return self.folder / "site"

    @property
    def pages(self) -> list[str]:
        """Every page, from the top of the site: `index.html`, `profiles/est.html`."""
        return sorted(page.relative_to(self.site).as_posix() for page in self.site.rglob("*.html"))

    @property
    def chapters(self) -> list[str]:
        """Pages at the top of the site: chapters, appendices and what stands behind them."""
        return [name for name in self.pages if "/" not in name]

    @property
    def sample(self) -> list[str]:
        """The pages that a browser opens: all chapters, of their pages with data and code two, of each folder three.

        Pages with data and code are made by one template, the pages of a folder from one notebook, so they have the
        same parts; they differ in how much there is to say. The shortest stands for those where most is missing, the
        longest for those where a line or a table is likeliest to run out of room; of a folder's pages with data and
        code, the longest. The choice follows the files, so it moves with the data. What needs no browser (validity,
        links, weight) is checked for every page.
        """
        behind = self._by_size([name for name in self.chapters if name.endswith(EVIDENCE)])
        left_out = set(behind[1:-1])
        chapters = [name for name in self.chapters if name not in left_out]
        return chapters + [name for folder in self._folders() for name in self._extremes(folder)]

    @property
    def extremes(self) -> list[str]:
        """The pages of the sample that are opened in every way: the landing page, and the extremes of each kind.

        Templates, styles and scripts are the same for all pages of a kind. So a fault of a dark table, of an open list
        on a phone, or of a page without scripts shows on one of these; what differs from page to page (charts and what
        they say, words, widths) is looked at on every page of the sample.
        """
        landing = [name for name in self.chapters if name == "index.html"]
        return landing + [name for folder in ("", *self._folders()) for name in self._extremes(folder)]

    def _folders(self) -> list[str]:
        return sorted({name.rpartition("/")[0] for name in self.pages} - {""})

    def _by_size(self, names: list[str]) -> list[str]:
        return sorted(names, key=lambda name: (self.site / name).stat().st_size)

    def _extremes(self, folder: str) -> list[str]:
        names = [name for name in self.pages if name.rpartition("/")[0] == folder and name != "index.html"]
        names = self._by_size(names)
        evidence = [name for name in names if name.endswith(EVIDENCE)]
        pages = [name for name in names if name not in evidence]
        return list(dict.fromkeys([*pages[:1], *pages[-1:], *evidence[-1:]]))

    @property
    def pdfs(self) -> list[Path]:
        """The report as PDF, in each paper size that was made."""
        return sorted(self.folder.glob("report*.pdf"))

    @property
    def data_package(self) -> Path:
        """The description of all data that are published with the report."""
        return self.folder / "data" / "datapackage.json"

    def published(self, *endings: str) -> list[Path]:
        """Files of the site with these endings."""
        return sorted(file for ending in endings for file in self.site.rglob(f"*.{ending}"))
