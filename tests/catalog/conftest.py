"""A made-up project folder with one small dataset of each kind."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from baltic_calculus.catalog import Catalog

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the compiled one: each test of this folder writes one
COLUMNS: dict[str, dict[str, Any]] = {
    "iso3": {"meaning": "country"},
    "name": {"meaning": "name", "required": True},
    "in_text": {"meaning": "name in a sentence", "required": True},
    "kind": {"meaning": "kind", "required": True},
    "nato": {"meaning": "ally", "allowed": ["yes", "no"]},
    "eu": {"meaning": "member", "allowed": ["yes", "no"]},
    "source": {"meaning": "register key", "required": True},
    "year": {"type": "integer", "meaning": "year", "required": True},
    "measure": {"meaning": "measure", "required": True},
    "value": {"type": "number", "meaning": "number"},
    "unit": {"meaning": "unit"},
    "price_basis": {"meaning": "prices", "allowed": ["", "current"]},
    "flag": {"meaning": "flag", "allowed": ["", "estimate"]},
    "vintage": {"meaning": "publication", "required": True},
    "note": {"meaning": "note"},
    "entity": {"meaning": "entity", "required": True},
    "date": {"meaning": "date", "required": True, "pattern": r"\d{4}(-\d{2})?"},
    "indicator": {"meaning": "indicator", "required": True},
    "low": {"type": "number", "meaning": "low"},
    "high": {"type": "number", "meaning": "high"},
    "text": {"meaning": "text"},
    "confidence": {"meaning": "confidence", "required": True, "allowed": ["high", "low"]},
}
RECORD: dict[str, Any] = {
    "title": "A table",
    "publisher": "Somebody",
    "edition": "2026",
    "basis": "made up",
    "read": "2026-11-21",
    "licence": "CC BY 4.0",
    "redistribution": "open",
    "citation": "somebody2026",
}
TABLES = {
    "countries": (
        "iso3,name,in_text,kind,nato,eu\n"
        "EST,Estonia,Estonia,state,yes,yes\n"
        "LTU,Lithuania,Lithuania,state,yes,yes\n"
        "XNT,NATO total,NATO as a whole,aggregate,no,no\n"
    ),
    "sources": "source,note\nA1,first\nA2,second\n",
    "spending": (
        "iso3,year,measure,value,unit,price_basis,flag,source,note\n"
        "EST,2025,share_gdp_pct,3.93,% of GDP,,estimate,A1,\n"
        "EST,2025,spend_eur_m,1633,EUR m,current,,A1,\n"
        "EST,2026,spend_eur_m,,EUR m,current,,A1;A2,not yet published\n"
    ),
    "posture": (
        "entity,date,indicator,value,low,high,text,unit,confidence,source,note\n"
        "LTU,2026-02,brigade strength,,1700,1800,,troops,high,A1,\n"
        "LTU,2027,share at Rukla,33,,,,%,low,A2,\n"
        "NATO,2026,framework nation,,,,Germany,text,high,A2,\n"
    ),
}
SHAPES: dict[str, dict[str, Any]] = {
    "countries": {"kind": "table", "keys": ["iso3"]},
    "sources": {"kind": "table", "keys": ["source"]},
    "spending": {
        "kind": "country_year",
        "keys": ["iso3", "year", "measure"],
        "years": [2014, 2026],
        "measures": {
            "share_gdp_pct": {"unit": "% of GDP", "definition": "share", "minimum": 0, "maximum": 100},
            "spend_eur_m": {"unit": "EUR m", "price_basis": "current", "definition": "money", "minimum": 0},
        },
    },
    "posture": {"kind": "facts", "keys": ["entity", "date", "indicator"]},
}
MAP = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"iso3": "EST"}, "geometry": None}]}


@dataclass
class SmallProject:
    """A project folder whose tables can be spoilt one at a time."""

    root: Path
    records: dict[str, dict[str, Any]]
    further: dict[str, Any] = field(default_factory=dict)
    """What stands in the catalogue beside the data dictionary and the records."""

    def write(self, name: str, text: str) -> None:
        """Write a data file and seal it, so that only its content can be wrong."""
        self.place(name, text)
        self.save()

    def place(self, name: str, text: str) -> None:
        """Write a data file; its checksum waits for `save`."""
        content = text.encode("utf-8")
        (self.root / self.records[name]["path"]).write_bytes(content)
        self.records[name]["sha256"] = hashlib.sha256(content).hexdigest()

    def spoil(self, name: str, old: str, new: str) -> None:
        """Replace a piece of a table."""
        assert old in TABLES[name]
        self.write(name, TABLES[name].replace(old, new, 1))

    def save(self) -> None:
        """Write data/catalog.yaml."""
        content = {"columns": COLUMNS, **self.further, "datasets": self.records}
        text = yaml.dump(content, Dumper=DUMPER, sort_keys=False)
        (self.root / "data" / "catalog.yaml").write_text(text, encoding="utf-8")

    @property
    def catalog(self) -> Catalog:
        """Catalogue of the folder as it is now."""
        return Catalog(self.root)


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    (tmp_path / "data" / "policy").mkdir(parents=True)
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "references.bib").write_text(
        "@misc{somebody2026,\n  title = {A table}\n}\n", encoding="utf-8"
    )
    small = SmallProject(tmp_path, {})
    for name, text in TABLES.items():
        columns = text.split("\n", 1)[0].split(",")
        small.records[name] = {
            "path": f"data/{name}.csv",
            **RECORD,
            "columns": columns,
            **SHAPES[name],
            "sha256": "0" * 64,
        }
        small.place(name, text)
    small.records["region"] = {"path": "data/region.geojson", **RECORD, "kind": "geometry", "sha256": "0" * 64}
    small.write("region", json.dumps(MAP))
    return small
