"""Parts put on top of one another: where each begins and ends, computed here so that labels fit exactly."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.kind import is_weak
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.series import flags_of, value_texts

# Shares that add up to the whole need no total above them.
WHOLE, ROUNDING = 100, 0.6


def make_stack(
    frame: pd.DataFrame,
    *,
    key: str,
    part: str,
    value: str,
    unit: str,
    flag: str,
    decimals: int,
    order: Sequence[str] = (),
    confidence: str = "confidence",
    pale: Sequence[str] = (),
) -> pd.DataFrame:
    """Stack the parts of each bar, negative ones in the other direction.

    Parameters
    ----------
    frame : DataFrame
        One row for each bar and part; rows without a value are left out.
    key, part, value, flag : str
        Columns of the bar, the part, the value and the flag.
    unit, decimals
        For the tooltip.
    order : sequence of str
        Parts from the baseline outwards; as they come when empty.
    confidence : str
        Column of the confidence, if there is one: a piece of "low" confidence is open, as one that is not final.
    pale : sequence of str
        Parts whose pieces are all open: what is not known.

    Returns
    -------
    DataFrame
        ``key, part, name, value, start, end, open, text``, one row for each piece.
    """
    flags = flags_of(frame, flag)
    rows = pd.DataFrame(
        {
            "key": frame[key],
            "part": frame[part].astype(str),
            "value": frame[value].astype(float),
            "flag": flags,
            "weak": is_weak(frame, confidence) | frame[part].astype(str).isin(list(pale)),
        }
    ).dropna(subset=["value"])
    parts = [name for name in order if name in set(rows["part"])]
    parts += [name for name in dict.fromkeys(rows["part"]) if name not in parts]
    rank = rows["part"].map({name: place for place, name in enumerate(parts)})
    bars = sorted(set(rows["key"])) if pd.api.types.is_numeric_dtype(rows["key"]) else dict.fromkeys(rows["key"])
    bar = rows["key"].map({key: place for place, key in enumerate(bars)})
    rows = rows.assign(rank=rank, bar=bar, below=rows["value"] < 0).sort_values(["bar", "rank"], kind="stable")
    rows["end"] = rows.groupby(["key", "below"])["value"].cumsum()
    rows["start"] = rows["end"] - rows["value"]
    rows["open"] = rows["flag"].map(is_open) | rows["weak"]
    rows["name"] = rows["part"].map(sign_text)
    rows["text"] = value_texts(rows["value"], rows["flag"], unit, decimals)
    return rows.sort_values(["rank", "bar"], kind="stable")[
        ["key", "part", "name", "value", "start", "end", "open", "text"]
    ].reset_index(drop=True)


def stack_totals(stack: pd.DataFrame) -> pd.DataFrame:
    """Sum of each bar: ``key, total, top`` (end of its positive parts), in the order of the bars."""
    numeric = pd.api.types.is_numeric_dtype(stack["key"])
    top = stack[stack["value"] >= 0].groupby("key")["end"].max()
    totals = stack.groupby("key", sort=numeric)["value"].sum()
    return pd.DataFrame(
        {"key": totals.index, "total": totals.to_list(), "top": top.reindex(totals.index, fill_value=0).to_list()}
    )


def is_whole(totals: pd.Series) -> bool:
    """Whether every bar adds up to one hundred per cent, within rounding."""
    return bool(((totals - WHOLE).abs() < ROUNDING).all())
