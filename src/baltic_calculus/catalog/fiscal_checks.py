"""Cross-checks of public finance: functions of government, early defence figures, debt, growth, yields."""

import pandas as pd

from baltic_calculus.catalog.cross_check import (
    INFINITE,
    CrossCheck,
    Tables,
    compare_bounds,
    compare_numbers,
    latest_edition,
    wide,
)
from baltic_calculus.catalog.finding import Weight
from baltic_calculus.catalog.policy import PolicySet

COFOG, DELIVERY, MACRO = "cofog_expenditure", "defence_delivery", "macro_fiscal"
PROJECTION, YIELDS, WORLD_BANK = "ec_debt_projection", "government_yields", "world_bank"
OUTPUT = "eurostat-gdp"
"""Connector of Eurostat's GDP in macro_fiscal."""
VINTAGED = ("iso3", "year", "vintage")
AMOUNT, SHARE = "_eur_m", "_gdp_pct"


def _yearly(frame: pd.DataFrame) -> pd.DataFrame:
    return wide(frame[frame["period"].eq(frame["year"].astype(str))], *VINTAGED)


def eurostat_output(tables: Tables) -> pd.Series:
    """Eurostat's newest GDP in EUR m at current prices, by country and year."""
    return wide(latest_edition(tables[MACRO], OUTPUT))["gdp_eur_m"]


def _functions(frame: pd.DataFrame) -> list[str]:
    return [name.removesuffix(AMOUNT) for name in frame if name.endswith(AMOUNT) and name != f"total{AMOUNT}"]


def _function_sums(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    cofog = wide(tables[COFOG])
    functions = _functions(cofog)
    # ten shares and the total, each rounded to a decimal
    tolerances = {AMOUNT: limits.cofog_sum_eur_m.value, SHARE: (len(functions) + 1) * limits.cofog_one_decimal.value}
    return pd.concat(
        [
            compare_numbers(
                cofog[[name + ending for name in functions]].sum(axis="columns", skipna=False),
                cofog[f"total{ending}"],
                tolerance,
                measure=f"total{ending}",
            )
            for ending, tolerance in tolerances.items()
        ]
    )


def _function_shares(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    cofog = wide(tables[COFOG])
    output = cofog[f"total{AMOUNT}"] / cofog[f"total{SHARE}"]
    half = limits.cofog_one_decimal.value
    compared = []
    for name in _functions(cofog):
        share = cofog[name + AMOUNT] / output
        rounding = half * (1 + share / cofog[f"total{SHARE}"])
        compared.append(compare_numbers(share, cofog[name + SHARE], rounding, measure=name + SHARE))
    return pd.concat(compared)


def _cofog_output(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    cofog = wide(tables[COFOG])
    implied = cofog[f"total{AMOUNT}"] / cofog[f"total{SHARE}"] * 100
    output = eurostat_output(tables).reindex(implied.index)
    return compare_numbers(output, implied, output * limits.cofog_gdp_pct.value / 100, measure=f"total{SHARE}")


def _delivery_share(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    early = wide(tables[DELIVERY])
    output = eurostat_output(tables).reindex(early.index)
    rounding = limits.delivery_one_decimal.value + 100 * limits.delivery_amount_eur_m.value / output
    return pd.concat(
        [
            compare_numbers(early[name + AMOUNT] / output * 100, early[name + SHARE], rounding, measure=name + SHARE)
            for name in ("defence", "defence_gfcf")
        ]
    )


def _delivery_parts(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    early = wide(tables[DELIVERY])
    measure = f"defence_gfcf{AMOUNT}"
    return compare_bounds(-INFINITE, early[measure], early[f"defence{AMOUNT}"], measure=measure)


def _delivery_annual(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    early = wide(tables[DELIVERY])[f"defence{AMOUNT}"]
    annual = wide(tables[COFOG])[f"defence{AMOUNT}"].reindex(early.index)
    tolerance = annual * limits.delivery_annual_pct.value / 100
    return compare_numbers(annual, early, tolerance, measure=f"defence{AMOUNT}")


def _balance(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    macro = _yearly(tables[MACRO])
    balance = macro["revenue_gdp_pct"] - macro["expenditure_gdp_pct"]
    tolerance = limits.macro_balance_points.value
    return compare_numbers(balance, macro["net_lending_gdp_pct"], tolerance, measure="net_lending_gdp_pct")


def _debt_ratio(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    macro = _yearly(tables[MACRO])
    debt = macro["gross_debt_eur_m"].dropna()
    output = eurostat_output(tables).reindex(debt.index.droplevel("vintage")).set_axis(debt.index)
    tolerance = limits.macro_debt_points.value
    measure = "gross_debt_gdp_pct"
    return compare_numbers(debt / output * 100, macro[measure].reindex(debt.index), tolerance, measure=measure)


def _change(levels: pd.Series) -> pd.Series:
    """Growth on the year before in per cent, where that year is there; the index has ``iso3, year`` and others."""
    table = levels.unstack("year").sort_index(axis="columns")
    growth = (table / table.shift(axis="columns") - 1) * 100
    follows = pd.Series(table.columns, index=table.columns).diff().eq(1)
    return growth.loc[:, follows].stack().reorder_levels(levels.index.names)


def _growth(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    macro = _yearly(tables[MACRO])
    pairs = {"gdp_eur_m": "gdp_nominal_growth_pct", "gdp_deflator_index": "gdp_deflator_growth_pct"}
    return pd.concat(
        [
            compare_numbers(_change(macro[level]), macro[rate], limits.macro_growth_points.value, measure=rate)
            for level, rate in pairs.items()
        ]
    )


def _population(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    found = _yearly(tables[MACRO])["population_persons"].dropna()
    bank = wide(tables[WORLD_BANK])["population_persons"]
    expected = bank.reindex(found.index.droplevel("vintage")).set_axis(found.index)
    return compare_numbers(expected, found, 0.0, measure="population_persons")


def _dollars(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    found = _yearly(tables[MACRO])["gdp_usd_bn"].dropna()
    bank = wide(tables[WORLD_BANK])["gdp_usd_current"] / 1e9
    expected = bank.reindex(found.index.droplevel("vintage")).set_axis(found.index)
    return compare_numbers(expected, found, expected * limits.gdp_publishers_pct.value / 100, measure="gdp_usd_bn")


def _projection(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    now = wide(tables[PROJECTION])
    table = now.unstack("iso3").sort_index()
    before = table.shift().stack("iso3", future_stack=True).swaplevel().reindex(now.index)
    tolerance = limits.projection_points.value
    interest = now["implicit_interest_rate_pct"] / 100 * before["gross_debt_gdp_pct"] * before["gdp_eur_m"]
    debt = (
        before["gross_debt_gdp_pct"] * before["gdp_eur_m"] / 100
        + interest / 100
        - now["primary_balance_gdp_pct"] * now["gdp_eur_m"] / 100
        + now["stock_flow_eur_m"]
    )
    nominal = ((1 + now["gdp_growth_pct"] / 100) * (1 + now["gdp_deflator_growth_pct"] / 100) - 1) * 100
    expected = {
        "gdp_nominal_growth_pct": nominal,
        "gross_debt_gdp_pct": debt / now["gdp_eur_m"] * 100,
        "net_lending_gdp_pct": now["primary_balance_gdp_pct"] - interest / now["gdp_eur_m"],
    }
    compared = [compare_numbers(value, now[name], tolerance, measure=name) for name, value in expected.items()]
    rate = "gdp_nominal_growth_pct"
    return pd.concat([*compared, compare_numbers(_change(now["gdp_eur_m"]), now[rate], tolerance, measure=rate)])


def _yield_means(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = tables[YIELDS]
    parts = frame[frame["measure"].isin(["yield_10y_monthly_pct", "yield_10y_quarterly_pct"])]
    means = parts.groupby(list(VINTAGED))["value"].mean()
    measure = "yield_10y_annual_mean_pct"
    found = frame[frame["measure"].eq(measure)].set_index(list(VINTAGED))["value"]
    return compare_numbers(means.reindex(found.index), found, limits.yield_points.value, measure=measure)


FISCAL_CHECKS = (
    CrossCheck(
        "cofog_functions_sum", (COFOG,), "the ten functions add up to total expenditure, in euro and as shares",
        "they divide the whole expenditure of general government", _function_sums,
        ("cofog_sum_eur_m", "cofog_one_decimal"),
    ),
    CrossCheck(
        "cofog_one_gdp", (COFOG,), "amounts and shares of all functions imply one GDP",
        "one GDP divides all", _function_shares, ("cofog_one_decimal",),
    ),
    CrossCheck(
        "cofog_gdp_near", (COFOG, MACRO), "the GDP that amounts and shares imply is near Eurostat's",
        "both tables are Eurostat's, of different days", _cofog_output, ("cofog_gdp_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "delivery_share_of_gdp", (DELIVERY, MACRO), "the early shares are the amounts over Eurostat's GDP",
        "both are Eurostat's, of different days", _delivery_share, ("delivery_one_decimal", "delivery_amount_eur_m"),
        Weight.WARNING,
    ),
    CrossCheck(
        "delivery_investment_within", (DELIVERY,), "investment in defence is at most the expenditure on it",
        "a part cannot exceed its whole", _delivery_parts,
    ),
    CrossCheck(
        "delivery_as_annual", (DELIVERY, COFOG), "the early collection equals the annual one",
        "both mean expenditure on defence; where they differ they must never be spliced", _delivery_annual,
        ("delivery_annual_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "macro_balance", (MACRO,), "revenue less expenditure is net lending, within a vintage",
        "that is how national accounts define it", _balance, ("macro_balance_points",),
    ),
    CrossCheck(
        "macro_debt_ratio", (MACRO,), "debt in euro over GDP is near the ratio published with it",
        "the ratio divides the one by the other, on the GDP of its day", _debt_ratio, ("macro_debt_points",),
        Weight.WARNING,
    ),
    CrossCheck(
        "macro_growth", (MACRO,), "growth of GDP and of the deflator is that of their levels, within a vintage",
        "growth is computed from the levels", _growth, ("macro_growth_points",),
    ),
    CrossCheck(
        "macro_population", (MACRO, WORLD_BANK), "population is near that of the World Bank's own table",
        "both are the World Bank's, perhaps of two releases", _population, ("population_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "macro_gdp_near", (MACRO, WORLD_BANK), "the IMF's GDP in dollars is near the World Bank's",
        "both are GDP at current prices and exchange rates", _dollars, ("gdp_publishers_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "projection_identities", (PROJECTION,),
        "growth, debt and net lending follow from the other figures of the projection",
        "nominal growth joins volume and price; debt is that of the year before with interest, balance and stock flow",
        _projection, ("projection_points",),
    ),
    CrossCheck(
        "yields_yearly_mean", (YIELDS,), "the yearly mean is that of the months or quarters",
        "it is computed from them", _yield_means, ("yield_points",),
    ),
)  # fmt: skip
