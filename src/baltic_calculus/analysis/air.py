"""Air policing over the Baltic states: single published counts, with nothing between them."""

import pandas as pd

from baltic_calculus.analysis.figures import select_figures

AIRCRAFT = "aircraft in the region"
BASE = "aircraft at Šiauliai alone"
ROTATIONS = "rotations since 2004"
SCRAMBLES = "scrambles in the region in the year"
EUROPE = "scrambles over Europe in the year"
MEASURES = (AIRCRAFT, BASE, ROTATIONS, SCRAMBLES, EUROPE)
PUBLISHED = "published"

ROLES = {
    "Baltic Air Policing aircraft": AIRCRAFT,
    "Baltic Air Policing aircraft (relatively limited force)": AIRCRAFT,
    "aircraft at Siauliai": BASE,
    "Baltic Air Policing rotation": ROTATIONS,
    "scrambles": SCRAMBLES,
    "scrambles over Europe": EUROPE,
}


def compute_policing(force_model: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Aircraft, rotations and scrambles as published; counts of unlike things are never joined.

    Parameters
    ----------
    force_model : DataFrame
        The Force Model and air dataset.
    last_year : int
        Later counts are left out.

    Returns
    -------
    DataFrame
        ``measure`` (one of ``MEASURES``), ``status`` (always ``published``), ``date, dated`` (in words), ``when, low,
        high`` (equal for a single number), ``confidence, source, note``, by measure and date.
    """
    rows = select_figures(force_model, ROLES, "measure")
    rows = rows[rows["when"].dt.year <= last_year].assign(
        status=PUBLISHED, place=rows["measure"].map({measure: place for place, measure in enumerate(MEASURES)})
    )
    columns = ["measure", "status", "date", "dated", "when", "low", "high", "confidence", "source", "note"]
    return rows.sort_values(["place", "when"])[columns].reset_index(drop=True)
