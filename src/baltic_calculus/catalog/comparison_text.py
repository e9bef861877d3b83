"""A comparison of two tables as text for a terminal, as CSV and as JSON."""

import json

import pandas as pd

from baltic_calculus.catalog.comparison import Comparison

SHOWN = 10


def as_text(comparison: Comparison, old: str, new: str) -> str:
    """The comparison for a person: what counts most first.

    Parameters
    ----------
    comparison : Comparison
        The differences.
    old, new : str
        Names of the two tables.
    """
    counts = comparison.cells["change"].value_counts()
    lines = [f"{old} -> {new}"]
    lines += [f"  REDEFINED  {each}" for each in comparison.redefined]
    lines.append(f"  {comparison.same} rows are the same")
    for change, meaning in (
        ("revised", "numbers revised"),
        ("filled", "numbers where none was"),
        ("withdrawn", "numbers withdrawn"),
        ("new", "rows new"),
        ("vanished", "rows vanished"),
        ("flag", "flags changed, the number not"),
    ):
        if change in counts:
            lines.append(f"  {counts[change]} {meaning}")
    for title, groups in (("new", comparison.added), ("no longer in it", comparison.gone)):
        for column, noun in (("year", "years"), ("iso3", "areas"), ("measure", "measures")):
            if groups[column]:
                lines.append(f"  {noun} {title}: {', '.join(map(str, groups[column]))}")
    lines += _largest(comparison)
    for change, title in (("vanished", "vanished rows"), ("withdrawn", "withdrawn"), ("flag", "flags changed")):
        lines += _listed(comparison, comparison.of(change), title)
    return "\n".join(lines)


def _largest(comparison: Comparison) -> list[str]:
    revised = comparison.of("revised")
    if revised.empty:
        return []
    lines = _listed(
        comparison, comparison.largest("relative_pct", SHOWN), "largest revisions, in per cent of the old number"
    )
    widest = revised.loc[revised.groupby("measure")["difference"].apply(lambda each: each.abs().idxmax())]
    return lines + _listed(comparison, widest, "largest revision of each measure, in its unit")


def _listed(comparison: Comparison, rows: pd.DataFrame, title: str) -> list[str]:
    if rows.empty:
        return []
    lines = [f"  {title}"] + [f"    {_line(comparison, row)}" for _, row in rows.head(SHOWN).iterrows()]
    if len(rows) > SHOWN:
        lines.append(f"    and {len(rows) - SHOWN} more (all with --format csv)")
    return lines


def _line(comparison: Comparison, row: "pd.Series[object]") -> str:
    shown = [key for key in comparison.keys if not (key == "year" and "period" in comparison.keys)]
    name = " ".join(str(row[key]) for key in shown)
    if row["change"] == "flag":
        return f"{name}: {row['old_flag'] or 'no flag'} -> {row['new_flag'] or 'no flag'}"
    text = f"{name}: {_number(row['old'])} -> {_number(row['new'])}"
    if row["change"] == "vanished":
        return f"{name}: {_number(row['old'])}"
    if pd.notna(row["difference"]):
        text += f" ({row['difference']:+.6g}"
        text += f", {row['relative_pct']:+.2f}%)" if pd.notna(row["relative_pct"]) else ")"
    return text


def _number(value: object) -> str:
    return "no value" if pd.isna(value) else f"{value:.12g}"


def as_csv(comparison: Comparison) -> str:
    """One line per difference."""
    return comparison.cells.to_csv(index=False, lineterminator="\n")


def as_json(comparison: Comparison, old: str, new: str) -> str:
    """Everything, for a program; numbers that are missing are null."""
    cells = comparison.cells.astype(object).where(comparison.cells.notna(), None)
    content = {
        "old": old,
        "new": new,
        "redefined": list(comparison.redefined),
        "same": comparison.same,
        "counts": comparison.cells["change"].value_counts().to_dict(),
        "added": {name: list(found) for name, found in comparison.added.items()},
        "gone": {name: list(found) for name, found in comparison.gone.items()},
        "compared_to_decimals": dict(comparison.decimals),
        "differences": cells.to_dict("records"),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=int)
