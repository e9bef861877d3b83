"""Money of the European Union by instrument and state: asked for, allocated, approved, paid."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.safe_checks import read_term
from baltic_calculus.errors import DataError

ASKED, ALLOCATED, APPROVED, PAID = "asked", "allocated", "approved", "paid"
STAGES = (ASKED, ALLOCATED, APPROVED, PAID)
"""Steps of the money in their order."""
UNION = "EU27"
SAFE, LOAN = "SAFE", "loan"
INSTRUMENTS = {
    SAFE: "SAFE (loans)",
    "EPF": "European Peace Facility (refunds)",
    "CEF military mobility": "Connecting Europe Facility, military mobility (grants)",
    "ASAP": "Support of ammunition production, ASAP (grants)",
    "EDF": "European Defence Fund (grants)",
    "EDIP": "European Defence Industry Programme (grants)",
    "BMVI eastern border": "Border management at the eastern border, BMVI (grants)",
}
"""Key in the data to name in print, in the order of print."""

COLUMNS = ["instrument", "iso3", "part", "stage", "low_eur_m", "high_eur_m", "date", "confidence", "source", "note"]


def compute_eu_money(
    money: pd.DataFrame,
    allocations: pd.DataFrame,
    terms: pd.DataFrame,
    countries: Sequence[str],
    names: Mapping[str, str],
) -> pd.DataFrame:
    """Every published amount of the countries and of the Union, SAFE's taken from its own datasets.

    Parameters
    ----------
    money, allocations, terms : DataFrame
        Datasets ``eu_money``, ``safe_allocations`` and ``safe_terms``.
    countries : sequence of str
        Codes in the order of print.
    names : mapping of str to str
        Country code to English name.

    Returns
    -------
    DataFrame
        ``COLUMNS`` and ``dated`` (the date in words), by instrument, country, part and stage. An instrument in which
        nothing was published for a state of the register has one row without an amount.

    Raises
    ------
    DataError
        When more was paid than approved: the stages of one part would not be in order.
    """
    own = money[money["iso3"].isin([*countries, UNION])]
    loans = [
        *_ask(terms, countries, names),
        *_adopt(allocations, terms, countries),
        *_union(terms, allocations),
    ]
    rows = pd.concat([pd.DataFrame(loans, columns=COLUMNS), own[COLUMNS]], ignore_index=True)
    rows = pd.concat([rows, _unknown(rows, money, countries)], ignore_index=True)
    order = {"instrument": list(INSTRUMENTS), "iso3": [*countries, UNION], "stage": list(STAGES)}
    places = {f"_{column}": rows[column].map(known.index) for column, known in order.items()}
    rows = rows.assign(**places).sort_values(["_instrument", "_iso3", "part", "_stage"], kind="stable")
    rows = rows.drop(columns=list(places)).reset_index(drop=True)
    _check_order(rows)
    return rows.assign(dated=[name_date(date) if date else "" for date in rows["date"]])


def _ask(terms: pd.DataFrame, countries: Sequence[str], names: Mapping[str, str]) -> list[list[object]]:
    """What states asked of SAFE, where it was published."""
    wanted = {f"request_{names[code].lower()}": code for code in countries}
    rows = terms[(terms["instrument"] == SAFE) & terms["term"].isin(list(wanted))]
    return [
        [SAFE, wanted[row["term"]], LOAN, ASKED, *_ends(row), row["date"], "medium", row["source"], row["note"]]
        for row in rows.to_dict("records")
    ]


def _ends(row: Mapping[str, float]) -> tuple[float, float]:
    """Both ends of a term in EUR m, out of EUR bn."""
    low, high = (row["value"] if pd.isna(row[end]) else row[end] for end in ("low", "high"))
    return low * 1000, high * 1000


def _adopt(allocations: pd.DataFrame, terms: pd.DataFrame, countries: Sequence[str]) -> list[list[object]]:
    """What was allocated to states under SAFE, and what the Council adopted."""
    allocated_on = read_term(terms, "tentative_allocation_date")["date"]
    rows: list[list[object]] = []
    for row in allocations[allocations["iso3"].isin(list(countries))].to_dict("records"):
        tentative, adopted = row["tentative_loan_eur_bn"] * 1000, row["adopted_loan_eur"] / 1e6
        told = [row["source"], row["note"]]
        rows.append([SAFE, row["iso3"], LOAN, ALLOCATED, tentative, tentative, allocated_on, "high", *told])
        rows.append([SAFE, row["iso3"], LOAN, APPROVED, adopted, adopted, row["adoption_date"], "high", *told])
    return rows


def _union(terms: pd.DataFrame, allocations: pd.DataFrame) -> list[list[object]]:
    """Sizes of SAFE and EDIP as a whole."""
    adopted = allocations.dropna(subset=["adopted_loan_eur"])
    total = float(adopted["adopted_loan_eur"].sum()) / 1e6
    last, note = adopted["adoption_date"].max(), "sum of the loans whose amount is known; no less than this"
    keys = ";".join(dict.fromkeys(";".join(adopted["source"]).split(";")))
    found: list[list[object]] = [[SAFE, UNION, LOAN, APPROVED, total, total, last, "medium", keys, note]]
    for instrument, term, stage in ((SAFE, "total_requests", ASKED), (SAFE, "envelope", ALLOCATED)):
        row = read_term(terms, term)
        found.append([instrument, UNION, LOAN, stage, *_ends(row), row["date"], "high", row["source"], row["note"]])
    budgets = terms[(terms["instrument"] == "EDIP") & (terms["term"] == "budget")]
    for row in budgets.to_dict("records"):
        told = [row["date"], "high", row["source"], row["note"]]
        found.append(["EDIP", UNION, "budget", ALLOCATED, *_ends(row), *told])
    return found


def _unknown(rows: pd.DataFrame, money: pd.DataFrame, countries: Sequence[str]) -> pd.DataFrame:
    """A row without an amount for every instrument in which nothing was found for a state of the register."""
    registered = [code for code in countries if code in set(money["iso3"])]
    present = set(zip(rows["instrument"], rows["iso3"], strict=True))
    gaps = [
        [instrument, code, "", APPROVED, float("nan"), float("nan"), "", "", "", ""]
        for instrument in INSTRUMENTS
        for code in registered
        if (instrument, code) not in present
    ]
    return pd.DataFrame(gaps, columns=COLUMNS).astype(rows.dtypes.to_dict())


def _check_order(rows: pd.DataFrame) -> None:
    """Refuse payments above what was approved."""
    wide = rows.pivot_table(index=["instrument", "iso3", "part"], columns="stage", values="high_eur_m")
    wide = wide.reindex(columns=list(STAGES))
    above = wide[wide[PAID] > wide[APPROVED]]
    if len(above):
        raise DataError(
            f"more paid than approved: {'; '.join(' '.join(key) for key in above.index)}",
            where="eu_money",
            remedy="correct the amounts, or put them under the part that they belong to",
        )


def select_stages(rows: pd.DataFrame, instrument: str, countries: Sequence[str]) -> pd.DataFrame:
    """All four stages of one instrument for each country, for a chart; those without a published amount are NaN.

    Parameters
    ----------
    rows : DataFrame
        From :func:`compute_eu_money`, with one part for each country.
    instrument : str
        Its key.
    countries : sequence of str
        Codes in the order of the chart.
    """
    own = rows[rows["instrument"] == instrument].set_index(["iso3", "stage"])
    grid = pd.MultiIndex.from_product([list(countries), list(STAGES)], names=["iso3", "stage"])
    full = own.reindex(grid).reset_index().assign(instrument=instrument)
    words = ["part", "date", "dated", "confidence", "source", "note"]
    full[words] = full[words].fillna("")
    ends = full[["low_eur_m", "high_eur_m"]] / 1000
    return full.assign(low_eur_bn=ends["low_eur_m"], high_eur_bn=ends["high_eur_m"])


def tabulate_stages(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each instrument, country and part, with both ends of each stage.

    Parameters
    ----------
    rows : DataFrame
        From :func:`compute_eu_money`.

    Returns
    -------
    DataFrame
        ``instrument`` (name in print), ``iso3, part``, ``<stage>_low_eur_m, <stage>_high_eur_m`` for each of ``STAGES``
        (NaN where nothing was found), ``confidence`` (the lowest).
    """
    keys = ["instrument", "iso3", "part"]
    records = []
    for key, own in rows.groupby(keys, sort=False):
        record: dict[str, object] = dict(zip(keys, key, strict=True))
        known = own.set_index("stage")
        for stage in STAGES:
            for end in ("low", "high"):
                present = stage in known.index
                record[f"{stage}_{end}_eur_m"] = round(known.at[stage, f"{end}_eur_m"], 1) if present else np.nan
        graded = [grade for grade in own["confidence"] if grade]
        record["confidence"] = max(graded, key=["high", "medium", "low"].index) if graded else ""
        records.append(record)
    return pd.DataFrame(records).assign(instrument=lambda table: table["instrument"].map(INSTRUMENTS))
