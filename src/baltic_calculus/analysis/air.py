"""Air policing over the Baltic states, and the ground-based air defence that they have ordered."""

import pandas as pd

from baltic_calculus.analysis.figures import select_figures

AIRCRAFT = "aircraft on station"
SCRAMBLES = "scrambles in the year"
REGION = "BALTIC"
PUBLISHED = "published"

ROLES = {
    "Baltic Air Policing aircraft": AIRCRAFT,
    "Baltic Air Policing aircraft (relatively limited force)": AIRCRAFT,
    "scrambles": SCRAMBLES,
}
ORDERS = {
    "IRIS-T SLM joint order": "IRIS-T SLM, joint order",
    "NASAMS and RBS 70 NG orders": "NASAMS and RBS 70 NG",
}


def compute_policing(force_model: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Aircraft on station and scrambles, as published: single dates, with nothing between them.

    Parameters
    ----------
    force_model : DataFrame
        The Force Model and air dataset.
    last_year : int
        Later counts are left out.

    Returns
    -------
    DataFrame
        ``measure, status`` (always ``published``), ``date, dated`` (in words), ``when, count, confidence, note``, by
        measure and date.
    """
    rows = select_figures(force_model, ROLES, "measure")
    rows = (
        rows[(rows["entity"] == REGION) & (rows["when"].dt.year <= last_year)]
        .rename(columns={"low": "count"})
        .assign(status=PUBLISHED)
        .sort_values(["measure", "when"])
    )
    return rows[["measure", "status", "date", "dated", "when", "count", "confidence", "note"]].reset_index(drop=True)


def list_orders(force_model: pd.DataFrame) -> pd.DataFrame:
    """Ground-based air defence ordered, with the sums that were published.

    Returns
    -------
    DataFrame
        ``entity`` (code, or codes joined by a hyphen), ``date, system, amount_eur_m, confidence``.
    """
    rows = select_figures(force_model, ORDERS, "system").rename(columns={"low": "amount_eur_m"})
    return rows[["entity", "date", "system", "amount_eur_m", "confidence"]]
