"""References to figures, tables, sections and chapters (``@fig-share``), and the check that all of them resolve."""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby

from baltic_calculus.errors import RenderError
from baltic_calculus.report.numbering import Numbering, Target
from baltic_calculus.report.pandoc import Node, find, transform, words

REFERENCE_PREFIXES = ("fig-", "tbl-", "sec-")

Linker = Callable[[Target, str], Node]
"""Writes the link to a target with the text given, for one output format."""


def reference_label(key: str) -> str | None:
    """Label that a citation key refers to, or None when it cites the bibliography; ``@Fig-x`` is ``fig-x``."""
    label = key[:1].lower() + key[1:]
    return label if label.startswith(REFERENCE_PREFIXES) else None


def check_references(
    blocks: Sequence[Node], numbering: Numbering, citations: Collection[str], place: str
) -> frozenset[str]:
    """Check that every reference and citation in ``blocks`` resolves.

    Returns
    -------
    frozenset of str
        The citation keys used.

    Raises
    ------
    RenderError
        Naming the first label or key that does not exist.
    """
    cited: set[str] = set()
    for cite in find(blocks, "Cite"):
        keys = [citation["citationId"] for citation in cite["c"][0]]
        labels = [reference_label(key) for key in keys]
        if any(labels) and not all(labels):
            raise RenderError(
                f"one bracket mixes references and citations: {', '.join(keys)}",
                where=place,
                remedy="write two brackets",
            )
        for key, label in zip(keys, labels, strict=True):
            if label is None:
                _check_known(key, citations, "citation", place, "add it to report/references.bib, or correct the key")
                cited.add(key)
            else:
                _check_known(
                    label,
                    numbering.targets,
                    "reference",
                    place,
                    "correct the label, or add it",
                )
    return frozenset(cited)


def check_labels(labels: Iterable[str], numbering: Numbering, place: str) -> None:
    """Check that everything that the cells of a table refer to exists.

    Raises
    ------
    RenderError
        Naming the first label that does not exist.
    """
    for label in labels:
        _check_known(label, numbering.targets, "reference", place, "correct the label, or add it")


def _check_known(name: str, known: Collection[str], what: str, place: str, remedy: str) -> None:
    if name not in known:
        stem = name.split("-")[0]
        near = sorted(other for other in known if other.startswith(stem))[:8]
        hint = f" (there are: {', '.join(near)})" if near else ""
        raise RenderError(f"unknown {what} @{name}{hint}", where=place, remedy=remedy)


def resolve(blocks: Sequence[Node], numbering: Numbering, link: Linker) -> list[Node]:
    """Replace every reference by the name of its target, linked by ``link``; citations are left for citeproc."""

    def replace(node: Node) -> list[Node] | None:
        if node["t"] != "Cite":
            return None
        citations = node["c"][0]
        labels = [reference_label(citation["citationId"]) for citation in citations]
        targets = [numbering.targets[label] for label in labels if label is not None]
        if not targets:
            return None
        bare = citations[0]["citationMode"]["t"] == "SuppressAuthor"
        return _enumerate(targets, link, bare)

    resolved: list[Node] = transform(list(blocks), replace)
    return resolved


def _enumerate(targets: Sequence[Target], link: Linker, bare: bool) -> list[Node]:
    """Name several targets, as in "Figures 1.1 and 1.2, Table 2.1": neighbours of one kind share the word."""
    groups = [list(group) for _, group in groupby(targets, key=lambda target: (target.kind, target.word))]
    inlines: list[Node] = []
    for number, group in enumerate(groups):
        if number:
            inlines += words(" and " if number == len(groups) - 1 else ", ")
        shared = len(group) > 1 and bool(group[0].word)
        if shared and not bare:
            plural = "Appendices" if group[0].word == "Appendix" else f"{group[0].word}s"
            inlines.append({"t": "Str", "c": f"{plural}\u00a0"})
        for position, target in enumerate(group):
            if position:
                inlines += words(" and " if position == len(group) - 1 else ", ")
            inlines.append(link(target, target.number if shared or (bare and target.number) else target.name))
    return inlines
