"""Parameters stop what is impossible before any kernel starts, and say what is allowed."""

import pytest

from baltic_calculus.analysis.parameters import Parameters, check_parameters
from baltic_calculus.catalog import Coverage
from baltic_calculus.errors import ParameterError

NATO = Coverage(countries=("EST", "FIN", "LTU", "LVA", "POL"), first_year=2014, last_year=2026)
NAMES = ("countries", "comparators", "first_year", "last_year", "price_basis")
DEBT = ("growth_case", "taxes_pct", "reallocation_pct", "import_share_pct", "multiplier", "horizon", "draws")


def test_codes_may_come_as_one_comma_separated_word() -> None:
    assert check_parameters({"countries": "POL, FIN"}, NAMES, NATO).countries == ("POL", "FIN")


def test_a_comparator_that_comes_into_focus_is_not_shown_twice() -> None:
    parameters = check_parameters({"countries": ["POL", "FIN"], "comparators": ["POL", "LTU"]}, NAMES, NATO)
    assert parameters.comparators == ("LTU",)


@pytest.mark.parametrize(
    ("values", "message", "remedy"),
    [
        ({"country": ["EST"]}, "unknown parameter country", "countries"),
        ({"definition": "sipri"}, "unknown parameter definition", "price_basis"),
        ({"countries": ["ATL"]}, "no data for ATL", "EST, FIN, LTU"),
        ({"countries": []}, "countries", "correct"),
        ({"countries": ["est"]}, "countries", "correct"),
        ({"countries": 5}, "countries", "correct"),
        ({"first_year": 2013}, "first_year 2013 is outside the data", "2014 to 2026"),
        ({"last_year": 2027}, "last_year 2027 is outside the data", "2014 to 2026"),
        ({"first_year": "soon"}, "first_year", "correct"),
        ({"first_year": 2020, "last_year": 2019}, "not before", "correct"),
        ({"price_basis": "nominal"}, "price_basis", "'current' or 'constant'"),
        ({"countries": ["EST", "EST"]}, "named twice", "correct"),
        ({"comparators": ["POL", "POL"]}, "named twice", "correct"),
        ({"growth_case": "rosy"}, "growth_case", "'low', 'central' or 'high'"),
        ({"taxes_pct": 60, "reallocation_pct": 50}, "exceed 100", "correct"),
        ({"import_share_pct": 101}, "import_share_pct", "correct"),
        ({"multiplier": "big"}, "multiplier", "correct"),
        ({"horizon": 2026}, "horizon", "correct"),
        ({"draws": 1}, "draws", "correct"),
    ],
)
def test_impossible_parameters_name_what_is_allowed(values: dict[str, object], message: str, remedy: str) -> None:
    with pytest.raises(ParameterError) as caught:
        check_parameters(values, (*NAMES, *DEBT), NATO)
    assert message in caught.value.what
    assert remedy in caught.value.remedy


def test_parameters_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Parameters().first_year = 2020  # type: ignore[misc]
