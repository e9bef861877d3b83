"""The ``baltic`` command. A build in which nothing changed is answered here, before anything large is imported."""

import os
import sys


def main() -> int:
    """Run the command line; errors meant for people are printed without a traceback.

    Returns
    -------
    int
        0 done; 1 a notebook failed or the disk is full; 2 configuration, data or command line wrong; 130 interrupted.
    """
    arguments = sys.argv[1:]
    if arguments[:1] == ["--root"] and arguments[1:]:
        # The catalogue and every kernel find the project through this one variable.
        os.environ["BALTIC_ROOT"] = os.path.realpath(arguments[1])
        arguments = arguments[2:]
    if arguments[:1] == ["build"]:
        from baltic_calculus.report.freshness import products_if_fresh
        from baltic_calculus.root import find_root

        root = find_root()
        products = products_if_fresh(root, arguments[1:])
        if products is not None:
            print("nothing changed since the last build")
            for name, path in products.items():
                print(f"{name:5} {shown(os.path.join(root, path))}")
            return 0
    from baltic_calculus.cli.commands import run

    return run()


def shown(path: str) -> str:
    """A path as the person would type it: relative to where they are, when it lies below."""
    here = os.path.join(os.getcwd(), "")
    return path.removeprefix(here)
