from bench.soak import Sight, summarise


def sights(late_descriptors: int, late_memory: float) -> list[Sight]:
    """A process seen early (runs 25 to 49 of 100) and late (from run 75 on), and while it still warms up."""
    return [
        Sight("coordinator", done=0, descriptors=5, memory_mb=50.0),
        Sight("coordinator", done=30, descriptors=20, memory_mb=100.0),
        Sight("coordinator", done=80, descriptors=late_descriptors, memory_mb=late_memory),
    ]


def test_what_stays_is_flat_and_the_warming_up_does_not_count():
    assert summarise(sights(20, 101.0), runs=100)["coordinator"]["flat"]


def test_descriptors_that_pile_up_are_not_flat():
    assert not summarise(sights(60, 100.0), runs=100)["coordinator"]["flat"]


def test_memory_that_grows_is_not_flat():
    assert not summarise(sights(20, 120.0), runs=100)["coordinator"]["flat"]


def test_a_process_that_was_not_seen_to_the_end_is_left_out():
    assert summarise(sights(20, 100.0)[:2], runs=100) == {}
