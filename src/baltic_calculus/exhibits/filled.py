"""Cells of a table that are sentences: templates of a dataset, filled with computed facts."""

from collections.abc import Mapping

import pandas as pd

from baltic_calculus.analysis.quantity import Fact
from baltic_calculus.exhibits.prose import Prose
from baltic_calculus.exhibits.series import require_columns

NO_DATA = "no public data"
"""What stands in a cell that refers to no exhibit."""

SEPARATOR = "; "


def fill_sentences(frame: pd.DataFrame, column: str, facts: Mapping[str, Fact]) -> pd.DataFrame:
    """Replace the templates of a column by sentences, printed as the text of the report prints them.

    Parameters
    ----------
    frame : DataFrame
        With a column of templates, ``{name}`` where a fact stands.
    column : str
        Name of that column.
    facts : mapping of str to Fact
        Facts by name; those that no template names are left aside.

    Returns
    -------
    DataFrame

    Raises
    ------
    ExhibitError
        When the column is missing, or a template names a fact that is not given.
    """
    require_columns(frame, [column], "fill_sentences")
    return frame.assign(**{column: [Prose(template, **facts).markdown for template in frame[column]]})


def put_references(frame: pd.DataFrame, column: str, labels: str) -> pd.DataFrame:
    """End the sentences of a column with references to the exhibits that show more.

    Parameters
    ----------
    frame : DataFrame
        Rows of the table.
    column : str
        Column of sentences.
    labels : str
        Column of labels, separated by semicolons; a row without one says that there are no public data.

    Raises
    ------
    ExhibitError
        When a column is missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"answer": ["Twelve."], "exhibits": ["fig-air; tbl-air"]})
    >>> put_references(rows, "answer", "exhibits")["answer"][0]
    'Twelve. (@fig-air, @tbl-air)'
    """
    require_columns(frame, [column, labels], "put_references")
    references = [
        ", ".join(f"@{label}" for label in listed.split(SEPARATOR)) if listed else NO_DATA for listed in frame[labels]
    ]
    return frame.assign(
        **{column: [f"{sentence} ({shown})" for sentence, shown in zip(frame[column], references, strict=True)]}
    )
