"""With how many digits numbers are published: what differs between two machines is cut off, once, where it goes out.

Computing is in full precision. Its last digits depend on the processor, on the version of NumPy and on that of Python
(whose ``sum`` adds otherwise since 3.12), so that one report would differ by some 1e-16 of a number between machines.
What leaves the computation (the data of exhibits, the charts, the facts, the numbers in sentences) therefore has ten
significant digits, and none beyond the tenth decimal: a difference of two equal sums is nothing, and not 5e-16.

No rounding makes one of every two numbers that differ so little: the limit between rounding up and rounding down may
lie between them. With ten digits it does for about one in a million of such pairs, with twelve for one in ten thousand.
"""

import re
from typing import Any

DIGITS = 10
"""Significant digits, and decimals. Of all that the sources publish, three amounts to a tenth of a euro have eleven."""

_MADE_NAME = re.compile(r"(?:data-|view_)[0-9a-f]{16,}(?:_\d+)?")
"""How Altair names datasets and views: by a hash of what is in them, in full precision."""


def publish_number(value: Any) -> Any:
    """A float as it is published; anything else, whole numbers included, as it is. Minus zero becomes zero.

    Examples
    --------
    >>> publish_number(0.1 + 0.2), publish_number(84009.598320058), publish_number(100 / 3)
    (0.3, 84009.59832, 33.33333333)
    >>> publish_number(0.3 - 0.1 - 0.2), publish_number(-0.0), publish_number(2024), publish_number("Estonia")
    (0.0, 0.0, 2024, 'Estonia')
    """
    return round(float(f"{value:.{DIGITS}g}"), DIGITS) + 0.0 if isinstance(value, float) else value


def publish_chart(spec: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite specification whose numbers are as they are published, and whose datasets and views are numbered."""
    published: dict[str, Any] = _publish(spec, {})
    return published


def _publish(node: Any, names: dict[str, str]) -> Any:
    """One part of a specification; ``names`` are those given so far."""
    if isinstance(node, dict):
        return {_name(key, names): _publish(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_publish(item, names) for item in node]
    return _name(node, names) if isinstance(node, str) else publish_number(node)


def _name(text: str, names: dict[str, str]) -> str:
    """A text as it is, or the short name of what Altair has named."""
    if not text.startswith(("data-", "view_")) or not _MADE_NAME.fullmatch(text):
        return text
    return names.setdefault(text, f"{text[:5]}{len(names) + 1}")
