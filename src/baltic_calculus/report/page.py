"""The pages of the report: one for each notebook, or many from one notebook and a matrix of its parameter."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

NOTEBOOK_NAME = r"^\d{2}_[a-z][a-z0-9_]*$"
SOURCE_NAME = r"^[a-z][a-z0-9_]*$"
"""A notebook with a matrix has no number: its pages stand in no order of their own."""

INSTANCE_NAME = r"^[a-z][a-z0-9_]*_[a-z0-9]+$"
FOLDER_NAME = r"^[a-z][a-z0-9-]*$"
VALUE = re.compile(r"[A-Za-z0-9]+")
"""What a value of a matrix looks like: it names a file, an address and labels."""

Format = Literal["html", "pdf"]
FORMATS: tuple[Format, ...] = ("html", "pdf")


class Frozen(BaseModel):
    """A part of the configuration: it never changes, and a name that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PageFormats(Frozen):
    """What the pages of an entry are printed as."""

    formats: tuple[Format, ...] = FORMATS

    @field_validator("formats")
    @classmethod
    def _on_the_site(cls, formats: tuple[Format, ...]) -> tuple[Format, ...]:
        if "html" not in formats or len(set(formats)) < len(formats):
            raise ValueError("write [html] or [html, pdf]: every page is on the site")
        return formats


class Page(PageFormats):
    """One page of the report, and the notebook that it is made from."""

    notebook: Annotated[str, StringConstraints(pattern=NOTEBOOK_NAME)]
    """Its name everywhere: of the executed notebook, in the ledger, in caches."""
    number: str = ""
    """Number as printed, "1" or "A", also before those of its exhibits; empty for an unnumbered page."""
    coverage: str
    """Dataset whose countries and years bound the page's parameters."""
    parameters: dict[str, Any] = Field(default_factory=dict)
    """Overrides of the notebook's own defaults."""
    folder: Annotated[str, StringConstraints(pattern=f"{FOLDER_NAME}|^$")] = ""
    """Folder of the site that it lies in; empty for the top one."""
    under: str = ""
    """Slug of the page that lists it; empty for a page that stands in the contents of the report."""

    @property
    def source(self) -> str:
        """Its notebook in ``notebooks/``, without ending."""
        return self.notebook

    @cached_property
    def slug(self) -> str:
        """Page name in addresses: ``01_spending_trends`` becomes ``spending-trends``."""
        return self._in_folder(self.notebook.split("_", 1)[1].replace("_", "-"))

    def _in_folder(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name

    @property
    def identifier(self) -> str:
        """The slug as one word, for labels and names of files: ``profiles-est``."""
        return self.slug.replace("/", "-")

    @property
    def label(self) -> str:
        """What a reference to the page says: ``sec-spending-trends``, ``sec-profiles-est``."""
        return f"sec-{self.identifier}"

    @property
    def chapter_number(self) -> str:
        """Number of the chapter that it is, "1" or "A"; empty for a page called by its title."""
        return self.number

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


class MatrixPage(Page):
    """One of the many pages made from one notebook: its source, executed with one value of a parameter."""

    notebook: Annotated[str, StringConstraints(pattern=INSTANCE_NAME)]
    """``country_profile_est``: name of the source and value."""
    parameter: str
    """The parameter in which the pages of the notebook differ."""
    value: str | int
    """The value that it has on this page; exhibits are numbered with it: "Figure EST.1"."""

    @property
    def suffix(self) -> str:
        """The value as names, addresses and labels have it: ``est``."""
        return str(self.value).lower()

    @property
    def source(self) -> str:
        """Its notebook in ``notebooks/``, without ending."""
        return self.notebook.removesuffix(f"_{self.suffix}")

    @cached_property
    def slug(self) -> str:
        """Page name in addresses: ``profiles/est``."""
        return self._in_folder(self.suffix)

    @property
    def chapter_number(self) -> str:
        """Empty: it is no chapter, and its title is its name."""
        return ""


class MatrixEntry(PageFormats):
    """An entry of report.yaml that stands for many pages: one notebook, executed for each value of a parameter."""

    notebook: Annotated[str, StringConstraints(pattern=SOURCE_NAME)]
    coverage: str
    parameters: dict[str, Any] = Field(default_factory=dict)
    folder: Annotated[str, StringConstraints(pattern=FOLDER_NAME)]
    under: str = ""
    matrix: dict[str, tuple[str | int, ...]]
    """One parameter and its values, each of which makes a page."""

    @field_validator("matrix")
    @classmethod
    def _one_parameter(cls, matrix: dict[str, tuple[str | int, ...]]) -> dict[str, tuple[str | int, ...]]:
        if len(matrix) != 1:
            raise ValueError(f"it names {len(matrix)} parameters: write one, as 'country: [EST, LVA]'")
        ((name, values),) = matrix.items()
        if not values:
            raise ValueError(f"{name} has no values")
        wrong = [str(value) for value in values if not VALUE.fullmatch(str(value))]
        if wrong:
            raise ValueError(f"{name}: {', '.join(wrong)} cannot name a page; use letters and digits")
        names = [str(value).lower() for value in values]
        twice = sorted({str(value) for value in values if names.count(str(value).lower()) > 1})
        if twice:
            raise ValueError(f"{name}: {', '.join(twice)} is named twice")
        return matrix

    def pages(self) -> Iterator[MatrixPage]:
        """The pages that it stands for, in the order of the values."""
        ((parameter, values),) = self.matrix.items()
        for value in values:
            yield MatrixPage(
                notebook=f"{self.notebook}_{value}".lower(),
                number=str(value),
                coverage=self.coverage,
                parameters={**self.parameters, parameter: value},
                folder=self.folder,
                under=self.under,
                formats=self.formats,
                parameter=parameter,
                value=value,
            )


def expand_pages(entries: Any) -> Any:
    """Put the pages of each entry with a ``matrix`` in its place; all else is left as it is, to be checked as pages.

    Raises
    ------
    ValueError
        When such an entry lacks something, or has something too much.
    """
    if not isinstance(entries, list | tuple):
        return entries
    pages: list[Any] = []
    for entry in entries:
        if isinstance(entry, dict) and "matrix" in entry:
            pages += MatrixEntry.model_validate(entry).pages()
        else:
            pages.append(entry)
    return tuple(pages)
