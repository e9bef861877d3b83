"""``python -m bench``: measure the rows in turns, write records as they come, print the table.

Targets are shown and not asserted. The exit code is 1 when a command fails, and 130 after Ctrl-C; in both cases the
table shows what was measured so far, and ``--resume`` goes on from there.
"""

import argparse
import dataclasses
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.place import TINY, Place, Sizes
from bench.process import CommandError, adopt_orphans, measure
from bench.ratio import Spread, timed
from bench.record import Log, Record
from bench.row import Line, Row, Variant
from bench.rows_build import bare_row, edit_row, noop_row, report_row
from bench.rows_model import fan_row, flow_row
from bench.rows_sweep import dask_row, empty_row, long_sweep_row, soak_row, steady_row, sweep_row
from bench.table import markdown, print_table

PROJECT = Path(__file__).parents[1]
RESULTS = PROJECT / "bench" / "results"
PAGE = PROJECT / "bench" / "RESULTS.md"

ROWS: Mapping[str, Callable[[Place], Row]] = {
    "fan": fan_row,
    "flow": flow_row,
    "noop": noop_row,
    "edit": edit_row,
    "empty": empty_row,
    "steady": steady_row,
    "dask": dask_row,
    "soak": soak_row,
    "report": report_row,
    "sweep": sweep_row,
    "sweep-long": long_sweep_row,
    "bare": bare_row,
}
ON_REQUEST = frozenset({"bare"})
"""Rows that are not measured unless asked for: this one downloads everything."""

FULL_ROUNDS = 5


def main() -> int:
    """Measure what the command line asks for.

    Returns
    -------
    int
        Exit code.
    """
    options = _parse()
    check_environment()
    adopt_orphans()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # like Ctrl-C: show the table, leave nothing
    log = _open_log(options)
    print(f"records: {log.path}", flush=True)
    with tempfile.TemporaryDirectory(prefix="baltic-bench-") as scratch:
        sizes = TINY if log.about["tiny"] else Sizes()
        place = Place(PROJECT, Path(scratch), Path(sys.executable).parent, sizes)
        rows = [ROWS[name](place) for name in options.rows]
        code = measure_rows(rows, place, range(1 if options.no_memory else 0, options.rounds + 1), log)
        print_table(conclude(rows, log))
        everything = [ROWS[name](place) for name in ROWS]
        if not log.about["tiny"] and is_complete(everything, log):
            PAGE.write_text(markdown(conclude(everything, log), log.about, describe_load(log)), encoding="utf-8")
            print(f"written: {PAGE.relative_to(PROJECT)}")
    return code


def _parse() -> argparse.Namespace:
    by_default = [name for name in ROWS if name not in ON_REQUEST]
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and print ratios beside targets.")
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=by_default, metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--rounds", type=int, default=FULL_ROUNDS, help="timed rounds (default: %(default)s)")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with these records of an earlier run")
    parser.add_argument("--no-memory", action="store_true", help="leave out round 0, in which the memory is sampled")
    parser.add_argument("--tiny", action="store_true", help="a few notebooks and pages, to try the bench itself")
    return parser.parse_args()


def _open_log(options: argparse.Namespace) -> Log:
    if options.resume:
        return Log.read(options.resume)
    return Log.start(RESULTS / f"{time.strftime('%Y-%m-%dT%H%M%S')}.jsonl", PROJECT, tiny=options.tiny)


def check_environment() -> None:
    """End with advice when the programs to compare with are not beside this Python."""
    programs = Path(sys.executable).parent
    missing = [name for name in ("baltic", "papermill", "jcache") if not (programs / name).exists()]
    if missing:
        raise SystemExit(f"not in {programs}: {', '.join(missing)}; run: make bench")


def measure_rows(rows: Sequence[Row], place: Place, rounds: range, log: Log) -> int:
    """Measure row after row; a row of which a command fails is left at that. The exit code."""
    code = 0
    try:
        for row in rows:
            try:
                measure_row(row, place, rounds, log)
            except CommandError as error:
                print(f"{row.name}: {error}", file=sys.stderr, flush=True)
                code = 1
    except KeyboardInterrupt:
        return 130
    return code


def measure_row(row: Row, place: Place, rounds: range, log: Log) -> None:
    """Measure the commands of a row in turns, as far as they have not been measured.

    Before the timed rounds comes round 0, which warms the file cache and in which the memory is sampled.
    """
    due = [
        (number, variant)
        for number in ([1] if row.once else rounds)
        for variant in row.variants
        if not log.has(row.name, variant.name, number)
    ]
    if due:
        print(f"{row.name}: preparing", flush=True)
        row.setup()
    for number, variant in due:
        record = measure_variant(row, variant, number, place)
        log.add(record)
        print(describe(record), flush=True)


def describe(record: Record) -> str:
    """One measurement in one line."""
    memory = "" if record.peak_memory_mb is None else f"  {record.peak_memory_mb:.0f} MB"
    left_over = f"  LEFT OVER: {', '.join(record.left_over)}" if record.left_over else ""
    return (
        f"{record.row}  round {record.round}  {record.variant}: {record.wall_seconds:.3f} s  "
        f"CPU {record.cpu_seconds:.3f} s{memory}  load {record.load:.2f}{left_over}"
    )


def measure_variant(row: Row, variant: Variant, number: int, place: Place) -> Record:
    """Measure one command once."""
    variant.prepare()
    load = os.getloadavg()[0]
    usage = measure(
        variant.command,
        folder=place.scratch,
        environment={**place.environment(), **variant.environment},
        sample_memory=row.once or number == 0,
    )
    return Record(
        row=row.name,
        variant=variant.name,
        round=number,
        load=load,
        report=json.loads(usage.output) if variant.reports else {},
        **{name: value for name, value in dataclasses.asdict(usage).items() if name != "output"},
    )


def conclude(rows: Sequence[Row], log: Log) -> list[Line]:
    """Lines of the rows of which every command has a timed round; fewer rounds than usual are told."""
    lines: list[Line] = []
    for row in rows:
        rounds = count_rounds(row, log)
        if not rounds:
            continue
        note = "" if row.once or rounds >= FULL_ROUNDS else f" ({rounds} of {FULL_ROUNDS} rounds)"
        lines += [dataclasses.replace(line, what=line.what + note) for line in row.conclude(log.of_row(row.name))]
    return lines


def count_rounds(row: Row, log: Log) -> int:
    """Timed rounds that every command of a row has."""
    measured = log.of_row(row.name)
    return min(len(timed(measured.get(variant.name, {}))) for variant in row.variants)


def is_complete(rows: Sequence[Row], log: Log) -> bool:
    """Whether the records hold all rows that are measured by default."""
    return all(count_rounds(row, log) for row in rows if row.name not in ON_REQUEST)


def describe_load(log: Log) -> str:
    """Median and range of the load averages."""
    return format(Spread.of(record.load for record in log.records), ".2f")


if __name__ == "__main__":
    sys.exit(main())
