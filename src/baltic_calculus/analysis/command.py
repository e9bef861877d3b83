"""Who commands what: published links of command in force on a day, and what changed between two days.

A link counts from the end of the published period in which it began, and to the beginning of that in which it ended:
in between it is not certain. An announced link stands beside those in force and is never counted among them.
"""

import pandas as pd

from baltic_calculus.analysis.dates import date_span, name_date
from baltic_calculus.errors import DataError

EARLIER, LATER = "2024-06-30", "2026-06-30"
"""Days compared: before the Washington summit, and the last month that the material covers."""

ANNOUNCED = "announced"
NOT_VERIFIED = "not verified"
UNCHANGED, MOVED, NEW, ENDED = "unchanged", "under another superior", "new", "ended"
CHANGES = (UNCHANGED, MOVED, NEW, ANNOUNCED, ENDED)
ABSENT = "not there"
STATE = "state"

_KEPT = ["entity", "superior", "kind", "place", "since", "status", "seen", "confidence", "source", "note"]


def structure_on(commands: pd.DataFrame, day: str) -> pd.DataFrame:
    """Links in force on a day, and those announced by then.

    Parameters
    ----------
    commands : DataFrame
        The command-structure dataset: one row for each link and span of time.
    day : str
        ISO date.

    Returns
    -------
    DataFrame
        ``entity, superior, kind, place, since, status, seen, confidence, source, note``, in the order of the dataset;
        each entity once.

    Raises
    ------
    DataError
        When an entity has two superiors on that day, or a superior is not among the entities.
    """
    moment = pd.Timestamp(day)
    begun = [not since or date_span(since)[1] <= moment + pd.DateOffset(days=1) for since in commands["since"]]
    lasting = [not until or date_span(until)[0] > moment for until in commands["until"]]
    found = commands.loc[pd.Series(begun, commands.index) & pd.Series(lasting, commands.index), _KEPT]
    twice = sorted(found.loc[found["entity"].duplicated(), "entity"])
    if twice:
        raise DataError(f"two superiors on {day}: {', '.join(twice)}", remedy="end one link before the other begins")
    orphans = sorted(set(found["superior"]) - set(found["entity"]) - {"", NOT_VERIFIED})
    if orphans:
        raise DataError(f"no row for superior {', '.join(orphans)} on {day}", remedy="add its own link")
    return found.reset_index(drop=True)


def compare_structures(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What became of each entity between two days.

    Parameters
    ----------
    before, after : DataFrame
        From :func:`structure_on`.

    Returns
    -------
    DataFrame
        ``entity, kind, superior_then, superior_now`` (empty where there was none), ``change`` (one of ``CHANGES``),
        ``since`` (of the present link; empty for what ended), ``confidence, source, note``; present entities first.
    """
    then = before.set_index("entity")["superior"]
    ended = before[~before["entity"].isin(after["entity"])].assign(change=ENDED, since="")
    present = after.assign(
        change=[
            _change(then, entity, superior, status)
            for entity, superior, status in zip(after["entity"], after["superior"], after["status"], strict=True)
        ]
    )
    rows = pd.concat([present, ended], ignore_index=True)
    gone = rows["change"] == ENDED
    rows = rows.assign(
        superior_then=rows["entity"].map(then).fillna(""), superior_now=rows["superior"].where(~gone, "")
    )
    return rows[["entity", "kind", "superior_then", "superior_now", "change", "since", "confidence", "source", "note"]]


def _change(then: pd.Series, entity: str, superior: str, status: str) -> str:
    """What a present link is, against those of the earlier day."""
    if status == ANNOUNCED:
        return ANNOUNCED
    if entity not in then.index:
        return NEW
    return UNCHANGED if then[entity] == superior else MOVED


def compute_command(commands: pd.DataFrame, earlier: str = EARLIER, later: str = LATER) -> pd.DataFrame:
    """Both structures one below the other, each link with its change and with how well it is confirmed.

    Parameters
    ----------
    commands : DataFrame
        The command-structure dataset.
    earlier, later : str
        ISO dates.

    Returns
    -------
    DataFrame
        Columns of :func:`structure_on` with ``as_of`` (ISO date), ``panel`` (the date in words), ``change``, ``dated``
        (month and year in which a new or changed link began, else empty) and ``confirmed`` (whether a source from
        after the earlier day states the link; always true on the earlier day).
    """
    before, after = structure_on(commands, earlier), structure_on(commands, later)
    changes = compare_structures(before, after).set_index("entity")["change"]
    began = pd.Timestamp(earlier)
    parts = []
    for day, rows in ((earlier, before), (later, after)):
        change = rows["entity"].map(changes)
        dated = [
            _month(since) if day == later and kind != UNCHANGED else ""
            for since, kind in zip(rows["since"], change, strict=True)
        ]
        confirmed = [day == earlier or date_span(seen)[0] > began for seen in rows["seen"]]
        parts.append(rows.assign(as_of=day, panel=name_date(day), change=change, dated=dated, confirmed=confirmed))
    return pd.concat(parts, ignore_index=True)


def _month(since: str) -> str:
    """A date as month and year, "Dec 2025"; a year as it is."""
    return f"{date_span(since)[0]:%b %Y}" if len(since) > len("2026") else since


def list_changes(
    commands: pd.DataFrame, sources: pd.DataFrame, earlier: str = EARLIER, later: str = LATER
) -> pd.DataFrame:
    """Links that changed, in order of date, with who published them.

    Parameters
    ----------
    commands : DataFrame
        The command-structure dataset.
    sources : DataFrame
        The register of sources.
    earlier, later : str
        ISO dates.

    Returns
    -------
    DataFrame
        As :func:`compare_structures`, without what is unchanged and with words where there was no link, and
        ``publisher`` (of each source, separated by ";").
    """
    changes = compare_structures(structure_on(commands, earlier), structure_on(commands, later))
    rows = changes[changes["change"] != UNCHANGED].sort_values(["since", "change", "entity"], kind="stable")
    names = sources.set_index("source")["publisher"]
    told = ["; ".join(dict.fromkeys(names[key] for key in keys.split(";"))) for keys in rows["source"]]
    words = {"superior_then": ABSENT, "superior_now": ENDED}
    said = {column: rows[column].replace("", word) for column, word in words.items()}
    return rows.assign(**said, publisher=told).reset_index(drop=True)


def list_leads(commands: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """Commands for which the allies have agreed who is to lead.

    Parameters
    ----------
    commands : DataFrame
        The command-structure dataset.
    countries : DataFrame
        The register of countries.

    Returns
    -------
    DataFrame
        ``entity, place, lead, lead_agreed`` (nations by name; "not verified" where no source was found) and
        ``transfer`` (whether the agreement names another nation than the one that leads; false where that is unknown).
    """
    rows = commands.loc[commands["lead_agreed"] != "", ["entity", "place", "lead", "lead_agreed"]]
    names = countries.set_index("iso3")["name"]
    known = rows["lead"] != ""
    told = {
        column: [
            ", ".join(names[code] for code in codes.split(";")) if codes else NOT_VERIFIED for codes in rows[column]
        ]
        for column in ("lead", "lead_agreed")
    }
    return rows.assign(**told, transfer=known & (rows["lead"] != rows["lead_agreed"])).reset_index(drop=True)
