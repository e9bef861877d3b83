"""Plan, execute, assemble, render and publish the report."""
