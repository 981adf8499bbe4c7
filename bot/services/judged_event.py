"""What a verdict writes into the log: one event for each that was an attempt."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.again import return_facts
from bot.domain.calendar import local_date
from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.score import SolveEffort, award
from bot.domain.submission import Submission
from bot.domain.totals import board_facts
from bot.services.record import record_of
from bot.services.world import COMMUNITY_DAY_STARTS_AT
from challenges.challenge import Challenge, Kind
from runner.verdict import Verdict


def judged_event(
    member: Member,
    challenge: Challenge,
    submission: Submission,
    before: Sequence[Event],
    at: datetime,
    *,
    is_return: bool = False,
) -> Event:
    """ATTEMPT_FAILED, REPEATED, or SOLVED with its points.

    `submission` has its verdict and attempt; `before` is the person's log until then;
    `is_return` says whether to do it again was due (`bot/domain/again.py`).
    """
    kind, key, points = EventKind.ATTEMPT_FAILED, f"attempt:{submission.id}", 0
    facts: dict[str, str | int] = {"submission": str(submission.id)}
    record = record_of(before)
    if submission.verdict is not Verdict.ACCEPTED:
        facts |= {"verdict": str(submission.verdict)}
    elif challenge.id in record.solved:
        kind, key = EventKind.REPEATED, f"repeated:{submission.id}"
        facts |= return_facts(in_time=is_return)
    else:
        kind = EventKind.SOLVED
        key = f"solved:{member.person_id}:{challenge.id}"
        times = sum(_solves(event, challenge.id) for event in before)
        if times:
            # A rejudge took it back, and now it is solved again.
            key = f"{key}:{times + 1}"
        effort = SolveEffort(
            difficulty=challenge.difficulty,
            hints=record.hints_taken(challenge.id),
            # To mend what readers send back is how one writes, and no guess.
            wrong_attempts=0
            if challenge.kind is Kind.REVIEW
            else (submission.attempt or 1) - 1,
            is_daily=submission.is_daily,
            solution_opened=challenge.id in record.opened,
        )
        points, sum_of = _earned(effort)
        facts |= {**sum_of, **effort.facts()}
        # As the streak's day: by when it was handed in, not by when we were ready.
        on = local_date(
            submission.submitted_at, member.community.time_zone, COMMUNITY_DAY_STARTS_AT
        )
        facts |= board_facts(on, challenge.phase)
    return Event(
        kind=kind,
        key=key,
        person_id=member.person_id,
        member_id=member.id,
        occurred_at=at,
        # The day on which it was handed in: a slow queue takes nobody's streak.
        local_on=submission.local_on,
        challenge_id=challenge.id,
        points=points,
        facts=facts,
    )


def _solves(event: Event, challenge_id: str) -> bool:
    return event.kind is EventKind.SOLVED and event.challenge_id == challenge_id


def _earned(effort: SolveEffort) -> tuple[int, Mapping[str, int]]:
    """The points, and the sum that a member can be shown."""
    earned = award(Verdict.ACCEPTED, effort)
    return earned.points, {term.value: points for term, points in earned.terms}
