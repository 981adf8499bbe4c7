"""What a person has done with the challenges, read off their event log."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.event import Event, EventKind
from bot.domain.placement import asked_by
from bot.domain.totals import gains_of


@dataclass(frozen=True, kw_only=True)
class TrackRecord:
    solved: frozenset[str]
    opened: frozenset[str]
    """Challenges whose solution was opened before they were solved."""
    hints: frozenset[tuple[str, int]]
    """(challenge, level) of each hint taken."""
    points: int
    reputation: int
    admitted: frozenset[str]
    """Challenges that a placement test asked: open to them, whatever they require."""

    def hints_taken(self, challenge_id: str) -> int:
        return sum(taken == challenge_id for taken, _ in self.hints)


def record_of(events: Iterable[Event]) -> TrackRecord:
    """Of one person's events, of all their accounts."""
    log = list(events)
    gains = list(gains_of(log))
    opened: set[str] = set()
    hints: set[tuple[str, int]] = set()
    admitted: set[str] = set()
    for event in log:
        if event.kind is EventKind.PLACEMENT_STARTED:
            admitted.update(asked_by(event))
        if event.challenge_id is None:
            continue
        match event.kind:
            case EventKind.SOLUTION_OPENED:
                opened.add(event.challenge_id)
            case EventKind.HINT_TAKEN:
                hints.add((event.challenge_id, int(event.facts["level"])))
    return TrackRecord(
        solved=frozenset(
            gain.event.challenge_id
            for gain in gains
            if gain.solved and gain.event.challenge_id
        ),
        opened=frozenset(opened),
        hints=frozenset(hints),
        points=sum(gain.points for gain in gains),
        reputation=sum(gain.reputation for gain in gains),
        admitted=frozenset(admitted),
    )
