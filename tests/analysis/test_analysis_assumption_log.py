"""Every assumption rated: by rule what supports it, by computation what hangs on it."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.assumption_impact import compute_debt_swings, compute_swings, list_runs, pin
from baltic_calculus.analysis.assumption_log import (
    HIGH,
    IMPACTS,
    JUDGEMENT,
    LOW,
    MEASURED,
    MODERATE,
    NONE,
    NOT_COMPUTED,
    QUALITIES,
    count_ratings,
    describe_log,
    list_all,
    rate_impact,
)
from baltic_calculus.analysis.debt_fan import Treasury
from baltic_calculus.analysis.debt_model import DebtAssumptions, DebtStart, DefencePath
from baltic_calculus.analysis.drivers import gather_drivers
from baltic_calculus.analysis.sensitivity import compute_tornado
from baltic_calculus.catalog.policy import PolicySet, PolicyValue


def value(number: float, low: float | None, high: float | None, quality: str = "", reference: str = "a2026"):
    return PolicyValue.model_validate(
        {
            "label": "One",
            "value": number,
            "unit": "%",
            "valid_from": "2026",
            "reference": reference,
            "low": low,
            "high": high,
            "quality": quality,
        }
    )


OWN = "calculus_assumptions2026"
SET = PolicySet(
    "set",
    "A set",
    {
        "rule": value(2, None, None),
        "a": value(10, 5, 20, MEASURED),
        "b": value(100, 90, 100, reference=OWN),
        "c": value(1, None, None, reference=OWN),
    },
)
RATINGS = catalog.policy("impact_ratings")


def test_what_others_have_set_is_no_assumption() -> None:
    log = list_all([SET])
    assert list(log["name"]) == ["a", "b", "c"]
    assert list(log["quality"]) == [MEASURED, JUDGEMENT, JUDGEMENT]
    assert list(log["basis"]) == ["a2026", "this report", "this report"]


def test_one_value_is_held_at_its_end_and_the_others_stay() -> None:
    pinned = pin(SET, "a", 5)
    assert (pinned.a.value, pinned.a.low, pinned.a.high) == (5, 5, 5)
    assert pinned.b == SET.b
    assert SET.a.value == 10


def test_a_swing_is_the_distance_of_the_outermost_in_per_cent_of_the_centre() -> None:
    # a + b: 110 in the centre; a from 5 to 20 gives 105 and 120, so 15 of 110; b from 90 to 100 gives 100 and 110
    swings = compute_swings(SET, "sum", lambda one: one.a.value + one.b.value).set_index("name")
    assert list(swings.loc["a", ["central", "at_low", "at_high"]]) == [110, 105, 120]
    assert swings.loc["a", "swing_pct"] == pytest.approx(1500 / 110)
    assert swings.loc["b", "swing_pct"] == pytest.approx(1000 / 110)
    assert "c" not in swings.index


@pytest.mark.parametrize(
    ("swing", "impact"), [(20, HIGH), (19.9, MODERATE), (5, MODERATE), (4.9, LOW), (0.001, LOW), (0, NONE)]
)
def test_impact_follows_the_published_limits(swing: float, impact: str) -> None:
    assert (RATINGS.moderate_from_pct.value, RATINGS.high_from_pct.value) == (5, 20)
    rated = rate_impact(list_all([SET]), swings(a=swing), RATINGS).set_index("name")
    assert rated.loc["a", "impact"] == impact
    assert rated.loc["c", "impact"] == NOT_COMPUTED


def swings(**by_name: float) -> pd.DataFrame:
    rows = [("set", name, "result", swing) for name, swing in by_name.items()]
    return pd.DataFrame(rows, columns=["set", "name", "result", "swing_pct"])


def test_the_weakest_support_leads_among_equal_impacts() -> None:
    rated = rate_impact(list_all([SET]), swings(a=60, b=30), RATINGS)
    assert list(rated["name"]) == ["b", "a", "c"]


def test_counts_have_every_pair_and_lose_none() -> None:
    counts = count_ratings(rate_impact(list_all([SET]), swings(a=60, b=30), RATINGS))
    assert len(counts) == len(IMPACTS) * len(QUALITIES)
    assert counts["assumptions"].sum() == 3


def test_what_is_told_counts_all_and_names_the_first_judgement() -> None:
    told = describe_log(rate_impact(list_all([SET]), swings(a=60, b=30), RATINGS), RATINGS)
    numbers = {name: told[name].value for name in ("assumptions", "judgements", "measured", "computed", "high")}
    assert numbers == {"assumptions": 3, "judgements": 2, "measured": 1, "computed": 2, "high": 2}
    assert (told["first"], told["first_swing"].value) == ("One", 30)
    assert "second" not in told


def test_debt_swings_are_those_of_the_tornado() -> None:
    assumed, targets = catalog.policy("fiscal_assumptions"), catalog.policy("nato_targets")
    start = DebtStart(
        iso3="EST",
        year=2025,
        debt_gdp_pct=25,
        implicit_rate_pct=2,
        balance_gdp_pct=-4,
        defence_gdp_pct=5,
        defence_before_gdp_pct=3,
    )
    own = DebtAssumptions(
        real_growth_pct=2, deflator_growth_pct=2, marginal_rate_pct=3, rollover_share_pct=20, multiplier=0.75
    )
    plan = DefencePath(name="plan", share_gdp_pct=5, transition_years=4)
    treasury = Treasury(start, own, [plan], pd.DataFrame())
    drivers = [gather_drivers(assumed, targets, start)]
    (borrowed, paid) = list_runs([treasury], 2030)
    found = compute_debt_swings([borrowed], drivers, assumed).set_index("name")
    tornado = compute_tornado(borrowed, drivers).set_index("driver")
    growth = tornado.loc["real_growth_pct"]
    expected = growth["swing_points"] / growth["debt_central_gdp_pct"] * 100
    assert found.loc["real_growth_pct_est", "swing_pct"] == pytest.approx(expected)
    assert "paid_pct" not in found.index
    # where nothing is borrowed the multiplier of taxes acts
    with_paid = compute_debt_swings([borrowed, paid], drivers, assumed).set_index("name")
    assert found.loc["tax_multiplier", "swing_pct"] == 0
    assert with_paid.loc["tax_multiplier", "swing_pct"] > 0


def test_every_assumption_of_the_report_is_rated() -> None:
    log = list_all(catalog.policies())
    assert set(log["quality"]) == set(QUALITIES)
    assert not log.duplicated(["set", "name"]).any()
    known = log.dropna(subset=["low", "high"])
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()
