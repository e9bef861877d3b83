import pytest

from baltic_calculus.catalog import exchange
from baltic_calculus.catalog import vintage as vintages
from baltic_calculus.catalog.side import compare_sides, read_side
from baltic_calculus.catalog.vintage import Vintage, sha256, store_vintage, vintage_name
from baltic_calculus.catalog.vintage_table import load_vintage, write_table
from baltic_calculus.errors import DataError
from baltic_calculus.report.freshness import file_states

TABLE = (
    "iso3,year,measure,value,unit,price_basis,flag,source,note\n"
    "EST,2025,share_gdp_pct,4.1,% of GDP,,,A3,\n"
    "EST,2027,share_gdp_pct,5,% of GDP,,estimate,A3,\n"
)
SOURCE = {"source": "A3", "note": "third"}


def keep(project, text=TABLE, name="2027", **fields):
    """Store a vintage of `spending`, as a refresh does."""
    content = text.encode()
    given = {"edition": "2027", "read": "2027-01-01", "years": (2025, 2027), "source": SOURCE} | fields
    vintage = Vintage(dataset="spending", name=name, sha256=sha256(content), **given)
    store_vintage(project.root, vintage, content)
    return vintage


def test_vintage_is_read_as_it_was_stored(project):
    kept = keep(project, originals=({"name": "def-exp-2027-en.xlsx", "sha256": "a" * 64},), remarks=("a note",))
    assert vintages.list_vintages(project.catalog) == (kept,)
    assert vintages.read_vintage(project.catalog, "spending", "2027") == kept
    frame = load_vintage(project.catalog, kept)
    assert list(frame["value"]) == [4.1, 5.0]


def test_typed_table_is_written_as_it_was_read(project):
    kept = keep(project)
    frame = load_vintage(project.catalog, kept)
    assert write_table(frame, project.catalog.record("spending").columns).decode() == TABLE


def test_years_and_source_of_a_vintage_are_its_own(project):
    kept = keep(project, years=(2025, 2026))
    with pytest.raises(DataError, match="line 3, column year: '2027' breaks 'a year from 2014 to 2026'"):
        load_vintage(project.catalog, kept)
    other = keep(project, name="other", source={})
    with pytest.raises(DataError, match="column source: 'A3' breaks 'keys in data/sources"):
        load_vintage(project.catalog, other)


def test_there_is_one_vintage_of_a_name(project):
    keep(project)
    with pytest.raises(DataError, match="there is a vintage spending@2027 already"):
        keep(project)
    assert vintages.free_name(project.root, "spending", "2027") == "2027-2"


@pytest.mark.parametrize("name", ["2026", "../spending/2027", "..", "", ".2027.new"])
def test_unknown_vintage_is_refused(project, name):
    keep(project)
    with pytest.raises(DataError, match="choose from: 2027"):
        vintages.read_vintage(project.catalog, "spending", name)


def test_dataset_without_vintages_says_how_to_get_one(project):
    with pytest.raises(DataError, match="get one: baltic data refresh spending"):
        vintages.read_vintage(project.catalog, "spending", "2027")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("July 2026", "july-2026"),
        ("gov_10a_exp, 2026-04-27 11:00", "gov-10a-exp-2026-04-27-11-00"),
        ("version 1.2", "version-1.2"),
        ("../../etc", "etc"),
        ("…", "unnamed"),
        ("x" * 80, "x" * 60),
    ],
)
def test_name_is_fit_for_a_folder(text, name):
    assert vintage_name(text) == name
    assert vintages.NAME.fullmatch(name)


def test_interrupted_writing_leaves_no_vintage(project, monkeypatch):
    def stop(file):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(exchange.os, "fsync", stop)
        with pytest.raises(KeyboardInterrupt):
            keep(project)
    assert vintages.list_vintages(project.catalog) == ()
    (finding,) = project.catalog.validate().findings
    assert (finding.dataset, finding.message) == (
        "data/vintages/spending/.2027.new",
        "left by an interrupted refresh: delete it",
    )
    keep(project)
    assert project.catalog.validate().findings == ()


def test_validation_looks_at_vintages(project):
    kept = keep(project)
    assert project.catalog.validate().findings == ()
    (project.root / kept.path).write_text(TABLE.replace("4.1", "4.2"))
    (finding,) = project.catalog.validate().findings
    assert finding.dataset == "data/vintages/spending/2027"
    assert finding.message.startswith("the table of spending@2027 is not the one that was recorded")


def test_source_that_only_a_vintage_names_is_used(project):
    keep(project)
    project.write("sources", "source,note\nA1,first\nA2,second\nA3,third\n")
    assert project.catalog.validate().findings == ()


def test_vintage_changes_nothing_that_a_page_depends_on(project):
    before = file_states(str(project.root))
    keep(project)
    assert file_states(str(project.root)) == before


def test_folder_of_another_vintage_is_refused(project):
    keep(project)
    (project.root / "data" / "vintages" / "spending" / "2027").rename(
        project.root / "data" / "vintages" / "spending" / "2028"
    )
    with pytest.raises(DataError, match="record of spending@2027 in the folder of another vintage"):
        vintages.list_vintages(project.catalog)


def sides(project, old, new):
    return compare_sides(project.catalog, read_side(project.catalog, old), read_side(project.catalog, new))


def test_vintage_is_compared_with_the_table_of_the_report(project):
    keep(project)
    found = sides(project, "spending", "spending@2027")
    # 3.93 % of 2025 becomes 4.1; 2027 is new; the two amounts in EUR are not in the vintage
    assert [(row.change, row.year) for row in found.cells.itertuples()] == [
        ("revised", 2025),
        ("new", 2027),
        ("vanished", 2025),
        ("vanished", 2026),
    ]
    assert found.gone["measure"] == ("spend_eur_m",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("spending", "nato", "no dataset 'nato'"),
        ("posture", "posture", "posture has no numbers by country and year"),
        ("spending", "spending@2026", "spending has no vintage '2026'"),
    ],
)
def test_sides_that_cannot_be_compared_are_refused(project, old, new, message):
    with pytest.raises(DataError, match=message):
        sides(project, old, new)
