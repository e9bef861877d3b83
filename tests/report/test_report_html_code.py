"""Code on pages: what is marked, and how little that weighs."""

from lxml import html

from baltic_calculus.report.html_code import highlight

SENTENCE = """Prose(
    "It is {share} of GDP, "
    "and {rank} of all.",  # why
    decimals=2,
)"""


def test_strings_keywords_and_comments_are_marked_by_short_elements(pandoc) -> None:
    (plain, sentence) = highlight(["from math import pi", SENTENCE], pandoc)
    assert "<b>from</b> math <b>import</b> pi" in plain
    # two strings with names in braces are one element; numbers and operators need none
    assert '<i>"It is {share} of GDP, "\n    "and {rank} of all."</i>' in sentence
    assert "<em># why</em>" in sentence
    assert "decimals=2" in sentence
    assert html.fromstring(sentence).text_content() == SENTENCE
    assert "<span" not in sentence
    assert sentence.count("class=") == 1  # of the block, which the style sheet knows
