"""Jupyter kernels forked from a server that has imported their libraries once."""
