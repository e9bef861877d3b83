"""The Baltic security calculus: data, analysis, exhibits and the report built from them."""


def __getattr__(name: str) -> str:
    # reading the installed version takes longer than a whole build in which nothing changed
    if name == "__version__":
        from importlib.metadata import version

        return version("baltic-calculus")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
