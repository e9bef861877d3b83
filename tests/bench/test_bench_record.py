from pathlib import Path

from bench.record import Log, Record

PROJECT = Path(__file__).parents[2]


def record(number: int, variant: str = "ours") -> Record:
    return Record("sweep", variant, number, 1.5, 2.5, 100.0 if number == 0 else None, 0.2, ("python",), {"files": 3})


def test_an_interrupted_bench_goes_on_from_its_records(tmp_path):
    log = Log.start(tmp_path / "new" / "records.jsonl", PROJECT, tiny=True)
    log.add(record(0))
    log.add(record(1))
    again = Log.read(log.path)
    assert again.records == log.records
    assert again.about == log.about
    assert again.has("sweep", "ours", 1)
    assert not again.has("sweep", "ours", 2)
    again.add(record(2))
    assert len(Log.read(log.path).records) == 3


def test_records_of_a_row_by_variant_and_round(tmp_path):
    log = Log(tmp_path / "records.jsonl", {}, [record(0), record(1), record(1, "peer")])
    found = log.of_row("sweep")
    assert {variant: list(rounds) for variant, rounds in found.items()} == {"ours": [0, 1], "peer": [1]}
    assert log.of_row("another") == {}
