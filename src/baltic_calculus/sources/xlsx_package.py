"""The zip archive that a workbook is: counted and searched before anything opens it.

What could unpack to gigabytes, expand entities, or make millions of objects is refused with the figure that is too
large; so are macros, and formulas whose results were not stored.
"""

import io
import re
from collections import Counter
from zipfile import ZipFile, ZipInfo

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import BLANK
from baltic_calculus.sources.file_text import quoted

MAX_MB = 12  # SIPRI's file of 77 years and all states has 0.9 MB
MAX_PARTS = 400
MAX_UNPACKED_MB = 48
MAX_RATIO = 400  # a sheet of equal cells packs about a hundredfold
MAX_CELLS = 400_000  # SIPRI's: about 110,000
MAX_ROWS = 20_000
MAX_OTHER_TAGS = 60_000  # styles, shared strings, names: each becomes an object

_TAG = re.compile(rb"<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)")
_ENTITIES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C|E\x00?N\x00?T)", re.IGNORECASE)  # also in UTF-16
_ENCODING = re.compile(rb"^\W*<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"})
# Possessive quantifiers: a part made to be slow to search must not be.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*+<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?+\s*+</"
)
_CELL_TAGS = frozenset({"row", "c", "v", "f", "is", "t"})


def inspect_package(content: bytes, where: str) -> None:
    """
    Refuse what is no workbook, or one that would cost more to open than any edition.

    Raises
    ------
    DataError
    """
    again = "fetch it again from the address in data/catalog.yaml; do not open a copy from elsewhere"
    if not content.startswith(b"PK\x03\x04"):
        raise DataError(f"not an .xlsx workbook: {_what_it_is(content)}", where=where, remedy=again)
    if len(content) > MAX_MB * 1_000_000:
        raise DataError(f"{len(content) / 1e6:.0f} MB, more than {MAX_MB} MB", where=where, remedy=again)
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        raise DataError(f"more than {MAX_PARTS} parts in the workbook", where=where, remedy=again)
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _inspect_parts(archive, where, again)
    except DataError:
        raise
    except Exception as error:
        # BadZipFile, zlib.error, struct.error, NotImplementedError, names that are no text: no common base
        raise DataError(
            f"the zip archive is damaged: {type(error).__name__}: {quoted(str(error))}", where=where, remedy=again
        ) from error


def _what_it_is(content: bytes) -> str:
    """What a file that is no zip archive looks like."""
    start = content[:400].lstrip(BLANK).lower()
    if not content:
        return "the file is empty"
    if start.startswith(b"<"):
        return "it is a web page or XML"
    if start.startswith(b"%pdf"):
        return "it is a PDF"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "it is an old .xls, or protected by a password"
    return f"it begins with {quoted(content[:12].decode('latin-1'))}"


def _inspect_parts(archive: ZipFile, where: str, remedy: str) -> None:
    """Refuse parts by their number, names, declared sizes and contents."""
    parts = archive.infolist()
    _inspect_sizes(parts, where, remedy)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise DataError("a zip archive, but no workbook in it", where=where, remedy=remedy)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DataError("the workbook carries macros, which the publisher's never do", where=where, remedy=remedy)
    tags: Counter[str] = Counter()
    for part in parts:
        inside = f"{where}, part {quoted(part.filename)}"
        data = archive.read(part)  # at most its declared size, and that is checked
        encoding = _ENCODING.match(data[:200])
        if _ENTITIES.search(data) or (encoding and encoding[1].lower() not in _ENCODINGS):
            raise DataError("XML with entities of its own or an odd encoding", where=inside, remedy=remedy)
        tags.update(match[1].decode("latin-1") for match in _TAG.finditer(data))
        _inspect_tags(tags, inside, remedy)
        uncomputed = _UNCOMPUTED.search(data)
        if uncomputed and b't="str"' not in uncomputed[1]:  # a stored empty text is a result
            address = re.search(rb'r="(\w+)"', uncomputed[1])
            raise DataError(
                "a formula whose result was not stored",
                where=inside + (f", cell {address[1].decode()}" if address else ""),
                remedy="open it in a spreadsheet program and save it, which stores the results; or fetch it again",
            )
    if not tags["c"]:
        raise DataError("the workbook has no sheet with a cell in it", where=where, remedy=remedy)


def _inspect_sizes(parts: list[ZipInfo], where: str, remedy: str) -> None:
    """Refuse an archive by what its directory says."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len({part.filename for part in parts}) < len(parts):
        raise DataError("two parts of one name", where=where, remedy=remedy)
    if any(part.flag_bits & 1 for part in parts):
        raise DataError("a part is protected by a password", where=where, remedy=remedy)
    if unpacked > MAX_UNPACKED_MB * 1_000_000:
        raise DataError(
            f"unpacks to {unpacked / 1e6:,.0f} MB, more than {MAX_UNPACKED_MB} MB", where=where, remedy=remedy
        )
    if unpacked > 1_000_000 and unpacked > MAX_RATIO * packed:
        raise DataError(
            f"unpacks to {unpacked // max(packed, 1)} times its size, more than {MAX_RATIO} times",
            where=where,
            remedy=remedy,
        )


def _inspect_tags(tags: Counter[str], where: str, remedy: str) -> None:
    """Refuse more cells, rows or other elements than any edition has, counted over all parts so far."""
    others = tags.total() - sum(tags[name] for name in _CELL_TAGS)
    texts = tags["t"] + tags["is"]
    for count, limit, what in (
        (max(tags["c"], tags["v"], tags["f"]), MAX_CELLS, "cells"),
        (tags["row"], MAX_ROWS, "rows"),
        (max(others, texts), MAX_OTHER_TAGS, "elements beside its cells"),
    ):
        if count > limit:
            raise DataError(f"the workbook has more than {limit:,} {what}", where=where, remedy=remedy)
