"""Rows on one notebook run many times: against other tools, against the limit, over Dask, and watched for long."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import peers
from bench.comparison import Cost, seconds_at_most, times_as_much, times_less
from bench.grid import Axis, combine, name_of, spell_axis
from bench.place import Place
from bench.record import Measured
from bench.row import Line, Row, Variant

COUNTRIES = (
    *("EST", "LVA", "LTU", "POL", "FIN", "SWE", "NOR", "DNK"),
    *("DEU", "NLD", "BEL", "FRA", "GBR", "ITA", "ESP", "USA"),
)
SCENARIOS = (1.0, 0.8, 1.2, 1.5)
AT_ONCE = 3
"""Our own default on two processors, for the peer that can run several at once."""

LIMIT = "the limit: fork and plain exec in a warm process"


def sweep_row(place: Place) -> Row:
    """The realistic notebook a few times, by everyone."""
    folder, runs = place.scratch / "sweep", combine(_report_axes(place.sizes.few))
    written = [folder / "written" / f"{name_of(run)}.ipynb" for run in runs]
    others = [
        _papermill("papermill, three at once", folder, at_once=AT_ONCE),
        Variant(
            "nbconvert loop",
            peers.nbconvert_loop(folder / "nbconvert.txt", folder / "nbconvert"),
            _anew(folder / "nbconvert"),
        ),
        Variant("jupyter-cache", peers.jupyter_cache(written, folder / "cache"), _gone(folder / "cache")),
    ]
    return _row_against_papermill(place, "sweep", place.sizes.few, others, at_least=4)


def long_sweep_row(place: Place) -> Row:
    """The realistic notebook many times, by those that are worth the wait."""
    return _row_against_papermill(place, "sweep-long", place.sizes.many, [], at_least=7)


def _row_against_papermill(place: Place, name: str, count: int, others: Sequence[Variant], *, at_least: float) -> Row:
    folder, notebook = place.scratch / name, place.notebooks / "country_report.ipynb"
    runs = combine(_report_axes(count))

    def setup() -> None:
        place.copy_project("project")
        folder.mkdir()
        arguments = [peers.papermill_arguments(notebook, run, folder / "papermill") for run in runs]
        peers.write_lines(folder / "papermill.txt", arguments)
        written = peers.write_parameterised(notebook, runs, folder / "written")
        peers.write_lines(folder / "nbconvert.txt", [[path] for path in written])

    variants = [
        _papermill("papermill loop", folder),
        _ours(place, "ours", _report_axes(count), folder / "ours"),
        *others,
        _limit(place, LIMIT, count, folder / "limit"),
    ]

    def conclude(measured: Measured) -> list[Line]:
        cost = {name: Cost.of(rounds) for name, rounds in measured.items()}
        targets = {"papermill loop": {"wall": at_least, "CPU": at_least}}
        what, ours = f"{count} realistic notebooks", cost.pop("ours")
        return [times_less(what, ours, peer, theirs, targets.get(peer, {})) for peer, theirs in cost.items()]

    return Row(name, variants, conclude, setup)


def steady_row(place: Place) -> Row:
    """What one more run of the realistic notebook costs, against plain exec in forks of a warm process."""
    few, many, folder = place.sizes.few, place.sizes.many, place.scratch / "steady"
    variants = [
        _ours(place, "ours, few", _report_axes(few), folder / "ours"),
        _limit(place, "limit, few", few, folder / "limit"),
        _ours(place, "ours, many", _report_axes(many), folder / "ours"),
        _limit(place, "limit, many", many, folder / "limit"),
    ]

    def conclude(measured: Measured) -> list[Line]:
        ours = Cost.of_one_more(measured["ours, few"], measured["ours, many"], many - few)
        limit = Cost.of_one_more(measured["limit, few"], measured["limit, many"], many - few)
        return [times_as_much("one more realistic notebook", ours, LIMIT, limit, {"wall": 3, "CPU": 3})]

    return Row("steady", variants, conclude, _with_project(place))


def empty_row(place: Place) -> Row:
    """What one more run costs of a notebook in which nothing is done."""
    few, many, folder = place.sizes.few, place.sizes.many, place.scratch / "empty"
    variants = [
        _ours(place, "ours, few", _empty_axes(few), folder / "ours"),
        _ours(place, "ours, many", _empty_axes(many), folder / "ours"),
    ]

    def conclude(measured: Measured) -> list[Line]:
        ours = Cost.of_one_more(measured["ours, few"], measured["ours, many"], many - few)
        return [seconds_at_most("one more empty notebook", ours, 0.15)]

    return Row("empty", variants, conclude, _with_project(place))


def dask_row(place: Place) -> Row:
    """What one more run costs on two local Dask workers, against two threads."""
    few, many, folder = place.sizes.few, place.sizes.many, place.scratch / "dask"

    def variant(scheduler: str, size: str, count: int) -> Variant:
        options = ("--scheduler", scheduler, "--jobs", "2")
        return _ours(place, f"{scheduler}, {size}", _report_axes(count), folder / scheduler, *options)

    variants = [
        variant(scheduler, size, count)
        for size, count in (("few", few), ("many", many))
        for scheduler in ("threads", "dask")
    ]

    def conclude(measured: Measured) -> list[Line]:
        cost = {
            scheduler: Cost.of_one_more(measured[f"{scheduler}, few"], measured[f"{scheduler}, many"], many - few)
            for scheduler in ("threads", "dask")
        }
        what = "one more realistic notebook, two Dask workers"
        return [times_as_much(what, cost["dask"], "two threads", cost["threads"], {"wall": 1.3})]

    return Row("dask", variants, conclude, _with_project(place))


def soak_row(place: Place) -> Row:
    """Many runs of the empty notebook in one process, which is watched."""
    count, output = place.sizes.soak, place.scratch / "soak"
    command = peers.sweep(place.notebooks / "empty.ipynb", _empty_axes(count), output)
    variant = place.script("ours", "soak", output, count, *command, reports=True)

    def conclude(measured: Measured) -> list[Line]:
        record = measured["ours"][1]
        report = record.report
        watched = [f"{name}: {_course(figures)}" for name, figures in report["processes"].items()]
        flat = all(figures["flat"] for figures in report["processes"].values())
        zombies = f"{report['zombies']} zombies"
        return [
            Line(
                what=f"{count} runs in one process",
                ours="\n".join([str(Cost.of(measured["ours"])), zombies, *watched]),
                target="no zombie; descriptors and memory flat after a quarter of the runs",
                met=flat and not report["zombies"] and "fork server" in report["processes"],
            )
        ]

    return Row("soak", [variant], conclude, _with_project(place), once=True)


def _course(figures: Mapping[str, float]) -> str:
    return (
        f"descriptors {figures['descriptors_early']:.0f} then {figures['descriptors_late']:.0f}, "
        f"memory {figures['memory_mb_early']:.1f} then {figures['memory_mb_late']:.1f} MB"
    )


def _report_axes(runs: int) -> list[Axis]:
    """Grid of the realistic notebook: as many countries as fit, then scenarios."""
    countries = COUNTRIES[:runs]
    return [("country", countries), ("scenario", SCENARIOS[: runs // len(countries)])]


def _empty_axes(runs: int) -> list[Axis]:
    return [("n", range(runs))]


def _papermill(name: str, folder: Path, *, at_once: int = 1) -> Variant:
    command = peers.loop(folder / "papermill.txt", "papermill", at_once=at_once)
    return Variant(name, command, _anew(folder / "papermill"))


def _ours(place: Place, name: str, axes: Sequence[Axis], output: Path, *options: str) -> Variant:
    notebook = "country_report.ipynb" if axes[0][0] == "country" else "empty.ipynb"
    return Variant(name, peers.sweep(place.notebooks / notebook, axes, output, *options), _gone(output))


def _limit(place: Place, name: str, count: int, output: Path) -> Variant:
    notebook = place.notebooks / "country_report.ipynb"
    return place.script(name, "limit", notebook, "--grid", *map(spell_axis, _report_axes(count)), "--output", output)


def _with_project(place: Place) -> Callable[[], None]:
    return lambda: shutil.rmtree(place.copy_project("project") / "_build", ignore_errors=True)


def _gone(folder: Path) -> Callable[[], None]:
    """A preparation: the folder is gone."""
    return lambda: shutil.rmtree(folder, ignore_errors=True)


def _anew(folder: Path) -> Callable[[], None]:
    """A preparation: the folder is there and empty."""

    def prepare() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

    return prepare
