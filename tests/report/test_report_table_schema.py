"""Types, units and meanings of columns."""

import pytest

from baltic_calculus.catalog.record import Column
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.table_schema import ExhibitColumns, column_type, title_of, unit_of


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "-2", ""], "integer"),
        (["1", "2.5", "1e-3"], "number"),
        (["True", "False"], "boolean"),
        (["2026-11-21"], "date"),
        (["2026-11-21 12:00:00"], "datetime"),
        (["2026", "2026-11"], "string"),
        (["", ""], "string"),
        (["nan"], "string"),
    ],
)
def test_the_type_is_the_narrowest_that_fits_all_filled_cells(cells, kind) -> None:
    assert column_type(cells)[0] == kind


@pytest.mark.parametrize(
    ("name", "title", "unit"),
    [
        ("share_gdp_pct", "Share", "% of GDP"),
        ("gap_points", "Gap", "percentage points"),
        ("spend_last_eur_bn", "Spend last", "EUR bn"),
        ("first_year", "First year", "year"),
        ("persons", "Persons", "persons"),
        ("points_of_view", "Points of view", ""),
    ],
)
def test_the_end_of_a_name_is_its_unit(name, title, unit) -> None:
    assert (title_of(name), unit_of(name)) == (title, unit)


def test_a_meaning_for_one_exhibit_wins_over_that_for_all_and_both_over_the_dictionary() -> None:
    dictionary = {"source": Column(meaning="Keys of data/sources.csv"), "kind": Column(meaning="Sort")}
    columns = ExhibitColumns({"source": "What it came from", "fig-x.source": "What the growth came from"}, dictionary)
    assert columns.meaning("fig-x", "source") == "What the growth came from"
    assert columns.meaning("fig-y", "source") == "What it came from"
    assert columns.meaning("fig-y", "kind") == "Sort"
    assert columns.meaning("fig-y", "unheard_of") == ""
    assert ExhibitColumns({}, dictionary).meaning("fig-y", "source") == "Keys of the dataset sources"


def test_a_list_of_columns_that_is_none_is_refused(tmp_path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "columns.yaml").write_text("share: what: not", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"report/columns\.yaml"):
        ExhibitColumns.read(tmp_path, {})
