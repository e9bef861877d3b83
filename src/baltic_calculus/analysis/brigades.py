"""The three promised brigades: how much is present, how much is held elsewhere, how much is missing."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.promises import (
    BRITISH_BRIGADE,
    CANADIAN_BRIGADE,
    GERMAN_BRIGADE,
    Promise,
    Strength,
    add_strengths,
    delivered_strength,
    promised_size,
    weakest,
)
from baltic_calculus.errors import DataError

PRESENT = "present"
ELSEWHERE = "held elsewhere"
MISSING = "missing"
UNSETTLED = "left open by the ranges"
PARTS = (PRESENT, ELSEWHERE, MISSING, UNSETTLED)


@dataclass(frozen=True)
class Brigade:
    """A promised brigade, and the figures of its units that stand outside the host state.

    Parameters
    ----------
    promise : Promise
        What was promised, and what is there.
    least, most : tuple of str
        Indicators whose sums are the lower and the upper end of the part held elsewhere; empty where none is published.
    """

    promise: Promise
    least: tuple[str, ...] = ()
    most: tuple[str, ...] = ()


HELD_IN_BRITAIN = ("UK brigade held in Britain, usual size of a brigade",)
BRIGADES = (
    Brigade(BRITISH_BRIGADE, HELD_IN_BRITAIN, HELD_IN_BRITAIN),
    Brigade(CANADIAN_BRIGADE),
    # the two battalions are under the brigade and still in Germany: at least their volunteers, at most their posts
    Brigade(
        GERMAN_BRIGADE,
        ("volunteers for tank battalion 203", "volunteers for mechanised infantry battalion 122"),
        ("posts in tank battalion 203", "posts in mechanised infantry battalion 122"),
    ),
)


def split_brigades(presence: pd.DataFrame) -> pd.DataFrame:
    """Parts of each promised brigade, with the range of each and the piece of a bar that draws it.

    A bar is as long as the upper end of the promise. Its pieces are the lower ends of the three parts; what the ranges
    leave open between them is a piece of its own, so that a bar never claims more than was published. Missing is the
    promise less both other parts, over all values that their ranges allow, and never below nothing.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.

    Returns
    -------
    DataFrame
        Four rows for each host: ``iso3, part, low_troops, high_troops`` (NaN where nothing is published, and for what
        is left open), ``drawn_troops, date`` (of the newest figure), ``confidence`` (of the weakest figure behind it).

    Raises
    ------
    DataError
        When the lower ends of the parts exceed the promise.
    """
    return pd.concat([_split(brigade, presence) for brigade in BRIGADES], ignore_index=True)


def _split(brigade: Brigade, presence: pd.DataFrame) -> pd.DataFrame:
    """The four parts of one brigade."""
    host = brigade.promise.host
    here = presence[presence["entity"] == host]
    promised = promised_size(brigade.promise, here)
    present = delivered_strength(brigade.promise.delivered, here)
    if present is None:
        raise DataError(f"no strength beside the promise to {host}", remedy="name the indicator of its delivery")
    elsewhere = _held_elsewhere(brigade, here)
    away = Interval(0.0, 0.0) if elsewhere is None else elsewhere.troops
    there, size = present.troops, promised.troops
    missing = Interval(max(size.low - there.high - away.high, 0.0), max(size.high - there.low - away.low, 0.0))
    open_troops = size.high - there.low - away.low - missing.low
    if open_troops < 0:
        raise DataError(f"more present and held elsewhere than was promised to {host}", remedy="check both figures")
    newest = max(one.date for one in (present, elsewhere) if one is not None)
    sure = weakest(*(one.confidence for one in (promised, present, elsewhere) if one is not None))
    nothing = (np.nan, np.nan, 0.0, "", "")
    rows = {
        PRESENT: (there.low, there.high, there.low, present.date, present.confidence),
        ELSEWHERE: nothing
        if elsewhere is None
        else (away.low, away.high, away.low, elsewhere.date, elsewhere.confidence),
        MISSING: (missing.low, missing.high, missing.low, newest, sure),
        UNSETTLED: (np.nan, np.nan, open_troops, newest, sure),
    }
    columns = ["low_troops", "high_troops", "drawn_troops", "date", "confidence"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return frame.rename_axis("part").reset_index().assign(iso3=host)[["iso3", "part", *columns]]


def _held_elsewhere(brigade: Brigade, here: pd.DataFrame) -> Strength | None:
    """Part of a brigade outside the host state; None where no figure was published."""
    if not brigade.least:
        return None
    least, most = add_strengths(brigade.least, here), add_strengths(brigade.most, here)
    troops = Interval(least.troops.low, most.troops.high)
    return Strength(troops, max(least.date, most.date), weakest(least.confidence, most.confidence))
