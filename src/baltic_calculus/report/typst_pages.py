"""Pages filled in advance: text and exhibits of a chapter laid out by their heights, in the way Typst will do it.

What Typst offers is "here, whatever it costs" (a page may stay half empty) and "float" (far from the text, when there
are many). What a reader expects lies between: an exhibit stands where the text reaches it, or at the top of the next
page, in the order of their numbers, and no page stays empty for it. A chart may print a little smaller when it then
fits. Which of these serves a chapter best is found by trying them on the heights alone, which costs no layout.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Where = Literal["here", "top", "split"]

SPACE_MM = 7.06
"""Room above and below an exhibit that stands in the text."""

CLEARANCE_MM = 8.2
"""Room below an exhibit at the top of a page."""

SLACK_MM = 1.0
"""What an exhibit leaves free where it stands: heights are measured, line breaks at the end of a page are not."""

LEAST_TEXT_MM = 11.0
"""A page with less room than this below its exhibits gets no text: two lines."""

LOST_MM = 2.5
"""What the end of a page loses, on average, because a line does not fit or would be the only one of its paragraph."""

ABOVE_HEADING_MM = 10.0
WITH_HEADING_MM = 16.0
"""Room above a heading, and the least of a page that it needs for itself and the lines that must follow it."""

LEAST_BEGINNING_MM = 45.0
"""A table that breaks across pages begins with at least this much of it; the theme sees to it."""

LEAST_END_MM = 45.0
"""A table that ends less than this from the top of a page were better not broken."""

REPEATED_MM = 13.0
"""Height of the header that a table repeats on each page."""

SCALES = (1.0, 0.96, 0.92, 0.88, 0.84)
WHOLE_PAGE = 0.85
"""Part of a page that a table may take without being broken across pages."""

BEAM = 24
"""Ways to fill the pages so far that are followed further."""

# what a fault weighs, in mm of empty page
LAGS = (0.0, 12.0, 120.0, 320.0, 600.0)
"""By the number of pages between text and exhibit."""

HOLE = 1.5
SHRINKING = 140.0
SPLITTING = 70.0
PAGE = 45.0
LAST_PAGE = 0.2
ALMOST_EMPTY = 60.0
"""For a last page with less than a quarter on it."""


@dataclass(frozen=True)
class Item:
    """An exhibit and the text before it; lengths in mm.

    Attributes
    ----------
    name : str
        Label of the exhibit.
    before : float
        Height of the text between the exhibit before and this one.
    height : float
        Height of the exhibit.
    chart : float
        The part of it that is a chart, and may print smaller.
    may_split : bool
        Whether it may break across pages.
    headings : tuple of float
        Where in the text before it sections begin, counted from the start of that text.
    """

    name: str
    before: float
    height: float
    chart: float = 0.0
    may_split: bool = False
    headings: tuple[float, ...] = ()

    def at(self, scale: float) -> float:
        """Height when the chart prints at a scale."""
        return self.height - self.chart * (1 - scale)


@dataclass(frozen=True)
class Choice:
    """Where an exhibit is put, and where that should bring it.

    Attributes
    ----------
    name : str
        Label of the exhibit.
    place : {"here", "top", "split"}
        In the text, at the top of the next page with room, or across pages.
    scale : float
        Size of its chart.
    call : tuple of int and float
        Page of the chapter, counted from 0, and height on it, at which the text reaches the exhibit.
    page : int
        Page on which it begins.
    top : float
        Height on the page at which it begins.
    """

    name: str
    place: Where
    scale: float
    call: tuple[int, float]
    page: int = -1
    top: float = 0.0


@dataclass(frozen=True)
class _Way:
    """One way to fill the pages so far: the page, the height reached on it, what waits for the next, what it costs."""

    page: int
    y: float
    waiting: tuple[tuple[int, float], ...]
    cost: float
    choices: tuple[Choice, ...]

    def prospect(self, room: float) -> float:
        """Cost, with what waits as if it were set on the pages that follow."""
        cost, page, y = self.cost, self.page + 1, 0.0
        for number, height in self.waiting:
            if y and y + height > room:
                page, y = page + 1, 0.0
            cost += _lag(page - self.choices[number].call[0])
            y += height + CLEARANCE_MM
        waiting = sum(height + CLEARANCE_MM for _, height in self.waiting)
        return cost + PAGE * (self.page + (self.y + waiting) / room)


def _lag(pages: int) -> float:
    return LAGS[min(pages, len(LAGS) - 1)]


def fill_pages(items: Sequence[Item], after: float, room: float) -> list[Choice]:
    """Choose where the exhibits of a chapter stand.

    Parameters
    ----------
    items : sequence of Item
        The exhibits in order.
    after : float
        Height of the text behind the last one, in mm.
    room : float
        Height of the text on a page, in mm.
    """
    ways = [_Way(0, 0.0, (), 0.0, ())]
    for number, item in enumerate(items):
        reached = [_set_text(way, item.before, item.headings, room) for way in ways]
        found = [option for way in reached for option in _options(way, number, item, room)]
        ways = sorted(found, key=lambda way: way.prospect(room))[:BEAM]
    ended = [_flush(_set_text(way, after, (), room), room) for way in ways]
    return list(min(ended, key=lambda way: way.cost + PAGE * way.page + _last_page(way.y, room)).choices)


def _last_page(y: float, room: float) -> float:
    return LAST_PAGE * (room - y) + (ALMOST_EMPTY if y < room / 4 else 0.0)


def _set_text(way: _Way, height: float, headings: Sequence[float], room: float) -> _Way:
    done = 0.0
    while height - done > room - way.y:
        end = done + room - way.y - LOST_MM
        for heading in headings:
            if heading - ABOVE_HEADING_MM < end < heading + WITH_HEADING_MM:
                end = heading - ABOVE_HEADING_MM
        done = max(done, end if room - way.y > LEAST_TEXT_MM else done)
        way = _turn(way, room)
    return replace(way, y=way.y + height - done)


def _turn(way: _Way, room: float) -> _Way:
    """Go on to the next page; as much of what waits as it holds stands at its top."""
    page, y, waiting, cost, choices = way.page + 1, 0.0, list(way.waiting), way.cost, list(way.choices)
    while waiting and (y == 0 or y + waiting[0][1] <= room):
        number, height = waiting.pop(0)
        cost += _lag(page - choices[number].call[0])
        choices[number] = replace(choices[number], page=page, top=y)
        y += height + CLEARANCE_MM
    if room - y < LEAST_TEXT_MM:
        y = room
    return _Way(page, y, tuple(waiting), cost, tuple(choices))


def _flush(way: _Way, room: float) -> _Way:
    """Set what waits; what is left of the pages stays empty."""
    while way.waiting:
        way = _turn(_end(way, room), room)
    return way


def _fitting(way: _Way, item: Item, scales: Sequence[float], room: float) -> float | None:
    """The largest scale at which the rest of the page holds an exhibit."""
    left = room - way.y - (SPACE_MM if way.y else 0.0) - SLACK_MM
    return next((scale for scale in scales if item.at(scale) <= left), None)


def _end(way: _Way, room: float) -> _Way:
    """Leave the rest of the page empty."""
    return replace(way, cost=way.cost + HOLE * (room - way.y))


def _options(way: _Way, number: int, item: Item, room: float) -> list[_Way]:
    """The ways to go on with an exhibit: float it, set it here once nothing waits, or break it across pages."""
    call = (way.page, way.y)
    scales = SCALES if item.chart else SCALES[:1]
    options = []

    def here(base: _Way, scale: float) -> _Way:
        top = base.y + (SPACE_MM if base.y else 0.0)
        choice = Choice(item.name, "here", scale, call, base.page, top)
        cost = base.cost + SHRINKING * (1 - scale)
        y = min(room, top + item.at(scale) + SPACE_MM)
        return replace(base, y=y, cost=cost, choices=(*base.choices, choice))

    def float_(scale: float) -> _Way:
        choice = Choice(item.name, "top", scale, call)
        cost = way.cost + SHRINKING * (1 - scale)
        waiting = (*way.waiting, (number, item.at(scale)))
        return replace(way, waiting=waiting, cost=cost, choices=(*way.choices, choice))

    is_whole = not item.may_split or item.height <= room * WHOLE_PAGE
    fitting = _fitting(way, item, scales, room)
    if is_whole and (way.waiting or fitting != 1.0):
        # a float that fits on this page would be put there by Typst, above the text that calls it
        options += [float_(scale) for scale in scales if way.waiting or fitting is None or scale > fitting]
    cleared = _flush(way, room)
    fitting = _fitting(cleared, item, scales, room)
    if fitting is not None:
        options.append(here(cleared, fitting))
    elif is_whole:
        options.append(here(_turn(_end(cleared, room), room), 1.0))
    if item.may_split:
        options.append(_split(cleared, item, call, room))
    return options


def _split(way: _Way, item: Item, call: tuple[int, float], room: float) -> _Way:
    cost = way.cost + SPLITTING
    if room - way.y < LEAST_BEGINNING_MM + SPACE_MM:
        way = _turn(_end(way, room), room)
        cost = way.cost + SPLITTING
    top = way.y + (SPACE_MM if way.y else 0.0)
    page, y, height = way.page, top, item.height
    while height > room - y:
        height -= room - y - REPEATED_MM
        page, y = page + 1, 0.0
    if page > way.page and y + height < LEAST_END_MM:
        cost += SPLITTING
    choice = Choice(item.name, "split", 1.0, call, way.page, top)
    return _Way(page, min(room, y + height + SPACE_MM), (), cost, (*way.choices, choice))
