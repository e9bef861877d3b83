"""Every chart form, wide and narrow: colours from the palette, no text cut off, no text over another."""

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import vl_convert

from baltic_calculus import catalog
from baltic_calculus.analysis.assumption_log import HIGH, IMPACTS, QUALITIES, count_ratings, list_all
from baltic_calculus.analysis.chronicle import KINDS as EVIDENCE_KINDS
from baltic_calculus.analysis.chronicle import compute_chronicle, crowded_from, order_categories
from baltic_calculus.analysis.command import CHANGES, compute_command
from baltic_calculus.analysis.defence_line import compute_progress
from baltic_calculus.analysis.force_model import PROMISED, compute_horizon
from baltic_calculus.analysis.forces import COMPONENTS, around, compute_forces
from baltic_calculus.analysis.incidents import ATTRIBUTIONS, KINDS, select_events
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.presence import SCOPE_ORDER, compute_strengths, latest_strengths
from baltic_calculus.analysis.safe import compute_safe_loans
from baltic_calculus.analysis.safe_service import gather_parts, schedule_service
from baltic_calculus.analysis.safe_value import compute_rate_grid
from baltic_calculus.analysis.source_comparison import SOURCES, compare_sources
from baltic_calculus.analysis.warning import compute_windows, converted_windows
from baltic_calculus.exhibits import (
    Band,
    Event,
    Reference,
    chart_bar_panels,
    chart_bars,
    chart_break_panels,
    chart_bullets,
    chart_choropleth,
    chart_chronicle,
    chart_command_tree,
    chart_contributions,
    chart_dots,
    chart_dumbbell,
    chart_grouped_bars,
    chart_heat,
    chart_intervals,
    chart_line_panels,
    chart_lines,
    chart_map,
    chart_matrix,
    chart_range_panels,
    chart_spread,
    chart_stacked_bars,
    chart_steps,
    chart_timeline,
    chart_tornado,
    chart_waterfall,
    events_of,
)
from baltic_calculus.exhibits.measure import text_width
from baltic_calculus.exhibits.narrow import narrow_spec
from baltic_calculus.exhibits.palette import colours_outside_palette, every_colour

FONTS = Path(__file__).parents[2] / "report" / "theme" / "fonts" / "ttf"
BALTIC = ("EST", "LVA", "LTU")
# The converter drops the quotes of a font family before it measures text; it keeps entities.
QUOTED, KEPT = "'Source Sans 3'", "&quot;Source Sans 3&quot;"


def nato(measure: str, *codes: str) -> pd.DataFrame:
    """One measure of NATO's tables, for the countries given or for all."""
    frame = catalog.load("nato_defence_expenditure")
    frame = frame[(frame["measure"] == measure) & (frame["iso3"].isin(codes) | (not codes))]
    return frame.sort_values("iso3", key=lambda column: column.map(lambda code: codes.index(code) if codes else 0))


def shares_of_two_years() -> pd.DataFrame:
    """Share of GDP of every ally in 2014 and 2026."""
    frame = nato("share_gdp_pct")
    wide = frame[frame["year"].isin([2014, 2026])].pivot(index="iso3", columns="year", values="value").reset_index()
    return wide.set_axis(["iso3", "first", "last"], axis=1).assign(flag="estimate").dropna()


def composition(*codes: str) -> pd.DataFrame:
    """Shares of equipment, personnel and the rest."""
    parts = ("equipment", "personnel", "infrastructure", "other")
    return pd.concat([nato(f"{part}_share_pct", *codes).assign(part=part) for part in parts], ignore_index=True)


DEBT = pd.DataFrame(
    [
        (code, part, value)
        for code, values in {"EST": (1.2, -3.4, 8.8, 0.6), "LVA": (3.1, -5.0, 6.1, -1.4)}.items()
        for part, value in zip(("interest", "growth", "primary_balance", "stock_flow"), values, strict=True)
    ],
    columns=["iso3", "part", "points"],
)
CHRONICLE = compute_chronicle(catalog.load("timeline"), "2026-10-03")
RANGES = pd.DataFrame(
    {
        "who": [
            "Germany, Bundeswehr: chief of defence",
            "Denmark, Defence Intelligence Service: large-scale war",
            "Poland",
            "SAB",
        ],
        "low": [5.0, float("nan"), 0.0, 3.0],
        "high": [8.0, 5.0, 3.0, float("nan")],
        "value": [6.0, float("nan"), float("nan"), float("nan")],
        "confidence": ["low", "high", "medium", "low"],
    }
)
BUDGETS = pd.DataFrame(
    {
        "iso3": ["EST", "LVA", "LTU"],
        "budget": [2.4, 2.16, -1.1],
        "low": [2.2, float("nan"), -1.5],
        "high": [2.9, float("nan"), -0.4],
        "flag": ["estimate", "", ""],
    }
)
GUIDELINE, TARGET = Reference(2, "2% guideline (2014)"), Reference(3.5, "3.5% core target")
EVENTS = (
    Event("2014-03-18", "Russia annexes Crimea"),
    Event("2022-02-24", "Full-scale invasion of Ukraine"),
    Event("2025-06-25", "Hague summit"),
)
POSTURE = Parameters(countries=BALTIC, comparators=("POL", "FIN"), first_year=2017, last_year=2026)
BRIGADE = Interval(3000, 5000)
BREAKS = pd.DataFrame(
    {
        "iso3": ["EST", "LVA"],
        "break_year": [2023, float("nan")],
        "low_year": [2022, float("nan")],
        "high_year": [2024, float("nan")],
        "evidence": ["strong", "none"],
    }
)


def fitted_lines() -> pd.DataFrame:
    """Shares of two countries, with lines that part in one of them."""
    shares = nato("share_gdp_pct", "EST", "LVA")
    parted = 1 + ((shares["iso3"] == "EST") & (shares["year"] >= 2023)).astype(int)
    return shares.assign(line=parted, fitted=shares["value"].groupby([shares["iso3"], parted]).transform("mean"))


CHARTS: dict[str, Callable[[], Any]] = {
    "break_panels": lambda: chart_break_panels(
        fitted_lines(), BREAKS, y="value", fitted="fitted", unit="% of GDP", decimals=2
    ),
    "lines": lambda: chart_lines(
        nato("share_gdp_pct", *BALTIC, "POL", "XEC"),
        y="value",
        unit="% of GDP",
        references=(GUIDELINE, TARGET),
        events=EVENTS,
    ),
    "lines_highlighted": lambda: chart_lines(
        nato("share_gdp_pct"), y="value", unit="% of GDP", highlight=BALTIC, decimals=2
    ),
    "line_panels": lambda: chart_line_panels(
        nato("share_gdp_pct", *BALTIC), y="value", unit="% of GDP", references=(GUIDELINE,)
    ),
    "line_panels_many": lambda: chart_line_panels(nato("share_gdp_pct"), y="value", unit="% of GDP"),
    "line_panels_series": lambda: chart_line_panels(
        composition(*BALTIC), y="value", unit="% of defence expenditure", series="part"
    ),
    "bars": lambda: chart_bars(
        nato("share_gdp_pct").query("year == 2026"),
        category="iso3",
        value="value",
        unit="% of GDP",
        references=(GUIDELINE, TARGET),
    ),
    "bars_whiskers": lambda: chart_bars(
        BUDGETS, category="iso3", value="budget", unit="EUR bn", low="low", high="high", decimals=1
    ),
    "stacked_bars": lambda: chart_stacked_bars(
        nato("spend_usd_m_current", *BALTIC), y="value", part="iso3", unit="US$ m", order=("LTU", "LVA", "EST")
    ),
    "stacked_shares": lambda: chart_stacked_bars(
        composition("EST"), y="value", part="part", unit="% of defence expenditure", decimals=0
    ),
    "contributions": lambda: chart_contributions(
        DEBT, category="iso3", part="part", value="points", unit="points of GDP", total_label="Change in debt"
    ),
    "grouped_bars": lambda: chart_grouped_bars(
        DEBT, category="part", series="iso3", value="points", unit="points of GDP", total_label="Change in debt"
    ),
    "waterfall": lambda: chart_waterfall(
        DEBT.assign(first=40.0, last=DEBT.groupby("iso3")["points"].transform("sum") + 40),
        step="part",
        value="points",
        start="first",
        end="last",
        start_label="debt, 2026",
        end_label="debt, 2031",
        unit="points of GDP",
        bold=["growth"],
    ),
    "dumbbell": lambda: chart_dumbbell(
        shares_of_two_years(),
        category="iso3",
        start="first",
        end="last",
        unit="% of GDP",
        start_label="2014",
        end_label="2026 (estimate)",
        highlight=BALTIC,
        references=(GUIDELINE, TARGET),
    ),
    "bullets": lambda: chart_bullets(
        compute_progress(
            catalog.load("defence_line_resilience"),
            catalog.countries().set_index("iso3")["name"],
            (*BALTIC, "FIN", "POL"),
        ),
        category="label",
        planned="planned",
        parts={"delivered_pct": "delivered", "installed_pct": "installed"},
        words="words",
        details={"As of": "dated", "Note": "note"},
        unit="% of the plan",
    ),
    "intervals": lambda: chart_intervals(
        RANGES, category="who", low="low", high="high", value="value", unit="years", confidence="confidence"
    ),
    "intervals_single": lambda: chart_intervals(
        RANGES.iloc[[1]], category="who", low="low", high="high", unit="years", references=(Reference(4, "four years"),)
    ),
    "command_tree": lambda: chart_command_tree(
        compute_command(catalog.load("command_structure")),
        panel="panel",
        entity="entity",
        superior="superior",
        kind="change",
        kinds=CHANGES,
        dated="dated",
        confirmed="confirmed",
        details={"Headquarters": "place"},
        unit="what became of each link",
    ),
    "map": lambda: chart_map(
        catalog.load_geometry("eastern_flank"),
        latest_strengths(catalog.load("forward_presence")),
        low="low_troops",
        high="high_troops",
        unit="troops",
        subtitle="lead_and_date",
        details={"Date": "dated"},
        highlight=BALTIC,
        context=["BLR", "DEU", "NOR", "RUS", "SWE", "UKR"],
    ),
    "choropleth": lambda: chart_choropleth(
        catalog.load_geometry("alliance"),
        shares_of_two_years().query("iso3 not in ('XEC', 'XNT')"),
        value="last",
        unit="% of GDP",
        levels=[2, 2.75, 3.5],
        absent="no figure",
        others="not a member",
    ),
    "range_panels": lambda: chart_range_panels(
        compute_strengths(catalog.load("forward_presence"), POSTURE),
        panel="iso3",
        x="when",
        low="low_troops",
        high="high_troops",
        kind="scope",
        kinds=SCOPE_ORDER,
        unit="troops",
        details={"Date": "dated"},
        years=(2017, 2027),
        band=Band(BRIGADE.low, BRIGADE.high, "size of a brigade"),
    ),
    "dots": lambda: chart_dots(
        compute_forces(catalog.load("national_forces"), catalog.load("world_bank"), {}, around(POSTURE)),
        row="iso3",
        low="low_persons",
        high="high_persons",
        kind="component",
        kinds=COMPONENTS,
        unit="persons",
        details={"Date": "dated"},
    ),
    "spread": lambda: chart_spread(
        compare_sources(
            catalog.load("defence_budget_plans"),
            catalog.load("nato_defence_expenditure"),
            catalog.load("sipri_milex"),
            catalog.load("cofog_expenditure"),
            catalog.load("defence_delivery"),
            Parameters(countries=BALTIC),
        ).assign(row=lambda frame: frame["iso3"] + " " + frame["year"].astype(str)),
        row="row",
        value="share_gdp_pct",
        kind="definition",
        kinds=SOURCES,
        unit="% of GDP",
        beside="spread_points",
    ),
    "bar_panels": lambda: chart_bar_panels(
        gather_parts(
            schedule_service(
                compute_safe_loans(catalog.load("safe_allocations"), catalog.load("nato_defence_expenditure")),
                catalog.policy("safe_terms"),
                3.6,
                BALTIC,
            )
        ),
        y="service_eur_m",
        part="part",
        unit="EUR m a year",
        order=["interest", "principal"],
        decimals=0,
    ),
    "matrix": lambda: chart_matrix(
        count_ratings(list_all(catalog.policies()).assign(impact=HIGH)),
        x="impact",
        y="quality",
        count="assumptions",
        x_order=IMPACTS,
        y_order=QUALITIES,
        unit="number of assumptions",
        x_title="Impact",
        y_title="Quality",
    ),
    "heat": lambda: chart_heat(
        compute_rate_grid(catalog.policy("safe_terms"), 3.6),
        x="own_rate_pct",
        y="loan_rate_pct",
        value="saving_present_loan_pct",
        unit="% of the loan",
        x_title="Rate of own bonds, %",
        y_title="Rate of SAFE, %",
        decimals=1,
    ),
    "steps": lambda: chart_steps(
        compute_horizon(catalog.load("force_model_air"), catalog.load("mobility"), BRIGADE),
        kind="kind",
        step=PROMISED,
        day_low="day_low",
        day_high="day_high",
        low="low_troops",
        high="high_troops",
        label="label",
        unit="troops",
    ),
    "timeline_moments": lambda: chart_timeline(
        select_events(catalog.load("incidents")),
        row="kind",
        start="when",
        kind="attribution",
        kinds=ATTRIBUTIONS,
        details={"Where": "place"},
        unit="incidents",
        order=list(KINDS.values()),
    ),
    "timeline_spans": lambda: chart_timeline(
        converted_windows(compute_windows(catalog.load("reconstitution_estimates"))),
        row="label",
        start="opens",
        end="closes",
        issued="when",
        kind="clock",
        details={"Issuer": "issuer"},
        unit="calendar years",
        events=[Event(2028, "brigade in Lithuania due")],
    ),
    "chronicle": lambda: chart_chronicle(
        CHRONICLE,
        row="category",
        start="starts",
        end="ends",
        kind="evidence",
        kinds=EVIDENCE_KINDS,
        details={"Event": "event"},
        order=order_categories(CHRONICLE),
        since=crowded_from(CHRONICLE),
        label="Category",
        events=events_of(catalog.load("timeline"), ["wales-summit", "hague-summit"]),
    ),
    "tornado": lambda: chart_tornado(
        pd.DataFrame(
            {
                "iso3": ["EST", "EST", "LVA", "LVA"],
                "sign": ["defence", "growth", "defence", "growth"],
                "unit": ["% of GDP", "% a year"] * 2,
                "low": [2.0, 0.8, 2.0, 1.2],
                "high": [5.1, 3.4, 4.92, 3.2],
                "now": [57.3, 57.3, 59.6, 59.6],
                "at_low": [36.2, 62.6, 39.3, 64.5],
                "at_high": [57.3, 53.3, 59.6, 55.1],
                "choice": [True, False] * 2,
            }
        ),
        row="sign",
        low="low",
        high="high",
        range_unit="unit",
        central="now",
        at_low="at_low",
        at_high="at_high",
        unit="% of GDP",
        bold="choice",
        decimals=0,
    ),
}


@dataclass(frozen=True)
class Text:
    """A line of text as drawn: its words and its box in pixels."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture(scope="module")
def draw() -> Callable[..., dict[str, Any]]:
    """Draw a chart form, wide or narrow, once for all tests: its size and its scene graph."""
    vl_convert.register_font_directory(str(FONTS))

    @cache
    def convert(form: str, variant: str = "wide") -> dict[str, Any]:
        text = json.dumps(spec_of(form, variant), ensure_ascii=False).replace(QUOTED, KEPT)
        scene: dict[str, Any] = vl_convert.vegalite_to_scenegraph(text, vl_version="6.4", allowed_base_urls=[])
        return scene

    return convert


def paints_of(node: Any) -> set[str]:
    """Every fill and stroke in a scene graph."""
    if isinstance(node, list):
        return set().union(*map(paints_of, node))
    if not isinstance(node, dict):
        return set()
    own = {node[key] for key in ("fill", "stroke") if isinstance(node.get(key), str)}
    return own.union(*map(paints_of, node.values()))


def texts_of(drawing: dict[str, Any]) -> list[Text]:
    """Every visible line of text; rims behind letters are left out."""
    found: list[Text] = []
    across, down = drawing["origin"]

    def visit(node: Any, x: float, y: float) -> None:
        if isinstance(node, list):
            for child in node:
                visit(child, x, y)
        elif isinstance(node, dict) and node.get("marktype") == "text":
            for item in node["items"]:
                found.extend(_lines(item, x, y))
        elif isinstance(node, dict) and node.get("marktype") == "group":
            for item in node["items"]:
                visit(item.get("items", []), x + item.get("x", 0), y + item.get("y", 0))
        elif isinstance(node, dict):
            visit(node.get("items", []), x, y)

    visit([drawing["scenegraph"]], across, down)
    return found


def _lines(item: dict[str, Any], x: float, y: float) -> list[Text]:
    """Boxes of the lines of one text item."""
    if item.get("opacity") == 0 or item.get("stroke") or not item.get("text"):
        return []
    words = item["text"]
    lines = words if isinstance(words, list) else str(words).split(item.get("lineBreak", "\n"))
    size = item.get("fontSize", 11)
    leading = item.get("lineHeight") or size + 2
    x += item.get("x", 0) + item.get("dx", 0)
    y += item.get("y", 0) + item.get("dy", 0)
    # height of capitals and figures above the baseline
    first = {"top": 0.79, "middle": 0.3, "bottom": -0.21}.get(item.get("baseline", "alphabetic"), 0.0) * size + y
    boxes = []
    for place, line in enumerate(lines):
        width = text_width(line, size, bold=item.get("fontWeight") in (600, "bold"))
        left = x - {"right": width, "center": width / 2}.get(item.get("align", "left"), 0.0)
        base = first + place * leading
        boxes.append(Text(line, left, base - 0.66 * size, left + width, base))
    return boxes


ROUNDING = 2.5


@cache
def spec_of(form, variant="wide"):
    return CHARTS[form]().to_dict() if variant == "wide" else narrow_spec(spec_of(form))


@pytest.mark.parametrize("variant", ["wide", "narrow"])
@pytest.mark.parametrize("form", CHARTS)
def test_no_text_is_cut_off_and_none_covers_another(form, variant, draw):
    drawing = draw(form, variant)
    assert drawing["width"] <= (640 if variant == "wide" else 340)
    texts = texts_of(drawing)
    assert texts
    outside = [
        text
        for text in texts
        if text.left < -ROUNDING
        or text.top < -ROUNDING
        or text.right > drawing["width"] + ROUNDING
        or text.bottom > drawing["height"] + ROUNDING
    ]
    assert not outside
    over = [
        (one.words, other.words)
        for one, other in combinations(texts, 2)
        if min(one.right, other.right) - max(one.left, other.left) > ROUNDING
        and min(one.bottom, other.bottom) - max(one.top, other.top) > ROUNDING
    ]
    assert not over


@pytest.mark.parametrize("form", CHARTS)
def test_all_colours_are_of_the_palette(form):
    assert colours_outside_palette(spec_of(form)) == set()


@pytest.mark.parametrize("form", CHARTS)
def test_nothing_is_painted_in_a_colour_that_dark_pages_miss(form, draw):
    painted = paints_of(draw(form)) - {"none", "transparent"}
    assert painted
    assert painted <= {colour.light for colour in every_colour()}


@pytest.mark.parametrize("form", CHARTS)
def test_equal_charts_have_equal_specifications(form):
    again = CHARTS[form]().to_dict(validate=False)  # the first one was checked against the schema
    assert json.dumps(again) == json.dumps(spec_of(form))


@pytest.mark.parametrize("form", CHARTS)
def test_the_phone_variant_leaves_the_chart_as_it_is(form):
    spec = spec_of(form)
    before = copy.deepcopy(spec)
    narrow_spec(spec)
    assert spec == before


@pytest.mark.parametrize("form", CHARTS)
def test_text_is_large_enough_to_read(form):
    sizes = re.findall(r'"(?:\w*[fF]ontSize)": (\d+)', json.dumps(spec_of(form)))
    assert min(map(int, sizes)) >= 12
