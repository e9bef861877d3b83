"""Settings of all tests."""

from hypothesis import settings

# A busy machine must not fail a test for being slow, and a run must be repeatable.
settings.register_profile("report", deadline=None, derandomize=True)
settings.load_profile("report")
