"""Facts on reinforcement and warning, against the published rows."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.force_model import compute_marks, compute_tiers
from baltic_calculus.analysis.horizon_facts import describe_force_model, describe_warning
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.warning import compute_windows


@pytest.fixture(scope="module")
def force_model() -> pd.DataFrame:
    return catalog.load("force_model_air")


def test_force_model_and_the_measured_movement(force_model: pd.DataFrame) -> None:
    mobility = catalog.load("mobility")
    marks = compute_marks(mobility, Interval(3000, 5000))
    facts = describe_force_model(compute_tiers(force_model), marks, force_model, mobility)
    assert facts["both_tiers"] == Quantity(300000, "troops", 0)  # 100,000 + 200,000
    assert facts["moved_share"] == Quantity(1, "%", 0)  # 1,000 of 100,000
    assert facts["brigades"] == Quantity(7, "brigades", 0)
    assert facts["needed"] == Quantity(21000, "troops", 0, 35000)


def test_warning_counts_every_estimate_once() -> None:
    windows = compute_windows(catalog.load("reconstitution_estimates"))
    facts = describe_warning(windows, (2026, 2030))
    counts = windows["clock"].value_counts()
    assert facts["estimates"] == Quantity(int(counts.sum()), "", 0)
    # three "within N years" estimates are open from the day they were issued: 3 of 18 by the end of 2026
    assert facts["opened_now"] == Quantity(pytest.approx(300 / 18), "%", 0)  # type: ignore[arg-type]
    assert (facts["ceasefire_shortest"], facts["ceasefire_longest"]) == (Quantity(0.5, "years"), Quantity(5, "years"))
