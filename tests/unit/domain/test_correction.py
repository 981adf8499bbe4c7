"""A rejudge brings the log to what the verdicts are, and adds nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.again import ReturnReason, returns
from bot.domain.correction import JudgedTry, corrections
from bot.domain.event import Event, EventKind
from bot.domain.mastery import memories
from bot.domain.placement import Sitting, sittings, start_facts
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
    today = (A_MONDAY + timedelta(days=1)).date()
    assert fold(log, today=today).current == 2


def judged(verdicts: Sequence[bool]) -> list[Event]:
    """As the log is written: a test that asks for it, and a submission each day."""
    started = Event(
        kind=EventKind.PLACEMENT_STARTED,
        key="started",
        person_id=1,
        member_id=1,
        occurred_at=A_MONDAY,
        local_on=A_MONDAY.date(),
        facts=start_facts(2, ["c"]),
    )
    log = [started]
    for number, accepted in enumerate(verdicts):
        if not accepted:
            kind, key = EventKind.ATTEMPT_FAILED, f"attempt:s{number}"
        elif counted(log) is None:
            kind, key = EventKind.SOLVED, "solved:1:c"
        else:
            kind, key = EventKind.REPEATED, f"repeated:s{number}"
        one = tried(number, accepted=accepted)
        earned = kind is EventKind.SOLVED
        log.append(
            Event(
                kind=kind,
                key=key,
                person_id=1,
                member_id=1,
                occurred_at=one.submitted_at,
                local_on=one.local_on,
                challenge_id="c",
                points=80 if earned else 0,
                facts={"submission": one.id, **(one.board_facts if earned else {})},
            )
        )
    return log


@given(histories)
def test_what_somebody_can_do_is_what_the_last_verdicts_say(
    rejudges: list[list[bool]],
) -> None:
    log = judged(rejudges[0])
    for verdicts in rejudges:
        log = mended(log, verdicts)
        assert mended(log, verdicts) == log
    assert can_do(log) == can_do(judged(rejudges[-1]))


def can_do(log: Sequence[Event]) -> object:
    drills = {"c": Drill()}
    return (
        memories(log, challenges=drills),
        returns(log, challenges=drills, asked=drills),
        sat(log),
    )


def sat(log: Sequence[Event]) -> Sitting:
    (sitting,) = sittings(log, member_id=1)
    return sitting


@dataclass(frozen=True)
class Drill:
    skills: tuple[str, ...] = ("loops",)
    difficulty: int = 1
    requires: tuple[str, ...] = ()


def test_a_test_is_not_passed_by_what_a_rejudge_took_back() -> None:
    log = judged([False, True])
    assert sat(log).solved == 1
    taken = sat(mended(log, [False, False]))
    assert (taken.solved, taken.tasks[0].failed_tries) == (0, 2)
    # And three tries that were right lose nobody a test.
    assert sat(mended(judged([False] * 3), [True, False, False])).solved == 1


def test_what_a_rejudge_took_back_comes_again_the_next_day() -> None:
    log = mended(judged([True]), [False])
    (planned,) = returns(log, challenges={"c": Drill()}, asked=["c"])
    assert planned.why is ReturnReason.FAILED
    assert planned.on == A_MONDAY.date() + timedelta(days=1)


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
