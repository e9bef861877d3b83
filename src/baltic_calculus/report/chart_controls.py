"""The sliders and choices beside a chart, read from the parameters of its specification."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Control:
    """A slider, or a choice among options.

    Attributes
    ----------
    name, label : str
        Parameter that it sets, and what the page calls it.
    value : str or float
        Where it stands at first.
    options : tuple of pairs of str
        Value and name of what can be chosen; empty for a slider.
    low, high, step : float
        Ends and step of a slider.
    """

    name: str
    label: str
    value: str | float
    options: tuple[tuple[str, str], ...] = ()
    low: float = 0
    high: float = 0
    step: float = 0


@dataclass(frozen=True)
class Controls:
    """All controls of a chart, and how they depend on each other.

    Attributes
    ----------
    controls : tuple of Control
        In the order of the page.
    by, presets, parts : str
        For the page's script, as JSON: the choice that moves the sliders, where it moves them by value of the choice,
        and the sliders that cannot exceed a hundred together.
    """

    controls: tuple[Control, ...]
    by: str
    presets: str
    parts: str


def read_controls(chart: dict[str, Any]) -> Controls | None:
    """Read what a chart lets its reader set; None when nothing.

    Parameters
    ----------
    chart : dict
        A Vega-Lite specification; parameters with a ``bind`` become controls, ``usermeta.controls`` says the rest, see
        :func:`~baltic_calculus.exhibits.debt_what_if.chart_debt_what_if`.
    """
    bound = [parameter for parameter in chart.get("params", ()) if isinstance(parameter.get("bind"), dict)]
    if not bound:
        return None
    offered = chart["usermeta"]["controls"]
    return Controls(
        controls=tuple(map(_control, bound)),
        by=offered["by"],
        presets=json.dumps(offered["presets"], separators=(",", ":")),
        parts=json.dumps(offered["parts"], separators=(",", ":")),
    )


def _control(parameter: dict[str, Any]) -> Control:
    bind = parameter["bind"]
    name, label, value = parameter["name"], bind["name"], parameter["value"]
    if bind["input"] == "select":
        return Control(name, label, value, options=tuple(zip(bind["options"], bind["labels"], strict=True)))
    return Control(name, label, value, low=bind["min"], high=bind["max"], step=bind["step"])
