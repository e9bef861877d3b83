import pytest

from baltic_calculus.catalog import adoption
from baltic_calculus.catalog.adoption import adopt, finish_adoption
from baltic_calculus.catalog.vintage import Vintage, list_vintages, read_vintage, sha256, store_vintage
from baltic_calculus.errors import DataError

HEADER = "iso3,year,measure,value,unit,price_basis,flag,source,note\n"
NEW = HEADER + "EST,2027,share_gdp_pct,5,% of GDP,,estimate,A3,\nEST,2027,spend_eur_m,2000,EUR m,current,,A3,\n"
REFRESH = {
    "source": "nato",
    "reader": "nato",
    "definition": "core defence expenditure",
    "addresses": ["https://nato.example/{year}.xlsx"],
    "key": "A",
}
LONG = {
    "columns": ["iso3", "year", "measure", "value", "unit", "price_basis", "flag", "vintage", "source", "note"],
    "keys": ["iso3", "year", "measure", "vintage"],
    "vocabularies": {"vintage": ["Own 2026", "WEO 2026"]},
}
MIXED = HEADER.replace("source", "vintage,source") + (
    "EST,2025,share_gdp_pct,3.9,% of GDP,,,Own 2026,A1,\nEST,2025,share_gdp_pct,4.1,% of GDP,,,WEO 2026,A2,\n"
)


@pytest.fixture
def spending(project):
    """The made-up project, with a connector that feeds `spending`."""
    project.records["spending"] |= {"cut_off": "2026-07-03", "read_from": "a copy", "refresh": {"nato": REFRESH}}
    project.save()
    return project


@pytest.fixture
def mixed(project):
    """The made-up project, with two publishers' rows in `spending`."""
    settings = REFRESH | {"definition": "outlook", "label": "WEO {edition}", "latest": "WEO 2026"}
    project.records["spending"] |= LONG | {"refresh": {"imf": settings}}
    project.write("spending", MIXED)
    return project


def keep(project, text=NEW, **fields):
    content = text.encode()
    given = {
        "name": "2027",
        "connector": "nato",
        "edition": "July 2027",
        "definition": "core defence expenditure",
        "published": "2027-07-10",
        "read": "2027-07-11",
        "read_from": "The publisher's own file.",
        "years": (2027, 2027),
        "source": {"source": "A3", "note": "third, with a comma"},
    }
    vintage = Vintage(dataset="spending", sha256=sha256(content), **given | fields)
    store_vintage(project.root, vintage, content)
    return vintage


def test_vintage_becomes_table_record_and_source(spending):
    done = adopt(spending.catalog, keep(spending), cut_off="2027-07-03")
    catalog = spending.catalog
    record = catalog.record("spending")
    assert (record.edition, record.published, record.read, record.cut_off, record.years) == (
        *("July 2027", "2027-07-10", "2027-07-11", "2027-07-03"),
        (2027, 2027),
    )
    assert record.read_from == "The publisher's own file."
    assert list(catalog.load("spending")["value"]) == [5, 2000]
    assert catalog.rows("sources")[-1] == {"source": "A3", "note": "third, with a comma"}
    assert done.kept == "spending@2026"
    assert catalog.validate().findings == ()


def test_cut_off_that_is_not_known_any_more_is_removed(spending):
    adopt(spending.catalog, keep(spending))
    assert spending.catalog.record("spending").cut_off == ""


def test_former_table_can_be_adopted_again(spending):
    before = (spending.root / "data" / "spending.csv").read_bytes()
    record = spending.catalog.record("spending")
    adopt(spending.catalog, keep(spending))
    done = adopt(spending.catalog, read_vintage(spending.catalog, "spending", "2026"))
    assert (spending.root / "data" / "spending.csv").read_bytes() == before
    assert spending.catalog.record("spending") == record
    assert done.kept == "spending@2027"
    assert spending.catalog.validate().findings == ()  # source A3 is that of a vintage


def test_rest_of_the_catalogue_stays_letter_by_letter(spending):
    path = spending.root / "data" / "catalog.yaml"
    path.write_text("# A comment.\n" + path.read_text())
    before = path.read_text().splitlines()
    adopt(spending.catalog, keep(spending), cut_off="2027-07-03")
    after = path.read_text().splitlines()
    changed = {line.split(":")[0].strip() for line in set(after) - set(before)}
    assert changed == {"edition", "published", "read", "cut_off", "years", "sha256", "read_from"}
    assert after[0] == "# A comment."


def test_other_definition_needs_a_new_basis(spending):
    vintage = keep(spending, definition="defence and security expenditure")
    with pytest.raises(DataError, match="counts 'defence and security expenditure', the report's table 'core defence"):
        adopt(spending.catalog, vintage)
    adopt(spending.catalog, vintage, redefined="Defence and related spending.")
    record = spending.catalog.record("spending")
    assert record.basis == "Defence and related spending."
    assert record.refresh["nato"].definition == "defence and security expenditure"
    with pytest.raises(DataError, match="its basis was: made up"):
        adopt(spending.catalog, read_vintage(spending.catalog, "spending", "2026"))


def test_same_definition_needs_no_new_basis(spending):
    with pytest.raises(DataError, match="adopt it without --redefined"):
        adopt(spending.catalog, keep(spending), redefined="the same")


def test_other_prices_need_a_new_basis(spending):
    measures = spending.records["spending"]["measures"]
    spending.records["spending"]["measures"] = measures | {"spend_eur_m": measures["spend_eur_m"] | {"price_basis": ""}}
    table = (spending.root / "data" / "spending.csv").read_text()
    spending.write("spending", table.replace("current", ""))
    vintage = keep(spending, price_bases={"spend_eur_m": "current"})
    with pytest.raises(DataError, match="spend_eur_m at current prices"):
        adopt(spending.catalog, vintage)
    adopt(spending.catalog, vintage, redefined="At the prices of each year.")
    assert spending.catalog.record("spending").measures["spend_eur_m"].price_basis == "current"
    assert spending.catalog.validate().findings == ()


@pytest.mark.parametrize(
    ("text", "fields", "message"),
    [
        (NEW.replace("5,%", "-5,%"), {}, "'-5.0' breaks 'at least the measure's minimum"),
        (NEW, {"years": (2026, 2026)}, "'2027' breaks 'a year from 2014 to 2026'"),
        (NEW.rpartition("EST")[0], {}, "lacks measures of the report's table: spend_eur_m"),
        (NEW, {"source": {"source": "A1", "note": "other"}}, "column source: 'A3' breaks"),
        (NEW.replace("A3", "A1"), {"source": {"source": "A1", "note": "other"}}, "A1 is registered as something else"),
    ],
)
def test_unsound_vintage_is_refused_and_nothing_changes(spending, text, fields, message):
    vintage = keep(spending, text, **fields)
    before = {path: path.read_bytes() for path in spending.root.rglob("*") if path.is_file()}
    with pytest.raises(DataError, match=message):
        adopt(spending.catalog, vintage)
    assert {path: path.read_bytes() for path in spending.root.rglob("*") if path.is_file()} == before


def test_licence_limits_hold(spending):
    keeps = {"countries": ["LTU"], "measures": ["share_gdp_pct", "spend_eur_m"]}
    spending.records["spending"] |= {"redistribution": "limited", "attribution": "By somebody."}
    spending.records["spending"]["refresh"] = {"nato": REFRESH | {"keeps": keeps}}
    spending.save()
    with pytest.raises(DataError, match="countries beyond what the licence lets the report pass on: EST"):
        adopt(spending.catalog, keep(spending))


def test_limited_licence_needs_limits(spending):
    spending.records["spending"] |= {"redistribution": "limited", "attribution": "By somebody."}
    spending.save()
    with pytest.raises(DataError, match=r"limited redistribution: refresh.nato.keeps must name countries and measures"):
        spending.catalog.records()


ADDED = HEADER.replace("source", "vintage,source") + "EST,2025,share_gdp_pct,4.2,% of GDP,,,WEO 2027,A3,\n"


def test_rows_stand_beside_those_of_other_publishers(mixed):
    vintage = keep(mixed, ADDED, connector="imf", definition="outlook", label="WEO 2027", years=(2025, 2027))
    done = adopt(mixed.catalog, vintage)
    record = mixed.catalog.record("spending")
    assert list(mixed.catalog.load("spending")["vintage"]) == ["Own 2026", "WEO 2026", "WEO 2027"]
    assert record.vocabularies["vintage"] == ("Own 2026", "WEO 2026", "WEO 2027")
    assert (record.refresh["imf"].latest, record.years, record.edition) == ("WEO 2027", (2014, 2027), "2026")
    with pytest.raises(DataError, match="has rows of 'WEO 2027' already, and vintages are never replaced"):
        adopt(mixed.catalog, vintage)
    adopt(mixed.catalog, read_vintage(mixed.catalog, "spending", done.kept.partition("@")[2]))
    assert mixed.catalog.record("spending").refresh["imf"].latest == "WEO 2026"


def test_interruption_is_told_and_finished(spending, monkeypatch):
    replace = adoption.Path.replace

    def stop_before_the_catalogue(path, target):
        if target.name == "catalog.yaml":
            raise KeyboardInterrupt
        return replace(path, target)

    vintage = keep(spending)
    with monkeypatch.context() as patched:
        patched.setattr(adoption.Path, "replace", stop_before_the_catalogue)
        with pytest.raises(KeyboardInterrupt):
            adopt(spending.catalog, vintage)
    with pytest.raises(DataError, match="not the file that was recorded: an adoption was interrupted"):
        spending.catalog.load("spending")
    assert finish_adoption(spending.root)
    assert not finish_adoption(spending.root)
    assert spending.catalog.record("spending").edition == "July 2027"
    assert spending.catalog.validate().findings == ()


def test_catalogue_that_changed_meanwhile_is_not_overwritten(spending, monkeypatch):
    keep_it = adoption._keep
    path = spending.root / "data" / "catalog.yaml"

    def edit_meanwhile(*arguments):
        path.write_text(path.read_text() + "# an edit\n")
        return keep_it(*arguments)

    monkeypatch.setattr(adoption, "_keep", edit_meanwhile)
    with pytest.raises(DataError, match="the catalogue changed while the vintage was checked"):
        adopt(spending.catalog, keep(spending))
    assert path.read_text().endswith("# an edit\n")
    assert spending.catalog.record("spending").edition == "2026"
    assert [each.name for each in list_vintages(spending.catalog)] == ["2026", "2027"]
