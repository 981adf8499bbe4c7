"""A rejudge brings the log to what the verdicts are, and adds nothing twice."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.correction import JudgedTry, corrections, taken_back
from bot.domain.event import Event, EventKind
from bot.domain.score import SolveEffort, award
from bot.domain.streak import fold
from bot.domain.totals import board_facts, gains_of
from runner.verdict import Verdict
from tests.fakes.clock import A_MONDAY

NOW = A_MONDAY + timedelta(days=30)


def tried(number: int, *, accepted: bool) -> JudgedTry:
    at = A_MONDAY + timedelta(days=number)
    return JudgedTry(
        id=f"s{number}",
        person_id=1,
        member_id=1,
        accepted=accepted,
        submitted_at=at,
        local_on=at.date(),
        is_daily=False,
        board_facts=board_facts(at.date(), 1),
    )


def mended(log: Sequence[Event], verdicts: Sequence[bool]) -> list[Event]:
    every = [tried(n, accepted=accepted) for n, accepted in enumerate(verdicts)]
    return [*log, *corrections("c", 1, every, log, NOW)]


def counted(log: Sequence[Event]) -> tuple[str, int, str] | None:
    """Which submission solved it, for how much, and when it counts."""
    for gain in gains_of(log):
        facts = gain.event.facts
        return str(facts["submission"]), gain.points, str(facts["board_on"])
    return None


def expected(verdicts: Sequence[bool]) -> tuple[str, int, str] | None:
    if True not in verdicts:
        return None
    first = verdicts.index(True)
    effort = SolveEffort(difficulty=1, wrong_attempts=first)
    on = (A_MONDAY + timedelta(days=first)).date()
    return f"s{first}", award(Verdict.ACCEPTED, effort).points, on.isoformat()


histories = st.integers(1, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.booleans(), min_size=n, max_size=n), min_size=1, max_size=5
    )
)


@given(histories)
def test_whatever_verdicts_were_before_the_last_ones_alone_count(
    rejudges: list[list[bool]],
) -> None:
    log: list[Event] = []
    for verdicts in rejudges:
        log = mended(log, verdicts)
        assert counted(log) == expected(verdicts)
        assert mended(log, verdicts) == log
        assert len({event.key for event in log}) == len(log)
        first = [n for n, accepted in enumerate(verdicts) if accepted][:1]
        days = {one.on for one in fold(log, today=NOW.date()).days}
        solved_on = {(A_MONDAY + timedelta(days=n)).date() for n in first}
        assert solved_on <= days


def test_a_day_is_solved_no_more_when_its_submission_is_not() -> None:
    log = mended([], [True])
    assert fold(log, today=A_MONDAY.date()).current == 1
    assert fold(mended(log, [False]), today=A_MONDAY.date()).current == 0
    again = mended(mended(log, [False]), [True])
    assert fold(again, today=A_MONDAY.date()).current == 1


def test_a_day_stays_when_an_earlier_submission_turns_out_right() -> None:
    log = mended(mended([], [False, True]), [True, True])
    assert taken_back(log) == frozenset()
    today = (A_MONDAY + timedelta(days=1)).date()
    assert fold(log, today=today).current == 2


def test_hints_that_were_taken_before_it_count_and_later_ones_do_not() -> None:
    hints = [
        Event(
            kind=EventKind.HINT_TAKEN,
            key=f"hint:{level}",
            person_id=1,
            member_id=1,
            occurred_at=A_MONDAY + timedelta(days=2 * level - 3),
            local_on=A_MONDAY.date(),
            challenge_id="c",
            facts={"level": level},
        )
        for level in (1, 2)
    ]
    effort = SolveEffort(difficulty=1, hints=1)
    (gain,) = gains_of(mended(hints, [True]))
    assert gain.points == award(Verdict.ACCEPTED, effort).points
