"""From a publisher's answer to a vintage: the verb, as it is typed, in a made-up project."""

import copy
import json
import sys

import pytest

from baltic_calculus import catalog, cli
from baltic_calculus.catalog import Catalog, default_catalog, project_root
from baltic_calculus.catalog.connector import READERS, all_connectors, area_codes, choose_connectors
from baltic_calculus.catalog.exchange import alone
from baltic_calculus.catalog.fetched import fetch_documents
from baltic_calculus.catalog.refresh import refresh
from baltic_calculus.catalog.vintage import store_vintage
from baltic_calculus.errors import DataError
from baltic_calculus.sources.download import Request, Response

ADDRESS = "https://api.worldbank.org/v2/country/EST;LTU/indicator/SP.POP.TOTL?format=json&date=2014:{year}"
REFRESH = {
    "source": "world-bank",
    "reader": "world-bank",
    "definition": "World Development Indicators",
    "addresses": [ADDRESS],
    "key": "WB",
}
PUBLISHERS = {
    "world-bank": {
        "name": "World Bank",
        "hosts": ["api.worldbank.org"],
        "content_types": ["application/json"],
        "limit_mb": 1,
    }
}
TABLE = (
    "iso3,year,measure,value,unit,price_basis,flag,source,note\n"
    "EST,2025,population_persons,1369995,persons,,,A1,\n"
    "LTU,2025,population_persons,2888055,persons,,,A2,\n"
)


def answer(*rows, updated="2027-01-15"):
    """An answer of the World Bank: rows of country, year and number."""
    body = [
        {
            "indicator": {"id": "SP.POP.TOTL", "value": "Population, total"},
            "country": {"id": iso3[:2], "value": iso3},
            "countryiso3code": iso3,
            "date": str(year),
            "value": value,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        for iso3, year, value in rows
    ]
    meta = {"page": 1, "pages": 1, "per_page": 50, "total": len(body), "sourceid": "2", "lastupdated": updated}
    return json.dumps([meta, body]).encode()


NEWER = answer(("EST", 2025, 1369995), ("EST", 2026, 1360000), ("LTU", 2025, 2890000))


@pytest.fixture
def bank(project, monkeypatch):
    """The made-up project, whose `spending` holds the population as the World Bank counts it; the one in use."""
    measures = {"population_persons": {"unit": "persons", "definition": "population", "minimum": 0}}
    years = {"years": [2014, 2025], "measures": measures}
    project.records["spending"] |= years | {"refresh": {"bank": REFRESH}}
    project.further = {"publishers": PUBLISHERS}
    project.write("spending", TABLE)
    monkeypatch.setenv("BALTIC_ROOT", str(project.root))
    default_catalog.cache_clear()
    yield project
    default_catalog.cache_clear()


@pytest.fixture
def baltic(monkeypatch, capsys):
    """Run a command line; give exit code, standard output and standard error."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["baltic", *map(str, words)])
        code = cli.main()
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


@pytest.fixture
def saved(tmp_path):
    """Write an answer into a file beside the project."""

    def save(content, name="answer.json"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


def files(project):
    return {path: path.read_bytes() for path in (project.root / "data").rglob("*") if path.is_file()}


def test_file_becomes_a_vintage_and_the_rest_stays(bank, baltic, saved):
    before = files(bank)
    code, out, err = baltic("data", "refresh", "bank", "--from", saved(NEWER), "--read-on", "2027-02-01")
    assert (code, err) == (0, "")
    assert out == (
        "bank (spending): World Development Indicators, 2027-01-15, valid\n"
        "  note: years 2025-2026, the record has 2014-2025: they are extended\n"
        "spending -> spending@2027-01-15\n"
        "  1 rows are the same\n"
        "  1 numbers revised\n"
        "  1 rows new\n"
        "  years new: 2026\n"
        "  largest revisions, in per cent of the old number\n"
        "    LTU 2025 population_persons: 2888055 -> 2890000 (+1945, +0.07%)\n"
        "  largest revision of each measure, in its unit\n"
        "    LTU 2025 population_persons: 2888055 -> 2890000 (+1945, +0.07%)\n"
        "kept as spending@2027-01-15; to use it: baltic data adopt spending 2027-01-15\n"
    )
    after = files(bank)
    folder = bank.root / "data" / "vintages" / "spending" / "2027-01-15"
    assert set(after) - set(before) == {folder / "table.csv", folder / "record.yaml"}
    assert {path: after[path] for path in before} == before
    assert "EST,2026,population_persons,1360000,persons,,,WB_2027_01_15,\n" in (folder / "table.csv").read_text()
    assert catalog.validate().findings == ()


def test_dry_run_writes_nothing(bank, baltic, saved):
    path = saved(NEWER)
    before = files(bank)
    code, out, _ = baltic("data", "refresh", "--from", path, "--dry-run")
    assert code == 0
    assert out.endswith("would be kept as spending@2027-01-15\n")
    assert files(bank) == before


def test_a_file_larger_than_the_publisher_sends_is_not_read_through(bank, baltic, saved):
    before = files(bank)
    code, _, err = baltic("data", "refresh", "bank", "--from", "/dev/zero")  # it has no end
    assert code == DataError.exit_code
    assert "larger than 1 MB, the most that World Bank is known to send" in err
    assert baltic("data", "refresh", "bank", "--from", saved(NEWER.ljust(1_000_000)), "--dry-run")[0] == 0
    assert files(bank) == before


def test_same_bytes_and_the_same_table_are_nothing_new(bank, baltic, saved):
    baltic("data", "refresh", "--from", saved(NEWER))
    nothing = "bank (spending): nothing new: spending@2027-01-15 holds it\n"
    assert baltic("data", "refresh", "--from", saved(NEWER, "again.json"))[1] == nothing
    assert baltic("data", "refresh", "--from", saved(NEWER.replace(b", ", b",  ")))[1] == nothing


def test_same_bytes_are_read_again_when_the_record_keeps_something_else(bank, baltic, saved):
    bank.records["spending"]["refresh"]["bank"] = REFRESH | {"keeps": {"countries": ["EST"]}}
    bank.save()
    baltic("data", "refresh", "--from", saved(NEWER))
    bank.records["spending"]["refresh"]["bank"] = REFRESH
    bank.save()
    default_catalog.cache_clear()
    out = baltic("data", "refresh", "--from", saved(NEWER))[1]
    assert out.endswith("to use it: baltic data adopt spending 2027-01-15-2\n")


def test_other_numbers_of_the_same_day_are_another_vintage(bank, baltic, saved):
    baltic("data", "refresh", "--from", saved(NEWER))
    out = baltic("data", "refresh", "--from", saved(NEWER.replace(b"1360000", b"1360001")))[1]
    assert out.endswith("to use it: baltic data adopt spending 2027-01-15-2\n")


def test_vintage_is_listed_compared_and_adopted(bank, baltic, saved):
    assert baltic("data", "vintages")[1] == "no vintages; get one: baltic data refresh\n"
    baltic("data", "refresh", "--from", saved(NEWER), "--read-on", "2027-02-01")
    assert baltic("data", "vintages", "spending")[:2] == (
        0,
        "vintage              published   read        years      edition\n"
        "spending@2027-01-15  2027-01-15  2027-02-01  2025-2026  World Development Indicators, 2027-01-15\n",
    )
    code, out, _ = baltic("data", "diff", "spending", "spending@2027-01-15", "--format", "csv")
    assert out.count("\n") == 3  # header, revision, new row
    assert json.loads(baltic("data", "diff", "spending", "spending@2027-01-15", "--format", "json")[1])["counts"] == {
        "revised": 1,
        "new": 1,
    }
    code, _, err = baltic("data", "adopt", "spending", "2027-01-16")
    assert code == 2
    assert "spending has no vintage '2027-01-16'" in err
    code, _, err = baltic("data", "adopt", "spending", "2027-01-15", "--cut-off", "summer")
    assert code == 2
    assert "'summer' is no day as 2027-01-31" in err
    code, _, err = baltic("data", "vintages", "spendign")
    assert code == 2
    assert "no dataset 'spendign'" in err


def test_adopted_vintage_is_what_the_report_uses(bank, baltic, saved):
    baltic("data", "refresh", "--from", saved(NEWER), "--read-on", "2027-02-01")
    code, out, err = baltic("data", "adopt", "spending", "2027-01-15")
    assert (code, err) == (0, "")
    assert out.startswith("the report uses spending@2027-01-15 now; the former table is spending@2026\n")
    adopted = Catalog(bank.root)
    record = adopted.record("spending")
    assert (record.edition, record.years) == ("World Development Indicators, 2027-01-15", (2025, 2026))
    assert list(adopted.load("spending")["value"]) == [1369995, 1360000, 2890000]
    again = baltic("data", "adopt", "spending", "2027-01-15")
    assert again == (0, "spending@2027-01-15 is what the report uses\n", "")
    default_catalog.cache_clear()
    assert "\nspending@2027-01-15*  " in baltic("data", "vintages")[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>blocked</html>", "a web page instead of JSON or CSV"),
        (answer(("EST", 2025, -5)), "breaks 'at least the measure's minimum"),
        (answer(("POL", 2025, 5)), "no cell of a country and measure that the project knows"),
    ],
)
def test_broken_file_is_refused_with_its_name_and_nothing_is_written(bank, baltic, saved, content, message):
    path = saved(content)
    before = files(bank)
    code, _, err = baltic("data", "refresh", "--from", path)
    assert code == 2
    assert err.startswith("error: bank (spending): ")
    assert message in err
    assert files(bank) == before


def test_two_files_must_not_overlap(bank, baltic, saved):
    one, other = saved(answer(("EST", 2025, 5)), "one.json"), saved(answer(("EST", 2025, 6)), "other.json")
    code, _, err = baltic("data", "refresh", "--from", one, "--from", other)
    assert code == 2
    assert "two files hold the same number: EST 2025 population_persons" in err
    assert "one.json, other.json" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nobody"], "nothing is refreshed by the name 'nobody'"),
        (["--read-on", "31.1.2027"], "'31.1.2027' is no day as 2027-01-31"),
    ],
)
def test_command_line_that_means_nothing_is_refused(bank, baltic, words, message):
    code, _, err = baltic("data", "refresh", *words)
    assert code == 2
    assert message in err


def test_file_is_for_one_connector(bank, baltic, saved):
    bank.records["spending"]["refresh"]["other"] = copy.deepcopy(REFRESH)
    bank.save()
    code, _, err = baltic("data", "refresh", "--from", saved(NEWER))
    assert code == 2
    assert "name it as SOURCE, of those that are meant: bank (spending), other (spending)" in err


def test_only_what_the_record_keeps_is_taken(bank, baltic, saved):
    bank.records["spending"]["refresh"]["bank"] = REFRESH | {"keeps": {"countries": ["EST"], "first_year": 2026}}
    bank.save()
    baltic("data", "refresh", "--from", saved(NEWER))
    (vintage,) = (bank.root / "data" / "vintages" / "spending").iterdir()
    assert [row[:8] for row in (vintage / "table.csv").read_text().splitlines()[1:]] == ["EST,2026"]


def test_unchanged_answer_is_asked_for_by_its_etag(bank, baltic):
    connector = all_connectors(bank.catalog)[0]
    asked = []

    def fetch(request):
        asked.append(request)
        return Response(NEWER, "application/json", '"one"', "", request.address, not_modified=bool(request.etag))

    (document,) = fetch_documents(bank.catalog, connector, 2027, fetch)
    assert document.name == ADDRESS.replace("{year}", "2027")
    found = refresh(bank.catalog, connector, [document], "2027-02-01")
    store_vintage(bank.root, found.vintage, found.table)
    assert found.vintage.download == document.name
    assert fetch_documents(bank.catalog, connector, 2027, fetch) == ()
    assert asked == [Request(document.name), Request(document.name, etag='"one"')]


def test_nothing_is_kept_while_another_command_changes_the_data(bank, baltic, saved):
    with alone(bank.root):
        code, _, err = baltic("data", "refresh", "--from", saved(NEWER))
        assert code == 2
        assert "another adoption or refresh is under way" in err
    assert not (bank.root / "data" / "vintages").exists()
    assert baltic("data", "refresh", "--from", saved(NEWER))[0] == 0


def test_host_that_is_not_on_the_list_is_not_asked(bank, baltic):
    bank.records["spending"]["refresh"]["bank"] = REFRESH | {"addresses": ["https://elsewhere.example/data"]}
    bank.save()
    code, _, err = baltic("data", "refresh", "bank")
    assert code == 2
    assert "elsewhere.example is not a host of this publisher" in err


def test_connectors_of_the_project_are_complete():
    whole = Catalog(project_root())
    connectors = all_connectors(whole)
    assert {connector.refresh.reader for connector in connectors} <= set(READERS)
    for connector in connectors:
        assert callable(connector.reader())
        for address in connector.addresses(2027):
            assert address.startswith(tuple(f"https://{host}/" for host in connector.publisher.hosts))
        latest = connector.refresh.latest
        assert not latest or latest in set(whole.load(connector.record.name)["vintage"])


def test_connector_is_found_by_publisher_and_dataset():
    whole = Catalog(project_root())
    assert [each.name for each in choose_connectors(whole, ["nato"])] == ["nato"]
    assert {each.name for each in choose_connectors(whole, ["macro_fiscal"])} == {
        *("imf-weo", "eurostat-gdp", "eurostat-debt")
    }
    assert "eurostat-cofog" in {each.name for each in choose_connectors(whole, ["eurostat"])}


def test_codes_of_publishers_are_those_of_known_countries():
    whole = Catalog(project_root())
    codes = area_codes(whole)
    assert set(codes.values()) == set(whole.countries()["iso3"])
    assert (codes["EL"], codes["NO"], codes["EU27_2020"], codes["Norway"]) == ("GRC", "NOR", "EU27", "NOR")


def test_unknown_reader_and_publisher_are_refused(bank):
    bank.records["spending"]["refresh"]["bank"] = REFRESH | {"reader": "os.system"}
    bank.save()
    with pytest.raises(DataError, match=r"no reader 'os\.system'"):
        all_connectors(bank.catalog)[0].reader()
    bank.records["spending"]["refresh"]["bank"] = REFRESH | {"source": "nobody"}
    bank.save()
    with pytest.raises(DataError, match="no publisher 'nobody'"):
        all_connectors(bank.catalog)
