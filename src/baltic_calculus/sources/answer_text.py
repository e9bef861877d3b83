"""The text of an answer over the network, and what is said when it is no answer at all: a page, a fault, nothing."""

import re
import reprlib

from baltic_calculus.errors import DataError

LIMIT_MB = 64
"""Answers read here are at most a few megabytes; a larger one was not asked for."""

BLANK = b"\xef\xbb\xbf \t\r\n"
"""What may stand before an answer: the mark of its encoding, and white space."""

SHOWN = 160  # letters of an answer that a message quotes


def shown(value: object) -> str:
    """A value out of an answer as a message may show it: one line, printable, short."""
    text = value[: 8 * SHOWN] if isinstance(value, str) else reprlib.repr(value)
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def is_web_page(content: bytes) -> bool:
    """Whether it is HTML, whatever it is said to be."""
    beginning = content[:2_000].lstrip(BLANK).lower()
    return beginning.startswith(b"<") and (b"<!doctype html" in beginning or b"<html" in beginning)


def decode_answer(content: bytes, publisher: str) -> str:
    """
    Text of an answer in JSON or CSV.

    Raises
    ------
    DataError
        When it is empty, too large, not UTF-8, or a page or fault in HTML or XML, whose words are quoted.
    """
    where = f"answer of {publisher}"
    if len(content) > LIMIT_MB * 1_000_000:
        raise DataError(
            f"{len(content) / 1e6:.0f} MB, more than the {LIMIT_MB} MB that an answer may have",
            where=where,
            remedy="ask for the countries and years that are needed",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            f"not text in UTF-8: byte {content[error.start]:#04x} at {error.start}",
            where=where,
            remedy="save the answer as it was sent; an Excel file or a packed one is not read here",
        ) from error
    text = text.strip()
    if not text:
        raise DataError(
            "the answer is empty", where=where, remedy="the publisher has nothing for what was asked: widen the years"
        )
    if text.startswith("<"):
        raise _markup(text[:20_000], "a web page" if is_web_page(content) else "XML", where)
    return text


def _markup(text: str, kind: str, where: str) -> DataError:
    """What a page or a fault says, as an error."""
    said = shown(re.sub(r"<[^<>]*>", " ", text))
    return DataError(
        f"{kind} instead of JSON or CSV" + (f': "{said}"' if said else ""),
        where=where,
        remedy="open the address in a browser; ask later, or in the format that data/catalog.yaml names",
    )
