"""The report as a Quarto project: staged notebooks, configuration and theme, and the program run on them."""
