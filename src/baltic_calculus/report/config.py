"""The report's configuration: edition, people, pages and their parameters (report/report.yaml)."""

import re
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.paper import FIRST_PAPER, choose_papers

WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
NOTEBOOK_NAME = r"^\d{2}_[a-z][a-z0-9_]*$"


class Page(BaseModel):
    """One notebook of the report and the page made from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notebook: Annotated[str, StringConstraints(pattern=NOTEBOOK_NAME)]
    number: str = ""
    """Chapter number as printed: "1", "A", or empty for an unnumbered page."""
    coverage: str
    """Dataset whose countries and years bound the page's parameters."""
    parameters: dict[str, Any] = Field(default_factory=dict)
    """Overrides of the notebook's own defaults."""

    @cached_property
    def slug(self) -> str:
        """Page name in addresses: ``01_spending_trends`` becomes ``spending-trends``."""
        return self.notebook.split("_", 1)[1].replace("_", "-")

    @property
    def href(self) -> str:
        """File name of the page in the site."""
        return f"{self.slug}.html"

    @property
    def up(self) -> str:
        """Way from the page to the top folder of the site: empty, or ``../`` for a page in a folder."""
        return "../" * self.href.count("/")

    @property
    def evidence_href(self) -> str:
        """File name of the page with the data and the code behind it."""
        return f"{self.href.removesuffix('.html')}-evidence.html"


class ReportConfig(BaseModel):
    """The whole of report/report.yaml; paths are relative to ``root``, the project folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: Path
    title: str
    subtitle: str
    abstract: str
    authors: tuple[str, ...]
    institute: str
    edition: str
    date: date
    language: str = "en-GB"
    keywords: tuple[str, ...] = ()
    licence: str
    repository: str = ""
    address: str = ""
    """Where the site is published, for links that must be whole (sitemap, social cards); empty when not yet known."""
    papers: tuple[str, ...] = (FIRST_PAPER,)
    """Papers that the PDF is set for, by their names in `PAPERS`; A4 is always among them."""
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]

    @field_validator("papers")
    @classmethod
    def _papers_exist(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return choose_papers(names)

    @model_validator(mode="after")
    def _no_page_twice(self) -> Self:
        slugs = [page.slug for page in self.pages]
        twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is listed twice")
        return self

    @field_validator("address")
    @classmethod
    def _whole_address(cls, address: str) -> str:
        if address and not WEB_ADDRESS.fullmatch(address):
            raise ValueError(f"{address!r} is not the address of a folder on the web, as https://example.org/report/")
        return address if not address or address.endswith("/") else f"{address}/"

    def at(self, address: str) -> Self:
        """The same report, published at another address.

        Raises
        ------
        ConfigurationError
            When it is not an address on the web.
        """
        try:
            return type(self).model_validate({**dict(self), "address": address})
        except ValidationError as error:
            raise ConfigurationError(
                str(error.errors()[0]["ctx"]["error"]),
                where="--address",
                remedy="give the address at which readers will find the site, as https://example.org/report/",
            ) from None

    @property
    def notebooks(self) -> Path:
        """Folder of the source notebooks."""
        return self.root / "notebooks"

    @property
    def bibliography(self) -> Path:
        """BibTeX file of everything the report cites."""
        return self.root / "report" / "references.bib"

    @property
    def theme(self) -> Path:
        """Folder of templates, styles, scripts and fonts."""
        return self.root / "report" / "theme"

    @property
    def build(self) -> Path:
        """Folder of everything generated."""
        return self.root / "_build"

    def on_papers(self, names: tuple[str, ...]) -> Self:
        """The same report on other papers; none leaves them as they are."""
        return self.model_copy(update={"papers": names}) if names else self

    def page(self, name: str) -> Page:
        """Find a page by notebook name or slug.

        Raises
        ------
        ConfigurationError
            When there is no such page; the message lists those there are.
        """
        for page in self.pages:
            if name in (page.notebook, page.slug):
                return page
        raise ConfigurationError(
            f"unknown page {name!r}",
            where="--only",
            remedy="choose from: " + ", ".join(page.slug for page in self.pages),
        )


def read_config(root: Path, file: str = "report/report.yaml") -> ReportConfig:
    """Read and check the report configuration of the project in ``root``.

    Raises
    ------
    ConfigurationError
        When the file is missing, is not YAML, or has a missing, unknown or wrong key.
    """
    path = root / file
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(
            f"no report configuration {file}", where=str(root), remedy="run baltic in the project's folder"
        ) from None
    except yaml.YAMLError as error:
        raise ConfigurationError(
            f"not readable as YAML: {error}", where=file, remedy="mend the line named above"
        ) from None
    if not isinstance(content, dict):
        raise ConfigurationError(
            "the report configuration is not a mapping", where=file, remedy="start it with 'title: ...'"
        )
    try:
        return ReportConfig(root=root.resolve(), **content)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(problems, where=file, remedy="correct these keys") from None
