"""The cover: the three states among their neighbours, and what they spend, in the colours of the cover."""

import json
from pathlib import Path
from typing import Any

from baltic_calculus import catalog
from baltic_calculus.exhibits.number import format_number
from baltic_calculus.exhibits.palette import country_colour
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.svg import ChartDrawer

MAP = "baltic_region"
BALTIC = ("EST", "LVA", "LTU")
NEIGHBOURS = ("BLR", "FIN", "POL", "RUS", "SWE")

# A4 in points, so that the theme places the map without scaling
WIDTH, HEIGHT = 595, 842
SPENDING, SHARE = "nato_defence_expenditure", "share_gdp_pct"
COAST = "#2b5070"
SUBJECT, BORDER = "#1f4a6e", "#e9b44c"


def draw_cover(drawer: ChartDrawer) -> str:
    """The map as SVG; the catalogue, which is slow to check a map, is asked for its contents only when it is new.

    Raises
    ------
    DataError
        When the catalogue has no map of the region.
    """
    source = Path(__file__).read_text(encoding="utf-8")
    parts = (catalog.record(MAP).sha256, source, *drawer.depends_on())
    return drawer.memo.recall("cover", parts, lambda: drawer.draw(cover_chart(), "cover").text)


def cover_lines(memo: Memo) -> dict[str, Any]:
    """What the three states spend, for the theme to draw: a title, the years, and a line of values for each state.

    Raises
    ------
    DataError
        When the catalogue does not have what they spend.
    """
    source = Path(__file__).read_text(encoding="utf-8")
    parts = (catalog.record(SPENDING).sha256, source)
    lines: dict[str, Any] = json.loads(memo.recall("cover-lines", parts, lambda: json.dumps(_lines())))
    return lines


def _lines() -> dict[str, Any]:
    spending, countries = catalog.load(SPENDING), catalog.countries()
    names = dict(zip(countries["iso3"], countries["name"], strict=True))
    shares = spending[spending["measure"] == SHARE].dropna(subset="value").sort_values("year", kind="stable")
    by_state = {state: shares[shares["iso3"] == state] for state in BALTIC}
    years = sorted(set.intersection(*(set(map(int, rows["year"])) for rows in by_state.values())))
    lines = []
    for state, rows in by_state.items():
        values = [float(value) for year, value in zip(rows["year"], rows["value"], strict=True) if year in years]
        label = format_number(values[-1], "%", 1)
        lines.append({"name": names[state], "values": values, "label": label, "colour": country_colour(state).dark})
    return {
        "title": "Core defence expenditure as a share of GDP, with NATO\u2019s estimates",
        "years": years,
        "lines": lines,
    }


def cover_chart() -> dict[str, Any]:
    """Vega-Lite specification of the cover's map: the three states fill the lower right of the page.

    Raises
    ------
    DataError
        When the catalogue has no map of the region.
    """
    return map_chart(WIDTH, HEIGHT, scale=4300, centre=(WIDTH / 2 + 92, HEIGHT / 2 - 2))


def map_chart(width: float, height: float, *, scale: float, centre: tuple[float, float]) -> dict[str, Any]:
    """Vega-Lite specification of the map in a frame.

    Parameters
    ----------
    width, height : float
        Size of the frame.
    scale : float
        Size of the map, as d3 counts it.
    centre : tuple of float
        Where in the frame the place between the three states and Scandinavia lies.

    Raises
    ------
    DataError
        When the catalogue has no map of the region.
    """
    features = catalog.load_geometry(MAP)["features"]
    projection = {
        # conic, true at both ends of the region
        "type": "conicConformal",
        "rotate": [-24.5, 0],
        "parallels": [54, 60],
        "center": [-1.2, 59.2],
        "scale": scale,
        "translate": list(centre),
        "clipExtent": [[0, 0], [width, height]],
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "padding": 0,
        "background": "transparent",
        "config": {"view": {"stroke": None}},
        "projection": projection,
        "layer": [
            _land(features, NEIGHBOURS, "transparent", COAST, 0.5),
            _land(features, BALTIC, SUBJECT, BORDER, 1.1),
        ],
    }


def _land(
    features: list[dict[str, Any]], countries: tuple[str, ...], fill: str, stroke: str, width: float
) -> dict[str, Any]:
    shown = [feature for feature in features if feature["properties"]["iso3"] in countries]
    return {
        "data": {"values": shown},
        "mark": {"type": "geoshape", "fill": fill, "stroke": stroke, "strokeWidth": width},
    }
