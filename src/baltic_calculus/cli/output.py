"""What the verbs of the command line share: the project, exit codes, paths as a person types them."""

from pathlib import Path

from baltic_calculus.cli import shown

EXIT_OK, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 130


def project() -> Path:
    """Folder of the project."""
    from baltic_calculus import catalog

    return catalog.project_root()


def shown_path(path: Path | None) -> str:
    """A path as the person would type it."""
    return shown(str(path))
