"""The glossary as a list of definitions, each entry with an identifier that a link can lead to."""

from collections.abc import Iterable

from baltic_calculus.analysis.glossary import Term
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.prose import Prose


def list_terms(terms: Iterable[Term]) -> Prose:
    """Write one entry a term: the term with its abbreviation, the meaning, and its reference.

    Parameters
    ----------
    terms : iterable of Term
        In the order wanted.
    """
    return Prose("\n\n".join(map(_write, terms)))


def _write(term: Term) -> str:
    name = f"{sign_text(term.concept)} ({term.abbreviation})" if term.abbreviation else sign_text(term.concept)
    cited = f" [@{term.reference}]" if term.reference else ""
    meaning = term.meaning.removesuffix(".") + cited + "."
    return f"[{name}]{{{{#{term.label}}}}}\n:   {meaning}"
