"""The rows on the models: many simulated paths at once, against a path at a time."""

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


@dataclasses.dataclass(frozen=True)
class Simulation:
    """A module of this package that simulates in several ways, ours and those of peers."""

    row: str
    module: str
    what: str
    """What is simulated, in words, with a place for the number of paths."""
    most_seconds: float
    fewer: Mapping[str, int]
    """By peer: how many times fewer paths it simulates; its time is scaled up."""


FAN = Simulation(
    "fan", "debt_fan", "{:,} debt paths of three countries, ten years, with odds", 1.0, {"python": 20, "pandas": 200}
)
FLOW = Simulation(
    "flow",
    "reinforcement",
    "{:,} courses of reinforcement over four lanes, 60 days, with quantiles",
    2.0,
    {"python": 20},
)


def fan_row(place: Place) -> Row:
    """Debt under shocks of three countries."""
    return _row_of(FAN, place)


def flow_row(place: Place) -> Row:
    """Reinforcement as a flow."""
    return _row_of(FLOW, place)


def _row_of(simulation: Simulation, place: Place) -> Row:
    """One line of our time against its target, and one for each peer."""
    paths = place.sizes.paths
    counts = {OURS: paths, **{way: paths // fewer for way, fewer in simulation.fewer.items()}}
    here = {"BALTIC_ROOT": str(place.checkout)}
    scripts = [place.script(way, simulation.module, way, count, reports=True) for way, count in counts.items()]
    variants = [dataclasses.replace(one, environment={**one.environment, **here}) for one in scripts]

    def conclude(measured: Measured) -> list[Line]:
        ours = cpu_seconds(measured[OURS], paths)
        spread = Spread.of(ours.values())
        what = simulation.what.format(paths)
        memory = Cost.of(measured[OURS]).memory_mb
        took = f"CPU {spread:.2f} s" + ("" if memory is None else f", {memory:.0f} MB with imports and data")
        most = simulation.most_seconds
        target = f"CPU at most {most:g} s on one core"
        lines = [Line(what=what, ours=took, ratio=f"CPU {spread:.2f} s", target=target, met=spread.median <= most)]
        for way in simulation.fewer:
            theirs = cpu_seconds(measured[way], paths)
            scaled = f"CPU {Spread.of(theirs.values()):.1f} s, scaled up from {counts[way]:,} paths"
            ratio = f"CPU {Spread.of(paired_ratios(theirs, ours)):.0f} times less"
            lines.append(Line(what=what, ours=took, against=PEERS[way], theirs=scaled, ratio=ratio))
        return lines

    return Row(simulation.row, variants, conclude)


def cpu_seconds(rounds: Mapping[int, Record], paths: int) -> dict[int, float]:
    """Processor time of the simulation by round, scaled to so many paths."""
    return {
        number: record.report["cpu_seconds"] * paths / record.report["paths"]
        for number, record in timed(rounds).items()
    }
