"""Withdrawal from the Ottawa Convention on anti-personnel mines: the steps of each state with their dates."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.figures import select_figures

ADOPTED, NOTIFIED, EFFECTIVE = "adopted", "notified", "effective"
STEPS = {
    "Ottawa withdrawal law passed": ADOPTED,
    "Ottawa withdrawal law signed": ADOPTED,
    "Ottawa withdrawal notified": NOTIFIED,
    "Ottawa withdrawal takes effect": EFFECTIVE,
}
NOT_FOUND = "not found"


def list_withdrawals(facts: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Steps of each state on its way out of the convention.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    codes : sequence of str
        Country codes, in the order of the rows; a state without any step is left out.

    Returns
    -------
    DataFrame
        ``iso3, adopted, notified, effective`` (dates in words; "not found" where none was), ``waiting_days`` (from the
        notification to the effect; NaN without both days), ``in_effect_since`` (ISO date, empty for none),
        ``confidence`` (the weakest).
    """
    steps = select_figures(facts, STEPS, "step")
    rows = [
        _row(code, steps[steps["entity"] == code].drop_duplicates("step", keep="last"))
        for code in codes
        if (steps["entity"] == code).any()
    ]
    columns = ["iso3", ADOPTED, NOTIFIED, EFFECTIVE, "waiting_days", "in_effect_since", "confidence"]
    return pd.DataFrame(rows, columns=columns)


def _row(code: str, steps: pd.DataFrame) -> dict[str, object]:
    """One state."""
    dates = dict(zip(steps["step"], steps["date"], strict=True))
    grades = set(steps["confidence"])
    both = {NOTIFIED, EFFECTIVE} <= set(dates)
    return {
        "iso3": code,
        **{step: name_date(dates[step]) if step in dates else NOT_FOUND for step in (ADOPTED, NOTIFIED, EFFECTIVE)},
        "waiting_days": float(_days(dates[EFFECTIVE]) - _days(dates[NOTIFIED])) if both else None,
        "in_effect_since": dates.get(EFFECTIVE, ""),
        "confidence": next(grade for grade in ("low", "medium", "high") if grade in grades),
    }


def _days(date: str) -> int:
    """Day as a number."""
    return pd.Timestamp(date).toordinal()
