"""Words out of a file that anyone may have made, as a message may show them."""

from collections.abc import Iterable


def quoted(value: object) -> str:
    """A value from a file as a message may show it: printable, in one line, at most 60 letters."""
    return f'"{printable(str(value), 60)}"'


def printable(text: str, most: int = 1500) -> str:
    """A text from a file without control characters, in one line, cut off after ``most`` letters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * most]).split())
    return line if len(line) <= most else line[:most] + "…"


def listed(names: Iterable[str], most: int = 300) -> str:
    """Names from a file in a row, sorted, for messages."""
    every = sorted(set(names))
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(map(quoted, every[:most])) + more
