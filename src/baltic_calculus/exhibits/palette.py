"""Every colour of the report in one place: its role, and its partner for dark pages.

A chart is drawn once, in the light colours. :func:`repaint_dark` turns the drawing into the one for dark pages, and the
rules of :func:`dark_css` do the same for interactive charts; both match colours by attribute, so a colour that is not
listed here would stay light on a dark page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from baltic_calculus.exhibits.country import country_names


@dataclass(frozen=True)
class Colour:
    """A colour on white paper, and its partner on the dark page.

    Parameters
    ----------
    role : str
        What the colour stands for.
    light, dark : str
        Six-digit hexadecimal colours in small letters.
    """

    role: str
    light: str
    dark: str


PAPER = Colour("page, and the inside of hollow marks", "#ffffff", "#14181d")
INK = Colour("text and totals", "#1d2329", "#e6e9ec")
MUTE = Colour("axis labels, units, notes", "#55606a", "#a7b1bb")
GRID = Colour("grid lines", "#e4e8eb", "#2c343c")
BASELINE = Colour("zero line and axis line", "#8c969f", "#77828d")
REFERENCE = Colour("targets and other references", "#3f4a54", "#bcc5cd")
OTHER = Colour("countries and parts that are not the subject", "#8a95a0", "#7d8994")
ACCENT = Colour("bars and ranges without a colour of their own", "#3c6482", "#86b3d3")
POSITIVE = Colour("adds to a total", "#2f6f9f", "#7db9e6")
NEGATIVE = Colour("takes from a total", "#b4552d", "#f0a078")

COUNTRIES = {
    "EST": Colour("Estonia", "#0b5fa5", "#6baeea"),
    "LVA": Colour("Latvia", "#9e1b32", "#f0808c"),
    "LTU": Colour("Lithuania", "#b98500", "#e3b341"),
    "POL": Colour("Poland", "#b8467f", "#ea94bd"),
    "FIN": Colour("Finland", "#0d7d78", "#26d6d9"),
    "SWE": Colour("Sweden", "#4d7d22", "#9cca6c"),
    "DEU": Colour("Germany", "#3d4349", "#c3c9cf"),
    "USA": Colour("United States", "#6b4fa0", "#b59ee6"),
    "RUS": Colour("Russia", "#bd4716", "#df6649"),
    "BLR": Colour("Belarus", "#85664b", "#d6bb87"),
    "UKR": Colour("Ukraine", "#2576a5", "#7cc4ee"),
    "XEC": Colour("NATO Europe and Canada", "#5c6873", "#9faab4"),
    "XNT": Colour("NATO total", "#27313a", "#d3d9df"),
    "EU27": Colour("European Union", "#56626d", "#a4afb9"),
}

AGGREGATES = {"XEC", "XNT", "EU27"}

# Marks need a contrast of 3:1, text 4.5:1; these marks are too pale to set text in.
_TEXT = {"LTU": Colour("Lithuania, as text", "#8a6100", "#e6b94f")}

CATEGORIES = {
    "equipment": Colour("equipment", "#0f5c8c", "#6fb3dd"),
    "personnel": Colour("personnel", "#a0522d", "#e09a73"),
    "infrastructure": Colour("infrastructure", "#3f7d4e", "#86c894"),
    "other": Colour("other", "#66717b", "#98a3ad"),
    "defence": Colour("defence", "#9c2740", "#f2869a"),
    "social_protection": Colour("social protection", "#33658a", "#88b9dc"),
    "health": Colour("health", "#1b7f79", "#66c7c0"),
    "education": Colour("education", "#8a6414", "#dcb357"),
    "economic_affairs": Colour("economic affairs", "#6a57a5", "#b3a3e8"),
    "general_public_services": Colour("general public services", "#39434c", "#c3cbd2"),
    "public_order_safety": Colour("public order and safety", "#a8548c", "#e59ccb"),
    "environment": Colour("environment", "#54802b", "#a3cc7a"),
    "housing": Colour("housing", "#8b5e4b", "#cda28e"),
    "recreation_culture": Colour("recreation and culture", "#b05a12", "#ef9f5c"),
    "total": Colour("total", "#28323b", "#d0d7dd"),
    "presence": Colour("forces present", "#14527f", "#74b2e2"),
    "reserve": Colour("reserves", "#56748f", "#93b1cb"),
    "reinforcement": Colour("reinforcements", "#7a5ea6", "#b9a1e6"),
    "interest": Colour("interest", "#9a3b52", "#ee8fa4"),
    "growth": Colour("growth", "#2a7a6b", "#6cc6b5"),
    "primary_balance": Colour("primary balance", "#2f5f9a", "#83b4ee"),
    "stock_flow": Colour("stock-flow adjustment", "#7c6f55", "#bfb296"),
    "up to the reference value": Colour("up to the reference value", "#66717b", "#98a3ad"),
    "above it, covered by defence delivered": Colour("above it, covered by defence delivered", "#22618f", "#79b4e0"),
    "above it, covered if deliveries rise": Colour("above it, covered if deliveries rise", "#706abe", "#9692e9"),
    "above it, not covered": Colour("above it, not covered", "#b4552d", "#f0a078"),
    "decided taxes": Colour("decided taxes", "#22618f", "#79b4e0"),
    "other funds and transfers": Colour("other funds and transfers", "#1f7a86", "#68c3cf"),
    "cuts, also for other priorities": Colour("cuts, also for other priorities", "#8a6a12", "#d9b655"),
    "decided borrowing": Colour("decided borrowing", "#b4552d", "#f0a078"),
    "no measure with an amount": Colour("no measure with an amount", "#66717b", "#98a3ad"),
    "supported or came true": Colour("supported or came true", "#22618f", "#79b4e0"),
    "supported or adopted in part": Colour("supported or adopted in part", "#1f7a86", "#68c3cf"),
    "outdated since": Colour("outdated since", "#8a6a12", "#d9b655"),
    "contradicted or not adopted": Colour("contradicted or not adopted", "#b4552d", "#f0a078"),
    "window still open": Colour("window still open", "#706abe", "#9692e9"),
    "not checkable as worded": Colour("not checkable as worded", "#66717b", "#98a3ad"),
    "evidence not read": Colour("evidence not read", "#39434c", "#c3cbd2"),
}

SEQUENCE = (
    Colour("first unnamed series", "#22618f", "#79b4e0"),
    Colour("second unnamed series", "#b3541e", "#f0996a"),
    Colour("third unnamed series", "#134f2b", "#58ceab"),
    Colour("fourth unnamed series", "#706abe", "#9692e9"),
    Colour("fifth unnamed series", "#8a6a12", "#d9b655"),
    Colour("sixth unnamed series", "#a8436a", "#ea8db0"),
    Colour("seventh unnamed series", "#1f7a86", "#68c3cf"),
    Colour("eighth unnamed series", "#66707a", "#9ca7b1"),
)

STEPS = (
    Colour("first step of a scale", "#7698b7", "#4a6884"),
    Colour("second step of a scale", "#47789f", "#6895bd"),
    Colour("third step of a scale", "#285684", "#9cc3e4"),
    Colour("fourth step of a scale", "#0b2c54", "#dcedfb"),
)
"""From little to much: darker on white paper, brighter on the dark page."""

_KEYWORDS = {"transparent", "none", "currentcolor"}
_HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_PAINT = re.compile(r'\b(fill|stroke|stop-color)="(#[0-9a-f]{6})"')
_COLOUR_KEYS = re.compile(r"(colou?r|fill|stroke|background|scheme)$", re.IGNORECASE)


def every_colour() -> tuple[Colour, ...]:
    """All colours of the palette, without repetition."""
    general = (PAPER, INK, MUTE, GRID, BASELINE, REFERENCE, OTHER, ACCENT, POSITIVE, NEGATIVE)
    return (*general, *COUNTRIES.values(), *_TEXT.values(), *CATEGORIES.values(), *SEQUENCE, *STEPS)


def country_colour(iso3: str) -> Colour:
    """Colour of a country or aggregate; every country without one of its own has the calm neutral."""
    return COUNTRIES.get(iso3, OTHER)


def text_colour(name: str, mark: Colour) -> Colour:
    """Colour in which to set the label of a mark, dark enough to read."""
    return MUTE if mark is OTHER else _TEXT.get(name, mark)


def series_colours(names: Iterable[str]) -> dict[str, Colour]:
    """Give every series its colour: its own when it has one, else the next of the sequence.

    Parameters
    ----------
    names : iterable of str
        Country codes, category names or any other series names, in the order of drawing.

    Returns
    -------
    dict
        Name to colour. Countries without a colour of their own get the neutral. One that is alone, or with aggregates
        only, is the subject and gets the first colour of the sequence.
    """
    names = list(names)
    spare = iter(SEQUENCE * 4)
    alone = len({name for name in names if name in country_names()} - AGGREGATES) == 1
    colours: dict[str, Colour] = {}
    for name in names:
        if name in COUNTRIES:
            colours[name] = COUNTRIES[name]
        elif name in CATEGORIES:
            colours[name] = CATEGORIES[name]
        elif name in country_names():
            colours[name] = next(spare, OTHER) if alone else OTHER
        else:
            colours[name] = next(spare, OTHER)
    return colours


def _strings(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Walk a specification and yield (nearest key, text) for every text in it; data rows are left out."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name not in ("datasets", "values", "resolve"):
                yield from _strings(child, name if name not in ("value", "condition") else key)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _strings(child, key)
    elif isinstance(node, str):
        yield key, node


def colours_outside_palette(spec: dict[str, Any]) -> set[str]:
    """Colours in a Vega-Lite specification that no palette role has, so that dark pages would miss them.

    Parameters
    ----------
    spec : dict
        A Vega-Lite specification with its configuration.

    Returns
    -------
    set of str
        Hexadecimal colours and colour names; empty for a sound chart.
    """
    allowed = {colour.light for colour in every_colour()} | _KEYWORDS
    found: set[str] = set()
    for key, text in _strings(spec):
        found.update(match.lower() for match in _HEX.findall(text))
        if _COLOUR_KEYS.search(key) and re.fullmatch(r"[a-zA-Z]+", text):
            found.add(text.lower())
    return found - allowed


def _partners() -> dict[str, str]:
    """Dark partner of each light colour."""
    return {colour.light: colour.dark for colour in every_colour()}


def repaint_dark(svg: str) -> str:
    """Give a drawing made for a white page the colours of the dark one.

    Parameters
    ----------
    svg : str
        A drawing whose colours stand in attributes, as Vega writes them.
    """
    partners = _partners()
    return _PAINT.sub(lambda match: f'{match[1]}="{partners.get(match[2], match[2])}"', svg)


def _rules(prefix: str, colours: Sequence[Colour]) -> list[str]:
    """Rules that repaint fills and strokes under ``prefix``, one line for each attribute and colour."""
    return [
        f'{prefix} .plot svg [{attribute}="{colour.light}"]{{{attribute}:{colour.dark}}}'
        for colour in colours
        for attribute in ("fill", "stroke")
    ]


def dark_css() -> str:
    """Style rules that repaint the charts on dark pages.

    Returns
    -------
    str
        Rules under ``:root[data-theme=dark] .plot svg``, and the same for readers whose system asks for dark pages and
        who have not chosen light ones.
    """
    colours = list({colour.light: colour for colour in every_colour()}.values())
    chosen = _rules(":root[data-theme=dark]", colours)
    system = _rules(":root:not([data-theme=light])", colours)
    return "\n".join([*chosen, "@media (prefers-color-scheme:dark){", *system, "}"]) + "\n"
