"""Serve the site on this machine while it is being written: build what was edited, reload what shows it."""
