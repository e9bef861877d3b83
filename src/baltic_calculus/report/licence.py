"""Licences as machines name them: from the words of a record to a name, an address and a title."""

import re
from dataclasses import dataclass

CREATIVE_COMMONS = re.compile(r"\bCC (BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?) (\d\.\d)")
PUBLIC_DOMAIN = "public domain"
NON_COMMERCIAL = "non-commercial"
_CONDITIONS = {"BY": "Attribution", "SA": "ShareAlike", "NC": "NonCommercial", "ND": "NoDerivatives"}


@dataclass(frozen=True)
class Licence:
    """Terms of reuse.

    Attributes
    ----------
    name : str
        Identifier: that of SPDX for a Creative Commons licence, or else one of the Open Definition's names for terms
        that have none (``other-at``: attribution; ``other-nc``: not for commerce; ``other-pd``: public domain).
    path : str
        Address of its text; empty when it has none of its own.
    title : str
        The terms in words.
    """

    name: str
    path: str
    title: str

    def entry(self) -> dict[str, str]:
        """As a data package states it."""
        return {key: text for key, text in (("name", self.name), ("path", self.path), ("title", self.title)) if text}


def read_licence(terms: str) -> Licence:
    """Recognise the licence that a record or the report names first.

    Parameters
    ----------
    terms : str
        As in ``licence`` of a record: ``CC BY 4.0``, or a sentence. Of terms that join several licences, as those of
        a dataset made from several sources do, no single one holds: these stand in words alone.

    Examples
    --------
    >>> read_licence("CC BY 4.0").name
    'CC-BY-4.0'
    >>> read_licence("Single facts quoted with their source").name
    'other-at'
    """
    match = CREATIVE_COMMONS.fullmatch(terms.strip())
    if match:
        return creative_commons(match)
    if terms.strip().lower() == PUBLIC_DOMAIN:
        return Licence("other-pd", "", "Public domain")
    return Licence("other-nc" if NON_COMMERCIAL in terms.lower() else "other-at", "", terms.strip())


def report_licence(terms: str) -> Licence:
    """Licence of the report's own text and figures: the one that its terms name first."""
    match = CREATIVE_COMMONS.search(terms)
    return creative_commons(match, title=terms) if match else read_licence(terms)


def creative_commons(match: re.Match[str], title: str = "") -> Licence:
    """The Creative Commons licence that was found, with its address."""
    kind, version = match[1], match[2]
    words = "-".join(_CONDITIONS[part] for part in kind.split("-"))
    path = f"https://creativecommons.org/licenses/{kind.lower()}/{version}/"
    return Licence(f"CC-{kind}-{version}", path, title or f"Creative Commons {words} {version} International")
