"""Editions whose facts are kept in report/editions/, so that the next one can say what changed."""

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.execution.ledger import read_parameters_used
from baltic_calculus.report.facts import Fact

FOLDER = Path("report", "editions")
SPAN = frozenset({"first_year", "last_year"})
"""Parameters that move on from edition to edition; every other one makes a page a page about something else."""


class KeptPage(BaseModel):
    """A page of a kept edition: what it was made with, and what it stated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parameters: dict[str, Any]
    facts: dict[str, dict[str, Any]]

    def is_about(self, parameters: Mapping[str, Any]) -> bool:
        """Whether a page with these parameters is about the same countries and assumptions."""
        shared = self.parameters.keys() & parameters.keys() - SPAN
        return all(self.parameters[name] == parameters[name] for name in shared)


class KeptEdition(BaseModel):
    """The facts of an edition, as they were published.

    Attributes
    ----------
    edition : str
        Its name, "November 2026".
    date : date
        Its day.
    draft : str
        "commit 06a8f2c", of a state that was never published; empty for an edition.
    pages : dict of str to KeptPage
        By slug.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition: str
    date: datetime.date
    draft: str = ""
    pages: dict[str, KeptPage]

    @property
    def place(self) -> tuple[datetime.date, bool]:
        """Its place among editions: by day, and on one day drafts before the edition."""
        return self.date, not self.draft

    @classmethod
    def of_build(cls, config: ReportConfig, *, draft: str = "") -> Self:
        """The edition that the last build made, all pages of it.

        Raises
        ------
        ConfigurationError
            When there is no build, or one of a part of the report.
        """
        facts_file = config.build / "facts.json"
        if not facts_file.exists():
            raise ConfigurationError(
                "there is no edition to keep yet", where=str(facts_file), remedy="run: baltic build"
            )
        facts: dict[str, dict[str, Fact]] = json.loads(facts_file.read_text(encoding="utf-8"))
        used = read_parameters_used(config.build / "ledger.json")
        left = [page.slug for page in config.pages if page.slug not in facts]
        if left:
            raise ConfigurationError(
                "the last build made only a part of the report",
                where=f"left out: {', '.join(left)}",
                remedy="run: baltic build",
            )
        pages = {
            page.slug: KeptPage(parameters=used.get(page.notebook, {}), facts=dict(facts[page.slug]))  # type: ignore[arg-type]
            for page in config.pages
        }
        return cls(edition=config.edition, date=config.date, draft=draft, pages=pages)

    def write(self, root: Path) -> Path:
        """Write the edition into its file, one line a page; gives the file."""
        file = root / FOLDER / f"{self.date.isoformat()}{'-draft' if self.draft else ''}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{\n" + ",\n".join(self._lines()) + "\n}\n", encoding="utf-8")
        return file

    def _lines(self) -> Iterator[str]:
        for name, value in self.model_dump(mode="json", exclude={"pages"}).items():
            yield f"{_as_json(name)}: {_as_json(value)}"
        pages = [f"{_as_json(slug)}: {_as_json(page.model_dump())}" for slug, page in self.pages.items()]
        yield '"pages": {\n' + ",\n".join(pages) + "\n}"


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_editions(root: Path) -> list[KeptEdition]:
    """Read the kept editions of the project in ``root``, the earliest first.

    Raises
    ------
    ConfigurationError
        When a file there is not a kept edition.
    """
    editions = []
    for file in sorted((root / FOLDER).glob("*.json")):
        try:
            editions.append(KeptEdition.model_validate_json(file.read_text(encoding="utf-8")))
        except ValidationError as error:
            raise ConfigurationError(
                f"not a kept edition: {error.errors()[0]['msg']}",
                where=str(FOLDER / file.name),
                remedy="take it from the repository again, or write it anew with: baltic keep",
            ) from None
    return sorted(editions, key=lambda edition: edition.place)


def edition_before(config: ReportConfig) -> KeptEdition | None:
    """The last kept edition before that of the report; None for the first.

    The edition of the same day is not before itself: kept, it leaves the report as it was.
    """
    return next((one for one in reversed(read_editions(config.root)) if one.place < (config.date, True)), None)
