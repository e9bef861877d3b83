"""The numbers and names on command and control that go into sentences."""

import pandas as pd

from baltic_calculus.analysis.command import (
    ANNOUNCED,
    EARLIER,
    LATER,
    MOVED,
    NEW,
    NOT_VERIFIED,
    STATE,
    UNCHANGED,
    compare_structures,
    compute_command,
    structure_on,
)
from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.errors import DataError

AMERICAN = "USA"


def describe_command(commands: pd.DataFrame, earlier: str = EARLIER, later: str = LATER) -> dict[str, Fact]:
    """How many links of command changed between two days, and which.

    Parameters
    ----------
    commands : DataFrame
        The command-structure dataset.
    earlier, later : str
        ISO dates.

    Returns
    -------
    dict
        ``earlier, later`` (dates in words), ``links_then`` and ``links_now`` (published superiors, announced ones left
        out), ``unchanged, moved, new, announced`` (numbers), ``new_names, announced_names``, ``announced_date`` (the
        last one), ``unconfirmed`` (links of the later day that no source from after the earlier one states), ``open``
        and ``open_names`` (entities whose superior in the alliance was not verified).

    Raises
    ------
    DataError
        When no link changed or none was announced, so that there is nothing to tell.
    """
    before, after = structure_on(commands, earlier), structure_on(commands, later)
    changes = compare_structures(before, after)
    both = compute_command(commands, earlier, later)
    now = both[both["as_of"] == later]
    named = {kind: changes.loc[changes["change"] == kind, "entity"] for kind in (UNCHANGED, MOVED, NEW, ANNOUNCED)}
    if named[MOVED].empty or named[ANNOUNCED].empty:
        raise DataError(f"nothing changed from {earlier} to {later}", remedy="compare other days")
    open_now = after.loc[after["superior"] == NOT_VERIFIED, "entity"]
    return {
        "earlier": name_date(earlier),
        "later": name_date(later),
        "links_then": _count(_published(before)),
        "links_now": _count(_published(after[after["status"] != ANNOUNCED])),
        "unchanged": _count(_published(after[after["entity"].isin(named[UNCHANGED])])),
        "moved": _count(named[MOVED]),
        "new": _count(named[NEW]),
        "announced": _count(named[ANNOUNCED]),
        "new_names": tuple(named[NEW]),
        "announced_names": tuple(named[ANNOUNCED]),
        "announced_date": name_date(max(changes.loc[changes["change"] == ANNOUNCED, "since"])),
        "unconfirmed": _count(now[~now["confirmed"] & (now["superior"] != NOT_VERIFIED)]),
        "open": _count(open_now),
        "open_names": tuple(open_now),
    }


def _count(rows: pd.DataFrame | pd.Series) -> Quantity:
    return Quantity(len(rows), "", 0)


def _published(structure: pd.DataFrame) -> pd.DataFrame:
    """Entities with a published superior: neither the top nor what was not verified."""
    return structure[~structure["superior"].isin(["", NOT_VERIFIED])]


def describe_areas(commands: pd.DataFrame, earlier: str = EARLIER, later: str = LATER) -> dict[str, Fact]:
    """Which states passed from one joint command to another, when, and which stayed.

    Raises
    ------
    DataError
        When the states that moved did not all move from one command to one other on one day.
    """
    changes = compare_structures(structure_on(commands, earlier), structure_on(commands, later))
    states = changes[changes["kind"] == STATE]
    moved, stayed = states[states["change"] == MOVED], states[states["change"] == UNCHANGED]
    ways = moved[["superior_then", "superior_now", "since"]].drop_duplicates()
    if len(ways) != 1:
        raise DataError(f"{len(ways)} ways in which states moved, not one", remedy="tell them one by one")
    way = ways.iloc[0]
    return {
        "moved_states": tuple(moved["entity"]),
        "stayed_states": tuple(stayed["entity"]),
        "from_command": str(way["superior_then"]),
        "to_command": str(way["superior_now"]),
        "moved_date": name_date(str(way["since"])),
    }


def describe_way(commands: pd.DataFrame, entity: str, earlier: str = EARLIER, later: str = LATER) -> dict[str, Fact]:
    """The superior of one entity on both days, and since when it has the present one.

    Raises
    ------
    DataError
        When the entity is not there on both days.
    """
    changes = compare_structures(structure_on(commands, earlier), structure_on(commands, later))
    rows = changes[(changes["entity"] == entity) & (changes["superior_then"] != "") & (changes["superior_now"] != "")]
    if rows.empty:
        raise DataError(f"{entity} is not in the structure of both days", remedy="choose another")
    row = rows.iloc[0]
    since = str(row["since"])
    return {"then": row["superior_then"], "now": row["superior_now"], "since": name_date(since) if since else ""}


def describe_leads(commands: pd.DataFrame) -> dict[str, Fact]:
    """How many commands the allies' agreement names, and what the United States gives up and takes on by it.

    Returns
    -------
    dict
        ``led`` (commands named), ``lost_names`` and ``won_names`` (those that pass from and to the United States),
        ``american`` (those that it is to lead), ``agreed_date``.
    """
    named = commands[commands["lead_agreed"] != ""]
    before, after = named["lead"] == AMERICAN, named["lead_agreed"] == AMERICAN
    return {
        "led": _count(named),
        "lost_names": tuple(named.loc[before & ~after, "entity"]),
        "won_names": tuple(named.loc[~before & after, "entity"]),
        "american": _count(named[after]),
        "agreed_date": name_date(max(named["seen"])),
    }
