"""The numbers on reinforcement and warning time that go into sentences."""

import math

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.posture_facts import quantity_of
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.warning import CEASEFIRE, CLOSED, OPENED, converted_windows, share_opened


def describe_force_model(
    tiers: pd.DataFrame, marks: pd.DataFrame, force_model: pd.DataFrame, mobility: pd.DataFrame
) -> dict[str, Fact]:
    """The Force Model's tiers, and how the largest measured movement compares with them.

    Parameters
    ----------
    tiers : DataFrame
        From ``compute_tiers``.
    marks : DataFrame
        From ``compute_marks``: the measured movement first, the need second.
    force_model : DataFrame
        The Force Model dataset, for the size of the force that came before.
    mobility : DataFrame
        The mobility dataset, for the number of brigades called for.

    Returns
    -------
    dict
        ``first_tier, second_tier`` (troops), ``first_days, second_days`` (deadlines), ``both_tiers``, ``before``
        (response force before the reform), ``moved, moved_days, moved_share`` (of the first tier),
        ``brigades`` (called for), ``needed`` (the same in troops), ``needed_days``.
    """
    first, second = tiers.iloc[0], tiers.iloc[1]
    brigades = sole_figure(mobility, "RAND: brigades needed to prevent rapid overrun")
    moved, needed = marks.iloc[0], marks.iloc[1]
    return {
        "first_tier": Quantity(float(first["troops"]), "troops", 0),
        "first_days": Quantity(float(first["deadline_day"]), "days", 0),
        "second_tier": Quantity(float(second["troops"]), "troops", 0),
        "second_days": Quantity(float(second["deadline_day"]), "days", 0),
        "both_tiers": Quantity(float(second["cumulative_troops"]), "troops", 0),
        "before": quantity_of(sole_figure(force_model, "NATO Response Force before reform"), "troops", 0),
        "moved": Quantity(float(moved["low_troops"]), "troops", 0),
        "moved_days": Quantity(float(moved["day_high"]), "days", 0),
        "moved_share": Quantity(float(moved["low_troops"] / first["troops"] * 100), "%", 0),
        "brigades": quantity_of(brigades, "brigades", 0),
        "needed": Quantity(float(needed["low_troops"]), "troops", 0, float(needed["high_troops"])),
        "needed_days": Quantity(float(needed["day_low"]), "days", 1, float(needed["day_high"])),
    }


def describe_warning(windows: pd.DataFrame, years: tuple[int, int]) -> dict[str, Fact]:
    """How many estimates there are, what they span, and how many windows have opened.

    Parameters
    ----------
    windows : DataFrame
        From ``compute_windows``.
    years : tuple of int
        Two years by whose end the opened windows are counted, in any order.

    Returns
    -------
    dict
        ``estimates, converted`` (numbers), ``first_issued, last_issued``; ``earliest, latest`` (calendar years that
        the converted windows span), ``now, later`` (the two years), ``opened_now, opened_later`` (per cent of the
        converted), ``closed_later``; ``from_ceasefire`` (number), ``ceasefire_shortest, ceasefire_longest`` (years, of
        the longest time that each states), ``ceasefire_opened`` (how many of them would have opened by the end of the
        later year had the fighting stopped at the end of the earlier one).
    """
    converted = converted_windows(windows)
    ceasefire = windows[windows["clock"] == CEASEFIRE]
    now, later = sorted(years)
    shares = share_opened(converted, now, later).set_index(["window", "year"])["share_pct"]
    return {
        "estimates": Quantity(len(windows), "", 0),
        "converted": Quantity(len(converted), "", 0),
        "first_issued": name_date(windows.iloc[0]["date"]),
        "last_issued": name_date(windows.iloc[-1]["date"]),
        "earliest": year(int(converted["opens"].min())),
        "latest": year(math.ceil(converted["closes"].max()) - 1),
        "now": year(now),
        "later": year(later),
        "opened_now": Quantity(float(shares[OPENED, now]), "%", 0),
        "opened_later": Quantity(float(shares[OPENED, later]), "%", 0),
        "closed_later": Quantity(float(shares[CLOSED, later]), "%", 0),
        "from_ceasefire": Quantity(len(ceasefire), "", 0),
        "ceasefire_shortest": Quantity(float(ceasefire["high"].min()), "years"),
        "ceasefire_longest": Quantity(float(ceasefire["high"].max()), "years"),
        "ceasefire_opened": Quantity(int((ceasefire["low"] <= later - now).sum()), "", 0),
    }
