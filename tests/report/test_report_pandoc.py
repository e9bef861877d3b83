"""Reading Markdown that was written with computed numbers in it."""

from baltic_calculus.report.pandoc import plain_text, read_markdown


def test_a_line_that_begins_with_a_year_and_a_stop_is_no_list() -> None:
    blocks = read_markdown("Estimates were issued from 2023 to\n2026. They differ.")
    assert [block["t"] for block in blocks] == ["Para"]
    assert plain_text(blocks) == "Estimates were issued from 2023 to 2026. They differ."


def test_a_list_follows_a_blank_line() -> None:
    assert [block["t"] for block in read_markdown("Two things:\n\n- one\n- two")] == ["Para", "BulletList"]


def test_a_heading_keeps_the_identifier_that_it_is_given_and_gets_no_other() -> None:
    named, bare = read_markdown("## How much? {#sec-share}\n\n## Limits")
    assert (named["c"][1][0], bare["c"][1][0]) == ("sec-share", "")
