from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.exhibits.dodge import dodge


def test_labels_with_room_stay_where_they_are():
    assert dodge([10, 50, 90], [16, 16, 16], 0, 100) == [10, 50, 90]


def test_two_labels_that_touch_give_way_equally():
    # wanted 50 and 54, height 16: 16 apart, the middle between them stays at 52
    assert dodge([50, 54], [16, 16], 0, 100) == [44, 60]


def test_labels_at_the_edge_stay_inside():
    # the upper one cannot rise above 8, so the lower one is pushed to 24
    assert dodge([2, 4], [16, 16], 0, 100) == [8, 24]


def test_equal_wishes_keep_the_order_given():
    first, second = dodge([50, 50], [10, 10], 0, 100)
    assert first < second


@given(st.lists(st.tuples(st.floats(0, 300), st.sampled_from([16.0, 32.0])), min_size=1, max_size=8))
def test_labels_never_overlap_and_keep_their_order(labels):
    centres, sizes = [centre for centre, _ in labels], [size for _, size in labels]
    placed = dodge(centres, sizes, -8, 308)
    order = sorted(range(len(labels)), key=lambda place: (centres[place], place))
    for upper, lower in pairwise(order):
        assert placed[lower] - placed[upper] >= (sizes[lower] + sizes[upper]) / 2 - 1e-6
    assert placed[order[0]] - sizes[order[0]] / 2 >= -8 - 1e-6
    fits = sum(sizes) <= 316
    assert not fits or placed[order[-1]] + sizes[order[-1]] / 2 <= 308 + 1e-6
