"""Where the cell of a table must not break into lines, on paper and on screen."""

import re

NUMBERS = re.compile(r"[−+]?[\d.,]+(?:[\u2013-][\d.,]+)?(?:\s?%)?")
"""A number, or a range of two."""

DATE = re.compile(r"\b(\d{1,2}) (?=[A-Z][a-z]{2,8} \d{4}\b)")


def is_unbreakable(text: str) -> bool:
    """Whether a cell holds nothing but a number or a range."""
    return bool(NUMBERS.fullmatch(text))


def keep_dates(text: str) -> str:
    """Keep the day of a date on the line of its month."""
    return DATE.sub("\\1\u00a0", text)
