"""Sentences whose numbers are computed: a template and the facts that fill it."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.bundle import Bundle
from baltic_calculus.exhibits.label import name_in_text
from baltic_calculus.exhibits.number import format_list, format_quantity, format_repeated
from baltic_calculus.exhibits.precision import publish_number

_BEGINS_SENTENCE = re.compile(r"(^|[.!?]\**\s+|\n\s*- )[-*\s]*$")

NONE = "none"
"""What stands in a sentence for an empty list."""


def _print_by_code(quantities: Mapping[str, Quantity]) -> str:
    """One quantity per country: "Lithuania (5.4% of GDP), Latvia (4.9%) and Estonia (5.2%)"."""
    first, *others = quantities.items()
    items = [f"{name_in_text(first[0])} ({format_quantity(first[1])})"]
    items += [f"{name_in_text(code)} ({format_repeated(quantity)})" for code, quantity in others]
    return format_list(items)


def print_fact(fact: Fact) -> str:
    """Print a fact as it stands in a sentence.

    Raises
    ------
    ExhibitError
        For a number without a unit, or anything else that is not a fact.
    """
    if isinstance(fact, Quantity):
        return format_quantity(fact)
    if isinstance(fact, str):
        return name_in_text(fact)
    if isinstance(fact, Mapping):
        return _print_by_code(fact) if fact else NONE
    if isinstance(fact, tuple | list):
        return format_list([name_in_text(item) for item in fact]) or NONE
    raise ExhibitError(
        f"not a fact: {fact!r}",
        where="Prose",
        remedy="pass a Quantity (number and unit), a word, a tuple of codes, or quantities by code",
    )


def _quantity_as_data(quantity: Quantity) -> dict[str, Any]:
    """A quantity as plain values; a range carries its upper end."""
    data: dict[str, Any] = {"value": publish_number(quantity.value), "unit": quantity.unit}
    return data if quantity.high is None else {**data, "high": publish_number(quantity.high)}


def _facts_as_data(facts: Mapping[str, Fact]) -> dict[str, dict[str, Any]]:
    """Facts as plain values with units, one entry for each number."""
    data: dict[str, dict[str, Any]] = {}
    for name, fact in facts.items():
        if isinstance(fact, Quantity):
            data[name] = _quantity_as_data(fact)
        elif isinstance(fact, Mapping):
            data.update({f"{name}.{code}": _quantity_as_data(one) for code, one in fact.items()})
        else:
            data[name] = {"value": fact if isinstance(fact, str) else list(fact), "unit": ""}
    return data


class Prose:
    """Markdown with computed numbers.

    Parameters
    ----------
    template : str
        Markdown with ``{name}`` where a fact stands. Citations ``[@key]`` and references ``@fig-x`` are kept.
    **facts : Quantity, str, tuple of str, or mapping of code to Quantity
        Numbers are printed by the one formatter, country codes by name. Facts that the template does not print
        are published with the others all the same, so a ``describe_`` function's whole result may be passed.

    Raises
    ------
    ExhibitError
        When the template is empty or names a fact that is not given.

    Examples
    --------
    >>> Prose("Latvia spends {share} on defence.", share=Quantity(4.91, "% of GDP")).markdown
    'Latvia spends 4.9% of GDP on defence.'
    """

    def __init__(self, template: str, **facts: Fact) -> None:
        names = _names_in(template)
        missing = sorted(names - set(facts))
        if missing:
            raise ExhibitError(
                f"no fact for {', '.join(missing)}",
                where=_beginning(template),
                remedy="choose from: " + ", ".join(sorted(facts)),
            )
        self.facts = facts
        self.markdown = "".join(_printed(template, facts))

    def __add__(self, other: "Prose | None") -> "Prose":
        """Put sentences that a condition chose after these, as one text; a list item begins a line of its own.

        None adds nothing: ``Prose(...) + (Prose(...) if known else None)``.

        Examples
        --------
        >>> (Prose("It grew.") + Prose("It grew by {rate}.", rate=Quantity(2.1, "%"))).markdown
        'It grew. It grew by 2.1%.'
        """
        if other is None:
            return self
        joined = Prose.__new__(Prose)
        joined.facts = {**self.facts, **other.facts}
        joined.markdown = ("\n" if other.markdown.startswith("- ") else " ").join([self.markdown, other.markdown])
        return joined

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        """What Jupyter stores: the Markdown, the same as plain text, and the facts for the report."""
        report = {
            "kind": "prose",
            "caption": "",
            "alt": "",
            "unit": "",
            "sources": [],
            "source_line": "",
            "notes": [],
            "flags": [],
            "facts": _facts_as_data(self.facts),
        }
        return {"text/markdown": self.markdown, "text/plain": self.markdown}, {"report": report}


def _printed(template: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    """The template piece by piece; a fact that begins a sentence begins with a capital letter."""
    before = ""
    for text, name, _, _ in Formatter().parse(template):
        yield text
        before += text
        if name is not None:
            printed = print_fact(facts[name])
            yield printed[:1].upper() + printed[1:] if _BEGINS_SENTENCE.search(before) else printed
            before = printed


def _names_in(template: str) -> set[str]:
    """Names in braces; only plain names are allowed, so that numbers are formatted in one place."""
    if not template.strip():
        raise ExhibitError("an empty sentence", where="Prose", remedy="write a template")
    try:
        fields = [field for field in Formatter().parse(template) if field[1] is not None]
    except ValueError as error:
        raise ExhibitError(
            f"the template cannot be read: {error}",
            where=_beginning(template),
            remedy="write {{ and }} for plain braces",
        ) from None
    odd = [
        name
        for _, name, form, conversion in fields
        if not re.fullmatch(r"[A-Za-z_]\w*", name or "") or form or conversion
    ]
    if odd:
        raise ExhibitError(
            f"not a plain name in braces: {', '.join(map(str, odd))}",
            where=_beginning(template),
            remedy="write {name}; decimals and units belong to the Quantity",
        )
    return {str(name) for _, name, _, _ in fields}


def _beginning(template: str) -> str:
    """The first words of a template, to find it by."""
    words = " ".join(template.split())
    return f"Prose {words[:60]!r}"
