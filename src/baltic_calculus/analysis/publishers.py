"""Publishers of the documents behind a row, for tables that say where a number was read."""

import pandas as pd

SEPARATOR = ";"


def name_publishers(keys: pd.Series, sources: pd.DataFrame) -> list[str]:
    """Names of the publishers behind keys, each once.

    Parameters
    ----------
    keys : Series
        Keys of the register, separated by semicolons.
    sources : DataFrame
        The register of documents: ``source, publisher``.
    """
    publishers = sources.set_index("source")["publisher"]
    return ["; ".join(dict.fromkeys(str(publishers[key.strip()]) for key in cell.split(SEPARATOR))) for cell in keys]
