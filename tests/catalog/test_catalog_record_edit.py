import pytest
import yaml

from baltic_calculus.catalog.record_edit import edit_record
from baltic_calculus.errors import DataError

TEXT = """\
# The catalogue: a comment stays.
columns: {iso3: {meaning: "State; Türkiye too"}}

datasets:
  spending:
    path: data/spending.csv  # and so does this one
    edition: July 2026
    basis: >-
      What is counted,
      over two lines.
    published: 2026-07-10
    read: 2026-11-21
    sha256: "00"
    years: [2014, 2026]
    refresh:
      nato:
        definition: core defence expenditure
        latest: "old: one"

  other:
    path: data/other.csv
    edition: July 2026
"""


def edited(**changes):
    return edit_record(TEXT, "spending", {tuple(path.split("__")): value for path, value in changes.items()})


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("edition", "July 2027", "    edition: July 2026\n    basis", "    edition: July 2027\n    basis"),
        ("edition", "5: #1", "    edition: July 2026\n    basis", '    edition: "5: #1"\n    basis'),
        ("edition", "yes", "    edition: July 2026\n    basis", '    edition: "yes"\n    basis'),
        ("edition", "2027", "    edition: July 2026\n    basis", '    edition: "2027"\n    basis'),
        ("basis", "One line.", ">-\n      What is counted,\n      over two lines.\n", "One line.\n"),
        ("published", "", "    published: 2026-07-10\n", ""),
        ("published", "2027-07", "2026-07-10", "2027-07"),
        ("cut_off", "2027-07-03", "    published:", "    cut_off: 2027-07-03\n    published:"),
        ("years", (2014, 2027), "[2014, 2026]", "[2014, 2027]"),
        ("sha256", "a" * 64, '"00"', f'"{"a" * 64}"'),
        ("refresh__nato__definition", "defence expenditure", "definition: core d", "definition: d"),
        ("refresh__nato__latest", 'a "word"', '"old: one"', '"a \\"word\\""'),
    ],
)
def test_one_value_changes_and_every_other_letter_stays(key, value, old, new):
    assert TEXT.count(old) == 1
    assert edited(**{key: value}) == TEXT.replace(old, new)


def test_long_text_is_folded():
    text = " ".join(["Expenditure"] * 20)
    changed = edited(basis=text)
    assert yaml.safe_load(changed)["datasets"]["spending"]["basis"] == text
    assert max(map(len, changed.splitlines())) <= 120


def test_removing_what_is_not_there_changes_nothing():
    assert edited(cut_off="") == TEXT


def test_record_that_cannot_be_edited_alone_is_refused():
    # to take out a key is to take out its line, and all keys stand on this one
    line = "datasets: {spending: {edition: July 2026, cut_off: 2026-07-03}}\n"
    with pytest.raises(DataError, match="cannot be changed without touching more of the file"):
        edit_record(line, "spending", {("cut_off",): ""})
