"""Terms and abbreviations: what each means, and the forms under which a text uses it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

SEPARATOR = ";"


@dataclass(frozen=True)
class Term:
    """One entry of the glossary.

    Parameters
    ----------
    concept : str
        The term as the text writes it.
    abbreviation : str
        Empty when there is none.
    other_forms : tuple of str
        Plurals and other wordings.
    meaning : str
        What it means, in whole sentences.
    reference : str
        Key of the bibliography; empty for general knowledge.
    """

    concept: str
    abbreviation: str
    other_forms: tuple[str, ...]
    meaning: str
    reference: str

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Self:
        """Take a row of the glossary."""
        forms = tuple(form for form in row["forms"].split(SEPARATOR) if form)
        return cls(row["concept"], row["abbreviation"], forms, row["meaning"], row["reference"])

    @property
    def label(self) -> str:
        """Identifier of the entry on its page.

        Examples
        --------
        >>> Term("ro-ro ship", "", (), "A ship.", "").label
        'term-ro-ro-ship'
        """
        return "term-" + re.sub(r"[^a-z0-9]+", "-", self.concept.lower()).strip("-")

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form under which the text may use it."""
        return tuple(form for form in (self.concept, self.abbreviation, *self.other_forms) if form)

    def explain(self, form: str) -> str:
        """What a reader of one form needs: the whole term for an abbreviation, else the meaning."""
        return self.concept if form == self.abbreviation else self.meaning


def gather_terms(rows: Iterable[Mapping[str, str]]) -> tuple[Term, ...]:
    """Terms of the rows of the glossary, in the order of the alphabet."""
    return tuple(sorted(map(Term.of, rows), key=lambda term: term.concept.lower()))
