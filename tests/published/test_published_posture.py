"""Numbers as printed by NATO, ministries and news agencies, held through ``catalog.load``."""

import pytest

from baltic_calculus import catalog


def test_eight_battlegroups_of_june_2022_sum_to_the_printed_total():
    frame = catalog.load("forward_presence")
    day = frame[frame["date"] == "2022-06-28"]
    groups = day.loc[day["indicator"] == "battlegroup strength", "value"]
    # 968 + 1430 + 900 + 1887 + 1632 + 1033 + 1148 + 643 = 9641
    assert len(groups) == 8
    assert groups.sum() == day.loc[day["indicator"] == "battlegroups total", "value"].item() == 9641


@pytest.mark.parametrize(
    ("entity", "indicator", "value"),
    [
        ("LVA", "planned brigade strength", 3500),
        ("LVA", "brigade strength, as quoted on the visit", 3500),
        ("EST", "UK brigade announced for the exercise of 2025", 3000),
        ("EST", "UK 4th Brigade troops moved to the exercise of 2025", 1500),
        ("LTU", "posts in tank battalion 203", 414),
        ("LTU", "volunteers for tank battalion 203", 197),
        ("LTU", "posts in mechanised infantry battalion 122", 640),
        ("LTU", "volunteers for mechanised infantry battalion 122", 181),
        ("LTU", "45th Panzer Brigade target, soldiers", 4800),
        ("LTU", "45th Panzer Brigade target, civilians", 200),
        ("EST", "UK battle group authorised strength", 1300),
        ("LTU", "Rudninkai base opening", 2028),
    ],
)
def test_forward_presence(entity, indicator, value):
    frame = catalog.load("forward_presence")
    assert frame.loc[(frame["entity"] == entity) & (frame["indicator"] == indicator), "value"].tolist() == [value]


def test_brigade_in_latvia_by_date():
    frame = catalog.load("forward_presence")
    rows = frame[(frame["entity"] == "LVA") & (frame["date"] == "2025-08-26")].set_index("indicator")["value"]
    assert (rows["brigade strength"], rows["Canadian troops deployed"]) == (3000, 2000)
    winter = frame[(frame["entity"] == "LVA") & (frame["date"] == "2025-01-31")].set_index("indicator")["value"]
    assert (winter["brigade strength"], winter["Canadian troops deployed"]) == (3000, 1900)


def test_battlegroup_in_slovakia_is_the_sum_of_its_contingents():
    frame = catalog.load("forward_presence")
    row = frame[(frame["entity"] == "SVK") & (frame["date"] == "2024-07-01")].iloc[0]
    # nearly 800 Spanish, 150 Czech, 104 Slovenian, 80 Portuguese; 50 Slovak
    assert (row["low"], row["high"]) == (800 + 150 + 104 + 80, 800 + 150 + 104 + 80 + 50)


@pytest.mark.parametrize(
    ("entity", "date", "text"),
    [
        ("BGR", "2025-11-17", "Italy; ALB;GRC;MNE;MKD;ROU;TUR"),
        ("ROU", "2025-11-17", "France; BEL;LUX;ESP"),
        ("HUN", "2025Q4", "Hungary; HRV;ITA;TUR"),
        ("LVA", "2025-05-21", "ALB;CZE;DNK;ISL;ITA;MNE;MKD;POL;SVK;SVN;ESP;SWE"),
        ("FIN", "2026-02-18", "DNK;FRA;ISL;ITA;NOR;GBR"),
    ],
)
def test_contributors_as_listed(entity, date, text):
    frame = catalog.load("forward_presence")
    assert frame.loc[(frame["entity"] == entity) & (frame["date"] == date), "text"].tolist() == [text]


def test_selonia_opened_in_the_quarter_for_which_it_was_announced():
    frame = catalog.load("forward_presence").set_index("indicator")["date"]
    assert frame["milestone due: Selonia, first stage"] == "2026Q1"
    assert frame["milestone met: Selonia, first stage"] == "2026-02-20"


def test_brigade_in_lithuania_with_the_battalions_in_germany():
    frame = catalog.load("forward_presence")
    rows = frame[frame["indicator"] == "brigade strength incl. battalions still in Germany"].set_index("date")
    assert (rows.at["2026-02-04", "value"], rows.at["2026-02-04", "confidence"]) == (2800, "high")


def test_brigade_in_lithuania_is_a_range():
    frame = catalog.load("forward_presence").set_index("indicator")
    row = frame.loc["brigade strength in Lithuania after subordination"]
    assert (row["low"], row["high"]) == (1700, 1800)


def test_satellite_navigation_reports_in_lithuania():
    frame = catalog.load("incidents")
    reports = frame[frame["indicator"] == "pilot reports"].set_index("date")["value"]
    # 1,022 reports in June 2025 against 46 a year before: 22 times
    assert reports["2025-06"] == 1022
    assert round(reports["2025-06"] / reports["2024-06"]) == 22
    assert (reports["2023Q4"], reports["2024Q4"]) == (129, 828)


def test_drones_over_poland_keep_both_counts():
    frame = catalog.load("incidents")
    row = frame[frame["indicator"] == "drones entered"].iloc[0]
    assert (row["date"], row["value"], row["low"], row["high"]) == ("2025-09-10", 21, 19, 21)


def test_liepaja_cable_is_not_attributed():
    frame = catalog.load("incidents").set_index("entity")
    assert frame.at["Palanga-Liepaja cable (Arelion)", "attribution"] == "not attributed"
    assert frame.at["Estlink 2 and four telecom cables", "attribution"] == "suspected"


@pytest.mark.parametrize(
    ("country", "system", "begins", "ends", "amount"),
    [
        # dpa, 31 March 2025: 70 systems for EUR 200m, delivered 2026 to 2030
        ("LVA", "RBS 70 NG", "2026", "2030", 200),
        # ELTA, 18 February 2026: EUR 600m, delivered 2026 to 2029
        ("LVA", "IRIS-T SLM", "2026", "2029", 600),
        # dpa, 31 December 2025: more than EUR 320m, supply 2026 to 2032
        ("LTU", "RBS 70 NG missiles", "2026", "2032", 320),
        # BNS, 4 October 2024: third battery between the second quarter and the end of 2028
        ("LTU", "NASAMS battery 3", "2028-Q2", "2028-Q4", 234),
    ],
)
def test_air_defence_orders(country, system, begins, ends, amount):
    rows = catalog.load("air_defence").set_index(["iso3", "system"])
    row = rows.loc[(country, system)]
    assert (row["begins"], row["ends"], row["amount_eur_m"]) == (begins, ends, amount)


def test_scrambles_of_the_region_and_over_europe():
    frame = catalog.load("force_model_air").set_index(["indicator", "date"])["value"]
    assert frame["scrambles"][["2013", "2015", "2016", "2017"]].tolist() == [47, 160, 110, 130]
    assert frame["scrambles over Europe"][["2014", "2022", "2023", "2025"]].tolist() == [500, 570, 300, 500]


def test_incidents_of_2025_and_2026():
    frame = catalog.load("incidents").set_index("entity")
    assert frame.loc["Lithuania (Kybartai)", ["value", "unit", "attribution"]].tolist() == [
        18,
        "seconds",
        "established",
    ]
    assert frame.at["Estonia (south)", "attribution"] == "suspected"
    assert frame.at["Latvia (east)", "attribution"] == "not attributed"


@pytest.mark.parametrize(("indicator", "km"), [("Suwalki gap, published", 65), ("Suwalki gap, published (other)", 70)])
def test_suwalki_gap(indicator, km):
    frame = catalog.load("mobility")
    assert frame.loc[frame["indicator"] == indicator, "value"].item() == km


def test_danish_estimate_of_february_2025():
    frame = catalog.load("reconstitution_estimates")
    danish = frame[frame["entity"].str.startswith("Denmark, DDIS")].set_index("entity")["value"]
    # half a year for a local war, two for a regional one, five for a large-scale one
    assert sorted(danish) == [0.5, 2, 5]


def test_estimates_name_institutions_and_their_clock():
    frame = catalog.load("reconstitution_estimates").set_index(["entity", "date"])
    poland = frame.loc[("Poland, National Security Bureau", "2023-12-02")]
    assert poland[["clock", "about", "low", "high"]].tolist() == ["publication", "attack", 0, 3]
    assert frame.loc[("DGAP", "2023-11"), "clock"] == "unstated"
    # a window to rebuild and the length of a reform are no forecasts of an attack
    assert frame.loc[("Norway, Armed Forces", "2024-06"), "about"] == "other"
    assert frame.loc[("Lithuania, VSD and AOTD", "2024-03-07"), "about"] == "other"


def test_bunkers_in_estonia_planned_delivered_installed():
    frame = catalog.load("defence_line_resilience")
    estonia = frame[frame["entity"] == "EST"].set_index("indicator")["value"]
    assert estonia[["bunkers planned", "bunkers delivered (elements)", "bunkers installed"]].tolist() == [600, 28, 9]


@pytest.mark.parametrize(
    ("entity", "indicator", "value", "years"),
    [
        ("EST", "Chunmoo", 6, ("2027", "")),
        ("LVA", "ASCOD, second contract", 42, ("2027", "")),
        ("LTU", "Leopard 2A8", 44, ("2029", "")),
        ("LTU", "Boxer (Vilkas), second purchase", 27, ("2027", "2029")),
        ("NOR", "Chunmoo", 16, ("2028", "2029")),
        ("DEU", "Leopard 2A8", 105, ("2027", "2030")),
    ],
)
def test_orders_and_years_of_delivery(entity, indicator, value, years):
    frame = catalog.load("equipment").set_index(["entity", "indicator"])
    row = frame.loc[(entity, indicator)]
    assert (row["value"], row["status"]) == (value, "on order")
    assert (row["first_delivery"], row["last_delivery"]) == years


@pytest.mark.parametrize(
    ("entity", "date", "indicator", "value"),
    [
        ("LVA", "2025-03", "Zemessardze active members", 10000),
        ("LVA", "2023", "wartime forces under the defence concept", 61000),
        ("LTU", "2028", "planned number of personnel", 30000),
        ("RUS", "2026-01-22", "deployed in Ukraine", 715000),
    ],
)
def test_strengths(entity, date, indicator, value):
    frame = catalog.load("national_forces").set_index(["entity", "date", "indicator"])
    assert frame.at[(entity, date, indicator), "value"] == value


def test_claims_by_essay():
    claims = catalog.load("claims")
    assert claims["essay"].value_counts().to_dict() == {"essay-1": 47, "essay-3": 47, "essay-2": 30}
    assert claims["evidence_access"].value_counts().to_dict() == {"E": 103, "K": 11, "C": 10}
