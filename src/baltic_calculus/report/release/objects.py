"""Publish to an object store: only what has changed is sent, parts before pages, and an interrupted upload goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.release.manifest import NAME, Changes, Manifest, read_manifest
from baltic_calculus.report.store import Store, in_order_of_arrival, open_store

BATCH = 40
"""Files sent between two notes of how far the upload has come."""


class ObjectPlace:
    """A folder of an object store, as ``s3://bucket/folder``.

    A store cannot replace many objects at once. A reader who arrives during an upload meets pages whose parts are all
    there, some of the old edition, some of the new one. The manifest says at every moment which files are surely there:
    a file that is about to be replaced has no hash in it, until it has been sent.

    Parameters
    ----------
    address : str
        As for `open_store`.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._store: Store = open_store(address)

    def prepare(self, site: Path, address: str) -> None:
        """Nothing is needed besides."""

    def published(self) -> Manifest | None:
        """What is published, as far as it is surely there; None when there is nothing."""
        manifest = read_manifest(self._read, self.address)
        if manifest is None and self._store.names():
            raise ConfigurationError(
                "there is something else, among which the site would be lost",
                where=self.address,
                remedy="name a folder of the store that is empty or holds a site published before",
            )
        return manifest

    def publish(self, site: Path, manifest: Manifest, before: Manifest | None) -> None:
        """Send what has changed, remove what is gone, and write the manifest.

        Raises
        ------
        ConfigurationError
            When the store refuses; the same command goes on where it stopped.
        """
        changes = Changes.between(before, manifest)
        state = dict(before.files) if before else {}
        state |= dict.fromkeys([*changes.sent, *changes.removed])
        for batch in _batches(changes.sent):
            self._note(replace(manifest, files=state))
            self._store.upload({name: site / name for name in batch})
            state |= {name: manifest.files[name] for name in batch}
        if changes.removed:
            self._note(replace(manifest, files=state))
        for name in changes.removed:
            self._store.remove(name)
        self._note(manifest)

    def _note(self, manifest: Manifest) -> None:
        self._store.write(NAME, manifest.as_json().encode())

    def _read(self, name: str) -> bytes | None:
        return self._store.read(name) if self._store.exists(name) else None


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for stage in in_order_of_arrival(names):
        for start in range(0, len(stage), BATCH):
            yield stage[start : start + BATCH]
