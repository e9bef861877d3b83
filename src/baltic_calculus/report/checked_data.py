"""All datasets are checked before any notebook runs, once for each state of the data."""

from pathlib import Path

from baltic_calculus import catalog
from baltic_calculus.catalog.catalog import CHECKED
from baltic_calculus.errors import DataError
from baltic_calculus.report.execution.key import Ground


def ensure_checked(mark: Path, ground: Ground) -> dict[str, str]:
    """Check every dataset against its schema and the others, unless this very state has passed before.

    Parameters
    ----------
    mark : Path
        File that remembers the state that passed last.
    ground : Ground
        State of the data and of the code that checks them.

    Returns
    -------
    dict of str to str
        Environment that tells kernels that they need not check again.

    Raises
    ------
    DataError
        With all that is wrong: file, row, column, value and rule.
    """
    if not mark.exists() or mark.read_text(encoding="ascii") != ground.checks:
        faults = catalog.validate().faults
        if faults:
            raise DataError(
                "\n".join(f"{fault.dataset}: {fault.message}" for fault in faults),
                remedy="correct the data, then see that `baltic data validate` is content",
            )
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(ground.checks, encoding="ascii")
    return {CHECKED: catalog.default_catalog().digest}
