"""Names of countries and aggregates, read once."""

from functools import cache

from baltic_calculus import catalog


@cache
def country_names() -> dict[str, str]:
    """Names by code; the catalogue checks its file on every reading, and a chart asks for a name in every row."""
    countries = catalog.countries()
    return dict(zip(countries["iso3"], countries["name"], strict=True))


@cache
def countries_in_text() -> dict[str, str]:
    """Names by code as they stand in a sentence, with their articles."""
    countries = catalog.countries()
    return dict(zip(countries["iso3"], countries["in_text"], strict=True))
