"""The Baltic Defence Line and Poland's East Shield: what is planned, delivered and installed, and the pace so far.

Each element counts in its own unit: bunkers are not ditches, and none stands for the whole line. Fences against
crossings are another programme (see :mod:`~baltic_calculus.analysis.border_fences`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.dates import date_years
from baltic_calculus.analysis.figures import select_figures
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

STATES = ("EST", "LVA", "LTU", "POL")
"""The three states of the Baltic Defence Line, and Poland with its East Shield."""
WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True)
class Element:
    """One kind of work, with the indicators that hold its plan and its outturn; empty where none is published.

    Parameters
    ----------
    name, unit : str
        As printed.
    planned, delivered, installed : str
        Indicators of the dataset.
    asked : tuple of str
        States for which the question is asked even where nothing is published.
    at_least : bool
        Whether the outturn is published as a lower bound.
    """

    name: str
    unit: str
    planned: str = ""
    delivered: str = ""
    installed: str = ""
    asked: tuple[str, ...] = ()
    at_least: bool = False

    def indicators(self) -> tuple[str, ...]:
        """The names that the dataset must have."""
        return tuple(name for name in (self.planned, self.delivered, self.installed) if name)


DELIVERED, INSTALLED = "bunkers delivered (elements)", "bunkers installed"
FIRST_PHASE = "bunkers, first phase"
"""A part of all bunkers, with their outturn: never counted beside them."""
ELEMENTS = (
    Element("bunkers", "bunkers", "bunkers planned", DELIVERED, INSTALLED, asked=("EST", "LVA", "LTU")),
    Element(FIRST_PHASE, "bunkers", "bunkers planned, first phase", DELIVERED, INSTALLED),
    Element("anti-tank ditches", "km", "anti-tank ditches planned"),
    Element("stores of obstacles", "places", installed="obstacle stores in use (at least)", at_least=True),
    Element("parks for obstacles", "parks", "counter-mobility parks planned"),
    Element("trenches", "km", "East Shield trenches planned"),
)


def line_states(parameters: Parameters) -> tuple[str, ...]:
    """The countries chosen, then the other states that build such a line."""
    return parameters.countries + tuple(code for code in STATES if code not in parameters.countries)


def compute_progress(facts: pd.DataFrame, names: Mapping[str, str], codes: Sequence[str]) -> pd.DataFrame:
    """Every element of every state with its plan and its outturn.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    names : mapping of str to str
        Country code to name.
    codes : sequence of str
        Country codes, in the order of the rows. A state without anything published has one row that says so.

    Returns
    -------
    DataFrame
        ``iso3, element, label, unit, planned, delivered, installed`` (numbers; NaN where none is published),
        ``delivered_pct, installed_pct`` (of the plan), ``words`` (the same as a phrase, gaps included), ``dated`` (of
        the newest number, in words), ``confidence`` (the weakest of the numbers), ``note``.
    """
    roles = {name: name for element in ELEMENTS for name in element.indicators()}
    figures = select_figures(facts, roles, "role")
    rows = [row for code in codes for row in _of_state(code, figures[figures["entity"] == code])]
    table = pd.DataFrame(rows)
    return table.assign(
        label=table["iso3"].map(names).fillna(table["iso3"]) + ": " + table["element"],
        delivered_pct=table["delivered"] / table["planned"] * 100,
        installed_pct=table["installed"] / table["planned"] * 100,
    )


def _of_state(code: str, figures: pd.DataFrame) -> list[dict[str, object]]:
    """Rows of one state: those with a number of their own, and those asked for."""
    rows = []
    for element in ELEMENTS:
        own = figures[figures["role"].isin(element.indicators())]
        # the outturn of the first phase is that of all bunkers; without its plan there is no such phase
        held = (own["role"] == element.planned).any() if element.name == FIRST_PHASE else len(own) > 0
        if held or code in element.asked:
            rows.append(_row(code, element, own))
    return rows or [_row(code, Element("such a line", ""), figures.iloc[:0])]


def _row(code: str, element: Element, figures: pd.DataFrame) -> dict[str, object]:
    """One element of one state."""
    values = dict(zip(figures["role"], figures["low"], strict=True))
    planned, delivered, installed = (
        float(values.get(name, np.nan)) for name in (element.planned, element.delivered, element.installed)
    )
    newest = figures.sort_values("when", kind="stable").tail(1)
    grades = set(figures["confidence"])
    return {
        "iso3": code,
        "element": element.name,
        "unit": element.unit,
        "planned": planned,
        "delivered": delivered,
        "installed": installed,
        "words": _say(element, planned, delivered, installed),
        "dated": newest["dated"].item() if len(newest) else "",
        "confidence": next((grade for grade in ("low", "medium", "high") if grade in grades), "not public"),
        "note": "; ".join(dict.fromkeys(note for note in figures["note"] if note)),
    }


def _say(element: Element, planned: float, delivered: float, installed: float) -> str:
    """Numbers and gaps of one row as a phrase."""
    if np.isnan([planned, delivered, installed]).all():
        return "no number is public" if element.unit else "no plan was found"
    # the name of an element says what is counted, but not in kilometres
    length = f" {element.unit}" if element.unit == "km" else ""
    parts = [
        "plan not public" if np.isnan(planned) else f"{planned:,.0f}{length} planned",
        *([] if np.isnan(delivered) else [f"{delivered:,.0f} delivered"]),
        *(
            ([] if element.installed else ["outturn not public"])
            if np.isnan(installed)
            else [f"at least {installed:,.0f} in use" if element.at_least else f"{installed:,.0f} installed"]
        ),
    ]
    return ", ".join(parts)


@dataclass(frozen=True)
class Pace:
    """What has been installed, over the time it took, and what that pace would mean: arithmetic, not a forecast.

    Parameters
    ----------
    per_week : Interval
        Installed a week so far.
    remaining : Interval
        Not installed yet, by the plans published.
    needed_per_week : Interval
        To install the rest by the date on which the plan is due.
    times : Interval
        Pace needed over pace so far.
    done_year : Interval
        Decimal year in which the rest would be installed at the pace so far.
    """

    per_week: Interval
    remaining: Interval
    needed_per_week: Interval
    times: Interval
    done_year: Interval


def compute_pace(installed: float, planned: Interval, began: str, seen: str, due: str) -> Pace:
    """Divide what is installed by the time since installation began; every value that the dates allow is kept.

    Parameters
    ----------
    installed : float
        Number installed on the day ``seen``.
    planned : Interval
        Number planned, a range where reports differ.
    began, seen, due : str
        Published dates, no more exact than they were published: begin of installation, day of the count, date by
        which all is to be installed.

    Raises
    ------
    DataError
        When nothing is installed, or the dates are not in order.

    Examples
    --------
    >>> compute_pace(9, Interval(600, 600), "2025-12-01", "2026-02-16", "2027-12").remaining
    Interval(low=591, high=591)
    """
    start, count, end = date_years(began), date_years(seen), date_years(due)
    if installed <= 0 or count.low <= start.high or end.high <= count.high:
        raise DataError(
            f"no pace from {began} to {seen} with {installed:g} installed and {due} as the end",
            where="compute_pace",
            remedy="give a count above zero, and dates in order",
        )
    elapsed = count - start
    per_year = Interval(installed, installed) / elapsed
    remaining = planned - Interval(installed, installed)
    # due by the end of the period named
    left = Interval(end.high, end.high) - count
    needed = remaining / left
    return Pace(
        per_week=per_year.scale(1 / WEEKS_A_YEAR),
        remaining=remaining,
        needed_per_week=needed.scale(1 / WEEKS_A_YEAR),
        times=needed / per_year,
        done_year=count + remaining / per_year,
    )
