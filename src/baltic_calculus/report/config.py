"""The report's configuration: edition, people, pages and their parameters (report/report.yaml)."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.page import Page, expand_pages
from baltic_calculus.report.paper import FIRST_PAPER, choose_papers

WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")


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
    glossary: str = ""
    """Dataset with the terms that are linked where a page uses them first; none when empty."""
    pages: Annotated[tuple[Page, ...], Field(min_length=1), BeforeValidator(expand_pages)]
    """In their order; an entry with a ``matrix`` stands for one page a value (see `MatrixEntry`)."""

    @field_validator("papers")
    @classmethod
    def _papers_exist(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return choose_papers(names)

    @model_validator(mode="after")
    def _no_page_twice(self) -> Self:
        for names in ([page.slug for page in self.pages], [page.notebook for page in self.pages]):
            twice = sorted(name for name, count in Counter(names).items() if count > 1)
            if twice:
                raise ValueError(f"{', '.join(twice)} is listed twice")
        return self

    @model_validator(mode="after")
    def _parents_are_chapters(self) -> Self:
        chapters = [page.slug for page in self.chapters]
        unknown = sorted({page.under for page in self.pages if page.under and page.under not in chapters})
        if unknown:
            raise ValueError(f"no page {', '.join(unknown)} to be under; choose from: {', '.join(chapters)}")
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

    @property
    def chapters(self) -> tuple[Page, ...]:
        """The pages that stand in the contents of the report: those that are not under another."""
        return tuple(page for page in self.pages if not page.under)

    def children(self, page: Page) -> tuple[Page, ...]:
        """The pages under a page, in their order."""
        return tuple(child for child in self.pages if child.under == page.slug)

    def parent(self, page: Page) -> Page | None:
        """The page that a page is under."""
        return next((parent for parent in self.pages if parent.slug == page.under), None)

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
        raise self._unknown(name)

    def chosen(self, name: str) -> tuple[Page, ...]:
        """The pages that a name on the command line means: one page, or all pages of a folder or of a source notebook.

        Raises
        ------
        ConfigurationError
            When it means none; the message lists what there is.
        """
        pages = tuple(page for page in self.pages if name in (page.notebook, page.slug))
        pages = pages or tuple(page for page in self.pages if name.rstrip("/") in (page.folder, page.source))
        if not pages:
            raise self._unknown(name)
        return pages

    def _unknown(self, name: str) -> ConfigurationError:
        """What to say of a name: the pages there are, those of a folder as one, for there are many."""
        choices = list(dict.fromkeys(page.folder or page.slug for page in self.pages))
        examples = {page.folder: page.slug for page in reversed(self.pages) if page.folder}
        described = [f"{name} (all, or one as {examples[name]})" if name in examples else name for name in choices]
        return ConfigurationError(
            f"unknown page {name!r}", where="--only", remedy="choose from: " + ", ".join(described)
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
        content = parse_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(
            f"no report configuration {file}", where=str(root), remedy="run baltic in the project's folder"
        ) from None
    except OSError as error:
        raise ConfigurationError(f"cannot be opened: {error.strerror}", where=file, remedy="restore it") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"not readable as YAML: {error}", where=file, remedy="mend the line named above"
        ) from None
    if not isinstance(content, dict):
        raise ConfigurationError(
            "the report configuration is not a mapping", where=file, remedy="start it with 'title: ...'"
        )
    if "root" in content:
        raise ConfigurationError(
            "'root' is the project's folder and no key", where=file, remedy="take it out of the configuration"
        )
    try:
        return ReportConfig.model_validate({**content, "root": root.resolve()})
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(problems, where=file, remedy="correct these keys") from None
