"""The one family of errors that a person may meet: what is wrong, where, and what to do next."""


class CalculusError(Exception):
    """Base of all errors that this package raises on purpose.

    Parameters
    ----------
    what : str
        What is wrong, with the offending value.
    where : str, optional
        File, row, column, cell or parameter.
    remedy : str, optional
        What to do next, with the allowed values or the command to run.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        parts = [what]
        if where:
            parts.append(f"  where: {where}")
        if remedy:
            parts.append(f"  do: {remedy}")
        super().__init__("\n".join(parts))


class DataError(CalculusError):
    """A dataset, source record or policy value breaks a rule."""


class ConfigurationError(CalculusError):
    """The report configuration or a notebook's structure is wrong."""


class ParameterError(ConfigurationError):
    """A notebook parameter has an unknown name, a wrong type or an impossible value."""


class ExhibitError(CalculusError):
    """A figure, table or sentence lacks what every exhibit must have."""


class RenderError(CalculusError):
    """The report cannot be assembled: a reference, citation, caption or label is wrong."""


class SkipPage(Exception):
    """Raised in a notebook that has nothing to say for its parameters: the page is left out, and that is no failure.

    Parameters
    ----------
    reason : str
        Why, for the ledger: ``"no data for Iceland before 1960"``.
    """
