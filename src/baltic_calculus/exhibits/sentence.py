"""Sentences that alternative texts share."""

from collections.abc import Iterable

import pandas as pd

from baltic_calculus.exhibits.flag import OPEN_FLAGS
from baltic_calculus.exhibits.number import format_list


def say_open(flags: pd.Series) -> str:
    """How many values are not final, as a sentence; empty when all are."""
    kinds = {flag: int((flags == flag).sum()) for flag in OPEN_FLAGS if (flags == flag).any()}
    if not kinds:
        return ""
    words = {"estimate": "estimates", "forecast": "forecasts", "provisional": "provisional"}
    total = len(flags)
    if sum(kinds.values()) == total:
        return f"All {total} values are {format_list([words[flag] for flag in kinds], 'or')}."
    said = [f"{count} {'are' if count > 1 else 'is'} {_number_word(flag, count)}" for flag, count in kinds.items()]
    return f"Of {total} values, {format_list(said)}."


def _number_word(flag: str, count: int) -> str:
    """An estimate, or estimates."""
    if flag == "provisional":
        return flag
    article = "an" if flag[0] in "aeiou" else "a"
    return f"{flag}s" if count > 1 else f"{article} {flag}"


def join_sentences(sentences: Iterable[str]) -> str:
    """Sentences that say something, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)
