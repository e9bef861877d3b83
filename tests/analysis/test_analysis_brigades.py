"""Present, held elsewhere, missing: parts of a promise that never claim more than was published."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.brigades import BRIGADES, ELSEWHERE, MISSING, PARTS, PRESENT, UNSETTLED, split_brigades
from baltic_calculus.errors import DataError

NONE = float("nan")
ROWS = [
    ("EST", "2022", "UK brigade pledged, size", 3000.0, 5000.0, "medium"),
    ("EST", "2025-04", "UK troops in country at any one time", 700.0, 700.0, "medium"),
    ("EST", "2024-10", "UK troops in Estonia, British Army", 1000.0, 1000.0, "medium"),
    ("EST", "2024", "UK personnel in Estonia", 900.0, 1000.0, "high"),
    ("EST", "2025-04", "UK 4th Brigade troops moved to the exercise of 2025", 1500.0, 1500.0, "medium"),
    ("EST", "2024-10", "UK brigade held in Britain, usual size of a brigade", 2000.0, 3000.0, "low"),
    ("LVA", "2026", "planned brigade strength", 3500.0, 3500.0, "high"),
    ("LVA", "2025-01", "brigade strength", 2500.0, 2500.0, "high"),
    ("LVA", "2025-08", "brigade strength", 3000.0, 3000.0, "high"),
    ("LVA", "2025-08", "brigade strength, as quoted on the visit", 3500.0, 3500.0, "medium"),
    ("LTU", "2027", "45th Panzer Brigade target, soldiers", 4800.0, 4800.0, "high"),
    ("LTU", "2027", "45th Panzer Brigade target, civilians", 200.0, 200.0, "high"),
    ("LTU", "2026-02", "brigade strength in Lithuania after subordination", 1700.0, 1800.0, "medium"),
    ("LTU", "2026-02", "brigade strength incl. battalions still in Germany", 2800.0, 3000.0, "low"),
    ("LTU", "2026-02-04", "brigade strength incl. battalions still in Germany", 2800.0, 2800.0, "high"),
]
PRESENCE = pd.DataFrame(ROWS, columns=["entity", "date", "indicator", "low", "high", "confidence"]).assign(
    value=NONE, unit="troops", source="P001", note=""
)


def ends(parts: pd.DataFrame, host: str, part: str) -> list[float]:
    row = parts[(parts["iso3"] == host) & (parts["part"] == part)]
    return [float(one) for one in row[["low_troops", "high_troops", "drawn_troops"]].iloc[0]]


def test_parts_of_the_brigade_in_lithuania() -> None:
    parts = split_brigades(PRESENCE)
    assert ends(parts, "LTU", PRESENT) == [1700, 1800, 1700]
    # 2,800 with the battalions in Germany, less 1,800 or 1,700; the weak count of 3,000 does not displace it
    assert ends(parts, "LTU", ELSEWHERE) == [1000, 1100, 1000]
    # 5,000 - 2,800: what is in Lithuania and what is in Germany add up to the count of both
    assert ends(parts, "LTU", MISSING) == [2200, 2200, 2200]
    # 5,000 - 1,700 - 1,000 - 2,200
    assert ends(parts, "LTU", UNSETTLED)[2] == 100


def test_missing_is_never_below_nothing() -> None:
    parts = split_brigades(PRESENCE)
    assert ends(parts, "EST", ELSEWHERE) == [1500, 3000, 1500]
    # 3,000 - 1,000 - 3,000 is below zero; 5,000 - 700 - 1,500 = 2,800
    assert ends(parts, "EST", MISSING) == [0, 2800, 0]


def test_accounts_that_differ_span_the_range_and_old_ones_do_not_count() -> None:
    assert ends(split_brigades(PRESENCE), "LVA", PRESENT) == [3000, 3500, 3000]


def test_what_is_not_public_stays_empty_and_is_no_length() -> None:
    low, high, drawn = ends(split_brigades(PRESENCE), "LVA", ELSEWHERE)
    assert pd.isna([low, high]).all()
    assert drawn == 0


def test_part_is_as_weak_as_the_weakest_figure_behind_it() -> None:
    sure = split_brigades(PRESENCE).set_index(["iso3", "part"])["confidence"]
    assert [sure[("EST", part)] for part in PARTS] == ["medium", "low", "low", "low"]
    assert sure[("LTU", MISSING)] == "medium"  # as its strength in the country


@pytest.mark.parametrize("data", [PRESENCE, catalog.load("forward_presence")], ids=["rows", "published"])
def test_a_bar_is_as_long_as_the_promise(data: pd.DataFrame) -> None:
    lengths = split_brigades(data).groupby("iso3")["drawn_troops"].sum()
    assert lengths.to_dict() == {"EST": 5000, "LVA": 3500, "LTU": 5000}


def test_more_than_promised_is_refused() -> None:
    rows = PRESENCE.assign(low=PRESENCE["low"].where(PRESENCE["indicator"] != "planned brigade strength", 1000.0))
    rows["high"] = rows["high"].where(rows["indicator"] != "planned brigade strength", 1000.0)
    with pytest.raises(DataError, match="more present"):
        split_brigades(rows)


def test_every_figure_is_a_row_of_the_dataset() -> None:
    published = set(catalog.load("forward_presence")["indicator"])
    for brigade in BRIGADES:
        assert {*brigade.promise.promised, *brigade.promise.delivered, *brigade.away, *brigade.whole} <= published
