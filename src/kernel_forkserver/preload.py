"""What a fork server imports before it forks its first kernel."""

import importlib
import importlib.util
import sys
from collections.abc import Iterable

LIBRARIES = ("numpy", "pandas", "altair")
"""Preloaded, as far as they are installed, unless a provisioner is told otherwise."""

KERNEL = ("ipykernel.kernelapp",)
"""Always preloaded."""

# Modules that a library imports only when it is first used: what a kernel that has shown frames and charts held in
# sys.modules, and its fork server did not. Importing them runs nothing and starts no thread.
ON_FIRST_USE = {
    "ipykernel.kernelapp": (
        "IPython.core.completerlib",
        "IPython.core.debugger",
        "IPython.core.logger",
        "IPython.core.oinspect",
        "IPython.extensions.storemagic",
        "encodings.idna",
        "faulthandler",
        "ipykernel.debugger",
        "ipykernel_launcher",
        "pdb",
        "psutil",
        "resource",
        "sqlite3",
        "tornado.platform.asyncio",
        "tornado.queues",
    ),
    "pandas": (
        "pandas.core.methods.to_dict",
        "pandas.core.reshape.reshape",
        "pandas.io.formats.csvs",
        "pandas.io.formats.html",
        "pandas.io.formats.string",
    ),
    "altair": (
        "narwhals._interchange.dataframe",
        "narwhals._pandas_like.dataframe",
        "narwhals._pandas_like.namespace",
        "narwhals.stable.v1._namespace",
    ),
    "pandera.pandas": (
        "pandera.accessors.pandas_accessor",
        "pandera.api.geopandas.model",
        "pandera.backends.pandas.builtin_checks",
        "pandera.backends.pandas.builtin_hypotheses",
        "pandera.backends.pandas.container",
        "pandera.backends.pandas.register",
        "pandera.backends.register_checks",
        "pandera.strategies.pandas_strategies",
    ),
}


def installed(modules: Iterable[str]) -> list[str]:
    """Keep the top-level modules that can be imported here.

    Parameters
    ----------
    modules : iterable of str
        Names without dots.

    Returns
    -------
    list of str
        Those that are installed, in their order.
    """
    return [name for name in modules if importlib.util.find_spec(name)]


def import_all(modules: Iterable[str]) -> None:
    """Import modules and what they would import later; a module that cannot be imported is told on stderr.

    Parameters
    ----------
    modules : iterable of str
        Full names.
    """
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception as error:  # whatever a module raises: the kernel that needs it will meet the same
            print(f"kernel_forkserver: cannot preload {name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        for later in ON_FIRST_USE.get(name, ()):
            _import_if_there(later)


def _import_if_there(name: str) -> None:
    """Import a module that other versions of its library may not have."""
    try:
        importlib.import_module(name)
    except ImportError:
        return
