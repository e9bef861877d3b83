"""The row on the debt model: many paths under shocks, against a path at a time."""

import dataclasses
from collections.abc import Mapping

from bench.comparison import Cost
from bench.place import Place
from bench.ratio import Spread, paired_ratios, timed
from bench.record import Measured, Record
from bench.row import Line, Row

OURS = "arrays"
PEERS = {
    "python": "a loop over paths in plain Python",
    "pandas": "a loop over paths, each a pandas frame",
}
MOST_SECONDS = 1.0


def fan_row(place: Place) -> Row:
    """Debt under shocks of three countries; the peers simulate fewer paths, and their time is scaled up."""
    sizes = place.sizes
    counts = {OURS: sizes.paths, "python": sizes.paths // 20, "pandas": sizes.paths // 200}
    here = {"BALTIC_ROOT": str(place.checkout)}
    scripts = [place.script(way, "debt_fan", way, count, reports=True) for way, count in counts.items()]
    variants = [dataclasses.replace(one, environment={**one.environment, **here}) for one in scripts]

    def conclude(measured: Measured) -> list[Line]:
        ours = cpu_seconds(measured[OURS], sizes.paths)
        spread = Spread.of(ours.values())
        what = f"{sizes.paths:,} debt paths of three countries, ten years, with odds"
        memory = Cost.of(measured[OURS]).memory_mb
        took = f"CPU {spread:.2f} s" + ("" if memory is None else f", {memory:.0f} MB with imports and data")
        target = f"CPU at most {MOST_SECONDS:g} s on one core"
        lines = [
            Line(what=what, ours=took, ratio=f"CPU {spread:.2f} s", target=target, met=spread.median <= MOST_SECONDS)
        ]
        for way, against in PEERS.items():
            theirs = cpu_seconds(measured[way], sizes.paths)
            scaled = f"CPU {Spread.of(theirs.values()):.1f} s, scaled up from {counts[way]:,} paths"
            ratio = f"CPU {Spread.of(paired_ratios(theirs, ours)):.0f} times less"
            lines.append(Line(what=what, ours=took, against=against, theirs=scaled, ratio=ratio))
        return lines

    return Row("fan", variants, conclude)


def cpu_seconds(rounds: Mapping[int, Record], paths: int) -> dict[int, float]:
    """Processor time of the simulation by round, scaled to so many paths."""
    return {
        number: record.report["cpu_seconds"] * paths / record.report["paths"]
        for number, record in timed(rounds).items()
    }
