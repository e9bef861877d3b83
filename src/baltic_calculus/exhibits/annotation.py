"""References and events: labelled rules that give a chart its yardsticks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.label import wrap_label
from baltic_calculus.exhibits.layer import reserve
from baltic_calculus.exhibits.measure import overrun, text_width
from baltic_calculus.exhibits.narrow import WIDTH as PHONE
from baltic_calculus.exhibits.number import format_plain, written_decimals
from baltic_calculus.exhibits.theme import TICK_SIZE

LINE_HEIGHT = 15
CHARACTERS = 20


@dataclass(frozen=True)
class Reference:
    """A target, guideline or average, drawn as a labelled rule at ``value``."""

    value: float
    label: str

    @property
    def text(self) -> str:
        """The label with the value, for charts whose axis shows no numbers or other ones; once if it has it already."""
        number = format_plain(self.value, written_decimals(self.value))
        return self.label if number in self.label else f"{self.label} {number}"


@dataclass(frozen=True)
class Event:
    """Something that happened, drawn as a labelled rule on the time axis.

    Parameters
    ----------
    when : int, float, date or str
        A year, a date, or a date as ISO text.
    label : str
        A few words.
    """

    when: float | date | str
    label: str

    @property
    def position(self) -> float:
        """Decimal year."""
        if isinstance(self.when, int | float):
            return float(self.when)
        text = self.when.isoformat() if isinstance(self.when, date) else str(self.when)
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
            raise ExhibitError(
                f"not a year or date: {self.when!r}", where=f"event {self.label!r}", remedy="write 2022 or 2022-02-24"
            )
        stamp = pd.Timestamp(text)
        return float(stamp.year) + (stamp.day_of_year - 1) / (366 if stamp.is_leap_year else 365)


def events_of(timeline: pd.DataFrame, keys: Sequence[str]) -> list[Event]:
    """Events of the register, with its dates and words.

    Parameters
    ----------
    timeline : DataFrame
        Dataset ``timeline``: ``key, date, label``.
    keys : sequence of str
        Which ones.

    Raises
    ------
    ExhibitError
        When the register has no event of that key, or no words for it.
    """
    known = {row["key"]: row for row in timeline.to_dict("records") if row["label"] and not pd.isna(row["label"])}
    missing = [key for key in keys if key not in known]
    if missing:
        raise ExhibitError(
            f"no event with a label: {', '.join(missing)}",
            where="dataset timeline",
            remedy=f"use one of: {', '.join(known)}; or give the event a label",
        )
    return [Event(known[key]["date"], known[key]["label"]) for key in keys]


def stack_labels(
    positions: Sequence[float],
    labels: Sequence[str],
    domain: tuple[float, float],
    *,
    plot_width: float,
    room: tuple[float, float],
) -> pd.DataFrame:
    """Place labels above the plot so that neither texts nor rules cross, even on a phone.

    All texts begin at their rule, or all end at it, whichever needs less space. Beginning with the last rule (or the
    first), a text that reaches over the next rule goes above the text of that rule.

    Parameters
    ----------
    positions : sequence of float
        Where the rules are, in data units.
    labels : sequence of str
        What they mark.
    domain : tuple of float
        Ends of the axis.
    plot_width : float
        Width of the narrowest plot, in pixels.
    room : tuple of float
        Pixels to the left and right of the plot that texts may use.

    Returns
    -------
    DataFrame
        ``position, label`` (with line breaks), ``top`` (pixels from the plot's top edge to the text's, negative) and
        ``right`` (whether the texts end at their rules), one row for each label.
    """
    scale = plot_width / (domain[1] - domain[0])
    texts = ["\n".join(wrap_label(label, CHARACTERS)) for label in labels]
    places = [(position - domain[0]) * scale for position in positions]
    mirrored = [plot_width - place for place in places]
    options = [
        (_staircase(places, texts, plot_width + room[1]), False),
        (_staircase(mirrored, texts, plot_width + room[0]), True),
    ]
    (tops, _), right = min(options, key=lambda option: option[0][1])
    columns = {"position": list(positions), "label": texts, "top": [-top for top in tops], "right": right}
    return pd.DataFrame(columns).sort_values("position", kind="stable").reset_index(drop=True)


def _staircase(places: Sequence[float], texts: Sequence[str], limit: float) -> tuple[list[float], float]:
    """Heights of texts that begin at ``places``, and a cost: the height needed and what overruns ``limit``."""
    tops = [0.0] * len(places)
    overrun = 0.0
    for one in sorted(range(len(places)), key=lambda place: -places[place]):
        end = places[one] + text_width(texts[one]) + 10
        overrun += max(0.0, end - limit)
        covered = [tops[other] for other in range(len(places)) if places[one] <= places[other] < end and other != one]
        tops[one] = max(covered, default=0.0) + LINE_HEIGHT * (1 + texts[one].count("\n")) + 2
    return tops, max(tops) + overrun


def vertical_rules(
    positions: Sequence[float],
    labels: Sequence[str],
    domain: tuple[float, float],
    axis: alt.Axis,
    *,
    room: tuple[float, float],
    dash: Sequence[int] = (1, 0),
    floor: float = 4,
) -> list[alt.Chart]:
    """Rules across the plot, each with its label beside its upper end, as layers.

    Parameters
    ----------
    positions, labels, domain
        As in :func:`stack_labels`.
    axis : Axis
        Horizontal axis of the chart.
    room : tuple of float
        Pixels that labels take to the left and right of the plot.
    dash : sequence of int
        Dash pattern.
    floor : float
        Pixels above the plot that something else takes.
    """
    if not positions:
        return []
    placed = stack_labels(positions, labels, domain, plot_width=PHONE - sum(room), room=room).assign(
        top=lambda rows: rows["top"] - floor
    )
    right = bool(placed["right"].iloc[0])
    top = alt.Y("top:Q", scale=None, axis=None)
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    base = alt.Chart(placed).encode(x=alt.X("position:Q", scale=scale, axis=axis))
    rules = base.mark_rule(color=palette.BASELINE.light, strokeWidth=1, strokeDash=list(dash)).encode(
        y=top, y2=alt.Y2Value(alt.ExprRef("height"))
    )
    texts = base.mark_text(
        align="right" if right else "left",
        baseline="top",
        dx=-5 if right else 5,
        lineBreak="\n",
        lineHeight=LINE_HEIGHT,
        fontSize=TICK_SIZE,
        color=palette.REFERENCE.light,
    )
    widths = [0.0 if right else text_width(label, TICK_SIZE) + 8 for label in placed["label"]]
    beyond = overrun(placed["position"].to_list(), widths, domain, PHONE - sum(room))
    return [rules, texts.encode(y=top, text=alt.Text("label:N")), *reserve(beyond)]
