"""Cross-checks of defence expenditure: NATO's tables and editions, SIPRI, the World Bank."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.catalog.cross_check import (
    CrossCheck,
    Tables,
    compare_bounds,
    compare_numbers,
    latest_edition,
    wide,
)
from baltic_calculus.catalog.finding import Weight
from baltic_calculus.catalog.policy import PolicySet

NATO, EDITIONS, SIPRI = "nato_defence_expenditure", "nato_editions", "sipri_milex"
WORLD_BANK, MACRO = "world_bank", "macro_fiscal"
TOTAL, EUROPE_AND_CANADA, LARGEST = "XNT", "XEC", "USA"
AGGREGATES = [TOTAL, EUROPE_AND_CANADA]
AMOUNTS = ("spend_usd_m_current", "spend_usd_m_2021")
PERSONNEL = "military_personnel_k"
OUTPUT = ("gdp_usd_m_current", "gdp_usd_m_2021")
CATEGORIES = ["equipment_share_pct", "personnel_share_pct", "infrastructure_share_pct", "other_share_pct"]
EURO = (
    "BEL", "BGR", "DEU", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "ITA", "LTU", "LUX", "LVA", "NLD", "PRT", "SVK",
    "SVN",
)  # fmt: skip
"""Allies for which the tables are in euro throughout."""
OUTLOOK = "imf-weo"
"""Connector of the IMF's rows of macro_fiscal."""


def sum_of_allies(frame: pd.DataFrame, measure: str, limits: PolicySet) -> pd.DataFrame:
    """Sum a measure over the allies of each year: ``XNT`` all of them, ``XEC`` without the United States.

    Years in which an ally has no value are left out, since they have no sum.
    """
    allies = frame[frame["measure"].eq(measure) & ~frame["iso3"].isin(AGGREGATES)]
    table = allies.pivot(index="year", columns="iso3", values="value")
    for name, value in limits.values.items():
        if name.startswith("nato_member_from_") and (ally := name[-3:].upper()) in table:
            table[ally] = table[ally].where(table.index >= value.value, 0.0)
    total = table.sum(axis="columns", skipna=False)
    return pd.DataFrame({TOTAL: total, EUROPE_AND_CANADA: total - table[LARGEST]})


def _aggregates(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    rows = frame[frame["measure"].eq(measure) & frame["iso3"].isin([*AGGREGATES, LARGEST])]
    return rows.pivot(index="year", columns="iso3", values="value")


def _by_country(table: pd.DataFrame) -> pd.Series:
    return table.rename_axis(columns="iso3").stack().swaplevel()


def _sums(frame: pd.DataFrame, measures: Sequence[str], tolerance: float, limits: PolicySet) -> pd.DataFrame:
    return pd.concat(
        [
            compare_numbers(
                _by_country(sum_of_allies(frame, measure, limits)),
                _by_country(_aggregates(frame, measure)[AGGREGATES]),
                tolerance,
                measure=measure,
            )
            for measure in measures
        ]
    )


def _allies_sum(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    return _sums(tables[NATO], AMOUNTS, limits.nato_sum_usd_m.value, limits)


def _personnel_sum(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    return _sums(tables[NATO], [PERSONNEL], limits.nato_sum_persons_k.value, limits)


def _difference(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    compared = []
    for measure in (*AMOUNTS, *OUTPUT, PERSONNEL):
        table = _aggregates(tables[NATO], measure)
        rest = _by_country((table[TOTAL] - table[LARGEST]).to_frame(EUROPE_AND_CANADA))
        found = _by_country(table[[EUROPE_AND_CANADA]])
        compared.append(compare_numbers(rest, found, limits.nato_difference.value, measure=measure))
    return pd.concat(compared)


def _iceland(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    measure = "gdp_usd_m_2021"
    total = _aggregates(tables[NATO], measure)[[TOTAL]]
    summed = sum_of_allies(tables[NATO], measure, limits)[[TOTAL]]
    low, high = limits.nato_iceland_low_usd_m.value, limits.nato_iceland_high_usd_m.value
    return compare_bounds(_by_country(summed + low), _by_country(total), _by_country(summed + high), measure=measure)


def _categories(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    shares = wide(tables[NATO])[CATEGORIES].drop(AGGREGATES, errors="ignore")
    total = shares.sum(axis="columns", skipna=False)
    return compare_numbers(100.0 + 0 * total, total, limits.nato_categories_points.value, measure=CATEGORIES[0])


def _share(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato = wide(tables[NATO])
    spending, output = nato["spend_usd_m_2021"], nato["gdp_usd_m_2021"]
    half = limits.nato_amount_usd_m.value
    rounding = limits.nato_two_decimals.value + 100 * half / output * (1 + spending / output)
    return compare_numbers(spending / output * 100, nato["share_gdp_pct"], rounding, measure="share_gdp_pct")


def _current_share(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato = wide(tables[NATO]).drop(AGGREGATES, errors="ignore")
    computed = nato["spend_usd_m_current"] / nato["gdp_usd_m_current"] * 100
    tolerance = limits.nato_current_share_points.value
    return compare_numbers(computed, nato["share_gdp_pct"], tolerance, measure="share_gdp_pct")


def _real_change(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato = wide(tables[NATO])
    spending = nato["spend_usd_m_2021"].unstack("iso3")
    before = spending.shift().where(spending.index.to_series().diff().eq(1), axis="index")
    change = (spending / before - 1) * 100
    half = limits.nato_amount_usd_m.value
    rounding = limits.nato_two_decimals.value + 100 * half / before * (2 + change / 100)
    return compare_numbers(
        _by_country(change), nato["real_change_pct"], _by_country(rounding), measure="real_change_pct"
    )


def _per_person(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato = wide(tables[NATO])
    spent, output = nato["spend_per_capita_usd_2021"], nato["gdp_per_capita_usd_k_2021"] * 1000
    half, half_output = limits.nato_per_person_usd.value, limits.nato_gdp_per_person_usd.value
    return compare_bounds(
        (spent - half) / (output + half_output) * 100,
        nato["share_gdp_pct"],
        (spent + half) / (output - half_output) * 100,
        limits.nato_two_decimals.value,
        measure="share_gdp_pct",
    )


def _population(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato = wide(tables[NATO])
    spent, each = nato["spend_usd_m_2021"], nato["spend_per_capita_usd_2021"]
    output, each_output = nato["gdp_usd_m_2021"], nato["gdp_per_capita_usd_k_2021"] * 1000
    amount, half = limits.nato_amount_usd_m.value, limits.nato_per_person_usd.value
    half_output = limits.nato_gdp_per_person_usd.value
    # what expenditure per person may be, if the population is that of GDP per person
    fewest, most = (output - amount) / (each_output + half_output), (output + amount) / (each_output - half_output)
    return compare_bounds(
        (spent - amount) / most, each, (spent + amount) / fewest, half, measure="spend_per_capita_usd_2021"
    )


def _euro(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato = wide(tables[NATO])
    rate = (nato["spend_nac_m_current"] / nato["spend_usd_m_current"]).unstack("iso3")
    euro = rate[[ally for ally in EURO if ally in rate]]
    found = _by_country(euro)
    middle = euro.median(axis="columns").reindex(found.index.get_level_values("year")).set_axis(found.index)
    return compare_numbers(middle, found, limits.nato_euro_rate.value, measure="spend_nac_m_current")


def _base_year(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato = wide(tables[NATO])
    nato = nato[nato.index.get_level_values("year") == 2021]  # the year whose prices the measures name
    pairs = (("spend_usd_m_current", "spend_usd_m_2021"), ("gdp_usd_m_current", "gdp_usd_m_2021"))
    return pd.concat(
        [
            compare_numbers(nato[one], nato[other], 2 * limits.nato_amount_usd_m.value, measure=other)
            for one, other in pairs
        ]
    )


def _editions(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    outturns = tables[EDITIONS][tables[EDITIONS]["flag"].ne("estimate")].set_index(
        ["iso3", "year", "measure", "vintage"]
    )["value"]
    newest = wide(tables[NATO])["share_gdp_pct"]
    same = pd.MultiIndex.from_arrays([outturns.index.get_level_values(name) for name in ("iso3", "year")])
    expected = newest.reindex(same).set_axis(outturns.index)
    return compare_numbers(expected, outturns, limits.nato_edition_points.value)


def _sipri_share(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    sipri, bank = wide(tables[SIPRI]), wide(tables[WORLD_BANK])
    computed = sipri["spend_usd_m_current"] * 1e6 / bank["gdp_usd_current"] * 100
    return compare_numbers(computed, sipri["share_gdp_pct"], limits.sipri_share_points.value, measure="share_gdp_pct")


def _sipri_nato(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato, sipri = wide(tables[NATO])["share_gdp_pct"], wide(tables[SIPRI])["share_gdp_pct"]
    both = nato.reindex(sipri.index)
    return compare_numbers(both, sipri, both * limits.sipri_nato_pct.value / 100, measure="share_gdp_pct")


def _sipri_government(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    sipri, cofog = wide(tables[SIPRI]), wide(tables["cofog_expenditure"])["total_gdp_pct"]
    implied = sipri["share_gdp_pct"] / sipri["share_government_pct"] * 100
    return compare_numbers(cofog, implied, limits.sipri_government_points.value, measure="share_government_pct")


def _inhabitants(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    nato, bank = wide(tables[NATO]), wide(tables[WORLD_BANK])["population_persons"]
    found = nato["spend_usd_m_2021"] / nato["spend_per_capita_usd_2021"] * 1e6
    both = bank.reindex(found.index)
    tolerance = both * limits.population_pct.value / 100
    return compare_numbers(both, found, tolerance, measure="spend_per_capita_usd_2021")


def _nato_output(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    fund = wide(latest_edition(tables[MACRO], OUTLOOK))["gdp_usd_bn"] * 1000
    found = wide(tables[NATO])["gdp_usd_m_current"]
    both = fund.reindex(found.index)
    return compare_numbers(both, found, both * limits.gdp_nato_pct.value / 100, measure="gdp_usd_m_current")


MEMBERS = ("nato_member_from_mne", "nato_member_from_mkd", "nato_member_from_fin", "nato_member_from_swe")

SPENDING_CHECKS = (
    CrossCheck(
        "nato_allies_sum", (NATO,), "the allies' expenditure adds up to the published totals",
        "the totals are sums over the members of each year", _allies_sum, ("nato_sum_usd_m", *MEMBERS),
    ),
    CrossCheck(
        "nato_personnel_sum", (NATO,), "the allies' military personnel adds up to the published totals",
        "the totals are sums over the members of each year", _personnel_sum, ("nato_sum_persons_k", *MEMBERS),
    ),
    CrossCheck(
        "nato_totals_differ_by_the_usa", (NATO,), "NATO as a whole less the United States is Europe and Canada",
        "the two aggregates differ by one ally", _difference, ("nato_difference",),
    ),
    CrossCheck(
        "nato_gdp_sum", (NATO,), "the total of GDP is that of the allies with a row, and Iceland's",
        "Iceland has no row, but counts", _iceland,
        ("nato_iceland_low_usd_m", "nato_iceland_high_usd_m", *MEMBERS),
    ),
    CrossCheck(
        "nato_categories_sum", (NATO,), "the four categories add up to a hundred",
        "they divide the whole expenditure", _categories, ("nato_categories_points",),
    ),
    CrossCheck(
        "nato_share_of_gdp", (NATO,), "the share is expenditure over GDP, both at 2021 prices",
        "that is how table 3 defines it", _share, ("nato_amount_usd_m", "nato_two_decimals"),
    ),
    CrossCheck(
        "nato_share_at_current_prices", (NATO,), "the share is the same at current prices",
        "one deflator serves expenditure and GDP", _current_share, ("nato_current_share_points",),
    ),
    CrossCheck(
        "nato_real_change", (NATO,), "the real change is that of expenditure at 2021 prices",
        "that is how table 3 defines it", _real_change, ("nato_amount_usd_m", "nato_two_decimals"),
    ),
    CrossCheck(
        "nato_share_per_person", (NATO,), "expenditure per person over GDP per person is the share",
        "one population divides both", _per_person,
        ("nato_per_person_usd", "nato_gdp_per_person_usd", "nato_two_decimals"),
    ),
    CrossCheck(
        "nato_one_population", (NATO,), "amounts per person of expenditure and of GDP imply one population",
        "one population divides both", _population,
        ("nato_amount_usd_m", "nato_per_person_usd", "nato_gdp_per_person_usd"),
    ),
    CrossCheck(
        "nato_one_euro_rate", (NATO,), "amounts in euro and in dollars imply one exchange rate a year",
        "the tables convert all members of the euro at one rate", _euro, ("nato_euro_rate",),
    ),
    CrossCheck(
        "nato_base_year", (NATO,), "current prices and 2021 prices are the same in 2021",
        "that year is the base of the prices", _base_year, ("nato_amount_usd_m",),
    ),
    CrossCheck(
        "nato_editions_near", (EDITIONS, NATO), "outturns of earlier editions are near those of the newest",
        "the basis was restated, and is never spliced, but a large difference may be a slip", _editions,
        ("nato_edition_points",), Weight.WARNING,
    ),
    CrossCheck(
        "nato_population_near", (NATO, WORLD_BANK), "the population NATO divides by is near the World Bank's",
        "both count residents", _inhabitants, ("population_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "nato_gdp_near", (NATO, MACRO), "NATO's GDP is near the IMF's",
        "both are GDP at current prices and exchange rates", _nato_output, ("gdp_nato_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "sipri_share_of_gdp", (SIPRI, WORLD_BANK), "SIPRI's share is its amount over GDP",
        "that is how SIPRI defines it", _sipri_share, ("sipri_share_points",), Weight.WARNING,
    ),
    CrossCheck(
        "sipri_share_near_nato", (SIPRI, NATO), "SIPRI's share of an ally is near NATO's",
        "definitions differ by pensions, border guards and timing", _sipri_nato, ("sipri_nato_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "sipri_share_of_government", (SIPRI, "cofog_expenditure"),
        "SIPRI's two shares imply a government expenditure near Eurostat's",
        "both mean general government", _sipri_government, ("sipri_government_points",), Weight.WARNING,
    ),
)  # fmt: skip
