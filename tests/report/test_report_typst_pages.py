"""Pages filled with exhibits and text by their heights, on pages of 245 mm."""

from baltic_calculus.report.typst_pages import Choice, Item, fill_pages

ROOM = 245.0


def placed(*items: Item, after: float = 0) -> list[tuple[str, float, int]]:
    return [(choice.place, choice.scale, choice.page) for choice in fill_pages(items, after, ROOM)]


def test_an_exhibit_that_fits_stands_where_the_text_reaches_it() -> None:
    assert placed(Item("fig-a", before=100, height=100)) == [("here", 1.0, 0)]


def test_a_chart_prints_smaller_when_that_keeps_it_with_its_text() -> None:
    # 140 + 7.06 + 100 + 1 = 248 mm; at 96 % of its 80 mm the chart takes 3.2 mm less
    assert placed(Item("fig-a", before=140, height=100, chart=80)) == [("here", 0.96, 0)]


def test_what_does_not_fit_floats_to_the_next_page_and_text_fills_this_one() -> None:
    assert placed(Item("fig-a", before=200, height=100), after=120) == [("top", 1.0, 1)]


def test_exhibits_keep_their_order() -> None:
    # fig-b would fit where the text reaches it, but fig-a is still waiting
    found = placed(Item("fig-a", before=150, height=120), Item("fig-b", before=10, height=40), after=200)
    assert [page for *_, page in found] == sorted(page for *_, page in found)
    assert found[1][2] >= found[0][2]


def test_two_waiting_charts_share_a_page_when_they_fit_a_little_smaller() -> None:
    # 2 x (120 + 8.2) > 245; at 96 % of 100 mm each takes 4 mm less
    found = placed(Item("fig-a", 200, 120, 100), Item("fig-b", 30, 120, 100), after=250)
    assert [page for *_, page in found] == [1, 1]


def test_a_table_longer_than_a_page_breaks() -> None:
    assert placed(Item("tbl-a", before=50, height=600, may_split=True), Item("fig-b", 10, 20)) == [
        ("split", 1.0, 0),
        ("here", 1.0, 2),
    ]


def test_a_heading_at_the_end_of_a_page_goes_to_the_next_with_its_text() -> None:
    # the page ends 5 mm below the heading, so 15 mm of text more stand on the next one before the exhibit
    without = fill_pages([Item("fig-a", before=300, height=100)], 0, ROOM)
    heading = fill_pages([Item("fig-a", before=300, height=100, headings=(238.0,))], 0, ROOM)
    assert heading[0].top > without[0].top


def test_a_chapter_without_exhibits_has_nothing_to_place() -> None:
    assert fill_pages([], 500, ROOM) == []


def test_a_choice_says_where_it_was_called() -> None:
    (choice,) = fill_pages([Item("fig-a", before=200, height=100)], 100, ROOM)
    assert choice == Choice("fig-a", "top", 1.0, (0, 200.0), 1, 0.0)
