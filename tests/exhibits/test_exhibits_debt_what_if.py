"""The chart that computes debt from its sliders: equal to the model at every setting, and complete where none moves."""

import json
import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.debt_model import DefencePath, FinancingMix, project_debt
from baltic_calculus.analysis.debt_what_if import WhatIf
from baltic_calculus.exhibits import Reference, chart_debt_what_if, describe_debt_what_if
from baltic_calculus.exhibits.debt_expressions import constants, debt_steps, mix_steps
from baltic_calculus.exhibits.palette import colours_outside_palette

RANGES = {
    "share_gdp_pct": (2, 8),
    "taxes_pct": (0, 100),
    "reallocation_pct": (0, 100),
    "real_growth_pct": (-3, 6),
    "marginal_rate_pct": (0, 9),
    "multiplier": (0, 3),
}
SETTINGS = st.fixed_dictionaries({name: st.floats(*ends) for name, ends in RANGES.items()})


def modelled(what_if: WhatIf, settings: dict[str, float], last_year: int = 2035) -> np.ndarray:
    """Debt by the model; cuts get no more than taxes leave."""
    taxes = settings["taxes_pct"]
    cuts = min(settings["reallocation_pct"], 100 - taxes)
    changed = {name: settings[name] for name in ("real_growth_pct", "marginal_rate_pct", "multiplier")}
    path = DefencePath(
        name="as set",
        share_gdp_pct=settings["share_gdp_pct"],
        transition_years=what_if.path.transition_years,
    )
    mix = FinancingMix(borrowing=(100 - taxes - cuts) / 100, taxes=taxes / 100, reallocation=cuts / 100)
    assumptions = what_if.assumptions.model_copy(update=changed)
    return project_debt(what_if.start, assumptions, path, mix, last_year)["debt_gdp_pct"].to_numpy()


def spec_of(what_ifs: tuple[WhatIf, ...], *, last_year: int = 2035, **moved: Any) -> dict[str, Any]:
    """The chart's specification, with sliders moved."""
    chart = chart_debt_what_if(
        what_ifs, ranges=RANGES, last_year=last_year, reference=Reference(60, "reference value")
    ).to_dict()
    for parameter in chart["params"]:
        parameter.update({"value": moved[parameter["name"]]} if parameter["name"] in moved else {})
    return chart


def texts(chart: dict[str, Any], version: str = "6.4") -> list[str]:
    """What the drawing prints."""
    return re.findall(r">([^<>]+)</t", vl_convert.vegalite_to_svg(json.dumps(chart), vl_version=version))


@given(settings=SETTINGS, last_year=st.sampled_from([2026, 2027, 2035, 2040]), place=st.integers(0, 1))
def test_the_expressions_are_the_model(what_ifs, settings, last_year, place) -> None:
    one = what_ifs[place]
    known: dict[str, Any] = {**settings, "start": SimpleNamespace(**constants(one)), "min": min}
    for name, expression in [*mix_steps(), *debt_steps(last_year - one.start.year)]:
        known[name] = eval(expression, {}, known)  # noqa: S307
    computed = [known[f"debt_{year}"] for year in range(last_year - one.start.year + 1)]
    np.testing.assert_allclose(computed, modelled(one, settings, last_year), rtol=1e-12)


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"country": "LTU", "share_gdp_pct": 2.0, "taxes_pct": 80, "reallocation_pct": 60, "multiplier": 1.4},
        {"share_gdp_pct": 8, "real_growth_pct": -1, "marginal_rate_pct": 9},
    ],
)
def test_vega_draws_what_the_model_gives(what_ifs, moved) -> None:
    one = what_ifs[moved.get("country") == "LTU"]
    settings = {**what_ifs[0].settings(), **moved}
    debt = modelled(one, settings)[-1]
    assert f"as set {debt:.1f}" in texts(spec_of(what_ifs, **moved))


def test_the_state_at_first_is_said_in_words(what_ifs) -> None:
    printed = texts(spec_of(what_ifs))
    assert "Estonia: defence at 5.1% of GDP," in printed
    assert "its rise all borrowed," in printed
    assert "growth 2.4%, interest on new debt 3.2%, multiplier 0.7" in printed
    assert "reference value 60" in printed
    (plan,) = (text for text in printed if text.startswith("held at plan"))
    assert plan.split()[-1] == next(text for text in printed if text.startswith("as set")).split()[-1]


def test_the_vega_lite_of_jupyterlab_draws_it_too(what_ifs) -> None:
    assert texts(spec_of(what_ifs, taxes_pct=30), "5.21") == texts(spec_of(what_ifs, taxes_pct=30))


def test_the_words_follow_the_mix(what_ifs) -> None:
    # 70% by taxes leave 30% for cuts, whatever their slider says
    assert "its rise paid 70% by taxes, 30% by cuts, 0% borrowed," in texts(
        spec_of(what_ifs, taxes_pct=70, reallocation_pct=50)
    )
    # below the share before the rise there is nothing to pay
    assert "90% of the money that it frees lowers the deficit," in texts(
        spec_of(what_ifs, share_gdp_pct=3, taxes_pct=10)
    )


def test_the_axis_grows_by_whole_steps(what_ifs) -> None:
    # the plans end at 56 and 70: the axis at a step above them
    at_first, high = texts(spec_of(what_ifs)), texts(spec_of(what_ifs, share_gdp_pct=8, real_growth_pct=-3))
    assert "100" in at_first
    assert "120" not in at_first
    assert {"100", "120"} <= set(high)


def test_one_specification_serves_every_run(what_ifs) -> None:
    assert spec_of(what_ifs) == spec_of(what_ifs)
    assert colours_outside_palette(spec_of(what_ifs)) == set()


def test_the_alternative_text_says_where_the_sliders_stand_and_where_the_plans_end(what_ifs) -> None:
    text = describe_debt_what_if(what_ifs, 2035)
    assert len(text) <= 400
    assert "defence at 5.1% of GDP" in text
    assert all(f"{modelled(one, one.settings())[-1]:.1f}" in text for one in what_ifs)
