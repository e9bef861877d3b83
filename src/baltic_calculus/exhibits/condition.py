"""Looks that depend on a mark: one value for the marks that pass a test, another for the rest.

``alt.condition`` says the same with a plain mapping, for which Altair searches all its classes each time it is used.
"""

from typing import Any, TypeVar

import altair as alt

Channel = TypeVar("Channel", bound=alt.SchemaBase)


def value_if(channel: type[Channel], test: str, value: Any, otherwise: Any) -> Channel:
    """Encode ``value`` where an expression holds and ``otherwise`` elsewhere.

    Parameters
    ----------
    channel : type
        Value channel of Altair, such as ``alt.FillOpacityValue``.
    test : str
        Vega expression, such as ``"datum.open"``.
    """
    return channel(otherwise, condition={"test": test, "value": value})


def text_if(test: str, field: str) -> alt.TextValue:
    """Print a field where an expression holds, and nothing elsewhere."""
    return alt.TextValue("", condition={"test": test, "field": field, "type": "nominal"})
