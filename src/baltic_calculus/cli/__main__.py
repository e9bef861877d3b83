"""``python -m baltic_calculus.cli`` is ``baltic``."""

from baltic_calculus.cli import command

command()
