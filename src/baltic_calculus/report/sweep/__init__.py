"""One notebook run over a grid of parameters: thousands of runs on one command, resumed after any interruption."""
