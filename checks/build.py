"""Where the published files are, and which pages the site has."""

from dataclasses import dataclass
from pathlib import Path


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
