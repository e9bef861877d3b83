"""The Baltic security calculus: data, analysis, exhibits and the report built from them."""

from importlib.metadata import version

__version__ = version("baltic-calculus")
