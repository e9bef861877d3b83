"""Checkers from outside this project, over what it publishes: `make check`."""
