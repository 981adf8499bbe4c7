"""What a rejudge changes: the log is mended by adding to it, never changed.

    accepted, and is not any more ──► its SOLVED is taken back
    an earlier one is accepted now ─► the later SOLVED is taken back, the earlier scores
    the same one, other points ─────► the difference
    one that earned nothing, other ─► its verdict is noted, for who reads what somebody
                                      can do (`bot/domain/as_judged.py`)

Each is one event; after them the fold says what it would have said had the verdicts
been right from the beginning, and asking again adds nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.as_judged import JUDGED, submission_of, verdicts
from bot.domain.event import Event, EventKind
from bot.domain.score import SolveEffort, award, effort_of
from bot.domain.totals import Gain, gains_of, rescore_facts
from runner.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class JudgedTry:
    """A judged submission to the challenge, judge errors excluded."""

    id: str
    person_id: int
    member_id: int
    accepted: bool
    submitted_at: datetime
    local_on: date
    is_daily: bool
    board_facts: Mapping[str, str | int]
    """Where its points count: fixed by when it was handed in."""


def corrections(
    challenge_id: str,
    difficulty: int,
    tried: Iterable[JudgedTry],
    log: Sequence[Event],
    at: datetime,
) -> Sequence[Event]:
    """The events that bring a person's log to what the verdicts are now."""
    order = sorted(tried, key=lambda one: (one.submitted_at, one.id))
    mended = list(log)
    made: list[Event] = []
    while event := _next(challenge_id, difficulty, order, mended, at):
        made.append(event)
        mended.append(event)
    return [*made, *_noted(order, mended, at)]


def _noted(
    tried: Iterable[JudgedTry], log: Sequence[Event], at: datetime
) -> Iterator[Event]:
    """What the points do not tell of the verdicts: of who had solved it already, or
    had tried it again.
    """
    said = verdicts(log)
    logged = {submission_of(one): one for one in log if one.kind in JUDGED}
    for one in tried:
        if one.id in said and said[one.id] is not one.accepted:
            yield _rescored(logged[one.id], 0, 0, log, at, accepted=one.accepted)


def _next(
    challenge_id: str,
    difficulty: int,
    tried: Sequence[JudgedTry],
    log: Sequence[Event],
    at: datetime,
) -> Event | None:
    counted = next(
        (
            gain
            for gain in gains_of(log)
            if gain.solved and gain.event.challenge_id == challenge_id
        ),
        None,
    )
    first = next((one for one in tried if one.accepted), None)
    if counted is not None and (
        first is None or counted.event.facts.get("submission") != first.id
    ):
        return _taken_back(counted, tried, log, at)
    if first is None:
        return None
    wrong = sum(_is_before(one, first) for one in tried)
    if counted is not None:
        change = _worth(counted.event, wrong, counted.points) - counted.points
        return (
            _rescored(counted.event, change, 0, log, at, accepted=True)
            if change
            else None
        )
    for event in log:
        if _is_of(event, challenge_id, first):
            # It was taken back, with all its points.
            worth = _worth(event, wrong, event.points)
            return _rescored(event, worth, 1, log, at, accepted=True)
    effort = _effort(challenge_id, difficulty, first, log)
    return _scored(challenge_id, first, replace(effort, wrong_attempts=wrong), at)


def _is_of(event: Event, challenge_id: str, submission: JudgedTry) -> bool:
    """Whether it is how the submission solved the challenge."""
    return (
        event.kind is EventKind.SOLVED
        and event.challenge_id == challenge_id
        and event.facts.get("submission") == submission.id
    )


def _is_before(one: JudgedTry, first: JudgedTry) -> bool:
    return (one.submitted_at, one.id) < (first.submitted_at, first.id)


def _worth(solved: Event, wrong: int, otherwise: int) -> int:
    """By the rules in force now, and the effort that it was then."""
    effort = effort_of(solved.facts)
    if effort is None:
        return otherwise
    return award(Verdict.ACCEPTED, replace(effort, wrong_attempts=wrong)).points


def _taken_back(
    counted: Gain, tried: Sequence[JudgedTry], log: Sequence[Event], at: datetime
) -> Event:
    of = counted.event.facts.get("submission")
    accepted = any(one.id == of and one.accepted for one in tried)
    return _rescored(counted.event, -counted.points, -1, log, at, accepted=accepted)


def _effort(
    challenge_id: str, difficulty: int, first: JudgedTry, log: Sequence[Event]
) -> SolveEffort:
    before = [
        one
        for one in log
        if one.challenge_id == challenge_id and one.occurred_at <= first.submitted_at
    ]
    kinds = [one.kind for one in before]
    hints = {one.facts["level"] for one in before if one.kind is EventKind.HINT_TAKEN}
    return SolveEffort(
        difficulty=difficulty,
        hints=len(hints),
        is_daily=first.is_daily,
        solution_opened=EventKind.SOLUTION_OPENED in kinds,
    )


def _scored(
    challenge_id: str, first: JudgedTry, effort: SolveEffort, at: datetime
) -> Event:
    earned = award(Verdict.ACCEPTED, effort)
    return Event(
        kind=EventKind.SOLVED,
        key=f"solved:{first.person_id}:{challenge_id}:{first.id}",
        person_id=first.person_id,
        member_id=first.member_id,
        occurred_at=at,
        # As when it was handed in: the day that our fault took comes back.
        local_on=first.local_on,
        challenge_id=challenge_id,
        points=earned.points,
        facts={
            "submission": first.id,
            **{term.value: points for term, points in earned.terms},
            **effort.facts(),
            **first.board_facts,
        },
    )


def _rescored(
    judged: Event,
    points: int,
    change: int,
    log: Sequence[Event],
    at: datetime,
    *,
    accepted: bool,
) -> Event:
    times = sum(one.facts.get("of") == judged.key for one in log)
    return Event(
        kind=EventKind.RESCORED,
        key=f"rescored:{judged.key}:{times + 1}",
        person_id=judged.person_id,
        member_id=judged.member_id,
        occurred_at=at,
        local_on=judged.local_on,
        challenge_id=judged.challenge_id,
        points=points,
        facts={**rescore_facts(judged, change), "accepted": int(accepted)},
    )
