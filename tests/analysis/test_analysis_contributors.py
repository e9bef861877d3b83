"""Lists of contributors: the newest of each host, and beside a weak one the newest better one."""

import pandas as pd

from baltic_calculus import catalog
from baltic_calculus.analysis.contributors import FIRMER, LISTS, NEWEST, compute_contributors

PRESENCE = pd.DataFrame(
    [
        ("EST", "2017-2026", "framework nation", "United Kingdom", "medium"),
        ("EST", "2022-11", "contributing nations", "DNK;FRA", "medium"),
        ("BGR", "2025-01", "framework nation and contributors", "Italy; ALB;USA", "high"),
        ("BGR", "2025-11-17", "framework nation and contributors", "Italy; ALB;BGR", "high"),
        ("LTU", "2017-2026", "framework nation", "Germany", "high"),
        ("LTU", "2023-12", "contributing nations", "NLD;NOR;USA", "medium"),
        ("LTU", "2026", "battlegroup contributors", "NLD;NOR", "low"),
    ],
    columns=["entity", "date", "indicator", "text", "confidence"],
).assign(note="")


def test_newest_list_of_each_host_without_lead_and_host() -> None:
    rows = compute_contributors(PRESENCE, ("EST",)).set_index("iso3")
    assert rows.index.tolist() == ["EST", "BGR", "LTU", "LTU"]
    assert rows.at["EST", "contributors"] == "DNK;FRA"
    assert rows.loc["BGR", ["lead_nation", "contributors", "nations", "date"]].tolist() == [
        "Italy",
        "ALB",
        1,
        "2025-11-17",
    ]


def test_beside_a_weak_list_stands_the_newest_better_one() -> None:
    rows = compute_contributors(PRESENCE)
    lithuania = rows[rows["iso3"] == "LTU"]
    assert lithuania[["standing", "confidence", "contributors"]].to_numpy().tolist() == [
        [NEWEST, "low", "NLD;NOR"],
        [FIRMER, "medium", "NLD;NOR;USA"],
    ]


def test_every_host_has_a_list_that_is_a_row_of_the_dataset() -> None:
    presence = catalog.load("forward_presence")
    rows = compute_contributors(presence)
    published = presence[presence["indicator"].isin(LISTS)]
    keys = set(zip(published["entity"], published["date"], published["confidence"], strict=True))
    assert set(zip(rows["iso3"], rows["date"], rows["confidence"], strict=True)) <= keys
    assert (rows["standing"] == NEWEST).sum() == 9
    codes = {code for text in rows["contributors"] for code in text.split(";")}
    assert codes <= set(catalog.countries()["iso3"])
