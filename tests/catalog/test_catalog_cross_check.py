"""Cross-checks: small sums by hand, exceptions, and every check of the project seen to fail on a spoilt copy."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.catalog.cross_check import (
    CrossCheck,
    closes,
    compare_bounds,
    compare_dates,
    compare_numbers,
    opens,
    run_check,
    show,
)
from baltic_calculus.catalog.cross_checks import CROSS_CHECKS
from baltic_calculus.catalog.finding import Weight
from baltic_calculus.catalog.record import DatasetRecord
from baltic_calculus.catalog.spending_checks import sum_of_allies

LIMITS = catalog.policy("cross_checks")
BY_NAME = {check.name: check for check in CROSS_CHECKS}


def spending(*rows, exceptions=()):
    """Rows of country, year and US$ m, with a record that names exceptions."""
    frame = pd.DataFrame([(*row, "spend") for row in rows], columns=["iso3", "year", "value", "measure"])
    frame.attrs["record"] = DatasetRecord.model_validate(
        {
            "name": "spending", "path": "data/spending.csv", "kind": "country_year", "title": "t", "publisher": "p",
            "edition": "e", "basis": "b", "read": "2026-11-21", "licence": "l", "redistribution": "open",
            "citation": "c", "sha256": "0" * 64, "columns": ["iso3", "year", "value", "measure"],
            "keys": ["iso3", "year", "measure"], "measures": {"spend": {"unit": "US$ m", "definition": "d"}},
            "known_exceptions": exceptions,
        }
    )  # fmt: skip
    return frame


def hundred(tables, limits):
    """Each value is a hundred, give or take one."""
    found = tables["spending"].set_index(["iso3", "year"])["value"]
    return compare_numbers(100 + 0 * found, found, 1.0, measure="spend")


CHECK = CrossCheck("hundreds", ("spending",), "each is a hundred", "made up", hundred)


def run(*rows, exceptions=()):
    return run_check(CHECK, {"spending": spending(*rows, exceptions=exceptions)}, LIMITS)


def test_failure_names_row_line_expectation_and_what_to_do():
    outcome = run(("EST", 2024, 100.9), ("LTU", 2025, 98))  # 0.9 and 2 away from 100; 1 is allowed
    (finding,) = outcome.findings
    assert (finding.file, finding.line, finding.row) == ("data/spending.csv", 3, "LTU 2025 spend")
    assert (finding.found, finding.expected, finding.tolerance) == ("98", "100", "1")
    assert finding.weight is Weight.FAULT
    assert "known_exceptions of spending" in finding.remedy
    assert outcome.comparisons == 2


def test_known_exception_excuses_its_rows_alone():
    known = {
        "check": "hundreds",
        "rows": {"iso3": "LTU"},
        "first_year": 2024,
        "last_year": 2025,
        "reason": "as printed",
    }
    rows = [("LTU", 2023, 90), ("LTU", 2024, 90), ("LTU", 2025, 90), ("EST", 2024, 90)]
    outcome = run(*rows, exceptions=[known])
    assert [finding.row for finding in outcome.findings] == ["LTU 2023 spend", "EST 2024 spend"]
    assert outcome.exceptions == 1


def test_exception_that_excuses_nothing_is_a_fault():
    known = {"check": "hundreds", "rows": {"iso3": "LTU"}, "reason": "r"}
    outcome = run(("LTU", 2023, 100), ("EST", 2023, 100), exceptions=[known])
    (finding,) = outcome.findings
    assert finding.message == "known exception from hundreds (LTU) matches no row that breaks it: remove it"
    assert outcome.exceptions == 0


def test_nothing_to_compare_is_a_warning_and_a_missing_column_a_fault():
    (warning,) = run(("LTU", 2023, float("nan"))).findings
    assert (warning.weight, warning.message) == (Weight.WARNING, "cross-check hundreds found nothing to compare")
    table = spending(("LTU", 2023, 100)).drop(columns="value")
    (fault,) = run_check(CHECK, {"spending": table}, LIMITS).findings
    assert (fault.weight, fault.message) == (Weight.FAULT, "cross-check hundreds lacks what it reads: 'value'")


def test_allies_are_summed_from_the_year_they_are_counted():
    rows = [("USA", 2022, 90.0), ("EST", 2022, 1.0), ("FIN", 2022, 5.0)]
    rows += [("USA", 2023, 95.0), ("EST", 2023, 2.0), ("FIN", 2023, 6.0), ("XNT", 2023, 103.0)]
    total = sum_of_allies(spending(*rows), "spend", LIMITS)
    # Finland counts from 2023 on: 90 + 1 in 2022, 95 + 2 + 6 in 2023; without the United States 1 and 8
    assert total.loc[2022].tolist() == [91, 1]
    assert total.loc[2023].tolist() == [103, 8]


def test_year_without_one_ally_has_no_sum():
    rows = [("USA", 2022, 90.0), ("EST", 2022, 1.0), ("USA", 2023, 95.0)]
    assert sum_of_allies(spending(*rows), "spend", LIMITS)["XNT"].dropna().to_dict() == {2022: 91}


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(st.floats(0, 1e6), min_size=3, max_size=3),
    factor=st.floats(0, 1e3),
)
def test_scaling_all_allies_scales_the_total(amounts, factor):
    allies = ("USA", "EST", "MKD")
    rows = [(ally, 2024, amount) for ally, amount in zip(allies, amounts, strict=True)]
    scaled = [(ally, year, amount * factor) for ally, year, amount in rows]
    total, larger = (sum_of_allies(spending(*each), "spend", LIMITS).loc[2024, "XNT"] for each in (rows, scaled))
    assert larger == pytest.approx(total * factor, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026Q3", "2026-07-01", "2026-09-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-02", "2026-02-01", "2026-02-31"),
        ("2026-02-03", "2026-02-03", "2026-02-03"),
        ("2017-2023", "2017-01-01", "2023-12-31"),
    ],
)
def test_partial_date_has_a_first_and_a_last_day(date, first, last):
    assert (opens(date), closes(date)) == (first, last)


def test_dates_are_compared_as_far_as_they_are_known():
    earlier = pd.Series(["2025-06", "2025-06", "", "2025-06"])
    later = pd.Series(["2025", "2025-05-31", "2020", ""])
    # some day of 2025 may be after June; 31 May is not; two rows lack one date
    assert compare_dates(earlier, later)["holds"].tolist() == [True, False]


def test_bounds_say_which_side_is_open():
    compared = compare_bounds(-float("inf"), pd.Series([1.0, 3.0]), pd.Series([2.0, 2.0]))
    assert compared["holds"].tolist() == [True, False]
    assert compared["expected"].tolist() == ["at most 2", "at most 2"]


def test_numbers_are_printed_without_exponents():
    assert [show(value) for value in (1636843.0, 0.02, 2, "2026")] == ["1,636,843", "0.02", "2", "2026"]


def test_checks_have_names_and_datasets_of_their_own():
    assert len(BY_NAME) == len(CROSS_CHECKS)
    assert {name for check in CROSS_CHECKS for name in check.datasets} <= {each.name for each in catalog.records()}


def test_every_tolerance_is_used():
    assert {name for check in CROSS_CHECKS for name in check.tolerances} == set(LIMITS.values)


# dataset, what the row says, column, what it is to say; all others: thirty times the value of the first row that holds
SPOILT = {
    "plans_parts_within_whole": ("defence_budget_plans", {"measure": "defence_procurement_eur_bn"}, "value", 9.0),
    "safe_prefinancing_share": ("safe_allocations", {"iso3": "EST"}, "adopted_prefinancing_eur", 4e8),
    "safe_adopted_within_tentative": ("safe_allocations", {"iso3": "EST"}, "adopted_loan_eur", 2.7e9),
    "safe_envelope": ("safe_allocations", {"iso3": "EST"}, "tentative_loan_eur_bn", 2.86),
    "safe_adoption_dated": ("safe_allocations", {"iso3": "EST"}, "status", "pending"),
    "safe_paid_within_loan": ("eu_money", {"instrument": "SAFE"}, "high_eur_m", 9563.0),
    "clause_states": ("escape_clause", {"iso3": "EST"}, "activated", "2025-07-18"),
    "presence_milestones": (
        "forward_presence", {"indicator": "milestone due: brigade in Latvia founded"}, "indicator", "milestone due: x",
    ),
    "deliveries_in_order": ("deliveries", {"capability": "200 Patria 6x6"}, "first", "2030"),
    "deliveries_outturn": ("deliveries", {"capability": "Canadian contribution"}, "first", "2025-09"),
    "deliveries_dated_by": ("deliveries", {"capability": "12 CAESAR"}, "dated_by", "EST CAESARS"),
    "equipment_in_order": ("equipment", {"indicator": "CV9035", "entity": "EST"}, "first_delivery", "2019"),
    "equipment_held": ("equipment", {"indicator": "CV9035", "entity": "EST"}, "first_delivery", "2027"),
    "air_defence_in_order": ("air_defence", {"system": "Piorun"}, "signed", "2024-02"),
    "air_defence_delivered": ("air_defence", {"system": "Piorun"}, "ends", "2027"),
    "places_in_region": ("geography", {"entity": "Adazi"}, "value", 97.07),
    "places_distances": ("geography", {"entity": "Berlin-Riga"}, "value", 944.0),
    "industry_towns": ("industry", {"place": "Baisogala"}, "latitude", 56.6),
    "industry_ranges": ("industry", {"place": "Baisogala"}, "jobs_low", 900.0),
    "industry_in_order": ("industry", {"place": "Ämari"}, "announced_on", "2026-02"),
    "industry_opened": ("industry", {"place": "Ämari"}, "status", "announced"),
    "industry_past": ("industry", {"place": "Ämari"}, "seen", "2027-02"),
    "exercises_ranges": ("exercises", {"exercise": "CREVEX 2023"}, "low", 3001.0),
    "exercises_past": ("exercises", {"exercise": "CREVEX 2023"}, "date", "2033"),
    "eu_money_ranges": ("eu_money", {"instrument": "SAFE"}, "low_eur_m", 957.0),
    "eu_money_past": ("eu_money", {"instrument": "SAFE"}, "date", "2036-06-24"),
    "drones_reported": ("drone_defence", {"outcome": "none found"}, "outcome", "reported"),
    "drones_past": ("drone_defence", {"reported": "2024-05-24"}, "reported", "2027-05-24"),
    "incidents_past": ("incidents", {"kind": "cable"}, "date", "2033-10-07"),
    "commands_in_order": ("command_structure", {"until": "2024-10-17"}, "until", "2016"),
    "commands_in_force": ("command_structure", {"entity": "Estonian Division"}, "since", "2027"),
    "commands_superior": ("command_structure", {"entity": "Estonian Division"}, "superior", "nobody"),
    "estimates_midpoint": ("reconstitution_estimates", {"entity": "DGAP"}, "value", 9.0),
    "claims_essays": ("claims", {"claim": "A01"}, "essay", "essay-1"),
    "claims_verdicts": ("claims", {"claim": "A01"}, "verdict", "adopted"),
    "claims_evidence": ("claims", {"claim": "A08"}, "verdict", "supported"),
    "claims_forecasts": ("forecasts", {"claim": "A23"}, "claim", "Z01"),
    "forecasts_in_order": ("forecasts", {"claim": "A24"}, "happened", "2026-05-11"),
    "systems_numbered": ("systems", {"id": "SYS07"}, "id", "SYS99"),
    "systems_findings": ("systems", {"id": "SYS02"}, "finding_date", ""),
    "systems_past": ("systems", {"id": "SYS02"}, "finding_date", "2027"),
    "timeline_past": ("timeline", {"key": "air-policing"}, "date", "2034-03-30"),
}  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    return {name: catalog.load(name) for name in {name for check in CROSS_CHECKS for name in check.datasets}}


def spoil(check, tables):
    """Tables with one cell changed."""
    if check.name in SPOILT:
        name, says, column, value = SPOILT[check.name]
        rows = tables[name][list(says)].eq(pd.Series(says)).all(axis="columns")
        row = tables[name].index[rows][0]
    else:
        name, column = check.datasets[0], "value"
        own = type(LIMITS)("", "", {key: LIMITS.values[key] for key in check.tolerances})
        first = check.compare(tables, own).query("holds").reset_index().iloc[0]
        frame = tables[name]
        keys = [key for key in first.index if key in frame and key != "found"]
        row = frame.index[frame[keys].eq(first[keys]).all(axis="columns")][0]
        value = frame.at[row, "value"] * 30 + 30
    spoilt = tables[name].copy()
    spoilt.loc[row, column] = value
    return tables | {name: spoilt}


@pytest.mark.parametrize("name", BY_NAME)
def test_check_holds_for_the_data_and_fails_on_a_spoilt_copy(name, tables):
    check = BY_NAME[name]
    sound = run_check(check, tables, LIMITS)
    assert sound.findings == ()
    assert sound.comparisons > 0
    broken = run_check(check, spoil(check, tables), LIMITS)
    assert broken.findings
    assert all(finding.row and finding.expected for finding in broken.findings)
    assert {finding.weight for finding in broken.findings} <= {check.weight, Weight.FAULT}


FOLLOWING = ("nato_gdp_near", "cofog_gdp_near", "delivery_share_of_gdp", "macro_debt_ratio", "plans_imply_a_gdp")


@pytest.mark.parametrize("name", FOLLOWING)
def test_check_follows_the_latest_edition_and_not_a_name(name, tables):
    check, macro = BY_NAME[name], tables["macro_fiscal"]
    record = macro.attrs["record"]
    newer = {
        connector: settings.model_copy(update={"latest": f"{settings.latest}, newer"})
        for connector, settings in record.refresh.items()
    }
    names = {settings.latest: newer[connector].latest for connector, settings in record.refresh.items()}
    renamed = macro.assign(vintage=macro["vintage"].replace(names))
    renamed.attrs["record"] = record.model_copy(update={"refresh": newer})
    before, after = (run_check(check, tables | {"macro_fiscal": each}, LIMITS) for each in (macro, renamed))
    assert (after.comparisons, after.findings) == (before.comparisons, ())
    renamed.attrs["record"] = record  # names an edition that has no rows
    (fault,) = run_check(check, tables | {"macro_fiscal": renamed}, LIMITS).findings
    assert fault.weight is Weight.FAULT
    assert ".latest names" in fault.message


# what would go unnoticed: a measure that is renamed, a vintage that is dropped
@pytest.mark.parametrize(
    ("name", "comparisons"),
    [
        ("nato_allies_sum", 52),  # 2 measures, 2 aggregates, 13 years
        ("nato_categories_sum", 401),  # 31 allies in 13 years, without the two that are estimated for equipment only
        ("nato_share_of_gdp", 429),  # 33 rows in 13 years
        ("nato_real_change", 396),  # 33 rows, 12 years that have one before
        ("cofog_functions_sum", 495),  # 255 in euro, 240 as shares
    ],
)
def test_checks_look_at_all_there_is(name, comparisons, tables):
    assert run_check(BY_NAME[name], tables, LIMITS).comparisons == comparisons
