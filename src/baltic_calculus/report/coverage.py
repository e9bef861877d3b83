"""Countries and years of datasets, remembered: finding them out means to load pandas and check a whole table."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baltic_calculus import catalog
from baltic_calculus.catalog import Coverage
from baltic_calculus.report.execution.key import Ground


@dataclass(frozen=True)
class CoverageMemory:
    """Coverage of datasets by what it depends on.

    Attributes
    ----------
    file : Path
        Where it is kept; may be missing or damaged.
    ground : Ground
        State of the data and of the package.
    """

    file: Path
    ground: Ground

    def coverage(self, name: str) -> Coverage:
        """Countries and years of a dataset; see :func:`baltic_calculus.catalog.coverage`.

        Raises
        ------
        DataError
            When the dataset breaks a rule; what was checked once is not checked again.
        """
        key = " ".join([name, self.ground.data.get(name, ""), self.ground.common, self.ground.source])
        known = self._known()
        if key in known:
            return Coverage(**known[key])
        found = catalog.coverage(name)
        current = {other: kept for other, kept in known.items() if other.split()[0] != name}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(current | {key: found.model_dump()}), encoding="utf-8")
        beside.replace(self.file)
        return found

    def _known(self) -> dict[str, Any]:
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}
