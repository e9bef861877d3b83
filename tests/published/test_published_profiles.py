"""What profiles say of ten and more allies, as NATO printed it (Defence Investment of NATO Countries, July 2026).

Values were read by others than those whose copies the dataset was made of, from the workbook or the printed tables.
"""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.composition import compute_composition
from baltic_calculus.analysis.data_note import accession_year
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.passing import find_passing
from baltic_calculus.analysis.profile import compare_neighbours, compute_field
from baltic_calculus.analysis.profile_facts import describe_money, describe_people, describe_standing
from baltic_calculus.analysis.spending import compute_amounts, euro_rate


@pytest.fixture(scope="module")
def nato():
    return catalog.load("nato_defence_expenditure")


def page(country: str) -> Parameters:
    return Parameters(countries=(country,), first_year=2014, last_year=2026)


# table 3
SHARES = [
    ("EST", 2024, 3.31), ("EST", 2025, 3.93), ("EST", 2026, 5.10),
    ("LVA", 2024, 3.28), ("LVA", 2025, 3.67), ("LVA", 2026, 4.92),
    ("FIN", 2025, 2.75), ("FIN", 2026, 2.65),
    ("POL", 2025, 4.25), ("POL", 2026, 4.68),
    ("DEU", 2025, 2.22), ("DEU", 2026, 2.69),
    ("GRC", 2024, 2.77), ("NLD", 2024, 2.02), ("SWE", 2026, 3.22), ("USA", 2024, 3.30),
]  # fmt: skip


@pytest.mark.parametrize(("country", "year", "share"), SHARES)
def test_share_figure_shows_the_printed_share(nato, country, year, share):
    field = compute_field(nato, page(country))
    drawn = field[(field["iso3"] == country) & (field["year"] == year)]
    assert drawn["share_gdp_pct"].to_list() == [share]


@pytest.mark.parametrize(
    ("country", "usd_m"),
    # table 2, current prices
    [("EST", 2644), ("LVA", 2637), ("FIN", 9027), ("POL", 53080), ("DEU", 147002), ("SWE", 24186), ("USA", 1032849)],
)
def test_amount_is_the_printed_one_in_euros(nato, country, usd_m):
    record = catalog.record("nato_defence_expenditure")
    told = describe_money(nato, record, page(country))["amount_last"].value
    assert told * 1000 * euro_rate(nato, "current")[2026] == pytest.approx(usd_m)


@pytest.mark.parametrize(
    ("country", "change"),
    # table 3, real change in 2026 over 2025 in per cent
    [("EST", 32.41), ("LVA", 36.81), ("FIN", -3.11), ("POL", 13.39), ("DEU", 22.29)],
)
def test_bars_at_constant_prices_change_as_printed(nato, country, change):
    real = compute_amounts(nato, page(country)).set_index("year")["spend_eur_bn"]
    # amounts are printed in whole millions, so the change of small ones is exact to a tenth
    assert (real[2026] / real[2025] - 1) * 100 == pytest.approx(change, abs=0.1)


@pytest.mark.parametrize(
    ("country", "year", "category", "share"),
    # tables 8a and 8b
    [
        ("EST", 2025, "equipment", 29.15),
        ("EST", 2026, "equipment", 40.12),
        ("EST", 2026, "personnel", 18.41),
        ("EST", 2026, "infrastructure", 6.55),
        ("LVA", 2025, "equipment", 36.18),
        ("LVA", 2026, "equipment", 40.10),
        ("LVA", 2026, "personnel", 22.04),
        ("LVA", 2026, "infrastructure", 10.32),
        ("POL", 2026, "equipment", 55.91),
        ("DEU", 2026, "equipment", 32.11),
        ("SWE", 2026, "equipment", 25.41),
    ],
)
def test_structure_figure_shows_the_printed_share(nato, country, year, category, share):
    drawn = compute_composition(nato, page(country)).set_index(["year", "category"])["share_pct"]
    assert drawn[(year, category)] == share


@pytest.mark.parametrize(
    ("country", "year", "thousand"),
    # table 7; Estonia's 5.1 of 2026 is as published and is not told as the last one
    [("EST", 2025, 7.8), ("LVA", 2026, 8.3), ("POL", 2026, 263.6), ("DEU", 2026, 183.2)],
)
def test_military_personnel(nato, country, year, thousand):
    told = describe_people(nato, catalog.record("nato_defence_expenditure"), page(country))
    assert (told["forces_year"].value, told["forces_last"].value) == (year, thousand)


@pytest.mark.parametrize(("country", "dollars"), [("EST", 1397), ("LVA", 1083)])
def test_expenditure_per_person(nato, country, dollars):
    told = describe_people(nato, catalog.record("nato_defence_expenditure"), page(country))
    assert told["per_person"].value == dollars  # table 6


def test_ranks_of_the_first_four_and_the_neighbours_between_them(nato):
    # table 3, 2026: LTU 5.33, EST 5.10, LVA 4.92, POL 4.68
    assert list(compare_neighbours(nato, page("LVA"), 3.5)["iso3"])[:4] == ["LTU", "EST", "LVA", "POL"]
    levels = [find_passing(shares_of(nato, "EST"), level) for level in (2.0, 3.5)]
    assert describe_standing(nato, page("EST"), *levels)["rank"].value == 2


def shares_of(nato, country):
    """Shares of one ally by year."""
    return nato[(nato["iso3"] == country) & (nato["measure"] == "share_gdp_pct")].set_index("year")["value"]


def test_slovenia_alone_has_never_been_at_two_per_cent(nato):
    shares = nato.query("measure == 'share_gdp_pct' and iso3 not in ('XNT', 'XEC')")
    below = [
        code for code, rows in shares.groupby("iso3") if not find_passing(rows.set_index("year")["value"], 2.0).passed
    ]
    assert below == ["SVN"]
    assert find_passing(shares_of(nato, "SVN"), 2.0).before == ()


@pytest.mark.parametrize(("country", "joined"), [("MNE", 2017), ("MKD", 2020), ("FIN", 2023), ("SWE", 2024)])
def test_years_of_accession(nato, country, joined):
    assert accession_year(nato, country) == joined
