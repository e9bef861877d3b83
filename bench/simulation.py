"""What the simulations of the bench have in common: one of several ways is run and timed in a process of its own."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

Task = TypeVar("Task")


def print_cost(ways: Mapping[str, Callable[[Task], object]], gather: Callable[[int], Task]) -> None:
    """Simulate as the command line asks and print a JSON object: ``cpu_seconds`` of the simulation alone, ``paths``.

    Parameters
    ----------
    ways : mapping of str to callable
        How to simulate a task, by name.
    gather : callable
        Gives the task for a number of paths; imports and reading data are not timed.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=ways)
    parser.add_argument("paths", type=int)
    options = parser.parse_args()
    task = gather(options.paths)
    start = time.process_time()
    ways[options.way](task)
    json.dump({"cpu_seconds": time.process_time() - start, "paths": options.paths}, sys.stdout)
