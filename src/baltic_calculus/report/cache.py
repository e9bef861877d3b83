"""Executed notebooks kept for as long as nothing they depend on changes.

A page is a function of its notebook, its parameters, the data, the source of this package, the locked environment
and the Python version. Its key is the hash of all of these; what has the same key is not executed again.
"""

import hashlib
import json
import platform
from dataclasses import dataclass
from pathlib import Path

import baltic_calculus
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.plan import PagePlan

_ENTRIES_KEPT = 40
_IGNORED = frozenset({"__pycache__", ".ipynb_checkpoints"})


def digest_folder(folder: Path) -> str:
    """Hash names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not _IGNORED.intersection(path.parts):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class PageCache:
    """Executed notebooks by key.

    Attributes
    ----------
    folder : Path
        Where they are kept: ``<key>.ipynb`` beside ``<key>.sha256``.
    ground : str
        Hash of what all pages depend on: data, package, environment, Python.
    """

    folder: Path
    ground: str

    @classmethod
    def open(cls, config: ReportConfig) -> "PageCache":
        """Hash what all pages of a report depend on."""
        lock = config.root / "requirements.lock"
        ground = [
            digest_folder(config.root / "data"),
            digest_folder(Path(baltic_calculus.__file__).parent),
            *(hashlib.sha256(path.read_bytes()).hexdigest() for path in (config.bibliography, lock) if path.exists()),
            platform.python_version(),
        ]
        return cls(config.build / "cache" / "pages", "\n".join(ground))

    def key(self, plan: PagePlan) -> str:
        """Hash everything that one page depends on."""
        digest = hashlib.sha256(self.ground.encode())
        digest.update(plan.source.read_bytes())
        digest.update(json.dumps(plan.parameters, sort_keys=True).encode())
        return digest.hexdigest()

    def find(self, key: str) -> Path | None:
        """Executed notebook with this key; None when there is none or its file is damaged."""
        entry, seal = self.folder / f"{key}.ipynb", self.folder / f"{key}.sha256"
        if not entry.exists() or not seal.exists():
            return None
        intact = hashlib.sha256(entry.read_bytes()).hexdigest() == seal.read_text(encoding="ascii").strip()
        return entry if intact else None

    @property
    def _checked(self) -> Path:
        return self.folder.parent / "data-checked"

    def data_is_checked(self) -> bool:
        """Whether this very data has passed all checks of this very package before."""
        return self._checked.exists() and self._checked.read_text(encoding="ascii") == self.ground

    def mark_data_checked(self) -> None:
        """Remember that the data passed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._checked.write_text(self.ground, encoding="ascii")

    def store(self, key: str, executed: Path) -> None:
        """Keep an executed notebook; a reader meets all of it or nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        content = executed.read_bytes()
        # The seal comes last: an entry without it does not count.
        for name, data in ((f"{key}.ipynb", content), (f"{key}.sha256", hashlib.sha256(content).hexdigest().encode())):
            beside = self.folder / f"{name}.new"
            beside.write_bytes(data)
            beside.replace(self.folder / name)
        by_age = sorted(self.folder.glob("*.ipynb"), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in by_age[_ENTRIES_KEPT:]:
            entry.with_suffix(".sha256").unlink(missing_ok=True)
            entry.unlink(missing_ok=True)
