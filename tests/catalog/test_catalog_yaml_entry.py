"""Entries are put into the text of a YAML file, and nothing else of it changes."""

import pytest

from baltic_calculus.catalog.yaml_entry import add_to_list, add_to_mapping
from baltic_calculus.errors import DataError

CATALOGUE = """\
# what a column means
columns:
  iso3: {meaning: "State"}   # a code

datasets:
  # spending
  nato:
    title: "NATO"  # as printed
    gaps:
      - "none"   # so far

# behind everything
publishers:
  nato: {hosts: [a]}
"""

CONFIGURATION = """\
title: A report
pages:
  - {notebook: 00_summary}
  # chapters
  - notebook: 01_spending
    number: "1"   # the first
  - notebook: 90_appendix
licence: CC BY 4.0
"""


def test_entry_of_a_mapping_comes_last_and_comments_stay():
    text = add_to_mapping(CATALOGUE, "datasets", "arms:\n  title: Arms\n", "catalog.yaml")
    added = "\n  arms:\n    title: Arms\n"
    assert text == CATALOGUE.replace('- "none"   # so far\n', '- "none"   # so far\n' + added)


def test_entry_of_a_list_follows_the_one_named():
    text = add_to_list(CONFIGURATION, "pages", 1, 'notebook: 02_arms\nnumber: "2"', "report.yaml")
    added = '  - notebook: 02_arms\n    number: "2"\n'
    assert text == CONFIGURATION.replace("# the first\n", "# the first\n" + added)


def test_entry_may_follow_one_that_is_written_on_one_line_and_the_last_one():
    for place, before in ((0, "  - {notebook: 00_summary}\n"), (2, "  - notebook: 90_appendix\n")):
        text = add_to_list(CONFIGURATION, "pages", place, "notebook: 02_arms", "report.yaml")
        assert text == CONFIGURATION.replace(before, before + "  - notebook: 02_arms\n")


def test_file_without_a_last_line_end_is_written_to():
    assert add_to_mapping("datasets:\n  a: 1", "datasets", "b: 2", "x") == "datasets:\n  a: 1\n\n  b: 2"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("datasets: {a: 1}\n", "not written as one entry below the other"),
        ("datasets:\n  - a\n", "not written as one entry below the other"),
        ("datasets:\n  arms: 1\n", "'arms' is there already"),
        ("others:\n  a: 1\n", "no key 'datasets'"),
        ("datasets: [", "not readable as YAML"),
        ("datasets:\n  a: &a [1]\n  b: *a\n", "alias"),
        ("", "the file is empty"),
        # a text that keeps the empty lines behind it would change
        ("datasets:\n  a: |+\n    text\n\n\nothers: 1\n", "without changing the rest"),
    ],
)
def test_file_that_cannot_be_written_to_is_refused(text, words):
    with pytest.raises(DataError, match=words):
        add_to_mapping(text, "datasets", "arms: {}", "catalog.yaml")
