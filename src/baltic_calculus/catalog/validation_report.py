"""A validation as a data steward reads it: by dataset, with place, expectation, finding and what to do; or as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby

from baltic_calculus.catalog.finding import Finding, Validation

LISTED = 5
"""Findings of one rule in one dataset that the text shows; JSON has all."""

ALL = " (--format json lists all)"


def as_json(validation: Validation) -> str:
    """Counts and all findings; the keys are those of `Validation` and `Finding`."""
    counts = {name: value for name, value in asdict(validation).items() if name != "findings"}
    counts |= {"faults": len(validation.faults), "warnings": len(validation.warnings)}
    findings = [asdict(each) for each in validation.findings]
    return json.dumps({**counts, "findings": findings}, indent=2, ensure_ascii=False)


def as_text(validation: Validation) -> str:
    """The list of findings, and a last line that says how much was looked at."""
    return "\n\n".join(filter(None, [list_findings(validation.findings, LISTED, ALL), summary(validation)]))


def list_findings(findings: Iterable[Finding], limit: int, hint: str = "") -> str:
    """Findings by dataset and rule, faults before warnings; empty when there are none.

    Parameters
    ----------
    findings : iterable of Finding
        In the order of their datasets.
    limit : int
        Findings of one rule in one dataset that are shown; the others are counted.
    hint : str
        Where all are, for a person who wants to know.
    """
    return "\n\n".join(_dataset(name, list(group), limit, hint) for name, group in _grouped(findings, "dataset"))


def summary(validation: Validation) -> str:
    """How much was looked at, and what was found, in one line."""
    looked = [
        _count(validation.datasets, "dataset"),
        _count(validation.rows, "row"),
        _count(validation.rules, "rule"),
        f"{_count(validation.cross_checks, 'cross-check')} ({_count(validation.comparisons, 'comparison')})",
    ]
    found = [
        _count(len(validation.faults), "fault"),
        _count(len(validation.warnings), "warning"),
        f"{_count(validation.exceptions, 'known exception')} in use",
    ]
    return f"{', '.join(looked)}: {', '.join(found)}"


def _grouped(findings: Iterable[Finding], name: str) -> Iterable[tuple[str, Iterable[Finding]]]:
    """Findings by an attribute, in the order in which its values first come."""
    listed = list(findings)
    order = {value: place for place, value in enumerate(dict.fromkeys(getattr(each, name) for each in listed))}
    return groupby(sorted(listed, key=lambda each: order[getattr(each, name)]), key=lambda each: getattr(each, name))


def _dataset(name: str, findings: Sequence[Finding], limit: int, hint: str) -> str:
    ordered = sorted(findings, key=lambda each: each.weight)  # "fault" comes before "warning"
    lines = [f"{name}: {_tally(ordered)}"]
    for _, group in _grouped(ordered, "rule"):
        lines += _rule(list(group), limit, hint)
    return "\n".join(lines)


def _tally(findings: Sequence[Finding]) -> str:
    counts = [(weight, len(list(group))) for weight, group in groupby(findings, key=lambda each: each.weight)]
    return ", ".join(_count(number, weight) for weight, number in counts)


def _rule(findings: Sequence[Finding], limit: int, hint: str) -> list[str]:
    first = findings[0]
    lines = [f"  {first.weight}  {first.rule}" if first.rule else f"  {first.weight}"]
    for each in findings[:limit]:
        lines += [f"    {line}" for line in _finding(each)]
    if len(findings) > limit:
        lines.append(f"    and {len(findings) - limit} more{hint}")
    if first.remedy:
        lines.append(f"    do: {first.remedy}")
    return lines


def _finding(finding: Finding) -> list[str]:
    place = " ".join(
        part for part in (finding.file, f"line {finding.line}" if finding.line else "", finding.row) if part
    )
    if not finding.expected:
        return [part for part in (place, finding.found or finding.message) if part]
    tolerance = f" (tolerance {finding.tolerance})" if finding.tolerance else ""
    return [place, f"  found {finding.found or 'nothing'}, expected {finding.expected}{tolerance}"]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
