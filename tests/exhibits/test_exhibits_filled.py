import pandas as pd
import pytest

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import fill_sentences, put_references
from baltic_calculus.exhibits.filled import NO_DATA


def test_a_template_is_filled_as_the_text_is() -> None:
    rows = pd.DataFrame({"answer": ["Of {planned}, {built} stand.", "{host} waits."]})
    facts = {"planned": Quantity(600, "bunkers"), "built": Quantity(9, ""), "host": "EST"}
    assert list(fill_sentences(rows, "answer", facts)["answer"]) == ["Of 600 bunkers, 9 stand.", "Estonia waits."]


def test_a_template_without_its_fact_is_refused() -> None:
    with pytest.raises(ExhibitError, match="built"):
        fill_sentences(pd.DataFrame({"answer": ["{built} stand."]}), "answer", {})


def test_a_row_refers_to_exhibits_or_says_that_there_are_no_data() -> None:
    rows = pd.DataFrame({"answer": ["Twelve.", "Nothing."], "exhibits": ["fig-air; tbl-air", ""]})
    assert list(put_references(rows, "answer", "exhibits")["answer"]) == [
        "Twelve. (@fig-air, @tbl-air)",
        f"Nothing. ({NO_DATA})",
    ]
