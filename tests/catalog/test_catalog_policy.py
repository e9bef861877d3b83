import copy
import pickle

import pytest

from baltic_calculus.errors import DataError

TARGETS = """\
title: Targets
values:
  core_share_gdp_pct:
    label: core
    value: 3.5
    unit: "% of GDP"
    valid_from: 2025-06-25
    reference: somebody2026
"""


def write(project, text):
    (project.root / "data" / "policy" / "targets.yaml").write_text(text, encoding="utf-8")


def test_value_is_read_as_attribute(project):
    write(project, TARGETS)
    core = project.catalog.policy("targets").core_share_gdp_pct
    assert (core.value, core.unit, core.valid_from, core.reference) == (3.5, "% of GDP", "2025-06-25", "somebody2026")
    assert (core.low, core.high, core.note) == (None, None, "")


def test_unknown_value_lists_those_there_are(project):
    write(project, TARGETS)
    with pytest.raises(DataError, match="no policy value 'core'") as caught:
        _ = project.catalog.policy("targets").core
    assert caught.value.remedy == "choose from: core_share_gdp_pct"


def test_unknown_set_lists_those_there_are(project):
    write(project, TARGETS)
    with pytest.raises(DataError, match="no policy set 'goals'") as caught:
        project.catalog.policy("goals")
    assert caught.value.remedy == "choose from: targets"


def test_set_can_be_copied_and_pickled(project):
    write(project, TARGETS)
    policy = project.catalog.policy("targets")
    assert copy.deepcopy(policy).core_share_gdp_pct.value == 3.5
    assert pickle.loads(pickle.dumps(policy)).core_share_gdp_pct.value == 3.5  # noqa: S301


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('    unit: "% of GDP"\n', "", r"values\.core_share_gdp_pct\.unit: Field required"),
        ("value: 3.5", "value: three", r"values\.core_share_gdp_pct\.value"),
        ("value: 3.5", "value: 3.5\n    low: 4\n    high: 5", "core_share_gdp_pct: 3.5 is not between 4 and 5"),
        ("title: Targets", "title: [", "not readable as YAML"),
    ],
)
def test_broken_value_is_named(project, old, new, problem):
    write(project, TARGETS.replace(old, new))
    with pytest.raises(DataError, match=problem) as caught:
        project.catalog.policy("targets")
    assert caught.value.where == "data/policy/targets.yaml"


def test_own_value_is_a_judgement_and_a_target_no_assumption(project):
    write(project, TARGETS + TARGETS.partition("values:\n")[2].replace("core", "own").replace("somebody", "calculus_"))
    targets = project.catalog.policy("targets")
    assert (targets.core_share_gdp_pct.support, targets.own_share_gdp_pct.support) == ("", "judgement")


def test_own_value_cannot_pass_for_a_published_one(project):
    text = TARGETS.replace("somebody2026", "calculus_x2026\n    quality: measured")
    write(project, text)
    with pytest.raises(DataError, match="judgement, not measured"):
        project.catalog.policy("targets")


def test_unknown_quality_is_refused(project):
    write(project, TARGETS.replace("somebody2026", "somebody2026\n    quality: good"))
    with pytest.raises(DataError, match="quality"):
        project.catalog.policy("targets")
