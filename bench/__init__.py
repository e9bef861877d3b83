"""Benchmarks of the project: whole processes, measured in turns, printed as ratios. Nothing here asserts a time."""
