"""Notebooks run under supervision: tasks, limits, schedulers, ledger, cache."""
