"""Read a YAML file of the data folder into its model."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.errors import DataError

Layout = TypeVar("Layout", bound=BaseModel)


def read_document(path: Path, where: str, layout: type[Layout]) -> Layout:
    """Read and check a YAML file.

    Parameters
    ----------
    path : Path
        The file.
    where : str
        The file as a person knows it, relative to the project folder.
    layout : type of BaseModel
        Model of the whole file.

    Raises
    ------
    DataError
        When the file cannot be opened or is not YAML in UTF-8, or a key is missing, unknown or has a wrong value; all
        of them are named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"cannot be opened: {error.strerror}", where=where, remedy="restore it from git") from None
    except UnicodeDecodeError as error:
        raise DataError(f"not text in UTF-8: {error.reason}", where=where, remedy="save it as UTF-8") from None
    return parse_document(text, where, layout)


def parse_document(text: str, where: str, layout: type[Layout]) -> Layout:
    """`read_document` of a text."""
    try:
        return layout.model_validate(parse_yaml(text))
    except yaml.YAMLError as error:
        raise DataError(f"not readable as YAML: {error}", where=where, remedy="mend the line named above") from None
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise DataError(problems, where=where, remedy="correct these keys") from None
