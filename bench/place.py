"""Where the commands of a bench run: a temporary folder, one environment for all, copies of the project to build in."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.row import Variant

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Sizes:
    """How much is run. The targets are set for these numbers; smaller ones try the bench itself."""

    few: int = 16
    many: int = 64
    pages: int = 100
    soak: int = 200
    paths: int = 100_000


TINY = Sizes(few=3, many=6, pages=4, soak=12, paths=2_000)


@dataclass(frozen=True)
class Place:
    """Where the commands run.

    Attributes
    ----------
    checkout : Path
        The project as it is.
    scratch : Path
        Temporary folder for everything that is written.
    programs : Path
        Folder of ``python``, ``baltic``, ``papermill``: one environment for all.
    sizes : Sizes
        How much is run.
    """

    checkout: Path
    scratch: Path
    programs: Path
    sizes: Sizes = Sizes()

    @property
    def notebooks(self) -> Path:
        """Folder of the bench's own notebooks."""
        return self.checkout / "bench" / "notebooks"

    @property
    def project(self) -> Path:
        """Copy of the project whose data the bench's notebooks read."""
        return self.scratch / "project"

    @property
    def python(self) -> str:
        """The interpreter of the environment."""
        return str(self.programs / "python")

    def environment(self) -> dict[str, str]:
        """Environment of every command, peers and ours alike, with nothing of the person's own settings.

        Our kernels run their linear algebra in one thread; so do the peers', which is quicker for models this small.
        """
        own = ("BALTIC_", "JUPYTER", "PYTHON", "IPYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        return (
            kept
            | dict.fromkeys(_ONE_THREAD, "1")
            | {
                "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
                "BALTIC_ROOT": str(self.project),
                "IPYTHONDIR": str(self.scratch / "ipython"),
            }
        )

    def copy_project(self, name: str) -> Path:
        """Copy what makes the report into a folder of the scratch folder; the checkout's ``_build`` is left alone."""
        copy = self.scratch / name
        if not copy.exists():
            for folder in ("data", "notebooks", "report"):
                shutil.copytree(self.checkout / folder, copy / folder)
            shutil.copy2(self.checkout / "requirements.lock", copy)
        return copy

    def script(self, name: str, module: str, *arguments: object, reports: bool = False) -> Variant:
        """A command that is a module of this package; it ``reports`` when it prints numbers of its own."""
        return Variant(
            name,
            (self.python, "-m", f"bench.{module}", *map(str, arguments)),
            environment={"PYTHONPATH": str(self.checkout)},
            reports=reports,
        )
