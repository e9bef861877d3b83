import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.system_sources import NOT_VERIFIED, name_grade, name_sources, tell_evidence
from baltic_calculus.errors import DataError

REGISTER = pd.DataFrame({"source": ["A", "B"], "publisher": ["ERR", "ERR"], "published": ["2025-02-01", "2025-02-01"]})


def test_a_source_that_is_not_registered_is_named() -> None:
    with pytest.raises(DataError, match="no source C"):
        name_sources("A;C", REGISTER)


def test_two_documents_of_one_publisher_and_day_are_named_once() -> None:
    assert name_sources("A;B", REGISTER) == "ERR, 1 February 2025"


@pytest.mark.parametrize(("access", "verified"), [("E", True), ("C/E", True), ("K", False), ("E/K", False)])
def test_general_knowledge_is_never_shown_as_verified(access: str, verified: bool) -> None:
    assert (NOT_VERIFIED not in name_grade(access)) == verified


def test_every_system_has_dated_evidence_in_words() -> None:
    told = tell_evidence(catalog.load("systems"), catalog.load("sources"))
    assert told["evidence"].str.match(r"\w").all()
    unverified = told["access"].str.contains("K")
    assert unverified.any()
    assert told["grade"].str.contains(NOT_VERIFIED).equals(unverified)
    assert told["confidence"].eq("low").equals(unverified | told["access"].eq(""))
