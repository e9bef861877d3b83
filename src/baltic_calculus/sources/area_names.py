"""Names of countries as tables print them, with marks and spellings of their own, to the project's codes."""

import re
import unicodedata
from collections.abc import Mapping

SPELLINGS: Mapping[str, str] = {
    "bosnia-herzegovina": "bosnia and herzegovina",
    "czech republic": "czechia",
    "fyr macedonia": "north macedonia",
    "great britain": "united kingdom",
    "republic of north macedonia": "north macedonia",
    "republic of turkiye": "turkiye",
    "republic of moldova": "moldova",
    "russian federation": "russia",
    "slovak republic": "slovakia",
    "the netherlands": "netherlands",
    "the united kingdom": "united kingdom",
    "the united states": "united states",
    "the former yugoslav republic of macedonia": "north macedonia",
    "turkey": "turkiye",
    "uk": "united kingdom",
    "united states of america": "united states",
    "usa": "united states",
}
"""Names that publishers print for countries that data/countries.csv names otherwise."""

_MARKS = " *†‡§¶‖0123456789⁰¹²³⁴⁵⁶⁷⁸⁹"
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")


def folded(text: str) -> str:
    """
    A name without accents, capitals, runs of spaces and letters that cannot be seen.

    Examples
    --------
    >>> folded("  Türkiye ")
    'turkiye'
    """
    bare = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    seen = (letter for letter in bare if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf")
    return " ".join("".join(seen).casefold().split())


def split_label(label: str) -> tuple[str, str, bool]:
    """
    A row's label as name, what stands in brackets behind it, and whether an asterisk marks it.

    Examples
    --------
    >>> split_label("Estonia*   (Euros)")
    ('Estonia', 'Euros', True)
    >>> split_label("Slovenia (Euros)* (1)")
    ('Slovenia', 'Euros', True)
    """
    name, inside = label.strip(_MARKS), ""
    while brackets := _BRACKETS.search(name):
        name, inside = name[: brackets.start()].rstrip(_MARKS), brackets[1].strip()
    return " ".join(name.split()), inside, "*" in label


class AreaNames:
    """
    The project's codes by any usual spelling of a name.

    Parameters
    ----------
    areas : mapping of str to str
        As a `Reader` gets it.
    others : mapping of str to str, optional
        Folded names that a publisher alone uses, and their codes: aggregates.
    """

    def __init__(self, areas: Mapping[str, str], others: Mapping[str, str] | None = None) -> None:
        self._codes = {folded(name): code for name, code in areas.items()}
        self._codes.update(others or {})

    def code(self, name: str) -> str | None:
        """Project's code of a name, None when the project does not know it."""
        plain = folded(name)
        return self._codes.get(plain) or self._codes.get(SPELLINGS.get(plain, ""))
