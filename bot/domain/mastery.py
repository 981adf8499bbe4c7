"""How well a person masters each skill, folded from the log.

    level
      1 ┤   ▙▖             each success lifts the level by a share of what is missing
    0.5 ┤···█▙▄▖········   mastered from here up
        │   ████▙▄▖        and then it halves in a half-life, which grows with successes
   0.25 ┤···███████▙▄▖··   fading until here, and still counted
        └────────────────► days

Two published models, each for what it explains simply. A success moves the level by a
share of what is missing, as in knowledge tracing (Corbett and Anderson 1995, "Knowledge
tracing: modeling the acquisition of procedural knowledge"). Between successes the level
halves in a half-life that is a power of two of the history, as in half-life regression
(Settles and Meeder 2016, "A trainable spaced repetition model for language learning").
What the history counts is days and gaps, because practice spread over days lasts and
practice massed in one does not (Cepeda et al. 2006, "Distributed practice in verbal
recall tasks"). The numbers are ours, and stand here with their reasons.

Days are the log's `local_on`: within a day order says nothing, so that the same events
in any order make the same memory. Each law that the rules promise is a property test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from math import exp2, log2
from typing import Protocol

from bot.domain.as_judged import as_judged
from bot.domain.event import Event, EventKind

MASTERED_FROM = 0.5
"""One unaided success reaches it at every difficulty; one with several hints does not:
those come back for a second time."""

COUNTED_FROM = 0.25
"""A mastered skill counts until half of that is gone: a month off takes nobody's phase,
and what was left for half a year is asked for again."""

LEAST_WEIGHT, WEIGHT_STEP = 0.5, 0.1
"""A success lifts by 0.6 of what is missing at difficulty 1, by all of it at 5: the
easiest shows that a skill is there, the hardest that little of it is missing."""

HINT_SHARE = 0.2
"""A hint was a part of the answer: a fifth, as a ladder of five would give it whole."""

LEAST_AIDED = 0.2
"""However many hints: who wrote the code has practised."""

OPENED_SHARE = 0.3
"""After reading the solution, writing it is practice, and no proof of recall."""

FIRST_HALF_LIFE_DAYS = 30
"""Skills of doing fade over weeks, not over hours as lists of words do (Arthur et al.
1998, "Factors that influence skill decay and retention"). The easiest success fades
after 7 days, a middling one after 20, the hardest after 30."""

MOST_HALF_LIFE_DAYS = 365
"""What nobody has done for years is not known, however well it once was."""

FULL_GAP_DAYS = 7
"""A success a week after the last doubles the half-life; sooner, by a part of that: a
skill done three times in a morning has been remembered once."""


class Trains(Protocol):
    """What mastery needs of a `challenges.challenge.Challenge`."""

    @property
    def skills(self) -> tuple[str, ...]: ...

    @property
    def difficulty(self) -> int: ...


class SkillState(StrEnum):
    UNSEEN = "unseen"
    LEARNING = "learning"
    """Solved with so much help that it is not mastered yet."""
    FAILING = "failing"
    """Tried, and left without success."""
    MASTERED = "mastered"
    FADING = "fading"
    """Mastered some time ago: it counts, and it is time to return to it."""
    FADED = "faded"
    """Mastered too long ago to count."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """One skill of one person, as it stood on the last day that it was practised."""

    on: date | None = None
    level: float = 0.0
    growth: float = 0.0
    """Doublings of the half-life."""
    recalled_on: date | None = None
    """The last day of a success without reading the solution first."""
    was_mastered: bool = False
    is_failing: bool = False
    """The last day ended without success."""

    @property
    def half_life_days(self) -> float:
        return min(MOST_HALF_LIFE_DAYS, FIRST_HALF_LIFE_DAYS * exp2(self.growth))

    def level_on(self, day: date) -> float:
        """From 0 to 1; before the last practice, as a journey west allows, as then."""
        if self.on is None:
            return 0.0
        days = max(0, (day - self.on).days)
        return self.level * exp2(-days / self.half_life_days)

    def counts_on(self, day: date) -> bool:
        """Whether it counts as mastered for a topic to be complete."""
        return self.was_mastered and self.level_on(day) >= COUNTED_FROM

    def state_on(self, day: date) -> SkillState:
        if self.on is None:
            return SkillState.UNSEEN
        if self.level_on(day) >= MASTERED_FROM:
            return SkillState.MASTERED
        if self.counts_on(day):
            return SkillState.FADING
        if self.is_failing:
            return SkillState.FAILING
        return SkillState.FADED if self.was_mastered else SkillState.LEARNING

    @property
    def fades_on(self) -> date | None:
        """The first day on which it is mastered no more; None if it never was."""
        if self.on is None or not self.was_mastered:
            return None
        if self.level < MASTERED_FROM:
            return self.on
        days = int(self.half_life_days * log2(self.level / MASTERED_FROM))
        day = self.on + timedelta(days=days)
        # Rounding may leave it a day early.
        while self.level_on(day) >= MASTERED_FROM:
            day += timedelta(days=1)
        return day


UNSEEN = Memory()


@dataclass
class _Day:
    """What a day showed of a skill: its best success, and whether any was recall."""

    weight: float = 0.0
    recalled: bool = False
    failed: bool = False


@dataclass
class _Help:
    """The days on which hints and solutions of each challenge were taken.

    What came after a solving took nothing from it: it is free, and not logged but by
    another of a person's accounts that are joined.
    """

    hints: dict[str, list[date]] = field(default_factory=dict)
    opened: dict[str, list[date]] = field(default_factory=dict)

    def hints_by(self, challenge_id: str, on: date) -> int:
        return sum(day <= on for day in self.hints.get(challenge_id, ()))

    def opened_by(self, challenge_id: str, on: date) -> bool:
        return any(day <= on for day in self.opened.get(challenge_id, ()))


def memories(
    events: Iterable[Event], *, challenges: Mapping[str, Trains]
) -> Mapping[str, Memory]:
    """By skill, of one person's events in any order; unseen skills are left out.

    What happened with a challenge that has left the catalogue is not counted: nobody
    can tell any more what it trained. A solving that a rejudge took back was a try.
    """
    found = _histories(as_judged(events), challenges)
    return {skill: history[-1] for skill, history in found.items()}


def peaks(
    events: Iterable[Event], *, challenges: Mapping[str, Trains]
) -> Mapping[str, float]:
    """The highest level that each skill has had: it never falls, not even when what
    raised it is taken back.
    """
    return {
        skill: max(memory.level for memory in history)
        for skill, history in _histories(events, challenges).items()
    }


def _histories(
    events: Iterable[Event], challenges: Mapping[str, Trains]
) -> Mapping[str, list[Memory]]:
    """The memory of each skill after each day on which it was practised."""
    known = [event for event in events if event.challenge_id in challenges]
    given = _help(known)
    days: dict[str, dict[date, _Day]] = {}
    for event in known:
        challenge = challenges[event.challenge_id or ""]
        for skill in challenge.skills:
            day = days.setdefault(skill, {}).setdefault(event.local_on, _Day())
            _note(day, event, challenge.difficulty, given)
    found = {skill: _fold(by_day) for skill, by_day in days.items()}
    return {skill: history for skill, history in found.items() if history}


def memory_after(
    memory: Memory, on: date, *, weight: float, recalled: bool, failed: bool
) -> Memory:
    """The memory after one day's practice."""
    if not weight and not failed:
        return memory
    level = memory.level_on(on)
    level += weight * (1 - level)
    growth = memory.growth
    if recalled and memory.recalled_on is not None:
        growth += min(1.0, (on - memory.recalled_on).days / FULL_GAP_DAYS)
    elif failed and not recalled:
        # As half-life regression takes failures: the next fading comes sooner. What
        # was known a moment ago is not thereby unknown: the level stays.
        growth = max(0.0, growth - 1)
    return replace(
        memory,
        on=on,
        level=level,
        growth=growth,
        recalled_on=on if recalled else memory.recalled_on,
        was_mastered=memory.was_mastered or level >= MASTERED_FROM,
        is_failing=failed and not weight,
    )


def weight_of(difficulty: int, *, hints: int = 0, opened: bool = False) -> float:
    """The share of what is missing that a success gives."""
    unaided = LEAST_WEIGHT + WEIGHT_STEP * difficulty
    if opened:
        return unaided * OPENED_SHARE
    return unaided * max(LEAST_AIDED, 1 - HINT_SHARE * hints)


def _help(events: Iterable[Event]) -> _Help:
    given = _Help()
    for event in events:
        challenge_id = event.challenge_id or ""
        if event.kind is EventKind.HINT_TAKEN:
            given.hints.setdefault(challenge_id, []).append(event.local_on)
        elif event.kind is EventKind.SOLUTION_OPENED:
            given.opened.setdefault(challenge_id, []).append(event.local_on)
    return given


def _note(day: _Day, event: Event, difficulty: int, given: _Help) -> None:
    challenge_id = event.challenge_id or ""
    match event.kind:
        case EventKind.SOLVED:
            opened = given.opened_by(challenge_id, event.local_on)
            hints = given.hints_by(challenge_id, event.local_on)
            weight = weight_of(difficulty, hints=hints, opened=opened)
            day.weight = max(day.weight, weight)
            day.recalled = day.recalled or not opened
        case EventKind.REPEATED:
            day.weight = max(day.weight, weight_of(difficulty))
            day.recalled = True
        case EventKind.ATTEMPT_FAILED | EventKind.SOLUTION_OPENED:
            day.failed = True
        case _:
            pass


def _fold(by_day: Mapping[date, _Day]) -> list[Memory]:
    memory, history = UNSEEN, []
    for on in sorted(by_day):
        day = by_day[on]
        memory = memory_after(
            memory, on, weight=day.weight, recalled=day.recalled, failed=day.failed
        )
        if memory != UNSEEN:
            history.append(memory)
    return history
