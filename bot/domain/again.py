"""Returns: what to do again, and when.

What was failed or given up comes back after 1, 3, 7 and 16 days, each about twice the
last: a return in time is a step up, one that fails goes back to the first, and after
the last it is known like any other. What fades comes back when it fades. The
intervals are those of Wozniak's first schedule (1, 7 and 16 days; "Optimization of
learning", 1990), with one more between, for a challenge takes longer than a card and
is forgotten in more ways; that gaps should grow is the finding of Cepeda et al.
(2006) over many studies.

    failed ─► +1 ─ solved ─► +3 ─ solved ─► +7 ─ solved ─► +16 ─ solved ─► done
               ▲                │              │              │
               └──── failed ────┴──────────────┴──────────────┘
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.as_judged import as_judged
from bot.domain.event import Event, EventKind
from bot.domain.mastery import Memory, memories

LADDER_DAYS = (1, 3, 7, 16)


class Repeatable(Protocol):
    """What returns need of a `challenges.challenge.Challenge`."""

    @property
    def skills(self) -> tuple[str, ...]: ...

    @property
    def difficulty(self) -> int: ...

    @property
    def requires(self) -> tuple[str, ...]: ...


class ReturnReason(StrEnum):
    FAILED = "failed"
    """It was tried in vain, or given up, and is on the ladder since."""
    FADING = "fading"
    """Its skill was mastered some time ago."""
    LEARNING = "learning"
    """Its skill was practised with so much help that it is not mastered yet."""


@dataclass(frozen=True, kw_only=True)
class Return:
    challenge_id: str
    on: date
    """From when on it is due."""
    why: ReturnReason
    skill: str
    """What the return is for."""


def return_facts(*, in_time: bool) -> Mapping[str, str | int]:
    """For REPEATED: fixed when it is written, whatever the rules are later."""
    return {"due": 1} if in_time else {}


def was_due(event: Event) -> bool:
    return event.kind is EventKind.REPEATED and bool(event.facts.get("due"))


def returns(
    events: Iterable[Event],
    *,
    challenges: Mapping[str, Repeatable],
    asked: Collection[str],
) -> tuple[Return, ...]:
    """All that are planned for a person, the earliest first; one for each challenge.

    `asked` are ids of the challenges that can be returned to, of all the `challenges`.
    """
    log = [one for one in as_judged(events) if one.challenge_id in challenges]
    found: dict[str, Return] = {}
    for challenge_id, on in _ladders(log).items():
        if challenge_id in asked:
            found[challenge_id] = Return(
                challenge_id=challenge_id,
                on=on,
                why=ReturnReason.FAILED,
                skill=challenges[challenge_id].skills[0],
            )
    on_ladder = {skill for one in found for skill in challenges[one].skills}
    solved = _last_solved(log)
    for skill, memory in sorted(memories(log, challenges=challenges).items()):
        planned = _fading(memory)
        if planned is None or skill in on_ladder:
            continue
        why, on = planned
        chosen = _chosen(skill, challenges, asked, solved)
        if chosen is not None and (chosen not in found or found[chosen].on > on):
            found[chosen] = Return(challenge_id=chosen, on=on, why=why, skill=skill)
    return tuple(sorted(found.values(), key=lambda one: (one.on, one.challenge_id)))


def is_due(
    challenge_id: str,
    events: Iterable[Event],
    *,
    challenges: Mapping[str, Repeatable],
    on: date,
) -> bool:
    """Whether doing the challenge on that day is a return in its time.

    Any challenge of a fading skill will do: the one that is offered is an offer.
    """
    log = [one for one in as_judged(events) if one.challenge_id in challenges]
    ladder = _ladders(log).get(challenge_id)
    if ladder is not None and ladder <= on:
        return True
    known = memories(log, challenges=challenges)
    for skill in challenges[challenge_id].skills:
        planned = _fading(known[skill]) if skill in known else None
        if planned is not None and planned[1] <= on:
            return True
    return False


def _ladders(log: Iterable[Event]) -> Mapping[str, date]:
    """When each challenge that is on the ladder is due."""
    days: dict[str, dict[date, set[EventKind]]] = {}
    for event in log:
        by_day = days.setdefault(event.challenge_id or "", {})
        by_day.setdefault(event.local_on, set()).add(event.kind)
    due = {challenge_id: _ladder(by_day) for challenge_id, by_day in days.items()}
    return {challenge_id: on for challenge_id, on in due.items() if on is not None}


def _ladder(by_day: Mapping[date, Collection[EventKind]]) -> date | None:
    rung: int | None = None
    due = date.min
    for on in sorted(by_day):
        kinds = by_day[on]
        # A solution that is read and written down on one day has not been recalled.
        solved = EventKind.REPEATED in kinds or (
            EventKind.SOLVED in kinds and EventKind.SOLUTION_OPENED not in kinds
        )
        if solved:
            if rung is None or on < due:
                continue
            rung = rung + 1 if rung + 1 < len(LADDER_DAYS) else None
        elif EventKind.ATTEMPT_FAILED in kinds or EventKind.SOLUTION_OPENED in kinds:
            rung = 0
        else:
            continue
        if rung is not None:
            due = on + timedelta(days=LADDER_DAYS[rung])
    return None if rung is None else due


def _fading(memory: Memory) -> tuple[ReturnReason, date] | None:
    if memory.fades_on is not None:
        return ReturnReason.FADING, memory.fades_on
    if memory.on is None or memory.is_failing:
        return None
    return ReturnReason.LEARNING, memory.on + timedelta(days=LADDER_DAYS[0])


def _last_solved(log: Iterable[Event]) -> Mapping[str, date]:
    last: dict[str, date] = {}
    for event in log:
        if event.kind in {EventKind.SOLVED, EventKind.REPEATED}:
            challenge_id = event.challenge_id or ""
            last[challenge_id] = max(event.local_on, last.get(challenge_id, date.min))
    return last


def _chosen(
    skill: str,
    challenges: Mapping[str, Repeatable],
    asked: Collection[str],
    solved: Mapping[str, date],
) -> str | None:
    """A new one, the easiest: it proves more than one known by heart, and earns.

    Where there is none that is open, the one that was solved longest ago.
    """
    candidates = [one for one in asked if skill in challenges[one].skills]
    new = [
        one
        for one in candidates
        if one not in solved and solved.keys() >= set(challenges[one].requires)
    ]
    if new:
        return min(new, key=lambda one: (challenges[one].difficulty, one))
    known = [one for one in candidates if one in solved]
    return min(known, key=lambda one: (solved[one], one)) if known else None
