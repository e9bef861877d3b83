"""Names as readers see them: countries by name, categories in words, long names in lines."""

import re
import textwrap

from baltic_calculus import catalog

LABELS = {
    "defence": "Defence",
    "social_protection": "Social protection",
    "health": "Health",
    "education": "Education",
    "economic_affairs": "Economic affairs",
    "general_public_services": "General public services",
    "public_order_safety": "Public order and safety",
    "environment": "Environment",
    "housing": "Housing",
    "recreation_culture": "Recreation and culture",
    "equipment": "Equipment",
    "personnel": "Personnel",
    "infrastructure": "Infrastructure",
    "other": "Other",
    "total": "Total",
    "stock_flow": "Stock-flow adjustment",
}
_CODE = re.compile(r"[A-Z]{3}|EU27")


def display_name(value: str) -> str:
    """Return the name of a country code or category; any other text as it stands."""
    text = str(value)
    if text in LABELS:
        return LABELS[text]
    if _CODE.fullmatch(text) and text in set(catalog.countries()["iso3"]):
        return catalog.country_name(text)
    return text


def wrap_label(text: str, width: int) -> list[str]:
    """Break a label into lines of at most ``width`` characters, at spaces only."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [text]
