"""The money opposite: military expenditure of Russia and Belarus beside that of the countries, on one basis.

Everything is SIPRI's, the only source with one definition for both sides. Growth is at 2024 prices and exchange
rates. Levels of one year are given as a range. Its lower end converts at market exchange rates: what the money buys
abroad. Its upper end divides by the price level of GDP: what it would buy at home if arms and soldiers were as
cheap as the average of all goods. Imported and advanced equipment is not, and pay and domestic industry may be
cheaper still, so that neither end is an estimate (Ward 2006). The same two conversions are made on both sides.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from baltic_calculus.analysis.interval import Interval, add_intervals
from baltic_calculus.analysis.joint import NORDIC_BALTIC_POLISH, NORDIC_BALTIC_POLISH_STATES
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.catalog.policy import PolicySet

OPPOSITE = ("RUS", "BLR")
TOGETHER = "countries in focus together"

CONSTANT, CURRENT = "spend_usd_m_2024", "spend_usd_m_current"
SHARES = {"share_gdp_pct": "gdp_pct", "share_government_pct": "government_pct"}


def read_factors(policy: PolicySet) -> dict[str, Interval]:
    """Factors by country code from ``data/policy/purchasing_power.yaml``: times what market exchange rates say."""
    return {
        name: Interval(
            value.value if value.low is None else value.low, value.value if value.high is None else value.high
        )
        for name, value in policy.values.items()
        if name.isupper()
    }


def find_parties(sipri: pd.DataFrame, parameters: Parameters) -> dict[str, tuple[str, ...]]:
    """Who is compared, and which states that is.

    Returns
    -------
    dict
        Name or country code to codes: the states opposite, the countries that the extract of SIPRI's database
        holds, all of them together when they are several, comparators that it holds, and the Nordic-Baltic states
        and Poland.
    """
    held = set(sipri["iso3"])
    own = tuple(code for code in parameters.countries if code in held)
    others = tuple(code for code in parameters.comparators if code in held)
    parties: dict[str, tuple[str, ...]] = {code: (code,) for code in (*OPPOSITE, *own)}
    if len(own) > 1:
        parties[TOGETHER] = own
    return {**parties, **{code: (code,) for code in others}, NORDIC_BALTIC_POLISH: NORDIC_BALTIC_POLISH_STATES}


def _table(sipri: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Years by country of one measure."""
    return sipri[sipri["measure"] == measure].pivot(index="year", columns="iso3", values="value")


def _sum(values: pd.Series, codes: Iterable[str]) -> float:
    """Sum over states; NaN when one of them is missing."""
    return float(values.reindex(list(codes)).sum(skipna=False))


def compare_with_opposite(sipri: pd.DataFrame, parameters: Parameters, base_year: int) -> pd.DataFrame:
    """Level, growth and effort of both sides in the base year and in SIPRI's last year.

    Parameters
    ----------
    sipri : DataFrame
        Dataset ``sipri_milex``, long.
    parameters : Parameters
        ``countries`` and ``comparators``.
    base_year : int
        Year from which growth is counted.

    Returns
    -------
    DataFrame
        One row for each party of :func:`find_parties`: ``party, side`` (``opposite`` or ``allies``),
        ``spend_base_usd_bn, spend_last_usd_bn`` (constant 2024 US$), ``growth_pct`` (over the whole period),
        ``share_base_gdp_pct, share_last_gdp_pct, share_base_government_pct, share_last_government_pct`` (NaN for
        sums and where the extract has none), ``flag_last``, ``base_year, last_year``.
    """
    spend = _table(sipri, CONSTANT)
    last_year = int(spend.index.max())
    flags = sipri[(sipri["measure"] == CONSTANT) & (sipri["year"] == last_year)].set_index("iso3")["flag"]
    rows = []
    for party, codes in find_parties(sipri, parameters).items():
        base, last = (_sum(spend.loc[year], codes) / 1000 for year in (base_year, last_year))
        row = {
            "party": party,
            "side": "opposite" if party in OPPOSITE else "allies",
            "spend_base_usd_bn": base,
            "spend_last_usd_bn": last,
            "growth_pct": 100 * (last / base - 1),
        }
        for measure, name in SHARES.items():
            shares = _table(sipri, measure)
            for when, year in (("base", base_year), ("last", last_year)):
                known = shares.reindex(index=[year], columns=[codes[0]]).iloc[0, 0] if len(codes) == 1 else np.nan
                row[f"share_{when}_{name}"] = float(known)
        estimated = any(flags.get(code, "") == "estimate" for code in codes)
        rows.append(
            {**row, "flag_last": "estimate" if estimated else "", "base_year": base_year, "last_year": last_year}
        )
    return pd.DataFrame(rows)


def compute_power_ranges(sipri: pd.DataFrame, parameters: Parameters, factors: Mapping[str, Interval]) -> pd.DataFrame:
    """What military expenditure of the year buys: between market exchange rates and the price level of GDP.

    Parameters
    ----------
    sipri : DataFrame
        Dataset ``sipri_milex``, with current US$ for the year of the factors.
    parameters : Parameters
        ``countries`` and ``comparators``.
    factors : mapping of str to Interval
        From :func:`read_factors`, of the same year.

    Returns
    -------
    DataFrame
        The states opposite, the countries (together when they are several), held comparators, and those of the
        Nordic-Baltic states and Poland that have a factor: ``party`` (with "6 of 8" where states are missing),
        ``states`` (codes, separated by spaces), ``missing`` (likewise), ``year``, ``low_usd_bn, high_usd_bn``
        (current prices), ``flag``.
    """
    known = sipri[sipri["measure"] == CURRENT].set_index("iso3")
    parties = find_parties(sipri, parameters)
    single = [code for code in parties if code in parameters.countries and TOGETHER in parties]
    rows = []
    for party, codes in parties.items():
        counted = [code for code in codes if code in factors and code in known.index]
        if party in single or not counted:
            continue
        spend = known.loc[counted, "value"] / 1000
        bought = add_intervals(factors[code].scale(float(spend[code])) for code in counted)
        rows.append(
            {
                "party": party if len(counted) == len(codes) else f"{party} ({len(counted)} of {len(codes)})",
                "states": " ".join(counted),
                "missing": " ".join(code for code in codes if code not in counted),
                "year": int(known.loc[counted, "year"].max()),
                "low_usd_bn": bought.low,
                "high_usd_bn": bought.high,
                "flag": "estimate" if (known.loc[counted, "flag"] == "estimate").any() else "",
            }
        )
    return pd.DataFrame(rows)
