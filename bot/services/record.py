"""What a person has done with the challenges, read off their event log."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.event import Event, EventKind


@dataclass(frozen=True, kw_only=True)
class TrackRecord:
    solved: frozenset[str]
    opened: frozenset[str]
    """Challenges whose solution was opened before they were solved."""
    hints: tuple[tuple[str, int], ...]
    """(challenge, level) of each hint taken."""
    points: int

    def hints_taken(self, challenge_id: str) -> int:
        return sum(taken == challenge_id for taken, _ in self.hints)


def record_of(events: Iterable[Event]) -> TrackRecord:
    solved: set[str] = set()
    opened: set[str] = set()
    hints: list[tuple[str, int]] = []
    points = 0
    for event in events:
        points += event.points
        if event.challenge_id is None:
            continue
        match event.kind:
            case EventKind.SOLVED:
                solved.add(event.challenge_id)
            case EventKind.SOLUTION_OPENED:
                opened.add(event.challenge_id)
            case EventKind.HINT_TAKEN:
                hints.append((event.challenge_id, int(event.facts["level"])))
    return TrackRecord(
        solved=frozenset(solved),
        opened=frozenset(opened),
        hints=tuple(hints),
        points=points,
    )
