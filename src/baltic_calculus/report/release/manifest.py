"""What lies in a published site: edition, state of the project, and the SHA-256 of every file (``published.json``)."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.revision import Revision, read_revision

NAME = "published.json"
VERSION = 1


@dataclass(frozen=True)
class Manifest:
    """A published site, or one that is to be published.

    Attributes
    ----------
    title, edition : str
        Of the report.
    revision : Revision
        State of the project that it was built from.
    is_partial : bool
        Whether pages are missing or were left as an earlier build made them.
    files : mapping of str to str or None
        SHA-256 by name. None for a file of which it is not known whether it is the old or the new one: an upload was
        interrupted.
    """

    title: str
    edition: str
    revision: Revision
    is_partial: bool
    files: Mapping[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, config: ReportConfig, *, is_partial: bool) -> Self:
        """Describe the report as it is now, without files."""
        return cls(config.title, config.edition, read_revision(config.root), is_partial)

    def with_files_of(self, folder: Path) -> Self:
        """The same with the hashes of all files in a folder."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
        hashes = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        return replace(self, files=hashes)

    @property
    def name(self) -> str:
        """As messages name it: ``November 2026, commit 0123456789, partial``."""
        return f"{self.edition}, {self.revision}" + (", partial" if self.is_partial else "")

    def as_json(self) -> str:
        """The text of ``published.json``; the same site gives the same text."""
        content = {
            "version": VERSION,
            "title": self.title,
            "edition": self.edition,
            "commit": self.revision.commit,
            "modified": self.revision.is_modified,
            "partial": self.is_partial,
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def read_manifest(read: Callable[[str], str | bytes | None], where: str) -> Manifest | None:
    """Read the manifest of what is published somewhere.

    Parameters
    ----------
    read : callable
        Gives the content of a file there; None when there is no such file.
    where : str
        For messages.

    Returns
    -------
    Manifest or None
        None when there is no manifest.

    Raises
    ------
    ConfigurationError
        When it is damaged, or of a version that this one does not know.
    """
    text = read(NAME)
    if text is None:
        return None
    try:
        content: dict[str, Any] = json.loads(text)
        if content["version"] != VERSION:
            raise ValueError(f"version {content['version']}")
        revision = Revision(content["commit"], is_modified=content["modified"])
        return Manifest(content["title"], content["edition"], revision, content["partial"], content["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"cannot read what is published there: {NAME}: {error!r}",
            where=where,
            remedy="see that it is a site of this report, and publish to an empty place instead",
        ) from None


@dataclass(frozen=True)
class Changes:
    """What has to happen for one site to become another.

    Attributes
    ----------
    sent : tuple of str
        Files that are new or different.
    removed : tuple of str
        Files that are there no more.
    kept : int
        How many stay as they are.
    """

    sent: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int

    @classmethod
    def between(cls, before: Manifest | None, after: Manifest) -> Self:
        """Compare what is published, if anything is, with what is to be."""
        known = before.files if before else {}
        sent = tuple(name for name, digest in after.files.items() if known.get(name) != digest)
        removed = tuple(sorted(known.keys() - after.files.keys()))
        return cls(sent, removed, len(after.files) - len(sent))

    def __str__(self) -> str:
        """As told to a person: ``12 files sent, 1 removed, 80 as they were``."""
        noun = "file" if len(self.sent) == 1 else "files"
        return f"{len(self.sent)} {noun} sent, {len(self.removed)} removed, {self.kept} as they were"
