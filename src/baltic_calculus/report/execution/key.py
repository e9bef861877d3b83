"""What an executed notebook depends on, part by part, so that a changed key can say which part changed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import nbformat
import yaml

from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.report.execution.declared import declared_data
from baltic_calculus.report.freshness import LOCK, Snapshot

CATALOG = "data/catalog.yaml"
POLICIES = "data/policy/"
REFERENCES = "report/references.bib"
ALWAYS_READ = ("countries", "sources")
"""Registers against which every dataset is checked when it is loaded."""

NOT_EXECUTED = ("src/baltic_calculus/report/", "src/baltic_calculus/cli/")
EXECUTES = "src/baltic_calculus/report/execution/"
"""Notebooks cannot import the report layer; of its code only this folder acts on them."""


@dataclass(frozen=True)
class Ground:
    """What notebooks stand on, as digests.

    Attributes
    ----------
    data : Mapping of str to str
        Each dataset (its file and its record) and each policy set, by name; one of each may share a name.
    common : str
        What every dataset is read with: the data dictionary, the registers, files that no record names.
    source : str
        Code that runs in kernels or acts on notebooks.
    references : str
        Bibliography, in which the records of the data are cited.
    lock : str
        The locked environment.
    environment : str
        Python and all installed distributions.
    """

    data: Mapping[str, str]
    common: str
    source: str
    references: str
    lock: str
    environment: str

    @property
    def checks(self) -> str:
        """Digest of all that the checks of the data depend on."""
        state = [dict(sorted(self.data.items())), self.common, self.source, self.references, self.environment]
        return _digest(json.dumps(state))


def read_ground(snapshot: Snapshot, catalogue: str) -> Ground:
    """Sort the files of a snapshot into what notebooks depend on.

    Parameters
    ----------
    snapshot : Snapshot
        State of the project and of the packages.
    catalogue : str
        Text of data/catalog.yaml. When it cannot be read, its checks say so later; then all data count as one.
    """
    digests = {name: file.digest for name, file in snapshot.files.items()}
    records, dictionary = _read_catalogue(catalogue)
    data, used = {}, {CATALOG}
    for name, record in records.items():
        path = str(record.get("path", ""))
        if name not in ALWAYS_READ and path in digests:
            data[name] = _digest(json.dumps(record, sort_keys=True, default=str) + digests[path])
            used.add(path)
    for path in digests:
        if path.startswith(POLICIES) and path.endswith(".yaml"):
            name = path.removeprefix(POLICIES).removesuffix(".yaml")
            data[name] = _digest(data.get(name, "") + digests[path])
            used.add(path)
    registers = [records[name] for name in ALWAYS_READ if name in records]
    common = [json.dumps([dictionary, registers], sort_keys=True, default=str)]
    common += [f"{path} {digests[path]}" for path in sorted(digests) if path.startswith("data/") and path not in used]
    return Ground(
        data=data,
        common=_digest("\n".join(common)),
        source=_digest_files(digests, (name for name in digests if _acts_on_notebooks(name))),
        references=digests.get(REFERENCES, ""),
        lock=digests.get(LOCK, ""),
        environment=_digest(snapshot.environment),
    )


def _read_catalogue(text: str) -> tuple[dict[str, Any], Any]:
    """Records by name, and the rest; a file that cannot be read is all rest."""
    try:
        content = parse_yaml(text)
        return dict(content["datasets"]), content["columns"]
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        return {}, text


def _acts_on_notebooks(name: str) -> bool:
    return name.startswith("src/") and (name.startswith(EXECUTES) or not name.startswith(NOT_EXECUTED))


def page_parts(notebook: nbformat.NotebookNode, parameters: Mapping[str, Any], ground: Ground) -> dict[str, str]:
    """Digest of each thing that the outputs of a notebook depend on; its prose is not among them.

    Parameters
    ----------
    notebook : NotebookNode
        The source notebook.
    parameters : mapping
        All its parameters with the values that hold.
    ground : Ground
        Data, code and environment.

    Returns
    -------
    dict of str to str
        Name of the part, as `baltic explain` prints it, to digest.
    """
    code = [[cell.source, cell.metadata.get("tags", [])] for cell in notebook.cells if cell.cell_type == "code"]
    kernel = notebook.metadata.get("kernelspec", {}).get("name", "")
    parts = {
        "code cells": _digest(json.dumps([code, kernel])),
        "parameters": _digest(json.dumps(dict(parameters), sort_keys=True, default=str)),
    }
    parts |= {f"data {name}": ground.data[name] for name in sorted(declared_data(notebook, ground.data))}
    return parts | {
        "data dictionary and registers": ground.common,
        "source of the package": ground.source,
        LOCK: ground.lock,
        "Python and installed packages": ground.environment,
    }


def key_of(parts: Mapping[str, str]) -> str:
    """One digest of all parts."""
    return _digest(json.dumps(dict(parts), sort_keys=True))


def _digest_files(digests: Mapping[str, str], names: Iterable[str]) -> str:
    return _digest("\n".join(f"{name} {digests[name]}" for name in sorted(names)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
