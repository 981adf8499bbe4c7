from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pairing.waiting import LEAST_WAITS, Wait, quantile, waiting_times

HALF, MOST = Fraction(1, 2), Fraction(9, 10)
WAITS = st.lists(st.builds(Wait, st.integers(0, 40), st.booleans()), max_size=30)


def served(*days: int) -> list[Wait]:
    return [Wait(day, was_served=True) for day in days]


def waiting(*days: int) -> list[Wait]:
    return [Wait(day, was_served=False) for day in days]


def test_who_still_waits_makes_the_figure_longer() -> None:
    lucky = served(1, 2, 3, 4, 5, 6)
    assert quantile(lucky, HALF) == 3
    assert quantile([*lucky, *waiting(30, 30)], HALF) == 4
    # As many who still wait: nobody can say when one in two is served.
    assert quantile([*lucky, *waiting(*[30] * 7)], HALF) is None


def test_the_estimate_of_the_published_example() -> None:
    # Freireich et al. (1963), the 6-MP arm that every text book has: 21 patients,
    # 9 relapses; the estimate is .63 at week 16, .54 at 22 and .45 at 23.
    relapsed = served(6, 6, 6, 7, 10, 13, 16, 22, 23)
    censored = waiting(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    both = [*relapsed, *censored]
    assert quantile(both, HALF) == 23
    assert quantile(both, Fraction(3725, 10_000)) == 16
    assert quantile(both, Fraction(6, 10)) is None


def test_few_waits_are_about_persons() -> None:
    assert waiting_times(served(*range(LEAST_WAITS - 1))) is None
    times = waiting_times([*served(0, 1, 2, 3), *waiting(20)])
    assert times is not None
    assert (times.half_days, times.most_days) == (2, None)
    assert (times.longest_days, times.waits) == (20, 5)


@given(WAITS)
def test_with_nobody_waiting_it_is_the_plain_quantile(waits: list[Wait]) -> None:
    days = sorted(one.days for one in waits)
    every = [Wait(day, was_served=True) for day in days]
    found = quantile(every, HALF)
    if days:
        assert found == days[(len(days) + 1) // 2 - 1]
    else:
        assert found is None


@given(WAITS, st.integers(0, 40))
def test_one_more_who_waits_long_never_makes_it_shorter(
    waits: list[Wait], days: int
) -> None:
    for share in (HALF, MOST):
        before = quantile(waits, share)
        after = quantile([*waits, Wait(41 + days, was_served=False)], share)
        assert after is None or (before is not None and before <= after)
