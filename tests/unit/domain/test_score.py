import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.score import (
    DAILY_POINTS,
    FLOOR_PERCENT,
    FREE_WRONG_ATTEMPTS,
    Award,
    ScoreRules,
    SolveEffort,
    Term,
    award,
    base_points,
    effort_of,
)
from runner.verdict import Verdict

difficulties = st.integers(1, 5)
counts = st.integers(0, 1000)


def accepted(
    *,
    difficulty: int = 1,
    hints: int = 0,
    wrong_attempts: int = 0,
    is_daily: bool = False,
) -> Award:
    effort = SolveEffort(
        difficulty=difficulty,
        hints=hints,
        wrong_attempts=wrong_attempts,
        is_daily=is_daily,
    )
    return award(Verdict.ACCEPTED, effort)


def test_each_difficulty_pays_half_as_much_again() -> None:
    assert [base_points(n) for n in range(1, 6)] == [80, 120, 180, 270, 405]


@pytest.mark.parametrize("difficulty", [-1, 0, 6])
def test_a_difficulty_off_the_scale_is_refused(difficulty: int) -> None:
    with pytest.raises(ValueError, match=str(difficulty)):
        base_points(difficulty)


def test_the_sum_can_be_shown_term_by_term() -> None:
    one = accepted(difficulty=2, hints=1, wrong_attempts=3, is_daily=True)
    assert one.terms == (
        (Term.BASE, 120),
        (Term.HINTS, -12),
        (Term.ATTEMPTS, -6),
        (Term.DAILY, 10),
    )
    assert one.points == 112


def test_the_first_two_wrong_attempts_cost_nothing() -> None:
    clean = accepted(difficulty=3)
    assert accepted(difficulty=3, wrong_attempts=FREE_WRONG_ATTEMPTS) == clean
    third = accepted(difficulty=3, wrong_attempts=FREE_WRONG_ATTEMPTS + 1)
    assert third.points == 180 - 9


def test_the_floor_is_shown_as_a_term() -> None:
    one = accepted(difficulty=1, hints=5, wrong_attempts=8)
    assert one.terms == (
        (Term.BASE, 80),
        (Term.HINTS, -40),
        (Term.ATTEMPTS, -24),
        (Term.FLOOR, 16),
    )
    assert one.points == 32


def test_an_opened_solution_earns_nothing_even_on_the_daily() -> None:
    effort = SolveEffort(difficulty=4, is_daily=True, solution_opened=True)
    one = award(Verdict.ACCEPTED, effort)
    assert one.terms == ((Term.BASE, 270), (Term.SOLUTION, -270))
    assert one.points == 0


@given(
    verdict=st.sampled_from(Verdict),
    difficulty=difficulties,
    already_solved=st.booleans(),
)
def test_only_a_first_acceptance_earns(
    *, verdict: Verdict, difficulty: int, already_solved: bool
) -> None:
    effort = SolveEffort(difficulty=difficulty, is_daily=True)
    one = award(verdict, effort, already_solved=already_solved)
    first = verdict is Verdict.ACCEPTED and not already_solved
    assert (one.points > 0) is first
    assert (one == Award()) is not first


@given(
    difficulty=difficulties,
    hints=counts,
    wrong_attempts=counts,
    is_daily=st.booleans(),
)
def test_solving_never_pays_less_than_the_floor_nor_more_than_the_base(
    *, difficulty: int, hints: int, wrong_attempts: int, is_daily: bool
) -> None:
    base = base_points(difficulty)
    points = accepted(
        difficulty=difficulty,
        hints=hints,
        wrong_attempts=wrong_attempts,
        is_daily=is_daily,
    ).points
    bonus = DAILY_POINTS if is_daily else 0
    assert 100 * (points - bonus) >= FLOOR_PERCENT * base
    assert points - bonus <= base


@given(difficulties, counts, counts, st.integers(1, 10))
def test_more_help_and_more_tries_never_pay_more(
    difficulty: int, hints: int, wrong_attempts: int, more: int
) -> None:
    points = accepted(
        difficulty=difficulty, hints=hints, wrong_attempts=wrong_attempts
    ).points
    with_hints = accepted(
        difficulty=difficulty, hints=hints + more, wrong_attempts=wrong_attempts
    )
    with_tries = accepted(
        difficulty=difficulty, hints=hints, wrong_attempts=wrong_attempts + more
    )
    assert with_hints.points <= points
    assert with_tries.points <= points


@given(st.integers(2, 5), st.integers(0, 3))
def test_a_harder_challenge_pays_more_for_the_same_effort(
    difficulty: int, hints: int
) -> None:
    harder = accepted(difficulty=difficulty, hints=hints)
    easier = accepted(difficulty=difficulty - 1, hints=hints)
    assert harder.points > easier.points


@given(difficulties, counts, counts)
def test_the_daily_pays_the_same_whatever_else_happened(
    difficulty: int, hints: int, wrong_attempts: int
) -> None:
    plain = accepted(difficulty=difficulty, hints=hints, wrong_attempts=wrong_attempts)
    daily = accepted(
        difficulty=difficulty,
        hints=hints,
        wrong_attempts=wrong_attempts,
        is_daily=True,
    )
    assert daily.points - plain.points == DAILY_POINTS


@given(
    st.builds(
        SolveEffort, difficulty=difficulties, hints=counts, is_daily=st.booleans()
    )
)
def test_an_effort_is_kept_with_its_event(effort: SolveEffort) -> None:
    assert effort_of(effort.facts()) == effort


def test_other_rules_weigh_the_same_effort_otherwise() -> None:
    effort = SolveEffort(difficulty=1, hints=2, wrong_attempts=3, is_daily=True)
    rules = ScoreRules(hint_percent=15, daily_points=20, free_wrong_attempts=3)
    assert award(Verdict.ACCEPTED, effort).points == 80 - 16 - 4 + 10
    assert award(Verdict.ACCEPTED, effort, rules=rules).points == 80 - 24 + 20
