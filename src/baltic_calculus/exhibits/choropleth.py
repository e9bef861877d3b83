"""A map of the alliance in steps of one colour: Europe, and North America beside it at a smaller scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.condition import text_if
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.narrow import key_columns
from baltic_calculus.exhibits.number import format_number
from baltic_calculus.exhibits.outline import View, place_countries, ring_area, select_outlines
from baltic_calculus.exhibits.series import flags_of, require_columns
from baltic_calculus.exhibits.step import find_step, print_in_step, step_names
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

HEIGHT = 480
_EARTH_RADIUS_KM = 6371


@dataclass(frozen=True)
class Sheet:
    """A piece of the world on the picture: conformal conic, and only its size follows the width of the picture.

    Parameters
    ----------
    view : View
        What is drawn of the world.
    centre : tuple of float
        Longitude and latitude of the point that stands at ``place``.
    parallels : tuple of float
        Latitudes at which the cone cuts the globe.
    span_km : float
        Kilometres across the whole picture.
    place : tuple of float
        Where the centre stands, as shares of the width and the height.
    """

    view: View
    centre: tuple[float, float]
    parallels: tuple[float, float]
    span_km: float
    place: tuple[float, float]

    def projection(self) -> alt.Projection:
        """The projection that draws it."""
        longitude, latitude = self.centre
        across, down = self.place
        return alt.Projection(
            type="conicConformal",
            parallels=list(self.parallels),
            rotate=[-longitude, 0, 0],
            center=[0, latitude],
            scale=alt.ExprRef(f"width * {_EARTH_RADIUS_KM / self.span_km:.4f}"),
            translate=alt.ExprRef(f"[width * {across}, height * {down}]"),
        )


EUROPE = Sheet(View(-25, 100, 34, 73), (15, 54), (42, 62), 5500, (0.535, 0.49))
AMERICA = Sheet(View(-170, -50, 24, 84), (-96, 55), (40, 66), 35000, (0.105, 0.56))
OVERSEAS = ("CAN", "USA")
"""Members on the sheet of North America."""

LABELS = {
    "CAN": (-107, 57.5), "DNK": (9.4, 56.1), "FIN": (26.3, 63.5), "FRA": (2.4, 46.8), "GBR": (-1.6, 52.7),
    "GRC": (21.9, 39.4), "HRV": (16.2, 45.5), "ITA": (12.2, 43.1), "MNE": (18.9, 42.9), "ALB": (19.7, 41.0),
    "NLD": (5.7, 52.3), "NOR": (9.2, 61.2), "SWE": (15.2, 61.5), "USA": (-99, 39.5),
}  # fmt: skip
"""Where a number stands, in degrees, when the middle of the country's largest part is no good place for it."""

# The key stands in lines of no more than this many pixels: Vega makes all columns wider than their entries.
KEY_ROOM = 0.7 * WIDTH
# Pictures narrower than this have room for the numbers of countries of at least so many square degrees.
NARROW, ROOMY = 480, 19.0


def chart_choropleth(
    borders: Mapping[str, Any],
    frame: pd.DataFrame,
    *,
    value: str,
    unit: str,
    levels: Sequence[float],
    absent: str,
    others: str,
    country: str = "iso3",
    details: Mapping[str, str] | None = None,
    heading: str = "",
    flag: str = "flag",
    decimals: int = 1,
) -> alt.LayerChart:
    """Fill each country by the step that its number falls into, and print the number on it.

    Parameters
    ----------
    borders : mapping
        GeoJSON feature collection of countries, with ``iso3`` among the properties.
    frame : DataFrame
        One row for each country of the subject; one without a number is hollow, with a dashed outline.
    value, country : str
        Columns of the number and of the country code.
    unit : str
        Unit of the numbers.
    levels : sequence of float
        Lower ends of all steps but the lowest.
    absent : str
        What the key says of countries without a number.
    others : str
        What the key says of countries that are not in the frame.
    details : mapping of str to str, optional
        Tooltip: title to column of texts.
    heading : str
        Line above the map; the unit when empty. Land cannot be drawn hollow: where no number is final the line says so.
    flag : str
        Column of flags; tooltips print them.
    decimals : int
        Decimals of the printed numbers; more where a number would else seem to be in another step.

    Returns
    -------
    LayerChart
        Phones print the numbers of the larger countries only; tooltips have all of them.

    Raises
    ------
    ExhibitError
        When a column is missing, there is nothing to draw, or a country is not on the map.
    """
    more = dict(details or {})
    require_columns(frame, [country, value, *more.values()], "chart_choropleth")
    lost = sorted(set(frame[country]) - {feature["properties"]["iso3"] for feature in borders["features"]})
    if lost:
        raise ExhibitError(f"not on the map: {', '.join(lost)}", where="chart_choropleth", remedy="leave them out")
    names = [*step_names(levels, unit), absent, others]
    flags = flags_of(frame, flag)
    facts = _make_facts(
        frame.assign(flag=flags), country=country, value=value, unit=unit, levels=levels, details=more, names=names
    )
    labels = _make_labels(borders, frame.set_index(country)[value].dropna(), levels, decimals)
    sheets = {}
    for sheet in (EUROPE, AMERICA):
        overseas = sheet is AMERICA
        land = {"features": [one for one in borders["features"] if (one["properties"]["iso3"] in OVERSEAS) == overseas]}
        numbers = _numbers(labels[labels["overseas"] == overseas])
        # each layer with its own: Vega-Lite warns the reader of a projection that overrides a shared one
        layers = [_land(sheet, land, facts, names, list(more)), *numbers]
        sheets[sheet] = [layer.properties(projection=sheet.projection()) for layer in layers]
    open_word = " (estimates)" if flags[frame[value].notna()].map(is_open).all() else ""
    return put_together([*sheets[EUROPE], *sheets[AMERICA]], unit=f"{heading or unit}{open_word}", height=HEIGHT)


def _make_facts(
    frame: pd.DataFrame,
    *,
    country: str,
    value: str,
    unit: str,
    levels: Sequence[float],
    details: Mapping[str, str],
    names: Sequence[str],
) -> dict[str, dict[str, str]]:
    """What is known of each country of the frame: its step and the lines of its tooltip."""
    facts = {}
    for row in frame.to_dict("records"):
        known, said = pd.notna(row[value]), f" ({row['flag']})" if row["flag"] else ""
        facts[row[country]] = {
            "step": names[find_step(row[value], levels)] if known else names[-2],
            "number": f"{format_number(row[value], unit, 2)}{said}" if known else names[-2],
            **{f"detail_{place}": str(row[column]) for place, column in enumerate(details.values())},
        }
    return facts


def _land(
    sheet: Sheet,
    land: Mapping[str, Any],
    facts: Mapping[str, Mapping[str, str]],
    names: Sequence[str],
    titles: list[str],
) -> alt.Chart:
    """Countries of a sheet in the colours of their steps."""
    nothing = {"step": names[-1], "number": names[-1], **{f"detail_{place}": "–" for place in range(len(titles))}}
    features = tuple(
        {**one, "name": display_name(one["properties"]["iso3"]), **facts.get(one["properties"]["iso3"], nothing)}
        for one in select_outlines(land, sheet.view)
    )
    hollow = f"datum.step === '{names[-2]}'"
    colours = [step.light for step in palette.STEPS[len(palette.STEPS) - len(names) + 2 :]]
    legend = alt.Legend(columns=key_columns(names, KEY_ROOM), gridAlign="each", symbolType="square", labelLimit=0)
    return (
        # tuples: Altair copies lists, here of thousands of coordinates, each time that charts are put together
        alt.Chart(alt.InlineData(values=features))
        .mark_geoshape(clip=True)
        .encode(
            fill=alt.Fill(
                "step:N",
                scale=alt.Scale(domain=list(names), range=[*colours, palette.PAPER.light, palette.GRID.light]),
                legend=legend,
            ),
            stroke=alt.StrokeValue(palette.PAPER.light, condition={"test": hollow, "value": palette.MUTE.light}),
            strokeDash=alt.StrokeDashValue([1, 0], condition={"test": hollow, "value": [3, 2]}),
            strokeWidth=alt.StrokeWidthValue(0.8),
            tooltip=[
                alt.Tooltip("name:N", title=HEADING),
                alt.Tooltip("number:N", title="Number"),
                *(alt.Tooltip(f"detail_{place}:N", title=title) for place, title in enumerate(titles)),
            ],
        )
    )


def _make_labels(borders: Mapping[str, Any], values: pd.Series, levels: Sequence[float], decimals: int) -> pd.DataFrame:
    """Numbers with their places, and whether a phone has room for them."""
    centres = place_countries(borders)
    rows = []
    for feature in borders["features"]:
        code = feature["properties"]["iso3"]
        if code not in values.index:
            continue
        longitude, latitude = LABELS.get(code, tuple(centres.loc[code]))
        area = max(abs(ring_area(polygon[0])) for polygon in feature["geometry"]["coordinates"])
        text = print_in_step(float(values[code]), levels, decimals)
        rows.append((code, longitude, latitude, text, area >= ROOMY, code in OVERSEAS))
    return pd.DataFrame(rows, columns=["code", "longitude", "latitude", "text", "roomy", "overseas"])


def _numbers(labels: pd.DataFrame) -> list[alt.Chart]:
    """Numbers on the map; on narrow pictures those of the larger countries only."""
    layers = []
    for roomy, rows in labels.groupby("roomy"):
        base = alt.Chart(rows[["longitude", "latitude", "text"]]).encode(
            longitude=alt.Longitude("longitude:Q"),
            latitude=alt.Latitude("latitude:Q"),
            text=alt.Text("text:N") if roomy else text_if(f"width > {NARROW}", "text"),
        )
        layers += haloed(base, fontSize=TICK_SIZE, fontWeight=600, baseline="middle")
    return layers
