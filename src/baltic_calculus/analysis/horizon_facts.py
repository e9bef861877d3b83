"""The numbers on reinforcement, warning time, incidents and air policing that go into sentences."""

import math

import pandas as pd

from baltic_calculus.analysis.air import AIRCRAFT, SCRAMBLES, list_orders
from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.incidents import ESTABLISHED, SUSPECTED, compute_reports, count_attributions
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


def describe_incidents(events: pd.DataFrame) -> dict[str, Fact]:
    """How many incidents are on record, and what has been established about them.

    Parameters
    ----------
    events : DataFrame
        From ``select_events``.

    Returns
    -------
    dict
        ``events``, one number for each attribution (``established, suspected, under_investigation, found_accidental,
        not_attributed``), ``sea`` (cables and pipelines), ``sea_established, sea_suspected``, ``first_date,
        last_date``.
    """
    counts = count_attributions(events)
    sea = events[events["kind"].isin(["Sea cables", "Pipelines"])]
    return {
        "events": Quantity(len(events), "", 0),
        **{str(name).replace(" ", "_"): Quantity(int(count), "", 0) for name, count in counts.items()},
        "sea": Quantity(len(sea), "", 0),
        "sea_established": Quantity(int((sea["attribution"] == ESTABLISHED).sum()), "", 0),
        "sea_suspected": Quantity(int((sea["attribution"] == SUSPECTED).sum()), "", 0),
        "first_date": name_date(events.iloc[0]["date"]),
        "last_date": name_date(events.iloc[-1]["date"]),
    }


def describe_reports(incidents: pd.DataFrame) -> dict[str, Fact]:
    """Growth of pilots' reports of disturbed satellite navigation between the first and the last published month.

    Returns
    -------
    dict
        ``place, reports_first, reports_last`` (a month's reports), ``reports_first_date, reports_last_date,
        reports_multiple`` (times).
    """
    reports = compute_reports(incidents)
    first, last = reports.iloc[0], reports.iloc[-1]
    return {
        "place": str(last["place"]),
        "reports_first": Quantity(float(first["reports"]), "", 0),
        "reports_first_date": name_date(first["date"]),
        "reports_last": Quantity(float(last["reports"]), "", 0),
        "reports_last_date": name_date(last["date"]),
        "reports_multiple": Quantity(float(last["reports"] / first["reports"]), "times", 0),
    }


def describe_air(policing: pd.DataFrame, force_model: pd.DataFrame) -> dict[str, Fact]:
    """Aircraft on station before, at their most and at last count; orders of ground-based air defence.

    Parameters
    ----------
    policing : DataFrame
        From ``compute_policing``.
    force_model : DataFrame
        The Force Model and air dataset.

    Returns
    -------
    dict
        ``aircraft_first, aircraft_peak, aircraft_last`` with their dates, ``first_year`` (of the first
        count), ``scrambles_last, scrambles_last_date``, ``joint_order`` (EUR bn, two states together).
    """
    aircraft = policing[policing["measure"] == AIRCRAFT]
    scrambles = policing[policing["measure"] == SCRAMBLES]
    peak = aircraft.loc[aircraft["count"].idxmax()]
    orders = list_orders(force_model)
    joint = orders[orders["entity"].str.contains("-")].iloc[0]
    return {
        "aircraft_first": Quantity(float(aircraft.iloc[0]["count"]), "aircraft", 0),
        "aircraft_first_date": name_date(aircraft.iloc[0]["date"]),
        "aircraft_peak": Quantity(float(peak["count"]), "aircraft", 0),
        "aircraft_peak_date": name_date(peak["date"]),
        "aircraft_last": Quantity(float(aircraft.iloc[-1]["count"]), "aircraft", 0),
        "aircraft_last_date": name_date(aircraft.iloc[-1]["date"]),
        "first_year": year(int(aircraft.iloc[0]["when"].year)),
        "scrambles_last": Quantity(float(scrambles.iloc[-1]["count"]), "", 0),
        "scrambles_last_date": name_date(scrambles.iloc[-1]["date"]),
        "joint_order": Quantity(float(joint["amount_eur_m"]) / 1000, "EUR bn", 1),
    }
