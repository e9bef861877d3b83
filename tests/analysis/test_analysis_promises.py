"""Promise against delivery on rows as published."""

import pandas as pd
import pytest

from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.presence import SCOPES
from baltic_calculus.analysis.promises import (
    OFFERED,
    PROMISED,
    compare_option,
    compare_promises,
    list_promises,
    weakest,
)
from baltic_calculus.errors import DataError

NONE = float("nan")
ROWS = [
    ("LTU", "2017-2026", "framework nation", NONE, NONE, NONE, "Germany", "high"),
    ("LVA", "2017-2026", "framework nation", NONE, NONE, NONE, "Canada", "high"),
    ("EST", "2017-2026", "framework nation", NONE, NONE, NONE, "United Kingdom", "high"),
    ("FIN", "2024-07", "FLF Finland approved; framework nation", NONE, NONE, NONE, "Sweden", "high"),
    ("LTU", "2027", "45th Panzer Brigade target, soldiers", 4800.0, NONE, NONE, "", "high"),
    ("LTU", "2027", "45th Panzer Brigade target, civilians", 200.0, NONE, NONE, "", "high"),
    ("LTU", "2026-02", "brigade strength in Lithuania after subordination", NONE, 1700.0, 1800.0, "", "medium"),
    ("LVA", "2026", "planned total allied troops in Latvia", 5000.0, NONE, NONE, "", "low"),
    ("LVA", "2026", "planned brigade strength", 3500.0, NONE, NONE, "", "high"),
    ("LVA", "2025-08-26", "brigade strength", 3000.0, NONE, NONE, "", "high"),
    ("LVA", "2025-08-26", "brigade strength, as quoted on the visit", 3500.0, NONE, NONE, "", "medium"),
    ("LVA", "2026", "Canadian persistent deployment target", 2200.0, NONE, NONE, "", "medium"),
    ("LVA", "2025-08-26", "Canadian troops deployed", 2000.0, NONE, NONE, "", "high"),
    ("EST", "2025-04", "UK battle group authorised strength", 1300.0, NONE, NONE, "", "medium"),
    ("EST", "2025-04", "UK troops in country at any one time", 700.0, NONE, NONE, "", "medium"),
    ("EST", "2022-07-01", "UK brigade pledged, size", NONE, 3000.0, 5000.0, "", "medium"),
    ("EST", "2024-10", "UK troops in Estonia, British Army", 1000.0, NONE, NONE, "", "medium"),
    ("EST", "2024", "UK personnel in Estonia", NONE, 900.0, 1000.0, "", "high"),
    *(("XXX", "2020", name, 1.0, NONE, NONE, "", "low") for name in SCOPES),
]
PRESENCE = pd.DataFrame(
    ROWS, columns=["entity", "date", "indicator", "value", "low", "high", "text", "confidence"]
).assign(unit="troops", source="P001", note="")


def test_share_of_the_promise_is_an_interval() -> None:
    row = compare_promises(PRESENCE).set_index("iso3").loc["LTU"]
    # 4,800 + 200 = 5,000 promised; 1,700 / 5,000 = 34%, 1,800 / 5,000 = 36%
    assert (row["promised_low"], row["promised_high"], row["due"]) == (5000, 5000, "2027")
    assert (row["share_low_pct"], row["share_high_pct"]) == (34, 36)
    assert row["date"] == "2026-02"


def test_share_is_no_surer_than_the_weaker_part() -> None:
    rows = compare_promises(PRESENCE).set_index("subject")
    brigade = rows.loc["brigade, all allies"]
    assert brigade["confidence"] == "medium"  # promise high, one account of the strength medium
    # two accounts of one day: 3,000 / 3,500 = 86%, 3,500 / 3,500 = 100%
    assert [round(brigade["share_low_pct"]), brigade["share_high_pct"]] == [86, 100]


def test_promise_without_a_figure_of_its_delivery_has_no_share() -> None:
    rows = compare_promises(PRESENCE).set_index("subject")
    missions = rows.loc["allied troops of all missions"]
    assert missions[["present_low", "share_low_pct"]].isna().all()
    assert (missions["confidence"], missions["date"]) == ("low", "")


def test_option_gives_a_range_even_for_an_exact_strength() -> None:
    rows = compare_option(PRESENCE, Interval(3000, 5000))
    latvia = rows.set_index("iso3").loc["LVA"]
    # 3,000 / 5,000 = 60%, 3,000 / 3,000 = 100%
    assert (latvia["share_low_pct"], latvia["share_high_pct"]) == (60, 100)


def test_authorised_size_has_no_due_date() -> None:
    rows = compare_promises(PRESENCE).set_index("iso3").loc[["EST"]]
    assert rows[["due", "basis"]].to_numpy().tolist() == [["", PROMISED]] * 2


def test_host_without_a_published_strength_has_no_share() -> None:
    finland = compare_option(PRESENCE, Interval(3000, 5000)).set_index("iso3").loc["FIN"]
    assert finland[["present_low", "share_low_pct", "share_high_pct"]].isna().all()
    assert finland["confidence"] == ""


def test_list_has_promises_first_and_then_the_offer_to_every_host() -> None:
    rows = list_promises(PRESENCE, Interval(3000, 5000), ("LTU",))
    assert rows["basis"].tolist() == [PROMISED] * 6 + [OFFERED] * 4
    assert rows["iso3"].tolist() == ["LTU", "EST", "EST", "LVA", "LVA", "LVA", "LTU", "EST", "FIN", "LVA"]
    assert rows.loc[rows["iso3"] == "LVA", "promised_high"].tolist() == [5000, 3500, 2200, 5000]


def test_weakest_confidence() -> None:
    assert weakest("high", "low", "medium") == "low"
    with pytest.raises(DataError, match="certain"):
        weakest("certain")
