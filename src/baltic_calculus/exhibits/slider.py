"""Sliders of a chart that computes itself: what a reader sets, what follows from it, and the words above the chart."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.theme import LABEL_SIZE, TICK_SIZE

Steps = list[tuple[str, str]]
"""Name and expression, in the order of computation."""

Sliders = Mapping[str, tuple[str, float]]
"""Label and step of each slider, by the name of what it sets, in the order of the page."""

DASHES = [5, 4]
"""Dash pattern of the line that stays while the other moves."""


def bind_sliders(
    sliders: Sliders, settings: Mapping[str, float], ranges: Mapping[str, tuple[float, float]]
) -> list[alt.VariableParameter]:
    """Parameters that a reader moves, as they stand at first."""
    return [
        alt.VariableParameter(
            name=name,
            value=settings[name],
            bind=alt.binding_range(min=ranges[name][0], max=ranges[name][1], step=step, name=label),
        )
        for name, (label, step) in sliders.items()
    ]


def bind_choice(name: str, label: str, options: Sequence[str], labels: Sequence[str]) -> alt.VariableParameter:
    """Parameter that a reader chooses; the first option at first."""
    choice = alt.binding_select(options=list(options), labels=list(labels), name=label)
    return alt.VariableParameter(name=name, value=options[0], bind=choice)


def computed(steps: Steps) -> list[alt.VariableParameter]:
    """Parameters that follow from those above them."""
    return [alt.VariableParameter(name=name, expr=expression) for name, expression in steps]


def moving_title(subtitle: str) -> dict[str, Any]:
    """Title with the settings in words, from parameter ``words``, and the unit below."""
    return {
        "text": alt.ExprRef("words"),
        "subtitle": subtitle,
        "color": palette.INK.light,
        "fontSize": LABEL_SIZE,
        "lineHeight": 17,
        "subtitleColor": palette.MUTE.light,
        "subtitleFontSize": TICK_SIZE,
        "subtitlePadding": 12,
    }


def written(name: str, form: str = ".2~f") -> str:
    """Expression that prints a value; with the decimals that it has unless another form is asked for."""
    return f"format({name}, '{form}')"


def kept_apart(moving: str, still: str, gap: str) -> str:
    """Expression for the place of a label beside a moving value, at least so far from a label that stays."""
    return (
        f"abs(datum.{moving} - datum.{still}) >= {gap} ? datum.{moving} : "
        f"datum.{still} + (datum.{moving} < datum.{still} ? -1 : 1) * {gap}"
    )
