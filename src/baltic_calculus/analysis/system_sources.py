"""Evidence behind the answers about systems in words: documents with their dates, and how they were read."""

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.errors import DataError

SEPARATOR = ";"
NOT_VERIFIED = "not verified"
GRADES = {"C": "C", "E": "E", "K": f"K: {NOT_VERIFIED}"}
"""How a grade is printed: original read or cited, extract read, general knowledge."""

NO_GRADE = "no source read"


def name_sources(keys: str, sources: pd.DataFrame) -> str:
    """Publishers and dates of the documents that a row names.

    Parameters
    ----------
    keys : str
        Keys separated by ``;``.
    sources : DataFrame
        The register of sources.

    Raises
    ------
    DataError
        When a key is not registered.

    Examples
    --------
    >>> register = pd.DataFrame({"source": ["A", "B"], "publisher": ["ERR", "CIA"], "published": ["2025-02", ""]})
    >>> name_sources("A;B", register)
    'ERR, February 2025; CIA'
    """
    register = sources.set_index("source")
    named = []
    for key in keys.split(SEPARATOR):
        if key not in register.index:
            raise DataError(f"no source {key}", where="column source", remedy="register it in data/sources.csv")
        publisher, published = register.loc[key, ["publisher", "published"]]
        named.append(f"{publisher}, {name_date(published)}" if published else str(publisher))
    return "; ".join(dict.fromkeys(named))


def name_grade(access: str) -> str:
    """Print the evidence grade of a row; general knowledge is shown as not verified whatever the rest.

    Examples
    --------
    >>> name_grade("E"), name_grade("E/K"), name_grade("")
    ('E', 'E, K: not verified', 'no source read')
    """
    return ", ".join(GRADES[grade] for grade in access.split("/")) if access else NO_GRADE


def tell_evidence(systems: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Add the evidence in words.

    Parameters
    ----------
    systems : DataFrame
        With ``source`` (keys), ``access`` (grades) and ``due``.
    sources : DataFrame
        The register of sources.

    Returns
    -------
    DataFrame
        The systems with ``grade`` in words, ``evidence`` (documents with their dates, and the grade), ``confidence``
        ("low" where something is not verified) and ``due_year`` (empty where no date was promised).
    """
    named = [name_sources(keys, sources) for keys in systems["source"]]
    grades = systems["access"].map(name_grade)
    return systems.assign(
        grade=grades,
        evidence=[f"{documents} ({grade})" for documents, grade in zip(named, grades, strict=True)],
        confidence=["low" if "K" in access or not access else "medium" for access in systems["access"]],
        due_year=systems["due"].str[:4],
    )
