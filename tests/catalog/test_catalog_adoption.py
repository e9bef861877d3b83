import pytest

from baltic_calculus.catalog import adoption, exchange, validation
from baltic_calculus.catalog.adoption import adopt, is_in_use
from baltic_calculus.catalog.cross_check import CrossCheck, compare_bounds, wide
from baltic_calculus.catalog.exchange import alone, finish_exchange
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
    done = adopt(spending.catalog, keep(spending))
    assert spending.catalog.record("spending").cut_off == ""
    assert done.changed == ("read", "sha256", "edition", "published", "cut_off", "read_from", "years")


def test_former_table_can_be_adopted_again(spending):
    before = (spending.root / "data" / "spending.csv").read_bytes()
    record = spending.catalog.record("spending")
    adopt(spending.catalog, keep(spending))
    done = adopt(spending.catalog, read_vintage(spending.catalog, "spending", "2026"))
    assert "basis" not in done.changed  # it is the same in both
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
        (NEW.replace("EST", "LTU"), {}, "lacks areas of the report's table: EST"),
        (NEW, {"source": {"source": "A1", "note": "other"}}, "column source: 'A3' breaks"),
        (NEW.replace("A3", "A1"), {"source": {"source": "A1", "note": "other"}}, "A1 is registered as something else"),
    ],
)
def test_unsound_vintage_is_refused_and_nothing_changes(spending, text, fields, message):
    vintage = keep(spending, text, **fields)
    before = contents(spending)
    with pytest.raises(DataError, match=message):
        adopt(spending.catalog, vintage)
    assert contents(spending) == before


def within_five(tables, limits):
    """No share is above five per cent of GDP."""
    shares = wide(tables["spending"])["share_gdp_pct"]
    return compare_bounds(float("-inf"), shares, 5.0, measure="share_gdp_pct")


@pytest.fixture
def bounded(spending, monkeypatch):
    """`spending`, whose shares a cross-check binds, with a vintage that breaks it."""
    check = CrossCheck("within_five", ("spending", "posture"), "no share is above five", "made up", within_five)
    monkeypatch.setattr(validation, "CROSS_CHECKS", (check,))
    (spending.root / "data" / "policy" / "cross_checks.yaml").write_text("title: Tolerances\nvalues: {}\n")
    return spending, keep(spending, NEW.replace("5,%", "5.5,%"))


def contents(project):
    return {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}


def test_vintage_that_breaks_a_cross_check_is_refused_and_nothing_changes(bounded):
    project, vintage = bounded
    assert project.catalog.validate().findings == ()
    before = contents(project)
    with pytest.raises(DataError) as raised:
        adopt(project.catalog, vintage)
    assert "within_five: no share is above five" in raised.value.what
    assert "EST 2027 share_gdp_pct\n          found 5.5, expected at most 5" in raised.value.what
    assert "known_exceptions" in raised.value.remedy
    assert contents(project) == before


def test_named_exception_lets_a_vintage_in_and_a_needless_one_does_not(bounded):
    project, vintage = bounded
    known = {"check": "within_five", "rows": {"iso3": "EST"}, "first_year": 2027, "last_year": 2027, "reason": "so"}
    project.records["spending"]["known_exceptions"] = [known]
    project.save()
    adopt(project.catalog, vintage)
    assert project.catalog.validate().findings == ()
    with pytest.raises(DataError, match=r"within_five \(EST 2027-2027\) matches no row that breaks it"):
        adopt(project.catalog, read_vintage(project.catalog, "spending", "2026"))


def test_other_table_of_a_cross_check_must_be_sound(bounded):
    project, vintage = bounded
    project.spoil("posture", "33,,", "thirty,,")
    with pytest.raises(DataError, match=r"posture.csv line 3, column value: 'thirty'"):
        adopt(project.catalog, vintage)


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
    assert is_in_use(mixed.catalog, vintage)
    other = keep(mixed, ADDED.replace("4.2", "4.3"), name="other", connector="imf", label="WEO 2027")
    assert not is_in_use(mixed.catalog, other)
    with pytest.raises(DataError, match="has rows of 'WEO 2027' already, and vintages are never replaced"):
        adopt(mixed.catalog, other)
    adopt(mixed.catalog, read_vintage(mixed.catalog, "spending", done.kept.partition("@")[2]))
    assert mixed.catalog.record("spending").refresh["imf"].latest == "WEO 2026"


def test_interruption_is_told_and_finished(spending, monkeypatch):
    replace = exchange.Path.replace

    def stop_before_the_catalogue(path, target):
        if target.name == "catalog.yaml":
            raise KeyboardInterrupt
        return replace(path, target)

    vintage = keep(spending)
    with monkeypatch.context() as patched:
        patched.setattr(exchange.Path, "replace", stop_before_the_catalogue)
        with pytest.raises(KeyboardInterrupt):
            adopt(spending.catalog, vintage)
    with pytest.raises(DataError, match="not the file that was recorded: an adoption was interrupted"):
        spending.catalog.load("spending")
    places = {finding.dataset for finding in spending.catalog.validate().findings}
    assert places >= {"spending", "sources", "data/vintages/.adoption"}
    assert finish_exchange(spending.root)
    assert not finish_exchange(spending.root)
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


def test_two_adoptions_do_not_meet(spending):
    with (
        alone(spending.root),
        pytest.raises(DataError, match="another adoption or refresh is under way"),
        alone(spending.root),
    ):
        raise AssertionError("both went on")
    with alone(spending.root):
        assert not finish_exchange(spending.root)
