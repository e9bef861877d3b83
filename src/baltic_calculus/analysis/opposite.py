"""Forces of Russia and Belarus as published, and what is not published."""

import numpy as np
import pandas as pd

from baltic_calculus.analysis.figures import select_figures

ENTITIES = {
    "RUS": "Russia, all",
    "RUS-LMD": "Russia, Leningrad Military District",
    "RUS-MMD": "Russia, Moscow Military District",
    "RUS-KGD": "Russia, Kaliningrad",
    "RUS-BF": "Russia, Baltic Fleet",
    "BLR": "Belarus",
}
SUBJECTS = {
    "active armed forces": "active armed forces",
    "active military personnel": "active armed forces",
    "decreed size of military": "military size set by decree",
    "deployed in Ukraine": "deployed in Ukraine",
    "tanks lost in year": "tanks lost in the year",
    "tanks produced or modernised": "tanks produced or modernised in the year",
    "troops in Kaliningrad (11th Army Corps)": "troops, before 2022",
    "troops near Estonian border before doubling": "troops near the Estonian border",
    "planned troops near Estonian border": "troops planned near the Estonian border",
    "planned increase near NATO border vs pre-war": "troops planned near NATO's border, against those before the war",
    "Kalibr-capable ships in Baltic Fleet": "ships able to fire Kalibr missiles",
}
UNPUBLISHED = (
    ("RUS-LMD", "troops of the district"),
    ("RUS-LMD", "troops of the 14th and 44th Army Corps"),
    ("RUS-MMD", "troops of the district"),
    ("RUS-KGD", "troops today"),
    ("RUS-BF", "ships in service"),
)
"""Questions to which the publications read give no number."""

SUPERSEDED = (("BLR", "2022"),)
"""Older counts of what a newer row of the same table gives."""


def list_opposite(forces: pd.DataFrame) -> pd.DataFrame:
    """Published strengths of Russia and Belarus, with a row for each number that is not public.

    Parameters
    ----------
    forces : DataFrame
        The national-forces dataset.

    Returns
    -------
    DataFrame
        ``entity, force`` (in words), ``subject, low, high, unit, date, dated`` (in words), ``confidence, note``, by
        force; NaN and empty text in the rows of what is not public. Rows of low confidence are left out.
    """
    rows = select_figures(forces, SUBJECTS, "subject")
    rows = rows[rows["entity"].isin(list(ENTITIES)) & (rows["confidence"] != "low")]
    superseded = pd.Series(list(zip(rows["entity"], rows["date"], strict=True)), index=rows.index).isin(SUPERSEDED)
    rows = rows[~superseded]
    gaps = pd.DataFrame(UNPUBLISHED, columns=["entity", "subject"]).assign(
        low=np.nan, high=np.nan, unit="", date="", dated="", confidence="", note=""
    )
    listed = pd.concat([rows.assign(gap=False), gaps.assign(gap=True)], ignore_index=True)
    listed["force"] = listed["entity"].map(ENTITIES)
    listed["order"] = listed["entity"].map(list(ENTITIES).index)
    listed = listed.sort_values(["order", "gap", "subject", "date"], kind="stable")
    columns = ["entity", "force", "subject", "low", "high", "unit", "date", "dated", "confidence", "note"]
    return listed[columns].reset_index(drop=True)
