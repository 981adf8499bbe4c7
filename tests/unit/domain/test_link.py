"""Laws of who is joined with whom."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.link import together

PEOPLE = range(1, 9)
people = st.sampled_from(PEOPLE)
links = st.lists(st.tuples(people, people), max_size=12)


@given(links, st.tuples(people, people))
def test_a_link_joins_two_groups_and_touches_no_other(
    before: list[tuple[int, int]], link: tuple[int, int]
) -> None:
    apart, joined = together(PEOPLE, before), together(PEOPLE, [*before, link])
    touched = {apart[one] for one in link}
    for one in PEOPLE:
        is_touched = apart[one] in touched
        assert joined[one] == (min(touched) if is_touched else apart[one])


@given(links)
def test_neither_order_nor_direction_of_links_matters(
    some: list[tuple[int, int]],
) -> None:
    turned = [(right, left) for left, right in reversed(some)]
    assert together(PEOPLE, some) == together(PEOPLE, turned)


@given(links)
def test_who_came_first_stands_for_exactly_those_that_links_reach(
    some: list[tuple[int, int]],
) -> None:
    first = together(PEOPLE, some)
    for one in PEOPLE:
        reached = {one}
        while (
            grown := {
                there
                for left, right in some
                for here, there in ((left, right), (right, left))
                if here in reached
            }
            - reached
        ):
            reached |= grown
        assert first[one] == min(reached)
        assert {other for other in PEOPLE if first[other] == first[one]} == reached
