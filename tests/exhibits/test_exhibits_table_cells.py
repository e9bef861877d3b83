"""What a cell of a table prints where it holds words."""

import pandas as pd

from baltic_calculus.exhibits.tables import table_of


def test_iso_dates_are_printed_as_dates_and_empty_cells_as_missing() -> None:
    frame = pd.DataFrame({"title": ["VAT", "Bonds", "Fund"], "effective": ["2025-07-01", "2024", ""]})
    html = table_of(frame, stub="title", columns={"effective": ("In effect from", "", None)}).as_raw_html()
    assert ">1 July 2025</td>" in html
    assert ">2024</td>" in html
    assert ">–</td>" in html
