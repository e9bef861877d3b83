"""Keep labels apart: the nearest places without overlap, found exactly and always the same."""

from collections.abc import Sequence


def dodge(centres: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels along one axis so that none overlap, each as little as its neighbours allow.

    Labels that touch form a block, and a block sits at the mean of the places its labels want; this is the
    least-squares solution under the order of the labels (pooling of adjacent violators).

    Parameters
    ----------
    centres : sequence of float
        Where the middle of each label should be, in pixels.
    sizes : sequence of float
        Height (or width) of each label with its gap, in pixels.
    low, high : float
        Bounds of the labels, in pixels; when all together are larger than that, they overrun ``high``.

    Returns
    -------
    list of float
        Middle of each label, in the order given.
    """
    order = sorted(range(len(centres)), key=lambda place: (centres[place], place))
    blocks: list[tuple[float, float, list[int]]] = []
    for place in order:
        start, size, members = centres[place] - sizes[place] / 2, sizes[place], [place]
        start = _bounded(start, size, low, high)
        while blocks and blocks[-1][0] + blocks[-1][1] > start:
            _, before, earlier = blocks.pop()
            members = earlier + members
            size += before
            start = _bounded(_mean_start(members, centres, sizes), size, low, high)
        blocks.append((start, size, members))
    places = [0.0] * len(centres)
    for start, _, members in blocks:
        edge = start
        for place in members:
            places[place] = edge + sizes[place] / 2
            edge += sizes[place]
    return places


def _mean_start(members: Sequence[int], centres: Sequence[float], sizes: Sequence[float]) -> float:
    """Start of a block such that its labels are, on average, where they should be."""
    edge, wanted = 0.0, 0.0
    for place in members:
        wanted += centres[place] - (edge + sizes[place] / 2)
        edge += sizes[place]
    return wanted / len(members)


def _bounded(start: float, size: float, low: float, high: float) -> float:
    """Keep a block within the bounds; the lower bound wins when it does not fit."""
    return max(low, min(start, high - size))
