"""Projects of the defence industry: sums, dates that moved, towns, and the words made of them."""

from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.dates import date_span
from baltic_calculus.analysis.industry import (
    STATUSES,
    compute_projects,
    gather_places,
    states_of,
    sum_investments,
)
from baltic_calculus.analysis.industry_facts import describe_industry
from baltic_calculus.analysis.quantity import Quantity

TODAY = "2026-11-22"
STATES = ["EST", "LVA", "LTU"]


def project(**changed: object) -> dict[str, object]:
    """One row of the register, a plant that is announced and no more."""
    row: dict[str, object] = {
        "iso3": "LTU",
        "place": "Kaunas",
        "latitude": 54.9,
        "longitude": 23.9,
        "project": "Plant",
        "investment_low_eur_m": float("nan"),
        "investment_high_eur_m": float("nan"),
        "jobs_low": float("nan"),
        "jobs_high": float("nan"),
        "output_low": float("nan"),
        "outturn": "none found",
        "opening_announced": "",
        "opening_expected": "",
        "opened": "",
        "status": "announced",
        "seen": "2026-01",
        "confidence": "medium",
    }
    return {**row, **changed}


TWO = pd.DataFrame(
    [
        project(project="A", investment_low_eur_m=180.0, investment_high_eur_m=300.0, jobs_low=150.0, jobs_high=400.0),
        project(
            project="B",
            investment_low_eur_m=10.0,
            investment_high_eur_m=10.0,
            opening_announced="2024",
            opened="2025-01-13",
            status="producing",
            confidence="low",
        ),
    ]
)


def value_of(told: Mapping[str, object], name: str) -> Quantity:
    """A fact that is a quantity."""
    fact = told[name]
    assert isinstance(fact, Quantity)
    return fact


def test_sums_add_lower_and_upper_ends_of_what_is_known() -> None:
    # 180 + 10 and 300 + 10; a third project without a figure counts nothing
    third = pd.DataFrame([project(project="C")])
    assert sum_investments(pd.concat([TWO, third])) == (190.0, 310.0)


def test_facts_of_two_projects() -> None:
    told = describe_industry(compute_projects(TWO, STATES, TODAY), TODAY)
    assert (value_of(told, "total").value, value_of(told, "total").high) == (190.0, 310.0)
    # only B produces
    assert (value_of(told, "firm_total").value, value_of(told, "firm_total").high) == (10.0, 10.0)
    assert value_of(told, "with_jobs").value == 1
    assert value_of(told, "opened").value == 1
    assert told["opened_names"] == "B"
    # 13 January 2025 lies wholly after 2024
    assert told["later_names"] == "B"
    assert (told["largest"], told["largest_status"]) == ("A", "announced")


@pytest.mark.parametrize(
    ("first", "expected", "opened", "later", "due", "words"),
    [
        ("2024", "", "2025-01-13", True, False, "opened 13 January 2025; at first 2024"),
        ("2024", "", "2024-05", False, False, "opened May 2024; at first 2024"),
        # the span begins in the year announced: no delay is established, and it has not ended
        ("2026", "2026-2027", "", False, False, "now 2026–2027; at first 2026"),
        ("2024", "2026-Q3", "", True, True, "now quarter 3 of 2026; at first 2024"),
        ("2026-06", "2026-06", "", False, True, "due June 2026"),
        # the year of the report is not over
        ("2026", "", "", False, False, "due 2026"),
        ("", "", "", False, False, "not public"),
    ],
)
def test_dates_are_compared_only_where_spans_do_not_meet(
    first: str, expected: str, opened: str, later: bool, due: bool, words: str
) -> None:
    rows = pd.DataFrame([project(opening_announced=first, opening_expected=expected, opened=opened)])
    one = compute_projects(rows, STATES, TODAY).iloc[0]
    assert (one["later"], one["due"], one["opening"]) == (later, due, words)


def test_towns_hold_sums_the_furthest_step_and_the_weakest_evidence() -> None:
    towns = gather_places(compute_projects(TWO, STATES, TODAY))
    assert len(towns) == 1
    town = towns.iloc[0]
    assert (town["low_eur_m"], town["high_eur_m"]) == (190.0, 310.0)
    assert (town["status"], town["confidence"]) == ("producing", "low")
    assert town["standing"] == "2 projects; furthest: producing"


def test_projects_without_a_public_place_are_not_on_the_map() -> None:
    rows = pd.DataFrame([project(), project(project="B", place="", latitude=float("nan"), longitude=float("nan"))])
    assert gather_places(compute_projects(rows, STATES, TODAY))["projects"].tolist() == [1]


def test_a_town_without_a_figure_has_none() -> None:
    towns = gather_places(compute_projects(pd.DataFrame([project()]), STATES, TODAY))
    assert towns[["low_eur_m", "high_eur_m"]].isna().all(axis=None)


def test_states_fall_back_to_those_of_the_register() -> None:
    assert states_of(TWO, ["POL", "FIN"]) == ["LTU"]
    assert states_of(TWO, STATES) == ["LTU"]


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), min_size=1, max_size=8))
def test_towns_together_hold_what_projects_hold(pairs: list[tuple[float, float]]) -> None:
    rows = pd.DataFrame(
        [
            project(
                project=str(count),
                place="Kaunas" if count % 2 else "Baisogala",
                investment_low_eur_m=min(pair),
                investment_high_eur_m=max(pair),
            )
            for count, pair in enumerate(pairs)
        ]
    )
    projects = compute_projects(rows, STATES, TODAY)
    towns = gather_places(projects)
    assert towns["low_eur_m"].sum() == pytest.approx(sum_investments(projects)[0])
    assert towns["high_eur_m"].sum() == pytest.approx(sum_investments(projects)[1])


def test_register_is_consistent() -> None:
    rows = catalog.load("industry")
    assert set(rows["status"]) <= set(STATUSES)
    for name in ("investment", "jobs", "output"):
        low, high = (rows[column] for column in rows.filter(regex=f"^{name}_(low|high)"))
        assert (low.isna() == high.isna()).all()
        assert (low.dropna() <= high.dropna()).all()
    # an opening, its report, and a status that says so go together
    opened = rows["opened"] != ""
    assert (rows.loc[opened, "status"] == "producing").all()
    assert (rows.loc[~opened, "status"] != "producing").all()
    assert all(
        date_span(opening)[0] <= date_span(seen)[1]
        for opening, seen in zip(rows.loc[opened, "opened"], rows.loc[opened, "seen"], strict=True)
    )
    # a place has co-ordinates to a tenth, no place has none
    placed = rows["place"] != ""
    assert (rows["latitude"].notna() == placed).all()
    tenths = rows.loc[placed, ["latitude", "longitude"]] * 10
    assert (tenths - tenths.round()).abs().to_numpy().max() < 1e-9
    # nothing made is told of a plant that has not opened
    assert opened[rows["outturn"] == "begun"].all()


def test_every_mark_of_the_map_traces_to_rows() -> None:
    projects = compute_projects(catalog.load("industry"), STATES, TODAY)
    towns = gather_places(projects)
    named = [name for names in towns["names"] for name in names.split("; ")]
    assert sorted(named) == sorted(projects.loc[projects["place"] != "", "project"])


@pytest.mark.parametrize(
    ("name", "investment", "jobs", "output", "sources"),
    [
        # Evertiq 2024: more than 180; euro-sd and Lrytas 2025: up to 300; 150 and 400 jobs; digest: 35,000 and 100,000
        ("Rheinmetall, Baisogala", (180, 300), (150, 400), (35000, 100000), {"P126", "P127"}),
        # LETA 2025: 10 million, 54 employed, 100 planned; ERR 2024: 180 a year
        ("Patria 6x6, Valmiera", (10, 10), (40, 54), (100, 180), {"P129", "P130"}),
        ("Rheinmetall, Latvia", (275, 275), (150, 150), (60000, 80000), {"P128"}),
        ("Leopard 2A8 assembly, Kaunas", (50, 50), (100, 100), (41, 41), {"P048"}),
        # ERR April 2025
        ("Hexest, RDX plant", (120, 130), None, (600, 600), set()),
    ],
)
def test_published_figures(
    name: str,
    investment: tuple[int, int],
    jobs: tuple[int, int] | None,
    output: tuple[int, int],
    sources: set[str],
) -> None:
    row = catalog.load("industry").set_index("project").loc[name]
    assert tuple(row[["investment_low_eur_m", "investment_high_eur_m"]]) == investment
    if jobs is None:
        assert pd.isna(row["jobs_low"])
    else:
        assert tuple(row[["jobs_low", "jobs_high"]]) == jobs
    assert tuple(row[["output_low", "output_high"]]) == output
    assert sources <= set(row["source"].split(";"))
