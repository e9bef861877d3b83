"""Answers in JSON, read strictly: no key twice, no NaN, every number finite."""

import json
import math
from collections.abc import Mapping
from typing import Any

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import decode_answer, shown


def parse_json(content: bytes, publisher: str) -> Any:
    """
    What an answer in JSON holds.

    Raises
    ------
    DataError
        When it is no JSON (cut off, a page, CSV), repeats a key, nests too deeply or holds NaN or an infinite number.
    """
    text = decode_answer(content, publisher)
    where = f"answer of {publisher}"

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        entries = dict(pairs)
        if len(entries) != len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise DataError(
                f'key "{shown(twice)}" stands twice in one object', where=where, remedy="fetch the answer again"
            )
        return entries

    def refuse(name: str) -> float:
        raise DataError(f"{name} stands for a number, which JSON does not know", where=where, remedy="fetch it again")

    def finite(digits: str) -> float:
        number = float(digits)
        return number if math.isfinite(number) else refuse(shown(digits))

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=refuse, parse_float=finite)
    except json.JSONDecodeError as error:
        cut_off = error.pos >= len(text) or error.msg.startswith("Unterminated")
        what = (
            "JSON that ends in the middle" if cut_off else f'no JSON: {error.msg}, at "{shown(text[error.pos :][:40])}"'
        )
        raise DataError(
            what, where=f"{where}, line {error.lineno}, column {error.colno}", remedy="fetch the answer again"
        ) from error
    except RecursionError as error:
        raise DataError("JSON nested too deeply", where=where, remedy="this is no answer with data") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise DataError(
            f"a number that cannot be read: {shown(str(error))}", where=where, remedy="fetch the answer again"
        ) from error


def number_in(value: object, where: str) -> float | None:
    """
    A number of an answer; None for null.

    Raises
    ------
    DataError
        For text, truth values, objects and numbers too large to hold.
    """
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError as error:
            raise DataError("a number too large to hold", where=where, remedy="fetch the answer again") from error
    raise DataError(
        f"{shown(value)} ({type(value).__name__}) where a number or null was expected",
        where=where,
        remedy="fetch the answer again; if it stays, the publisher's layout has changed",
    )


def object_in(value: object, where: str) -> Mapping[str, Any]:
    """A JSON object; anything else raises ``DataError``."""
    if isinstance(value, dict):
        return value
    raise _wrong_kind("an object", value, where)


def array_in(value: object, where: str) -> list[Any]:
    """A JSON array; anything else raises ``DataError``."""
    if isinstance(value, list):
        return value
    raise _wrong_kind("an array", value, where)


def text_in(value: object, where: str) -> str:
    """A JSON string, without what a message or a table cannot show; null is empty, anything else a ``DataError``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return shown(value)
    raise _wrong_kind("text", value, where)


def _wrong_kind(expected: str, value: object, where: str) -> DataError:
    return DataError(
        f"{expected} was expected, found {shown(value)}",
        where=where,
        remedy="compare with the publisher's description of the answer: its layout may have changed",
    )
