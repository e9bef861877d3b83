"""What the answers about systems are filled with: facts of the chapters, and single figures of the registers."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.figures import interval_of, select_figures
from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.errors import DataError


@dataclass(frozen=True)
class Figure:
    """Where a single published figure stands.

    Parameters
    ----------
    dataset, entity, indicator : str
        Name of a fact dataset, and the row in it.
    date : str
        Date of the row, where the indicator is published for several; empty for the newest.
    """

    dataset: str
    entity: str
    indicator: str
    date: str = ""


LINE, MOBILITY, AIR, PRESENCE = "defence_line_resilience", "mobility", "force_model_air", "forward_presence"
FORCES, OWN = "national_forces", "system_figures"

FIGURES = {
    "bunkers_planned": Figure(LINE, "EST", "bunkers planned"),
    "bunkers_delivered": Figure(LINE, "EST", "bunkers delivered (elements)"),
    "bunkers_installed": Figure(LINE, "EST", "bunkers installed"),
    "shelters_ltu": Figure(LINE, "LTU", "population that shelters can hold"),
    "shelter_target_est": Figure(LINE, "EST", "shelter target"),
    "evacuation_est": Figure(LINE, "EST", "share of population in evacuation plans"),
    "evacuation_lva": Figure(LINE, "LVA", "share of population in evacuation plans"),
    "mobility_budget": Figure(MOBILITY, "EU", "military mobility budget"),
    "mobility_proposed": Figure(MOBILITY, "EU", "military mobility budget proposed"),
    "sealift_ships": Figure(MOBILITY, "NATO", "sealift capability package ro-ro ships (up to)"),
    "sealift_metres": Figure(MOBILITY, "NATO", "sealift capability package capacity"),
    "rail_first_stage": Figure(MOBILITY, "BALTIC", "Rail Baltica first stage completion"),
    "rail_first_cost": Figure(MOBILITY, "BALTIC", "Rail Baltica first stage cost"),
    "suwalki_gap": Figure(MOBILITY, "POL-LTU", "Suwalki gap, shortest distance Kaliningrad-Belarus tripoints"),
    "suwalki_border": Figure(MOBILITY, "POL-LTU", "POL-LTU land border, official"),
    "us_brigades": Figure(AIR, "EUROPE", "US brigade combat teams in Europe"),
    "response_force": Figure(AIR, "NATO", "NATO Response Force before reform"),
    "drone_initial": Figure(AIR, "EU", "European Drone Defence Initiative initial capacity"),
    "drone_full": Figure(AIR, "EU", "European Drone Defence Initiative fully functional"),
    "flank_watch": Figure(AIR, "EU", "Eastern Flank Watch functional"),
    "us_rotation_halted": Figure(PRESENCE, "POL", "US armoured brigade rotation halted"),
    "canadians": Figure(PRESENCE, "LVA", "Canadian troops deployed"),
    "canadians_planned": Figure(PRESENCE, "LVA", "Canadian persistent deployment target"),
    "swedes_in_latvia": Figure(PRESENCE, "LVA", "Swedish contingent"),
    "rudninkai_cost": Figure(PRESENCE, "LTU", "Rudninkai military town cost"),
    "rudninkai_capacity": Figure(PRESENCE, "LTU", "Rudninkai base capacity"),
    "finland_wartime": Figure(FORCES, "FIN", "wartime strength"),
    "sweden_active": Figure(FORCES, "SWE", "active military personnel"),
    "russian_rise": Figure(FORCES, "RUS-LMD", "planned increase near NATO border vs pre-war"),
    "aid_before": Figure(OWN, "USA", "aid under the Baltic Security Initiative", "2025"),
    "aid_last": Figure(OWN, "USA", "aid under the Baltic Security Initiative", "2026"),
    "line_first_date": Figure(OWN, "EST", "defence line to be complete, as first announced"),
    "line_date": Figure(OWN, "EST", "defence line to be complete, as announced later"),
    "mobilisation_municipalities": Figure(OWN, "LTU", "municipalities in the exercise Vycio Skliautas"),
    "rail_first_date": Figure(OWN, "BALTIC", "Rail Baltica first stage, as first announced"),
    "defender_troops": Figure(OWN, "NATO", "troops in the exercise Steadfast Defender"),
    "defender_vehicles": Figure(OWN, "NATO", "combat vehicles in the exercise Steadfast Defender"),
    "industry_programme": Figure(OWN, "EU", "grants of the European Defence Industry Programme"),
}
"""Names by which answers ask for published figures."""


def describe_figures(datasets: Mapping[str, pd.DataFrame], wanted: Mapping[str, Figure] = FIGURES) -> dict[str, Fact]:
    """Published figures by name, each with the date it is of.

    Parameters
    ----------
    datasets : mapping of str to DataFrame
        Fact datasets by name.
    wanted : mapping of str to Figure
        Name of the fact to the row that holds it.

    Returns
    -------
    dict
        For each name the number, a range as a range; ``<name>_number``, the same without its unit; and
        ``<name>_date`` in words.

    Raises
    ------
    DataError
        When a row is not there.
    """
    facts: dict[str, Fact] = {}
    for name, figure in wanted.items():
        rows = select_figures(datasets[figure.dataset], {figure.indicator: figure.indicator}, "role")
        rows = rows[(rows["entity"] == figure.entity) & (rows["date"].eq(figure.date) | (figure.date == ""))]
        if rows.empty:
            raise DataError(f"no figure for {name}: {figure}", where=figure.dataset, remedy="correct FIGURES")
        row = rows.iloc[-1]
        bounds = interval_of(row)
        high = bounds.high if bounds.high > bounds.low else None
        facts[name] = Quantity(bounds.low, str(row["unit"]), _places(bounds.low), high)
        facts[f"{name}_number"] = Quantity(bounds.low, "", _places(bounds.low), high)
        facts[f"{name}_date"] = name_date(str(row["date"]))
    return facts


def _places(value: float) -> int | None:
    """No decimals for whole numbers; the unit's usual ones otherwise."""
    return 0 if float(value).is_integer() else None


def describe_derived(figures: Mapping[str, Fact]) -> dict[str, Fact]:
    """What follows from two figures of :func:`describe_figures`.

    Returns
    -------
    dict
        ``bunkers_delivered_share, bunkers_installed_share`` (per cent of those planned), ``line_delay, rail_delay``
        (years between the first date and the present one).
    """
    planned = _value(figures, "bunkers_planned")
    return {
        "bunkers_delivered_share": Quantity(100 * _value(figures, "bunkers_delivered") / planned, "%", 1),
        "bunkers_installed_share": Quantity(100 * _value(figures, "bunkers_installed") / planned, "%", 1),
        "line_delay": Quantity(_value(figures, "line_date") - _value(figures, "line_first_date"), "years", 0),
        "rail_delay": Quantity(_value(figures, "rail_first_stage") - _value(figures, "rail_first_date"), "years", 0),
    }


def _value(facts: Mapping[str, Fact], name: str) -> float:
    """The number of a fact.

    Raises
    ------
    DataError
        When the fact is no number.
    """
    fact = facts[name]
    if not isinstance(fact, Quantity):
        raise DataError(f"{name} is no number", remedy="name a figure")
    return fact.value


def describe_watch(events: pd.DataFrame, began: str, months: int, kind: str) -> dict[str, Fact]:
    """Incidents of a kind on record in equal spans before and after a day.

    Parameters
    ----------
    events : DataFrame
        From ``incidents.select_events``.
    began : str
        Day, ISO.
    months : int
        Length of each span.
    kind : str
        Kind of incident, in words.

    Returns
    -------
    dict
        ``before, after`` (numbers), ``span`` (months), ``began`` (in words).
    """
    start, span = pd.Timestamp(began), pd.DateOffset(months=months)
    when = events.loc[events["kind"] == kind, "when"]
    return {
        "before": Quantity(int(((when >= start - span) & (when < start)).sum()), "", 0),
        "after": Quantity(int(((when >= start) & (when < start + span)).sum()), "", 0),
        "span": Quantity(months, "months", 0),
        "began": name_date(began),
    }


def describe_drill(exercises: pd.DataFrame, name: str) -> dict[str, Fact]:
    """Size and date of one exercise.

    Parameters
    ----------
    exercises : DataFrame
        The exercises dataset.
    name : str
        Name of the exercise.

    Returns
    -------
    dict
        ``participants`` (a range where two numbers were published), ``institutions``, ``date`` (in words).

    Raises
    ------
    DataError
        When there is no such exercise with numbers.
    """
    rows = exercises[(exercises["exercise"] == name) & exercises["low"].notna()]
    if rows.empty:
        raise DataError(f"no exercise {name} with numbers", where="exercises", remedy="name another")
    row = rows.iloc[-1]
    high = float(row["high"]) if row["high"] > row["low"] else None
    return {
        "participants": Quantity(float(row["low"]), "participants", 0, high),
        "institutions": Quantity(float(row["institutions"]), "institutions", 0),
        "date": name_date(str(row["date"])),
    }


def describe_money(money: pd.DataFrame, instrument: str, stage: str, union: str = "EU27") -> dict[str, Fact]:
    """What a European instrument asked, allocated, approved or paid, by state.

    Parameters
    ----------
    money : DataFrame
        The dataset of European money.
    instrument, stage : str
        Name of the instrument and how far the money has come.
    union : str
        Code of the sum for all states.

    Returns
    -------
    dict
        ``amounts`` (by state, EUR m; states without a published number are left out) and, where it is published,
        ``all`` (of all states).
    """
    rows = money[(money["instrument"] == instrument) & (money["stage"] == stage) & money["low_eur_m"].notna()]
    sums = rows.groupby("iso3", sort=False)[["low_eur_m", "high_eur_m"]].sum()
    amounts = {
        str(code): Quantity(low, "EUR m", 0, high if high > low else None)
        for code, low, high in sums.itertuples(name=None)
    }
    facts: dict[str, Fact] = {"amounts": {code: amount for code, amount in amounts.items() if code != union}}
    return {**facts, "all": amounts[union]} if union in amounts else facts


def describe_host_deliveries(deliveries: pd.DataFrame, host: str, milestone: int) -> dict[str, Fact]:
    """How many capabilities a state was promised, how many are complete, and how many end by a year or after it.

    Parameters
    ----------
    deliveries : DataFrame
        From ``delivery_dates.fill_dates``.
    host : str
        Code of the state.
    milestone : int
        Year.

    Returns
    -------
    dict
        ``promised, complete, begun, by_milestone, after_milestone, without_end`` (numbers), ``milestone`` (year).
    """
    rows = deliveries[deliveries["entity"] == host]
    last = pd.Series([date_years(date).high - 1 if date else None for date in rows["last"]], dtype=float)
    return {
        "promised": Quantity(len(rows), "", 0),
        "complete": Quantity(int(rows["outturn"].eq("complete").sum()), "", 0),
        "begun": Quantity(int(rows["outturn"].eq("begun").sum()), "", 0),
        "by_milestone": Quantity(int((last <= milestone).sum()), "", 0),
        "after_milestone": Quantity(int((last > milestone).sum()), "", 0),
        "without_end": Quantity(int(last.isna().sum()), "", 0),
        "milestone": Quantity(milestone, "year"),
    }


def gather_facts(**described: Mapping[str, Fact]) -> dict[str, Fact]:
    """Facts of several ``describe_`` functions under one roof, each named ``<group>_<name>``.

    A fact that holds one number for each country is there as it is and, under ``<group>_<name>_<code in small
    letters>``, country by country.

    Examples
    --------
    >>> sorted(gather_facts(air={"jets": {"EST": Quantity(4, "aircraft")}}))
    ['air_jets', 'air_jets_est']
    """
    facts: dict[str, Fact] = {}
    for group, told in described.items():
        for name, fact in told.items():
            facts[f"{group}_{name}"] = fact
            if isinstance(fact, Mapping):
                facts.update({f"{group}_{name}_{code.lower()}": number for code, number in fact.items()})
    return facts
