"""Executed notebooks kept for as long as nothing they depend on changes, each beside the parts of its key.

Only pages that went well are kept. An entry is two files: ``<key>.ipynb`` and ``<key>.json``, which holds the digest of
the first and is written last; an entry of which one is missing, cut short or changed does not count.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from baltic_calculus.report.execution.key import key_of


@dataclass(frozen=True)
class Entry:
    """One executed notebook in the cache.

    Attributes
    ----------
    page : str
        Name of the notebook.
    key : str
        Digest of ``parts``.
    parts : Mapping of str to str
        Digest of each thing it depends on.
    digest : str
        SHA-256 of the executed notebook.
    used : float
        When it was last stored or used, in seconds since 1970.
    size : int
        Bytes of the executed notebook.
    """

    page: str
    key: str
    parts: Mapping[str, str]
    digest: str
    used: float
    size: int


class PageCache:
    """Executed notebooks by key, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, parts: Mapping[str, str]) -> str | None:
        """Text of the executed notebook with these parts; None when there is none or it is damaged."""
        entry = self._read(self.folder / f"{key_of(parts)}.json")
        if entry is None:
            return None
        text = self._notebook(entry)
        if text is not None:
            (self.folder / f"{entry.key}.json").touch()  # what is in use is not the oldest
        return text

    def store(self, page: str, parts: Mapping[str, str], text: str) -> None:
        """Keep an executed notebook; whoever reads meanwhile meets all of it or nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        key, content = key_of(parts), text.encode()
        seal = json.dumps({"page": page, "parts": dict(parts), "digest": sha256(content).hexdigest()})
        for path, data in (
            (self.folder / f"{key}.ipynb", content),
            (self.folder / f"{key}.json", seal.encode()),
        ):
            beside = path.with_suffix(".new")
            beside.write_bytes(data)
            beside.replace(path)

    def entries(self) -> list[Entry]:
        """All whole entries, the one used last first."""
        found = (self._read(path) for path in self.folder.glob("*.json"))
        return sorted((entry for entry in found if entry), key=lambda entry: (-entry.used, entry.key))

    def explain(self, page: str, parts: Mapping[str, str]) -> str:
        """One line that says why a page is fresh or stale.

        For example ``fresh: nothing it depends on has changed`` or ``stale: code cells changed``.
        """
        entry = self._read(self.folder / f"{key_of(parts)}.json")
        if entry is not None:
            if self._notebook(entry) is None:
                return "stale: its executed notebook is damaged"
            return "fresh: nothing it depends on has changed"
        last = next((entry for entry in self.entries() if entry.page == page), None)
        if last is None:
            return "stale: never executed"
        return "stale: " + "; ".join(_differences(last.parts, parts))

    def prune(self, keep: Collection[str]) -> tuple[int, int]:
        """Delete all entries but those with the keys ``keep``, and what interrupted builds left; counts and bytes."""
        deleted = {path.stem for path in self.folder.glob("*.json") if path.stem not in keep}
        freed = 0
        for path in list(self.folder.iterdir()) if self.folder.exists() else []:
            if path.stem not in keep:
                freed += path.stat().st_size
                path.unlink()
        return len(deleted), freed

    def drop_oldest(self, beyond: int) -> None:
        """Keep the entries used last, so that the cache does not grow for ever."""
        entries = self.entries()
        if len(entries) > beyond:
            self.prune({entry.key for entry in entries[:beyond]})

    def _read(self, seal: Path) -> Entry | None:
        executed = seal.with_suffix(".ipynb")
        try:
            content = json.loads(seal.read_text(encoding="utf-8"))
            return Entry(
                page=content["page"],
                key=seal.stem,
                parts=content["parts"],
                digest=content["digest"],
                used=seal.stat().st_mtime,
                size=executed.stat().st_size,
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None  # missing, cut short or of another layout: such an entry does not count

    def _notebook(self, entry: Entry) -> str | None:
        content = (self.folder / f"{entry.key}.ipynb").read_bytes()
        return content.decode() if sha256(content).hexdigest() == entry.digest else None


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for part in dict.fromkeys([*now, *before]):
        if part not in before:
            yield f"{part} added"
        elif part not in now:
            yield f"{part} no longer read"
        elif before[part] != now[part]:
            yield f"{part} changed"
