"""The ``baltic`` command. A build in which nothing changed is answered here, before anything large is imported."""

import atexit
import os
import sys


def main() -> int:
    """Run the command line; errors meant for people are printed without a traceback.

    Returns
    -------
    int
        0 done; 1 a notebook failed or the disk is full; 2 configuration, data or command line wrong;
        3 staged for Quarto, which is not installed; 130 interrupted.
    """
    root, arguments = build_arguments(sys.argv[1:])
    if root:
        # The catalogue and every kernel find the project through this one variable.
        os.environ["BALTIC_ROOT"] = os.path.realpath(root)
    if arguments is not None:
        from baltic_calculus.report.freshness import products_if_fresh
        from baltic_calculus.root import find_root

        root = find_root()
        products = products_if_fresh(root, arguments)
        if products is not None:
            print("nothing changed since the last build")
            for name, path in products.items():
                print(f"{name:5} {shown(os.path.join(root, path))}")
            return 0
    from baltic_calculus.cli.commands import run

    return run()


def command() -> None:
    """Run the command line as a program, and end it as an interpreter does, but for taking apart all that was loaded.

    That takes a third of a second after a build, and changes nothing.
    """
    code = main()
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 1  # whoever read the output has left
    os._exit(code)


def build_arguments(words: list[str]) -> tuple[str, list[str] | None]:
    """Project folder, if it is named, and what follows ``build`` on a command line; None for another verb."""
    root = ""
    if words[:1] == ["--root"] and words[1:]:
        root, words = words[1], words[2:]
    return root, words[1:] if words[:1] == ["build"] else None


def shown(path: str) -> str:
    """A path as the person would type it: relative to where they are, when it lies below."""
    here = os.path.join(os.getcwd(), "")
    return path.removeprefix(here)
