"""The state of the project that a report was made from, as version control knows it."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

INPUTS = ("notebooks", "data", "report", "src", "requirements.lock", ":(exclude)data/vintages")
"""What a report is made from; changes elsewhere do not matter to it."""

SHORT = 10


@dataclass(frozen=True)
class Revision:
    """A commit, and whether what the report was made from is as it was committed.

    Attributes
    ----------
    commit : str
        The whole hash; empty when the project is not the top folder of a git checkout.
    is_modified : bool
        Whether notebooks, data, code or theme differ from the commit.
    """

    commit: str
    is_modified: bool

    @property
    def short(self) -> str:
        """Beginning of the hash, as long as people quote it."""
        return self.commit[:SHORT]

    def __str__(self) -> str:
        """As printed in colophon and provenance."""
        if not self.commit:
            return "not under version control"
        return f"commit {self.short}" + (", with changes not committed" if self.is_modified else "")


UNKNOWN = Revision("", is_modified=False)


def read_revision(root: Path) -> Revision:
    """The revision of the project in ``root``; `UNKNOWN` without git, or outside a checkout."""
    if not (root / ".git").exists():
        return UNKNOWN
    try:
        commit = _git(root, "rev-parse", "HEAD")
        changes = _git(root, "status", "--porcelain", "--", *INPUTS)
    except (OSError, subprocess.CalledProcessError):
        return UNKNOWN
    return Revision(commit, is_modified=bool(changes))


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()
