"""Editions of the IMF's World Economic Outlook among the vintages of a dataset: the newest, and the one before it."""

import re
from collections.abc import Iterable

OUTLOOK = re.compile(r"IMF WEO (?P<month>April|October) (?P<year>\d{4})")


def newest_outlooks(vintages: Iterable[str]) -> tuple[str, str]:
    """The newest edition and the one before it, so that pages follow what a data steward adopts.

    Parameters
    ----------
    vintages : iterable of str
        Names of vintages, repeated or not, of any forecaster.

    Returns
    -------
    tuple of str and str
        Newest edition, edition before it; empty where there is none. Two editions are never joined into one series.

    Examples
    --------
    >>> newest_outlooks(["IMF WEO October 2025", "IMF WEO April 2026", "EC Spring 2026", "IMF WEO April 2019"])
    ('IMF WEO April 2026', 'IMF WEO October 2025')
    """
    matches = filter(None, map(OUTLOOK.fullmatch, set(vintages)))
    # April comes before October, in the alphabet too
    editions = sorted(matches, key=lambda match: (match["year"], match["month"]), reverse=True)
    newest, before, *_ = [*(match[0] for match in editions), "", ""]
    return newest, before
