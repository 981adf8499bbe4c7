import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.turns import Closed, Turns

ANY = st.lists(st.tuples(st.sampled_from("abcd"), st.integers()), max_size=40)


def taken(turns: Turns[int]) -> list[int]:
    return [turns.take(0) for _ in range(len(turns))]


def test_keys_take_turns_and_each_keeps_its_order() -> None:
    turns = Turns[int](10)
    for key, one in [("a", 1), ("a", 2), ("b", 3), ("a", 4), ("c", 5), ("b", 6)]:
        assert turns.put(key, one) is None
    assert taken(turns) == [1, 3, 5, 2, 6, 4]


def test_who_comes_late_is_behind_one_of_each() -> None:
    turns = Turns[str](1000)
    for number in range(300):
        turns.put("flood", f"flood {number}")
    turns.put("late", "late")
    assert [turns.take(0), turns.take(0)] == ["flood 0", "late"]


def test_a_full_room_is_given_up_by_whoever_has_most_of_it() -> None:
    turns = Turns[int](4)
    refused = [turns.put("a", number) for number in range(6)]
    assert refused == [None, None, None, None, 4, 5]
    # The last of the larger part goes, until the parts are even.
    assert [turns.put("b", number) for number in (10, 11, 12)] == [3, 2, 12]
    assert taken(turns) == [0, 10, 1, 11]


def test_what_is_discarded_leaves_its_room() -> None:
    turns = Turns[int](2)
    turns.put("a", 1)
    turns.put("b", 2)
    turns.discard("a", 1)
    turns.discard("a", 1)
    assert turns.put("c", 3) is None
    assert taken(turns) == [2, 3]


def test_nobody_there_is_a_timeout() -> None:
    with pytest.raises(TimeoutError):
        Turns[int](1).take(0)


def test_who_waits_at_the_closing_is_still_taken() -> None:
    turns = Turns[int](2)
    turns.put("a", 1)
    turns.close()
    assert turns.take(0) == 1
    with pytest.raises(Closed):
        turns.take(0)
    with pytest.raises(Closed):
        turns.put("a", 2)


@given(ANY, st.integers(1, 20))
def test_nothing_is_lost_and_nothing_doubled(
    sent: list[tuple[str, int]], most: int
) -> None:
    turns = Turns[tuple[int, str]](most)
    refused = [turns.put(key, (at, key)) for at, (key, _) in enumerate(sent)]
    kept = [turns.take(0) for _ in range(len(turns))]
    assert len(kept) == min(most, len(sent))
    told = [one for one in refused if one is not None]
    assert sorted(kept + told) == [(at, key) for at, (key, _) in enumerate(sent)]
    for each in "abcd":
        own = [at for at, key in kept if key == each]
        assert own == sorted(own)
