"""Names as readers see them: countries by name, categories in words, long names in lines."""

import re
import textwrap

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.country import countries_in_text, country_names

LABELS = {key: f"{colour.role[0].upper()}{colour.role[1:]}" for key, colour in palette.CATEGORIES.items()}
_CODE = re.compile(r"[A-Z]{3}|EU27")
_LAST_YEAR = re.compile(r" (\(\d{4}\))$")


def display_name(value: str) -> str:
    """Return the name of a country code or category; any other text as it stands."""
    text = str(value)
    if text in LABELS:
        return LABELS[text]
    return country_names().get(text, text) if _CODE.fullmatch(text) else text


def name_in_text(value: str) -> str:
    """Return a name as it stands in a sentence: a category in words, a country with its article.

    Examples
    --------
    >>> name_in_text("NLD"), name_in_text("EST")
    ('the Netherlands', 'Estonia')
    """
    text = str(value)
    if text in palette.CATEGORIES:
        return palette.CATEGORIES[text].role
    return countries_in_text().get(text, text)


def sign_text(value: str) -> str:
    """Return a name as it stands in a chart: like :func:`display_name`, beginning with a capital letter.

    A year in brackets at the end stays on the line of the word before it.

    Examples
    --------
    >>> sign_text("share of GDP"), sign_text("EST")
    ('Share of GDP', 'Estonia')
    """
    name = display_name(value)
    return _LAST_YEAR.sub("\u00a0\\1", name[:1].upper() + name[1:])


def wrap_label(text: str, width: int) -> list[str]:
    """Break a label into lines of at most ``width`` characters, at spaces only."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [text]
