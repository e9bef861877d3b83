"""The same Markdown for Quarto: what it must not meet is rewritten, and nothing else."""

import pytest

from baltic_calculus.report.numbering import Numbering, Target
from baltic_calculus.report.page import MatrixPage, Page
from baltic_calculus.report.quarto.markdown import QuartoMarkdown, staged_name

SUMMARY = Page(notebook="00_summary", coverage="nato")
CHAPTER = Page(notebook="01_spending", number="1", coverage="nato")
PROFILE = MatrixPage(
    notebook="country_profile_est",
    number="EST",
    coverage="nato",
    folder="profiles",
    formats=("html",),
    parameter="country",
    value="EST",
)
TARGETS = (
    Target("sec-summary", "chapter", "", "Summary", SUMMARY),
    Target("sec-spending", "chapter", "1", "Spending", CHAPTER),
    Target("fig-share", "figure", "1.1", "fig-share", CHAPTER),
    Target("sec-profiles-est", "chapter", "", "Estonia", PROFILE),
    Target("fig-profile-share-est", "figure", "EST.1", "fig-profile-share-est", PROFILE),
)
NUMBERING = Numbering({target.label: target for target in TARGETS}, {})


def rewritten(text: str, page: Page = CHAPTER) -> str:
    return QuartoMarkdown(page, NUMBERING).rewrite(text)


@pytest.mark.parametrize(
    "text",
    [
        "See @fig-share and [@fig-share; @sec-spending], after [@nato2025, p. 3] and @nato2025.",
        "[a link](https://example.org/@sec-summary), someone@sec-summary.example",
        "## Levels {#sec-levels}",
        "Code `@sec-summary` and `[^1]` stays.",
        "```python\n# US$ @sec-summary [^1]\n```",
    ],
)
def test_what_quarto_understands_stays_as_it_is(text: str) -> None:
    assert rewritten(text) == text


def test_a_reference_to_what_has_no_number_becomes_a_link_with_its_title() -> None:
    assert rewritten("See @sec-summary.") == "See [“Summary”](summary.ipynb#sec-summary)."
    assert rewritten("See @sec-summary.", SUMMARY) == "See [“Summary”](#sec-summary)."
    assert rewritten("See [@sec-summary; @fig-share].") == "See [“Summary”](summary.ipynb#sec-summary), @fig-share."


def test_headings_of_a_page_without_number_get_none() -> None:
    assert rewritten("## What is spent {#sec-spent}\n\nText", SUMMARY) == (
        "## What is spent {#sec-spent .unnumbered}\n\nText"
    )
    assert rewritten("## Limits", SUMMARY) == "## Limits {.unnumbered}"
    assert rewritten("## Limits {.unnumbered}", SUMMARY) == "## Limits {.unnumbered}"


def test_footnotes_of_two_chapters_do_not_meet_in_the_book() -> None:
    assert rewritten("A note.[^1]\n\n[^1]: US$ 3 bn.") == "A note.[^spending-1]\n\n[^spending-1]: US\\$ 3 bn."


def test_a_bracket_over_two_lines_is_one_bracket() -> None:
    assert rewritten("[@sec-summary;\n@fig-share]") == "[“Summary”](summary.ipynb#sec-summary), @fig-share"


def test_a_page_in_a_folder_is_staged_there() -> None:
    class Profile(Page):
        @property
        def href(self) -> str:
            return "profiles/est.html"

    profile = Profile(notebook="10_est", coverage="nato")
    assert staged_name(profile) == "profiles/est.ipynb"
    assert rewritten("@sec-summary", profile) == "[“Summary”](../summary.ipynb#sec-summary)"


@pytest.mark.parametrize(
    ("label", "name"), [("sec-profiles-est", "“Estonia”"), ("fig-profile-share-est", "Figure\u00a0EST.1")]
)
def test_what_only_the_site_has_is_a_link_there_and_a_name_in_the_book(label: str, name: str) -> None:
    link = f"[{name}](profiles/est.ipynb#{label})"
    assert rewritten(f"See @{label}.") == (
        f'See [{link}]{{.content-visible when-format="html"}}[{name}]{{.content-hidden when-format="html"}}.'
    )


def test_a_page_that_only_the_site_has_refers_to_its_own_and_to_chapters() -> None:
    assert rewritten("See @fig-profile-share-est and @fig-share.", PROFILE) == (
        "See @fig-profile-share-est and @fig-share."
    )
    assert rewritten("See @sec-summary.[^1]", PROFILE) == (
        "See [“Summary”](../summary.ipynb#sec-summary).[^profiles-est-1]"
    )
    assert rewritten("## Share {#sec-x}", PROFILE) == "## Share {#sec-x .unnumbered}"
