"""The numbers in the fiscal chapter's sentences."""

from collections.abc import Mapping

import pandas as pd
import pytest

from baltic_calculus.analysis.budget_functions import FUNCTIONS
from baltic_calculus.analysis.burden_facts import (
    UNKNOWN,
    describe_budget_shares,
    describe_burden,
    describe_constant_prices,
    describe_definitions,
    describe_function_changes,
    describe_measures,
    describe_per_inhabitant,
    known_by_country,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity

YEARS = (2014, 2021)
TWO = Parameters(countries=("EST", "LVA"), comparators=("POL",), first_year=2014, last_year=2024)


def value(fact: Fact, code: str = "") -> float:
    """Take the number out of a quantity, or out of that of one country."""
    one = fact[code] if isinstance(fact, Mapping) else fact
    assert isinstance(one, Quantity)
    return one.value


def codes(fact: Fact) -> list[str]:
    """Countries of a fact, in their order."""
    assert isinstance(fact, Mapping)
    return list(fact)


def long(rows: list[tuple[str, int, str, float]]) -> pd.DataFrame:
    """Make a long frame from (iso3, year, measure, value)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag="")


COFOG = long(
    [
        ("EST", 2014, "defence_eur_m", 40), ("EST", 2014, "total_eur_m", 1000),
        ("EST", 2024, "defence_eur_m", 160), ("EST", 2024, "total_eur_m", 2000),
        ("LVA", 2014, "defence_eur_m", 20), ("LVA", 2014, "total_eur_m", 1000),
        ("LVA", 2024, "defence_eur_m", 180), ("LVA", 2024, "total_eur_m", 2000),
        ("POL", 2014, "defence_eur_m", 1), ("POL", 2014, "total_eur_m", 50),
        ("POL", 2024, "defence_eur_m", 3), ("POL", 2024, "total_eur_m", 50),
    ]
)  # fmt: skip


def test_values_that_are_missing_are_not_printed() -> None:
    frame = pd.DataFrame({"iso3": ["EST", "FIN"], "share": [1.5, float("nan")]})
    assert known_by_country(frame, "share", "%", 1) == {"EST": Quantity(1.5, "%", 1)}
    assert known_by_country(frame.iloc[1:], "share", "%") == UNKNOWN


def test_budget_shares_are_told_then_and_now_highest_first() -> None:
    facts = describe_budget_shares(COFOG, TWO, YEARS)
    assert facts["countries_base"] == {"LVA": Quantity(2.0, "%", 1), "EST": Quantity(4.0, "%", 1)}  # 20 and 40 / 1,000
    assert facts["countries_last"] == {"LVA": Quantity(9.0, "%", 1), "EST": Quantity(8.0, "%", 1)}  # 180, 160 / 2,000
    assert codes(facts["countries_last"]) == ["LVA", "EST"]
    assert facts["comparators_last"] == {"POL": Quantity(6.0, "%", 1)}
    assert facts["larger"] == ("LVA", "EST")
    assert (facts["leader"], facts["base_year"]) == ("LVA", Quantity(2014, "year"))


def test_money_per_inhabitant_names_those_without_a_population() -> None:
    people = long([(code, year, "population_persons", 2e6) for code in ("EST", "LVA") for year in (2014, 2024)])
    facts = describe_per_inhabitant(COFOG, people, TWO, YEARS)
    assert facts["countries_last"] == {"LVA": Quantity(90.0, "EUR", 0), "EST": Quantity(80.0, "EUR", 0)}  # 180 m / 2 m
    assert facts["missing"] == ("POL",)
    assert facts["comparators_last"] == "no comparator"


def functions(code: str, year: int, defence: float, health: float) -> list[tuple[str, int, str, float]]:
    """COFOG rows of a GDP of 1,000 that is spent on defence, health and social protection alone."""
    amounts = dict.fromkeys(FUNCTIONS, 0.0) | {"defence": defence, "health": health, "social_protection": 200.0}
    total = sum(amounts.values())
    rows = [(code, year, f"{name}_eur_m", amount) for name, amount in amounts.items()]
    return [*rows, (code, year, "total_eur_m", total), (code, year, "total_gdp_pct", total / 10)]


def test_what_moved_is_told_for_the_long_and_the_short_period() -> None:
    rows = [
        *functions("EST", 2014, 20, 50), *functions("EST", 2021, 30, 70), *functions("EST", 2024, 50, 60),
        *functions("LVA", 2014, 10, 40), *functions("LVA", 2021, 20, 60), *functions("LVA", 2024, 30, 20),
    ]  # fmt: skip
    facts = describe_function_changes(long(rows), TWO, YEARS)
    assert (facts["period_long"], facts["period_short"]) == ("2014–2024", "2021–2024")
    # Estonia 2014-2024: defence +30 of 1,000, health +10: 3 of 4 points
    assert value(facts["defence_long"], "EST") == pytest.approx(3)
    assert value(facts["part_long"], "EST") == pytest.approx(75)
    # Latvia 2021-2024: defence +10, health -40: the total shrank, so that defence has no part in its growth
    assert codes(facts["part_short"]) == ["EST"]
    assert value(facts["part_short"], "EST") == pytest.approx(200)  # 2 points of defence, 1 in all
    assert facts["defence_first_short"] == ("EST", "LVA")
    assert facts["fell_short"] == ("health",)


def definitions(estonia: float, latvia: float) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """NATO's shares as given; deliveries of 3 % in both countries."""
    nato = long([("EST", 2025, "share_gdp_pct", estonia), ("LVA", 2025, "share_gdp_pct", latvia)])
    cofog = long([("EST", 2024, "defence_gdp_pct", 3.0)])
    delivery = long([(code, 2025, "defence_gdp_pct", 3.0) for code in ("EST", "LVA")])
    return nato, cofog, delivery


def test_the_widest_gap_counts_in_either_direction() -> None:
    facts = describe_definitions(*definitions(2.0, 3.4), TWO)
    assert facts["widest_gap"] == {"EST": Quantity(1.0, "points of GDP", 1)}  # 2 - 3 = -1 is wider than 3.4 - 3
    assert (facts["core_higher"], facts["delivery_higher"]) == (("LVA",), ("EST",))
    assert facts["missing"] == ()


def test_definitions_without_a_common_year_are_put_in_words() -> None:
    nato, cofog, delivery = definitions(2.0, 3.4)
    norway = Parameters(countries=("NOR",), first_year=2014, last_year=2024)
    facts = describe_definitions(nato.replace({"iso3": {"LVA": "NOR"}}), cofog, delivery, norway)
    assert (facts["gaps"], facts["widest_gap"], facts["missing"]) == (UNKNOWN, UNKNOWN, ("NOR",))


def test_the_burden_names_the_years_and_what_is_missing() -> None:
    nato = long(
        [
            ("EST", 2025, "share_gdp_pct", 4.0), ("EST", 2025, "spend_usd_m_current", 1800),
            ("EST", 2025, "spend_nac_m_current", 1500), ("EST", 2026, "share_gdp_pct", 5.0),
            ("EST", 2026, "spend_usd_m_current", 2400), ("EST", 2026, "spend_nac_m_current", 2000),
            ("LVA", 2026, "share_gdp_pct", 4.9), ("LVA", 2026, "spend_usd_m_current", 2400),
        ]
    )  # fmt: skip
    rows = [
        (code, 2024, measure, value)
        for code in ("EST", "LVA", "POL")
        for measure, value in (("defence_eur_m", 30.0), ("total_eur_m", 500.0), ("total_gdp_pct", 50.0))
    ]
    macro = long([("LVA", 2024, "net_lending_gdp_pct", -1.0)]).assign(vintage="Eurostat EDP notification 2026-04-22")
    people = long([("EST", 2025, "population_persons", 1e6), ("LVA", 2025, "population_persons", 2e6)])
    facts = describe_burden(nato, long(rows), macro, people, TWO)
    assert facts["per_inhabitant"] == {"EST": Quantity(2000.0, "EUR", 0), "LVA": Quantity(1000.0, "EUR", 0)}
    assert value(facts["expenditure_parts"], "EST") == pytest.approx(10)  # 5 of 50
    assert facts["expenditure_parts_before"] == {"EST": Quantity(8.0, "%", 1)}
    assert value(facts["accounts_parts"], "LVA") == pytest.approx(6)  # 30 of 500
    assert facts["revenue_parts"] == {"LVA": Quantity(10.0, "%", 1)}  # 4.9 of 50 - 1
    assert facts["adopted_parts"] == UNKNOWN
    assert facts["vintages"] == ("Eurostat EDP notification 2026-04-22",)
    assert facts["no_revenue"] == ("EST", "POL")
    assert (facts["core_year"], facts["before_year"]) == (Quantity(2026, "year"), Quantity(2025, "year"))


def test_constant_prices_tell_the_real_rise() -> None:
    cofog = long([("EST", when, "defence_eur_m", amount) for when, amount in ((2014, 100.0), (2024, 400.0))])
    people = long([(code, when, "population_persons", 1e6) for code in ("EST",) for when in (2014, 2024)])
    # prices double from 2014 to 2024; the exchange rate is one throughout
    rows = [
        ("EST", when, measure, value)
        for when, prices in ((2014, 1.0), (2024, 2.0))
        for measure, value in (
            ("gdp_usd_m_current", 1000.0 * prices), ("gdp_usd_m_2021", 1000.0), ("spend_usd_m_current", 10.0),
            ("spend_nac_m_current", 10.0), ("spend_usd_m_2021", 10.0), ("spend_nac_m_2021", 10.0),
        )
    ]  # fmt: skip
    estonia = Parameters(countries=("EST",), comparators=(), first_year=2014, last_year=2024)
    facts = describe_constant_prices(cofog, people, long(rows), estonia, YEARS)
    # 100 and 400 euros a head are 100 and 200 at equal prices
    assert facts["multiples"] == {"EST": Quantity(2.0, "times", 1)}
    assert facts["missing"] == "none"


def test_measures_are_counted_by_standing() -> None:
    measures = pd.DataFrame(
        {
            "iso3": ["EST", "EST", "EST"],
            "title": ["a", "b", "c"],
            "adopted": "2025",
            "effective": "2026",
            "value": [1.0, 2.0, 3.0],
            "unit": "EUR m",
            "budget_period": "2026",
            "status": ["adopted", "superseded", "cancelled in September"],
            "source": "A",
            "note": "",
        }
    )
    facts = describe_measures(measures, TWO)
    assert [value(facts[name]) for name in ("decided", "planned", "withdrawn")] == [1, 0, 2]
    assert (facts["withdrawn_in"], facts["none_found"]) == (("EST",), ("LVA",))
