"""The placement test: who knows the phase before shows it, and starts in the next.

    started ──► each of its challenges: solved, or lost ──► enough solved: passed
       │                                                └─► too many lost: failed
       └─► its last day goes by ──────────────────────────► failed

It is an ordinary part of the game: what is solved in it earns what it would earn
anyway. A sitting is folded from the log, from the event that started it and what
happened with its challenges since, so that a restart changes nothing of it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.as_judged import as_judged
from bot.domain.event import Event, EventKind

FIRST_PLACED, LAST_PLACED = 2, 7
"""Nobody needs a test to start at the first."""

MOST_CHALLENGES = 4
"""An evening for who knows the phase: a test of all seven topics of phase 4 would ask
more of who knows than a week of dailies asks of who learns."""

TRIES = 3
"""A misread statement and a slip are no ignorance; with many, one could guess."""

MISSED_FROM = 4
"""From so many challenges on, one may be missed: one odd topic is no other phase."""

DAYS = 3
"""With its first: a weekend, or an evening and the next. Dates and not hours, by the
day on which an answer is handed in, so that no zone and no slow queue costs one."""

RETAKE_AFTER_DAYS = 7
"""Time to learn what was missed; without a wait, a test is drawn until it suits."""


class Eligible(Protocol):
    """What the draw needs of a `challenges.challenge.Challenge`."""

    @property
    def id(self) -> str: ...

    @property
    def difficulty(self) -> int: ...


class SittingState(StrEnum):
    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Task:
    challenge_id: str
    solved: bool = False
    failed_tries: int = 0
    helped: bool = False
    """A hint or the solution was taken first."""

    @property
    def lost(self) -> bool:
        return not self.solved and (self.helped or self.failed_tries >= TRIES)

    @property
    def tries_left(self) -> int:
        return 0 if self.solved or self.lost else TRIES - self.failed_tries


@dataclass(frozen=True, kw_only=True)
class Sitting:
    key: str
    """Of the event that started it."""
    phase: int
    """Where who passes starts."""
    started_on: date
    tasks: tuple[Task, ...]

    @property
    def needed(self) -> int:
        return needed_of(len(self.tasks))

    @property
    def solved(self) -> int:
        return sum(task.solved for task in self.tasks)

    @property
    def last_on(self) -> date:
        return self.started_on + timedelta(days=DAYS - 1)

    @property
    def again_on(self) -> date:
        """When it may be taken again, if it is failed."""
        return self.started_on + timedelta(days=RETAKE_AFTER_DAYS)

    def state_on(self, day: date) -> SittingState:
        if self.solved >= self.needed:
            return SittingState.PASSED
        lost = sum(task.lost for task in self.tasks)
        if day > self.last_on or len(self.tasks) - lost < self.needed:
            return SittingState.FAILED
        return SittingState.OPEN

    def asks(self, challenge_id: str) -> bool:
        return any(task.challenge_id == challenge_id for task in self.tasks)

    def task(self, challenge_id: str) -> Task:
        return next(one for one in self.tasks if one.challenge_id == challenge_id)


def needed_of(asked: int) -> int:
    """How many of the challenges asked must be solved to pass."""
    return asked if asked < MISSED_FROM else asked - 1


def draw(
    topics: Mapping[str, Sequence[Eligible]],
    earlier: Iterable[Sitting],
    *,
    person_id: int,
    phase: int,
) -> tuple[str, ...]:
    """The ids of the challenges to set: of each topic a hard one, in its order.

    `topics` holds what may be asked, by topic of the phase before. What an `earlier`
    sitting asked comes again only where a topic has nothing else. The draw is a hash
    of the arguments: asking again gives the same test.
    """
    asked = [task.challenge_id for one in earlier for task in one.tasks]

    def lot(word: str) -> bytes:
        written = f"{person_id}/{phase}/{len(asked)}/{word}"
        return hashlib.sha256(written.encode()).digest()

    def hardest(candidates: Sequence[Eligible]) -> Eligible:
        return max(
            candidates,
            key=lambda one: (one.id not in asked, one.difficulty, lot(one.id)),
        )

    chosen = {
        topic: hardest(candidates) for topic, candidates in topics.items() if candidates
    }
    kept = sorted(chosen, key=lot)[:MOST_CHALLENGES]
    return tuple(one.id for topic, one in chosen.items() if topic in kept)


def start_facts(phase: int, challenge_ids: Sequence[str]) -> Mapping[str, str | int]:
    """What the log keeps of a sitting that starts; `sittings` reads it."""
    return {"phase": phase, "challenges": " ".join(challenge_ids)}


def asked_by(event: Event) -> tuple[str, ...]:
    """The challenges that a PLACEMENT_STARTED event asks."""
    return tuple(str(event.facts["challenges"]).split())


def sittings(events: Iterable[Event], *, member_id: int) -> tuple[Sitting, ...]:
    """The member's, oldest first, of their person's events in the log's order."""
    log = as_judged(events)
    return tuple(
        Sitting(
            key=event.key,
            phase=int(event.facts["phase"]),
            started_on=event.local_on,
            tasks=tuple(
                _task(challenge_id, event.local_on, log[place + 1 :])
                for challenge_id in asked_by(event)
            ),
        )
        for place, event in enumerate(log)
        if event.kind is EventKind.PLACEMENT_STARTED and event.member_id == member_id
    )


def open_sitting(
    events: Iterable[Event], *, member_id: int, on: date
) -> Sitting | None:
    found = sittings(events, member_id=member_id)
    still = [one for one in found if one.state_on(on) is SittingState.OPEN]
    return still[-1] if still else None


def _task(challenge_id: str, started_on: date, since: Sequence[Event]) -> Task:
    failed = 0
    last_on = started_on + timedelta(days=DAYS - 1)
    for event in since:
        if event.challenge_id != challenge_id or event.local_on > last_on:
            continue
        match event.kind:
            case EventKind.SOLVED:
                return Task(challenge_id=challenge_id, solved=True, failed_tries=failed)
            case EventKind.ATTEMPT_FAILED:
                failed += 1
            case EventKind.HINT_TAKEN | EventKind.SOLUTION_OPENED:
                return Task(challenge_id=challenge_id, failed_tries=failed, helped=True)
            case _:
                continue
        if failed >= TRIES:
            break
    return Task(challenge_id=challenge_id, failed_tries=failed)
