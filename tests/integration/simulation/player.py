"""A member as the test knows them: what happened to them, worked out by brute force."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.progression import Way
from tests.integration.simulation.life import OF_EACH_PHASE, challenge_id

LAST_PHASE = 7


@dataclass(frozen=True, kw_only=True)
class Change:
    """Of phase."""

    before: int
    after: int
    how: Way


@dataclass
class Player:
    name: str
    home_zone: str
    towns: tuple[str, ...]
    """Of the second, if any, they are a member, too."""
    zone: str = ""
    coming: tuple[datetime, str] | None = None
    solved: list[str] = field(default_factory=list)
    done: set[int] = field(default_factory=set)
    """Phases in which something is solved: they are complete by it."""
    dates: set[date] = field(default_factory=set)
    """Of accepted answers to new challenges."""
    phases: dict[str, int] = field(default_factory=dict)
    """By town."""
    changes: dict[str, list[Change]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.zone = self.home_zone
        for town in self.towns:
            self.phases[town] = 1
            self.changes[town] = []

    def date_of(self, at: datetime) -> date:
        if self.coming and self.coming[0] <= at:
            self.zone, self.coming = self.coming[1], None
        return date_in(self.zone, at)

    def move(self, zone: str, at: datetime) -> None:
        today = self.date_of(at)
        then = at.replace(minute=0, second=0)
        while then <= at or date_in(self.zone, then) == today:
            then += timedelta(minutes=15)
        self.coming = None if zone == self.zone else (then, zone)

    def next_in(self, phase: int) -> str:
        """A challenge that they have not solved."""
        every = (challenge_id(phase, number) for number in range(OF_EACH_PHASE))
        return next(one for one in every if one not in self.solved)

    def reached(self, town: str) -> int:
        stood = [one.before for one in self.changes[town]]
        return max(self.phases[town], *stood) if stood else self.phases[town]

    def may_sit_for(self, town: str) -> range:
        free = self.reached(town)
        while free < LAST_PHASE and free in self.done:
            free += 1
        return range(free + 1, LAST_PHASE + 1)

    def solve(
        self, town: str, challenge: str, at: datetime, placed: int | None = None
    ) -> None:
        """`placed` is where who has just passed a test starts."""
        phase = int(challenge.split("-")[1])
        is_first = phase not in self.done
        self.solved.append(challenge)
        self.done.add(phase)
        self.dates.add(self.date_of(at))
        if placed is not None:
            self.go(town, placed, Way.PLACED)
        elif is_first and phase == self.phases[town]:
            left = (one for one in range(phase, LAST_PHASE + 1) if one not in self.done)
            to = next(left, None)
            if to is not None:
                self.go(town, to, Way.PROMOTED)

    def go(self, town: str, phase: int, how: Way) -> None:
        change = Change(before=self.phases[town], after=phase, how=how)
        self.changes[town].append(change)
        self.phases[town] = phase


def date_in(zone: str, at: datetime) -> date:
    """Days start at four."""
    face = at.astimezone(ZoneInfo(zone))
    return (face.replace(tzinfo=None) - timedelta(hours=4)).date()
