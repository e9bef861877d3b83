"""The three promised brigades: how much is present, how much is held elsewhere, how much is missing."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.interval import Interval, add_intervals
from baltic_calculus.analysis.promises import (
    BRITISH_BRIGADE,
    CANADIAN_BRIGADE,
    GERMAN_BRIGADE,
    Promise,
    Strength,
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
    away : tuple of str
        Indicators of the part held elsewhere: accounts that differ, which span its range.
    whole : tuple of str
        Indicators of both parts together, where the source counts them so.
    """

    promise: Promise
    away: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


BRIGADES = (
    # no size of the brigade is public: what it moved to an exercise, or the usual size of a brigade
    Brigade(
        BRITISH_BRIGADE,
        away=(
            "UK 4th Brigade troops moved to the exercise of 2025",
            "UK brigade held in Britain, usual size of a brigade",
        ),
    ),
    Brigade(CANADIAN_BRIGADE),
    Brigade(GERMAN_BRIGADE, whole=("brigade strength incl. battalions still in Germany",)),
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
    there, size = present.troops, promised.troops
    whole = delivered_strength(brigade.whole, here)
    if whole is None:
        elsewhere = delivered_strength(brigade.away, here)
        away = Interval(0.0, 0.0) if elsewhere is None else elsewhere.troops
        missing = less(size, add_intervals([there, away]))
    else:
        away, missing = less(whole.troops, there), less(size, whole.troops)
        elsewhere = Strength(away, whole.date, weakest(whole.confidence, present.confidence))
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


def less(whole: Interval, part: Interval) -> Interval:
    """What is left of a number of troops, over all values that both ranges allow, and never below nothing.

    Examples
    --------
    >>> less(Interval(2800, 2800), Interval(1700, 1800))
    Interval(low=1000, high=1100)
    """
    return Interval(max(whole.low - part.high, 0.0), max(whole.high - part.low, 0.0))
