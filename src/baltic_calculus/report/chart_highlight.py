"""The buttons beside a chart that bring one of its series forward, read from its specification."""

from dataclasses import dataclass
from typing import Any

from baltic_calculus.exhibits.palette import every_colour


@dataclass(frozen=True)
class Series:
    """A series that a button brings forward: its value in the data, its name, and its colours by day and by night."""

    value: str
    name: str
    light: str
    dark: str


@dataclass(frozen=True)
class Highlight:
    """The field that tells the series of a chart apart, and the series."""

    field: str
    series: tuple[Series, ...]


def read_highlight(chart: dict[str, Any]) -> Highlight | None:
    """Read which series a chart offers to bring forward; None when it offers none.

    Parameters
    ----------
    chart : dict
        A Vega-Lite specification; see :func:`~baltic_calculus.exhibits.highlight.offer_highlight`.
    """
    offered = chart.get("usermeta", {}).get("highlight")
    if not offered:
        return None
    partners = {colour.light: colour.dark for colour in every_colour()}
    series = [
        Series(one["value"], one["name"], one["colour"], partners.get(one["colour"], one["colour"]))
        for one in offered["series"]
    ]
    return Highlight(offered["field"], tuple(series))
