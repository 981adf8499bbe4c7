"""Badges: each a sentence about the log that has become true, and stays so.

A badge is a deed and how much of it is asked. Counts of deeds only grow as the log
does, so that it does not matter when one looks: who has earned a badge at some point
of the log has earned it at every later one, and the events in any order earn the same.
That is how BADGE_EARNED can be checked against the log, and how a badge that is new in
a release comes to those who had earned it long since. What a rejudge took back counts
all the same: it was done, and whoever was given a badge for it keeps it.

No count reads a clock's time of day or how fast an answer came: the same act earns
the same in every zone. The names and sentences are in the catalogues of texts, as
`badge.<id>.name` and `badge.<id>.about`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.domain.again import was_due
from bot.domain.event import Event, EventKind
from bot.domain.mastery import MASTERED_FROM, Trains, peaks
from bot.domain.progression import Roadmap
from bot.domain.streak import DayState, fold

HARD = 4
"""The difficulty from which a challenge is hard."""

TENACIOUS_TRIES = 5
"""Wrong attempts before a success: most would have opened the solution."""


class Known(Trains, Protocol):
    """What badges need of a `challenges.challenge.Challenge`."""

    @property
    def phase(self) -> int: ...

    @property
    def kind(self) -> str: ...


class Deed(StrEnum):
    SOLVED = "solved"
    UNAIDED = "unaided"
    """Solved with no hint, and the solution closed."""
    FIRST_TRY = "first_try"
    HARD = "hard"
    TENACIOUS = "tenacious"
    """Solved after many wrong attempts."""
    KINDS = "kinds"
    """Different kinds of challenge solved."""
    PHASES_TRIED = "phases_tried"
    DAILIES = "dailies"
    LONGEST_STREAK = "longest_streak"
    SOLVED_DAYS = "solved_days"
    COMEBACKS = "comebacks"
    """Solved days after a missed one."""
    RETURNS = "returns"
    """Done again in their time."""
    CRACKED = "cracked"
    """Solved on a later day than it was failed."""
    SKILLS = "skills"
    """Mastered at some time."""
    TOPICS = "topics"
    """With each skill that has challenges mastered at some time."""
    PHASES = "phases"
    """With each of its topics so."""
    PLACED = "placed"
    HELPED = "helped"
    """Times that helping earned reputation."""
    REPUTATION = "reputation"


@dataclass(frozen=True, kw_only=True)
class Badge:
    id: str
    deed: Deed
    asked: int = 1
    phase: int | None = None
    """For PHASES: this very one."""


BADGES: tuple[Badge, ...] = (
    Badge(id="first_light", deed=Deed.SOLVED),
    Badge(id="ten_solved", deed=Deed.SOLVED, asked=10),
    Badge(id="fifty_solved", deed=Deed.SOLVED, asked=50),
    Badge(id="hundred_solved", deed=Deed.SOLVED, asked=100),
    Badge(id="on_my_own", deed=Deed.UNAIDED, asked=10),
    Badge(id="own_path", deed=Deed.UNAIDED, asked=50),
    Badge(id="clean_start", deed=Deed.FIRST_TRY, asked=10),
    Badge(id="uphill", deed=Deed.HARD),
    Badge(id="summits", deed=Deed.HARD, asked=10),
    Badge(id="tenacious", deed=Deed.TENACIOUS),
    Badge(id="many_tools", deed=Deed.KINDS, asked=5),
    Badge(id="explorer", deed=Deed.PHASES_TRIED, asked=6),
    Badge(id="regular", deed=Deed.DAILIES, asked=30),
    Badge(id="week_long", deed=Deed.LONGEST_STREAK, asked=7),
    Badge(id="month_long", deed=Deed.LONGEST_STREAK, asked=30),
    Badge(id="hundred_days", deed=Deed.LONGEST_STREAK, asked=100),
    Badge(id="year_long", deed=Deed.LONGEST_STREAK, asked=365),
    Badge(id="seasoned", deed=Deed.SOLVED_DAYS, asked=100),
    Badge(id="comeback", deed=Deed.COMEBACKS),
    Badge(id="cracked", deed=Deed.CRACKED),
    Badge(id="unbeaten", deed=Deed.CRACKED, asked=10),
    Badge(id="kept_fresh", deed=Deed.RETURNS, asked=10),
    Badge(id="first_topic", deed=Deed.TOPICS),
    Badge(id="ten_topics", deed=Deed.TOPICS, asked=10),
    Badge(id="half_the_map", deed=Deed.SKILLS, asked=38),
    Badge(id="whole_map", deed=Deed.SKILLS, asked=76),
    Badge(id="phase_1", deed=Deed.PHASES, phase=1),
    Badge(id="phase_2", deed=Deed.PHASES, phase=2),
    Badge(id="phase_3", deed=Deed.PHASES, phase=3),
    Badge(id="phase_4", deed=Deed.PHASES, phase=4),
    Badge(id="phase_5", deed=Deed.PHASES, phase=5),
    Badge(id="phase_6", deed=Deed.PHASES, phase=6),
    Badge(id="phase_7", deed=Deed.PHASES, phase=7),
    Badge(id="knew_it", deed=Deed.PLACED),
    Badge(id="first_hand", deed=Deed.HELPED),
    Badge(id="good_company", deed=Deed.HELPED, asked=10),
    Badge(id="pillar", deed=Deed.REPUTATION, asked=100),
)


@dataclass(frozen=True, kw_only=True)
class BadgeStanding:
    badge: Badge
    reached: int
    """Of `badge.asked`, and never more."""
    earned_on: date | None = None
    """As the log has it."""

    @property
    def is_earned(self) -> bool:
        return self.earned_on is not None or self.reached >= self.badge.asked


@dataclass(frozen=True, kw_only=True)
class BadgeRules:
    """What the counts need beside the log."""

    challenges: Mapping[str, Known]
    roadmap: Roadmap


def standings(events: Iterable[Event], rules: BadgeRules) -> tuple[BadgeStanding, ...]:
    """Of each badge, in the order of BADGES, of one person's events in any order."""
    log = list({event.key: event for event in events}.values())
    given = {
        str(event.facts["badge"]): event.local_on
        for event in log
        if event.kind is EventKind.BADGE_EARNED
    }
    tally = _tally(log, rules)
    return tuple(
        BadgeStanding(
            badge=badge,
            reached=min(badge.asked, _reached(badge, tally)),
            earned_on=given.get(badge.id),
        )
        for badge in BADGES
    )


def earned(events: Iterable[Event], rules: BadgeRules) -> tuple[str, ...]:
    """Ids of all that the log has earned, given already or not: the fold of badges."""
    return tuple(one.badge.id for one in standings(events, rules) if one.is_earned)


def to_give(events: Iterable[Event], rules: BadgeRules) -> tuple[str, ...]:
    """Ids of what is earned and not in the log yet."""
    every = standings(events, rules)
    return tuple(
        one.badge.id for one in every if one.is_earned and one.earned_on is None
    )


def closest(found: Iterable[BadgeStanding], *, limit: int) -> tuple[BadgeStanding, ...]:
    """What is missing least of, of what is begun; of a deed only the next one."""
    nearest: dict[tuple[Deed, int | None], BadgeStanding] = {}
    for one in found:
        kind = (one.badge.deed, one.badge.phase)
        if one.reached and not one.is_earned:
            nearest.setdefault(kind, one)
    ordered = sorted(nearest.values(), key=lambda one: -one.reached / one.badge.asked)
    return tuple(ordered[:limit])


@dataclass(kw_only=True)
class _Tally:
    counts: dict[Deed, int] = field(default_factory=lambda: defaultdict(int))
    phases: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Of each phase, how many of its topics are done, and how many there are."""


def _reached(badge: Badge, tally: _Tally) -> int:
    if badge.deed is Deed.PHASES and badge.phase is not None:
        done, topics = tally.phases.get(badge.phase, (0, 0))
        return int(0 < done == topics)
    return tally.counts[badge.deed]


def _tally(log: list[Event], rules: BadgeRules) -> _Tally:
    counts: dict[Deed, int] = defaultdict(int)
    _count_solved(log, rules, counts)
    _count_days(log, counts)
    for event in log:
        counts[Deed.RETURNS] += was_due(event)
        if event.kind is EventKind.REPUTATION_EARNED and event.reputation > 0:
            counts[Deed.HELPED] += 1
            counts[Deed.REPUTATION] += event.reputation
        elif event.kind is EventKind.PHASE_CHANGED:
            counts[Deed.PLACED] += event.facts.get("how") == "placed"
    phases = _count_topics(log, rules, counts)
    return _Tally(counts=counts, phases=phases)


def _count_solved(log: list[Event], rules: BadgeRules, counts: dict[Deed, int]) -> None:
    first: dict[str, Event] = {}
    for event in log:
        if event.kind is EventKind.SOLVED and event.challenge_id is not None:
            known = first.setdefault(event.challenge_id, event)
            if (event.occurred_at, event.key) < (known.occurred_at, known.key):
                first[event.challenge_id] = event
    failed: dict[str | None, list[Event]] = defaultdict(list)
    helped: dict[str | None, list[Event]] = defaultdict(list)
    for event in log:
        if event.kind is EventKind.ATTEMPT_FAILED:
            failed[event.challenge_id].append(event)
        elif event.kind in {EventKind.HINT_TAKEN, EventKind.SOLUTION_OPENED}:
            helped[event.challenge_id].append(event)
    kinds, phases = set(), set()
    for challenge_id, solved in first.items():
        wrong = [one for one in failed[challenge_id] if _is_before(one, solved)]
        counts[Deed.SOLVED] += 1
        unaided = not any(_is_before(one, solved) for one in helped[challenge_id])
        counts[Deed.UNAIDED] += unaided
        counts[Deed.FIRST_TRY] += unaided and not wrong
        counts[Deed.TENACIOUS] += len(wrong) >= TENACIOUS_TRIES
        counts[Deed.CRACKED] += any(one.local_on < solved.local_on for one in wrong)
        counts[Deed.DAILIES] += int(solved.facts.get("daily", 0)) > 0
        challenge = rules.challenges.get(challenge_id)
        if challenge is not None:
            kinds.add(challenge.kind)
            phases.add(challenge.phase)
            counts[Deed.HARD] += challenge.difficulty >= HARD
    counts[Deed.KINDS] = len(kinds)
    counts[Deed.PHASES_TRIED] = len(phases)


def _is_before(other: Event, solved: Event) -> bool:
    return other.occurred_at <= solved.occurred_at


def _count_days(log: list[Event], counts: dict[Deed, int]) -> None:
    today = max((event.local_on for event in log), default=date.min)
    streak = fold(
        (one for one in log if one.kind is not EventKind.RESCORED), today=today
    )
    counts[Deed.LONGEST_STREAK] = streak.longest
    counts[Deed.SOLVED_DAYS] = streak.solved_days
    for before, after in zip(streak.days, streak.days[1:], strict=False):
        missed = before.state is DayState.MISSED
        counts[Deed.COMEBACKS] += missed and after.state is DayState.SOLVED


def _count_topics(
    log: list[Event], rules: BadgeRules, counts: dict[Deed, int]
) -> Mapping[int, tuple[int, int]]:
    """A topic or phase with nothing to do in it is not done by doing nothing."""
    best = peaks(log, challenges=rules.challenges)
    mastered = {skill for skill, level in best.items() if level >= MASTERED_FROM}
    asked = {skill for one in rules.challenges.values() for skill in one.skills}
    phases: dict[int, tuple[int, int]] = {}
    for phase, topics in rules.roadmap.items():
        open_topics = [asked & set(skills) for skills in topics.values()]
        some = [skills for skills in open_topics if skills]
        done = sum(skills <= mastered for skills in some)
        counts[Deed.TOPICS] += done
        phases[phase] = (done, len(some))
        counts[Deed.SKILLS] += sum(
            len(mastered & set(skills)) for skills in topics.values()
        )
    return phases
