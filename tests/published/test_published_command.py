"""Command structure as NATO, ministries and armed forces have stated it, held through ``catalog.load``."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.command import LATER, structure_on


@pytest.mark.parametrize(
    ("entity", "superior", "since"),
    [
        # SHAPE, 4 December 2025; in force the next day
        ("DNK", "JFC Norfolk", "2025-12-05"),
        ("FIN", "JFC Norfolk", "2025-12-05"),
        ("SWE", "JFC Norfolk", "2025-12-05"),
        # Finnish Army, 1 September 2025
        ("Land command Mikkeli", "JFC Norfolk", "2025-09-01"),
        # Swedish Armed Forces, October 2024
        ("Task Force Baltic", "Allied Maritime Command", "2024-10-01"),
        # NATO Rapid Deployable Corps Italy, 1 July 2024
        ("Allied Reaction Force", "SHAPE", "2024-07-01"),
        # Bundeswehr, 4 February 2026
        ("Battlegroup Lithuania", "45th Panzer Brigade (Germany)", "2026-02-04"),
        # Latvian Ministry of Defence, 17 October 2024
        ("Battlegroup Latvia", "Multinational Brigade Latvia", "2024-10-17"),
    ],
)
def test_stated_links(entity, superior, since):
    row = structure_on(catalog.load("command_structure"), LATER).set_index("entity").loc[entity]
    assert (row["superior"], row["since"]) == (superior, since)


def test_baltic_states_stay_with_brunssum():
    structure = structure_on(catalog.load("command_structure"), LATER).set_index("entity")
    assert set(structure.loc[["EST", "LVA", "LTU"], "superior"]) == {"JFC Brunssum"}


def test_agreement_of_february_2026():
    rows = catalog.load("command_structure").query("lead_agreed != ''").set_index("entity")["lead_agreed"]
    assert rows.to_dict() == {
        "SHAPE": "USA",
        "JFC Brunssum": "DEU;POL",
        "JFC Norfolk": "GBR",
        "JFC Naples": "ITA",
        "Allied Land Command": "USA",
        "Allied Maritime Command": "USA",
        "Allied Air Command": "USA",
    }


def test_the_second_corps_is_announced_and_not_in_force():
    rows = catalog.load("command_structure").set_index("entity")
    assert rows.loc["1 (German-Netherlands) Corps", "status"] == "announced"
