"""`baltic data refresh` from the wire to the vintage: the project's own catalogue, and the addresses in it.

Names of publishers lead to a server on this machine. All else is as a person has it: certificates, checks, readers.
"""

import json
import shutil
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from baltic_calculus import catalog, cli
from baltic_calculus.catalog import default_catalog
from baltic_calculus.catalog.connector import all_connectors
from baltic_calculus.errors import DataError
from baltic_calculus.sources import connection
from baltic_calculus.sources.download import Publisher, checked_address

DATA = catalog.project_root() / "data"
INDICATORS = {
    "NY.GDP.MKTP.CD": ("gdp_usd_current", "GDP (current US$)"),
    "SP.POP.TOTL": ("population_persons", "Population, total"),
}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """The project's data in a folder of their own."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("vintages"))
    monkeypatch.setenv("BALTIC_ROOT", str(tmp_path))
    default_catalog.cache_clear()
    yield tmp_path
    default_catalog.cache_clear()


@pytest.fixture
def publishers(trusted, monkeypatch):
    """All publishers on the server: their names are found there, and it counts as public."""

    def resolve(*_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", trusted.server_port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(connection, "may_connect", lambda address, loopback: address == "127.0.0.1")
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=lambda seconds: None))
    return trusted


@pytest.fixture
def baltic(root, monkeypatch, capsys):
    """Run `baltic data` with these words; give exit code, standard output and standard error."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["baltic", "data", *map(str, words)])
        code = cli.main()
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def world_bank(indicator: str, changed: dict[tuple[str, int], float], updated: str = "2027-01-15") -> bytes:
    """The report's own numbers of an indicator in the bank's layout, but for those that the bank has changed."""
    measure, name = INDICATORS[indicator]
    table = catalog.load("world_bank")
    table = table[table["measure"] == measure]
    numbers = dict(zip(zip(table.iso3, table.year.astype(int), strict=True), table.value, strict=True)) | changed
    rows = [
        {
            "indicator": {"id": indicator, "value": name},
            "country": {"id": iso3[:2], "value": iso3},
            "countryiso3code": iso3,
            "date": str(year),
            "value": value,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        for (iso3, year), value in numbers.items()
    ]
    meta = {"page": 1, "pages": 1, "per_page": 20000, "total": len(rows), "sourceid": "2", "lastupdated": updated}
    return json.dumps([meta, rows]).encode()


def path_of(indicator: str) -> str:
    """Path of an indicator's address in the catalogue."""
    [record] = [each for each in catalog.records() if each.name == "world_bank"]
    [address] = [address for address in record.refresh["world-bank"].addresses if indicator in address]
    return address.removeprefix("https://api.worldbank.org").partition("?")[0]


def sends(body: bytes, etag: str = ""):
    """A script: this answer, or word that it is held already."""

    def script(exchange):
        if etag and exchange.headers["If-None-Match"] == etag:
            exchange.answer(304, b"", {"ETag": etag})
        else:
            exchange.answer(200, body, {"Content-Type": "application/json;charset=utf-8", "ETag": etag})

    return script


@pytest.fixture
def bank(publishers, root):
    """The World Bank in January 2027: Estonia's output of 2023 revised, its population of 2026 new."""
    answers = {
        "NY.GDP.MKTP.CD": world_bank("NY.GDP.MKTP.CD", {("EST", 2023): 41_000_000_000}),
        "SP.POP.TOTL": world_bank("SP.POP.TOTL", {("EST", 2026): 1_360_000}),
    }
    for indicator, body in answers.items():
        publishers.scripts[path_of(indicator)] = sends(body, etag=f'"{indicator}"')
    return publishers


def test_fetched_answers_become_a_vintage_that_says_where_it_is_from(bank, root, baltic):
    before = files(root)
    code, out, err = baltic("refresh", "world-bank", "--read-on", "2027-02-01")
    assert (code, err) == (0, "")
    assert "1 numbers revised" in out
    assert "EST 2023 gdp_usd_current" in out
    assert "years new: 2026" in out
    after = files(root)
    folder = "data/vintages/world_bank/2027-01-15"
    assert set(after) - set(before) == {f"{folder}/table.csv", f"{folder}/record.yaml"}
    assert {name: after[name] for name in before} == before
    assert b"EST,2026,population_persons,1360000,persons" in after[f"{folder}/table.csv"]
    record = after[f"{folder}/record.yaml"].decode()
    assert "SP.POP.TOTL?format=json&per_page=20000&date=1992:2027" in record
    assert "NY.GDP.MKTP.CD" in record
    assert {headers["Host"] for _, headers in bank.requests} == {"api.worldbank.org"}


def test_vintage_becomes_what_the_report_uses_when_it_is_adopted(bank, root, baltic):
    baltic("refresh", "world-bank", "--read-on", "2027-02-01")
    former = files(root)["data/spending/world_bank.csv"]
    code, _, err = baltic("adopt", "world_bank", "2027-01-15")
    assert (code, err) == (0, "")
    default_catalog.cache_clear()
    table = catalog.load("world_bank").set_index(["iso3", "year", "measure"])["value"]
    assert table["EST", 2026, "population_persons"] == 1_360_000
    assert table["EST", 2023, "gdp_usd_current"] == 41_000_000_000
    assert former in files(root / "data" / "vintages").values()


def test_what_is_held_is_not_sent_again(bank, root, baltic):
    baltic("refresh", "world-bank", "--read-on", "2027-02-01")
    before = files(root)
    bank.requests.clear()
    code, out, _ = baltic("refresh", "world-bank", "--read-on", "2027-02-02")
    assert (code, out) == (0, "world-bank (world_bank): nothing new\n")
    assert [headers["If-None-Match"] for _, headers in bank.requests] == ['"NY.GDP.MKTP.CD"', '"SP.POP.TOTL"']
    assert files(root) == before


def test_one_newer_answer_makes_all_be_read_of_one_moment(bank, root, baltic):
    baltic("refresh", "world-bank", "--read-on", "2027-02-01")
    newer = world_bank("SP.POP.TOTL", {("EST", 2026): 1_361_000}, updated="2027-04-10")
    bank.scripts[path_of("SP.POP.TOTL")] = sends(newer, etag='"newer"')
    bank.requests.clear()
    code, out, _ = baltic("refresh", "world-bank", "--read-on", "2027-05-01")
    assert code == 0
    assert "kept as world_bank@2027-04-10" in out
    table = files(root)["data/vintages/world_bank/2027-04-10/table.csv"]
    assert b"EST,2023,gdp_usd_current,41000000000" in table
    assert b"EST,2026,population_persons,1361000" in table
    # output was held already, and is asked for once more, without saying so
    assert [(path, headers.get("If-None-Match")) for path, headers in bank.requests] == [
        (path_of("NY.GDP.MKTP.CD"), '"NY.GDP.MKTP.CD"'),
        (path_of("SP.POP.TOTL"), '"SP.POP.TOTL"'),
        (path_of("NY.GDP.MKTP.CD"), None),
    ]


def test_saved_answers_give_the_same_table_as_fetched_ones(bank, root, baltic, tmp_path_factory):
    baltic("refresh", "world-bank", "--read-on", "2027-02-01")
    fetched = files(root / "data" / "vintages" / "world_bank")
    shutil.rmtree(root / "data" / "vintages")
    saved = []
    for indicator, changed in (
        ("NY.GDP.MKTP.CD", {("EST", 2023): 41_000_000_000}),
        ("SP.POP.TOTL", {("EST", 2026): 1_360_000}),
    ):
        path = tmp_path_factory.mktemp("saved") / f"{indicator}.json"
        path.write_bytes(world_bank(indicator, changed))
        saved += ["--from", path]
    bank.requests.clear()
    code, _, err = baltic("refresh", "world-bank", *saved, "--read-on", "2027-02-01")
    assert (code, err, bank.requests) == (0, "", [])
    name = "2027-01-15/table.csv"
    assert files(root / "data" / "vintages" / "world_bank")[name] == fetched[name]


def test_edition_is_said_where_a_saved_answer_does_not_say_it(root, baltic, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "debt.json"
    years = {str(year): 20 + year - 2020 for year in range(2020, 2032)}
    path.write_text(json.dumps({"values": {"GGXWDG_NGDP": {"EST": years}}, "api": {"version": "1"}}))
    code, _, err = baltic("refresh", "imf-weo", "--from", path)
    assert code
    assert "does not name its edition" in err
    assert "--edition" in err
    code, out, _ = baltic("refresh", "imf-weo", "--from", path, "--edition", "October 2026")
    assert code == 0
    assert "World Economic Outlook (October 2026), valid" in out
    code, _, err = baltic("refresh", "world-bank", "--from", path, "--edition", "October 2026")
    assert code
    assert "files of World Bank name theirs" in err
    assert baltic("refresh", "imf-weo", "--edition", "October 2026")[0]  # what is fetched names it


def breaks_off(exchange):
    body = world_bank("SP.POP.TOTL", {})
    exchange.begin(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
    exchange.wfile.write(body[: len(body) // 2])


def half_of_it(exchange):
    sends(world_bank("SP.POP.TOTL", {})[:-100])(exchange)


@pytest.mark.parametrize(
    ("script", "what"),
    [
        (breaks_off, "does not answer, or not to the end"),
        (half_of_it, "JSON"),
        (lambda exchange: exchange.answer(404), "answered 404"),
        (lambda exchange: exchange.answer(503), "answered 503"),
        (lambda exchange: exchange.answer(429, b"", {"Retry-After": "86400"}), "try again in 86400 seconds"),
        (lambda exchange: exchange.answer(200, b"<html>", {"Content-Type": "text/html"}), "sent text/html, not"),
        (lambda exchange: exchange.answer(302, b"", {"Location": "https://elsewhere.example/"}), "is not a host"),
        (lambda exchange: exchange.answer(302, b"", {"Location": exchange.path}), "redirects more than 3 times"),
        (sends(b'[{"message":[{"id":"120","key":"Invalid value","value":"Not valid"}]}]'), "Invalid value"),
        (
            lambda exchange: exchange.begin(200, {"Content-Type": "application/json", "Content-Length": "20000001"}),
            "MB",
        ),
    ],
    ids=["breaks-off", "half", "404", "503", "wait", "page", "elsewhere", "circle", "own-error", "large"],
)
def test_failed_refresh_leaves_everything_as_it_was(bank, root, baltic, script, what):
    baltic("refresh", "world-bank", "--read-on", "2027-02-01")
    before = files(root)
    bank.scripts[path_of("SP.POP.TOTL")] = script
    bank.scripts[path_of("NY.GDP.MKTP.CD")] = sends(world_bank("NY.GDP.MKTP.CD", {}, updated="2027-04-10"))
    code, out, err = baltic("refresh", "world-bank", "--read-on", "2027-05-01")
    assert (code, out) == (2, "")
    assert what in err
    assert "Traceback" not in err
    assert files(root) == before


def test_every_address_of_the_catalogue_is_its_publishers():
    connectors = all_connectors(default_catalog())
    assert connectors
    for each in connectors:
        publisher = Publisher(each.publisher.hosts, each.publisher.content_types, 1)
        for address in each.addresses(2027):
            assert str(checked_address(address, publisher)) == address
        with pytest.raises(DataError, match="is not a host of this publisher"):
            checked_address("https://elsewhere.example/", publisher)


def test_failing_publishers_do_not_stop_the_others(bank, root, baltic):
    code, out, err = baltic("refresh", "--read-on", "2027-02-01")
    assert code == 2
    assert "kept as world_bank@2027-01-15" in out
    others = [each for each in all_connectors(default_catalog()) if each.name != "world-bank"]
    for each in others:
        assert f"error: {each.name} ({each.record.name}): " in err
    assert err.count("answered 404") == len(others)
