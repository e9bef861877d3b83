"""A fan over days: what was simulated, as bands around a middle line, to lie behind a chart of steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.fan_panels import OPACITY, band_key
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.number import format_number, format_range
from baltic_calculus.exhibits.sentence import join_sentences
from baltic_calculus.exhibits.series import require_columns

MIDDLE_WIDTH = 2.2


@dataclass(frozen=True)
class Fan:
    """Bands around a middle line, by day.

    Parameters
    ----------
    frame : DataFrame
        One row for each day, in order.
    day : str
        Column of the day.
    bands : mapping of str to (low, high)
        Name of a band to the columns of its ends, the widest first.
    middle : (name, column)
        The line through the middle.
    """

    frame: pd.DataFrame
    day: str
    bands: Mapping[str, tuple[str, str]]
    middle: tuple[str, str]

    def __post_init__(self) -> None:
        ends = [name for pair in self.bands.values() for name in pair]
        require_columns(self.frame, [self.day, self.middle[1], *ends], "Fan")

    @property
    def last_day(self) -> float:
        """Day on which the fan ends."""
        return float(self.frame[self.day].max())

    @property
    def most(self) -> float:
        """Highest value in it."""
        return float(max(self.frame[high].max() for _, high in self.bands.values()))

    def say(self, days: Sequence[float], unit: str) -> str:
        """Its middle and its widest band on some days, in words."""
        name, (low, high) = next(iter(self.bands.items()))
        rows = self.frame.set_index(self.day)
        said = [
            f"by day {day:g}: {format_number(float(rows.at[day, self.middle[1]]), unit, 0)} "
            f"({format_range(float(rows.at[day, low]), float(rows.at[day, high]), '', 0)})"
            for day in days
            if day in rows.index
        ]
        return join_sentences([f"Fan of {self.middle[0]}, and of {name} in brackets: {'; '.join(said)}."])

    def layers(self, x: alt.X, y: alt.Y, floor: tuple[float, float], unit: str) -> list[alt.Chart]:
        """Bands, the widest at the back, and the middle line with tooltips; what lies below the floor is cut off.

        Parameters
        ----------
        x, y : channels
            Of fields ``day`` and ``number``.
        floor : (day, number)
            Lower ends of both axes.
        unit : str
            Unit of the numbers, for the tooltips.
        """
        rows = self.frame[self.frame[self.day] >= floor[0]]
        names = list(self.bands)
        scale = alt.Scale(domain=names, range=[colour.light for colour in palette.STEPS[: len(names)]])
        key = band_key(names, symbolType="square", symbolOpacity=0.6, symbolStrokeWidth=0)
        fill = alt.Fill("band:N", scale=scale, legend=key)
        layers = []
        for count, (name, (low, high)) in enumerate(self.bands.items()):
            own = rows.loc[rows[high] > floor[1], [self.day, low, high]].set_axis(["day", "number", "up"], axis=1)
            own = own.assign(number=own["number"].clip(lower=floor[1]), band=name)
            area = alt.Chart(own).mark_area(opacity=OPACITY + 0.12 * count, interpolate="linear")
            layers.append(area.encode(x=x, y=y, y2=alt.Y2("up:Q"), fill=fill))
        return [*layers, *self._line(rows, x, y, floor[1], unit)]

    def _line(self, rows: pd.DataFrame, x: alt.X, y: alt.Y, floor: float, unit: str) -> list[alt.Chart]:
        """The middle, and wide unseen points on it with its values."""
        name, column = self.middle
        own = rows[rows[column] > floor]
        wide, (low, high) = next(iter(self.bands.items()))
        line = pd.DataFrame(
            {
                "day": own[self.day].astype(float),
                "number": own[column].astype(float),
                "title": [f"day {day:g}" for day in own[self.day]],
                "middle": [format_number(float(value), unit, 0) for value in own[column]],
                "wide": [format_range(*ends, unit, 0) for ends in zip(own[low], own[high], strict=True)],
            }
        )
        tooltip = [
            alt.Tooltip("title:N", title=HEADING),
            alt.Tooltip("middle:N", title=name),
            alt.Tooltip("wide:N", title=wide),
        ]
        colour = palette.STEPS[-1].light
        base = alt.Chart(line)
        return [
            base.mark_line(color=colour, strokeWidth=MIDDLE_WIDTH).encode(x=x, y=y),
            base.mark_circle(size=200, opacity=0, color=colour).encode(x=x, y=y, tooltip=tooltip),
        ]
