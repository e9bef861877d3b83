"""The assumptions of the debt model as a table: one row each, with value, range and basis."""

from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.analysis.debt_inputs import assumption, own_codes
from baltic_calculus.catalog import PolicySet, PolicyValue

OWN = "calculus_assumptions2026"
"""Reference of a value that this report has set itself."""


def list_assumptions(assumed: PolicySet, codes: Sequence[str]) -> pd.DataFrame:
    """Every assumption once, with its value and range for each country.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``fiscal_assumptions``.
    codes : sequence of str
        Countries that have values of their own.

    Returns
    -------
    DataFrame
        ``name, assumption, unit, basis`` ("published figures", "own judgement"), and for each country a column of its
        code with ``value (low to high)`` as text; ``reference`` and ``note``, of each country where they differ. Those
        that hold for all countries first, in the order of the set.
    """
    endings = tuple(f"_{code.lower()}" for code in own_codes(assumed))
    shared = [name for name in assumed.values if not name.endswith(endings)]
    own = [name[: -len(endings[0])] for name in assumed.values if name.endswith(endings)]
    rows = []
    for name in dict.fromkeys([*shared, *own]):
        values = {code: assumption(assumed, name, code) for code in codes}
        first = values[codes[0]]
        label = first.label if name in shared else first.label.partition(", ")[2]
        rows.append(
            {
                "name": name,
                "assumption": label[:1].upper() + label[1:],
                "unit": first.unit,
                "basis": "own judgement" if first.reference == OWN else "published figures",
                **{code: _say(value) for code, value in values.items()},
                "reference": _join({code: value.reference for code, value in values.items()}),
                "note": _join({code: value.note for code, value in values.items()}),
            }
        )
    return pd.DataFrame(rows)


def _say(value: PolicyValue) -> str:
    """A value and its range: ``2.2 (0.8 to 3.4)``."""
    known = value.low is not None and value.high is not None
    text = f"{value.value:g} ({value.low:g} to {value.high:g})" if known else f"{value.value:g}"
    return text.replace("-", "\N{MINUS SIGN}")


def _join(texts: Mapping[str, str]) -> str:
    """One text when all countries have the same, else each behind its code."""
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    return "; ".join(f"{code}: {text}" for code, text in texts.items() if text)
