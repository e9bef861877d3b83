"""The source line under an exhibit, from the records of the datasets that it is made of."""

import re
from collections.abc import Sequence

from baltic_calculus import catalog
from baltic_calculus.exhibits.number import EN_DASH, format_date


def dataset_names(source: str | Sequence[str]) -> tuple[str, ...]:
    """Return the dataset names of a ``source`` argument, each once, in the order given."""
    names = (source,) if isinstance(source, str) else tuple(source)
    return tuple(dict.fromkeys(name for name in names if name))


def _with_stop(text: str) -> str:
    """End a sentence with one full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def cite_record(record: catalog.DatasetRecord) -> str:
    """Print where one dataset comes from.

    Parameters
    ----------
    record : DatasetRecord
        Its publisher, title, edition, cut-off, day of reading and attribution; empty ones are left out.

    Returns
    -------
    str
        For example "NATO, Defence Investment of NATO Countries (2014–2026), July 2026 edition, data to 3 July 2026;
        read 21 November 2026." and the attribution that the publisher asks for.
    """
    parts = [record.publisher, re.sub(r"(\d{4})-(\d{4})", rf"\1{EN_DASH}\2", record.title), format_date(record.edition)]
    if record.cut_off:
        parts.append(f"data to {format_date(record.cut_off)}")
    line = _with_stop(f"{', '.join(parts)}; read {format_date(record.read)}")
    return f"{line} {_with_stop(record.attribution)}" if record.attribution else line


def source_line(source: str | Sequence[str]) -> str:
    """Print the sources of an exhibit, one sentence for each dataset.

    Raises
    ------
    DataError
        When the catalogue has no such dataset.
    """
    return " ".join(cite_record(catalog.record(name)) for name in dataset_names(source))
