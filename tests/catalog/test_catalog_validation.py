def findings(project, names=None):
    return {(finding.dataset, finding.message.splitlines()[0]) for finding in project.catalog.validate(names).findings}


def test_sound_folder_has_no_findings(project):
    assert project.catalog.validate().findings == ()


def test_finding_is_reported_for_the_broken_dataset_only(project):
    project.spoil("spending", "1633", "-1633")
    (fault,) = project.catalog.validate().faults
    assert (fault.dataset, fault.file, fault.line, fault.row) == ("spending", "data/spending.csv", 3, "column value")
    assert (fault.found, fault.expected) == ("-1633.0", "at least the measure's minimum, or a known outlier")
    assert project.catalog.validate(["posture"]).findings == ()


def test_citation_must_be_in_the_bibliography(project):
    project.records["spending"]["citation"] = "nobody2026"
    project.save()
    assert findings(project, ["spending"]) == {("spending", "citation 'nobody2026' is not in report/references.bib")}


def test_outlier_without_a_row_is_stale(project):
    project.records["spending"]["known_outliers"] = [
        {"measure": "share_gdp_pct", "iso3": "LTU", "first_year": 2025, "last_year": 2025, "reason": "made up"}
    ]
    project.save()
    assert findings(project) == {("spending", "known outlier LTU share_gdp_pct 2025-2025 matches no row: remove it")}


def test_data_file_needs_a_record(project):
    (project.root / "data" / "stray.csv").write_text("a\n", encoding="utf-8")
    assert findings(project) == {("data/stray.csv", "file has no record in data/catalog.yaml")}


def test_unused_source_is_reported(project):
    project.spoil("sources", "A2,second\n", "A2,second\nA3,third\n")
    assert findings(project) == {("sources", "source A3 is used by no row")}


def test_broken_policy_and_its_unknown_reference_are_reported(project):
    policy = project.root / "data" / "policy"
    value = "{label: l, value: 1, unit: '', valid_from: 2025, reference: nobody2026}"
    (policy / "rules.yaml").write_text(f"title: Rules\nvalues:\n  one: {value}\n", encoding="utf-8")
    (policy / "broken.yaml").write_text("title: Broken\n", encoding="utf-8")
    assert findings(project) == {
        ("rules", "one: reference 'nobody2026' is not in report/references.bib"),
        ("broken", "values: Field required"),
    }


def test_exception_from_an_unknown_cross_check_is_reported(project):
    project.records["spending"]["known_exceptions"] = [{"check": "sums", "rows": {"iso3": "EST"}, "reason": "made up"}]
    project.save()
    assert findings(project) == {
        ("spending", "known exception from 'sums', which is no cross-check of this dataset"),
    }


def test_what_was_looked_at_is_counted(project):
    validation = project.catalog.validate()
    # 3 countries, 2 sources, 3 rows of spending, 3 of posture, 1 feature; the cross-checks read none of these datasets
    assert (validation.datasets, validation.rows) == (5, 12)
    assert (validation.cross_checks, validation.comparisons, validation.exceptions) == (0, 0, 0)
    assert validation.rules > 50
