"""How to cite the report, as files that reference managers read."""

import json
from collections.abc import Iterator

from baltic_calculus.report.config import ReportConfig


def ris_citation(config: ReportConfig) -> str:
    """The report as an RIS record, which every reference manager reads."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_fields(config))


def _ris_fields(config: ReportConfig) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    for author in config.authors:
        yield "AU", f"{author},"  # the comma says that it is the name of a team, not a first and a last name
    yield "TI", f"{config.title}: {config.subtitle}"
    yield "PY", str(config.date.year)
    yield "DA", config.date.strftime("%Y/%m/%d")
    yield "PB", config.institute
    yield "ET", config.edition
    yield "AB", config.abstract
    for keyword in config.keywords:
        yield "KW", keyword
    if config.address or config.repository:
        yield "UR", config.address or config.repository
    yield "LA", config.language
    yield "ER", ""


def csl_citation(config: ReportConfig) -> str:
    """The report as CSL-JSON, which citation processors read."""
    item = {
        "id": f"{config.title.lower().removeprefix('the ').split()[0]}{config.date.year}",
        "type": "report",
        "title": f"{config.title}: {config.subtitle}",
        "author": [{"literal": author} for author in config.authors],
        "issued": {"date-parts": [[config.date.year, config.date.month, config.date.day]]},
        "edition": config.edition,
        "publisher": config.institute,
        "abstract": config.abstract,
        "language": config.language,
    }
    if config.address or config.repository:
        item["URL"] = config.address or config.repository
    return json.dumps([item], indent=2, ensure_ascii=False) + "\n"
