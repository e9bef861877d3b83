"""What all runs of a sweep stand on, and whether it is still the same when a run ends."""

import hashlib
import re
from pathlib import Path

import nbformat

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.execution.key import Ground, key_of, page_parts, read_ground
from baltic_calculus.report.freshness import describe_environment, file_states, take_snapshot
from baltic_calculus.report.sweep.grid import Point, canonical

_CATALOGUE = re.compile(r"\bcatalog\b")
_CHANGES_SHOWN = 5


class SweepGround:
    """Code cells, data, package and environment of a sweep, as they were when it began.

    Parameters
    ----------
    source : NotebookNode
        The source notebook.
    root : Path
        The project.
    """

    def __init__(self, source: nbformat.NotebookNode, root: Path) -> None:
        self._source = source
        self._root = root
        self._states = self._look()  # before the key: what changes in between is met as a change
        self._key = self._read()

    def run_key(self, point: Point) -> str:
        """Digest of everything that a run depends on."""
        return hashlib.sha256(f"{self._key}\n{canonical(point.parameters)}".encode()).hexdigest()

    def check(self) -> None:
        """See that a run which has ended stood on the same ground throughout.

        A sweep may take hours, in which somebody edits a module or updates the data; a result of the new state must
        not be kept as one of the old.

        Raises
        ------
        ConfigurationError
            When something that the runs depend on has changed.
        """
        states = self._look()
        if states == self._states:
            return
        if self._read() != self._key:
            raise ConfigurationError(
                "the data, the package or the environment changed while the sweep ran",
                where=", ".join(sorted({name for name, _ in states.items() ^ self._states.items()})[:_CHANGES_SHOWN]),
                remedy="run the same command again when they are as they should be",
            )
        self._states = states

    def kernel_environment(self) -> dict[str, str]:
        """Where kernels find the data; data that the notebook may read are checked once, and not in every kernel.

        Raises
        ------
        DataError
            When the data break a rule.
        """
        environment = {"BALTIC_ROOT": str(self._root)}
        if any(_CATALOGUE.search(cell.source) for cell in self._source.cells if cell.cell_type == "code"):
            # pandas and the schemas take a second to import, and a notebook without data does not need them
            from baltic_calculus.report.checked_data import ensure_checked

            environment |= ensure_checked(self._root / "_build" / "cache" / "data-checked", self._read_ground())
        return environment

    def _look(self) -> dict[str, object]:
        return {**file_states(str(self._root)), "installed packages": describe_environment()}

    def _read(self) -> str:
        return key_of(page_parts(self._source, {}, self._read_ground()))

    def _read_ground(self) -> Ground:
        catalogue = self._root / "data" / "catalog.yaml"
        text = catalogue.read_text(encoding="utf-8") if catalogue.exists() else ""
        return read_ground(take_snapshot(str(self._root)), text)
