"""What pairing knows of the two sides."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MentorRequest:
    """A mentee who waits. `week` is that of `pairing.week`."""

    id: int
    person_id: int
    phase: int
    topics: tuple[str, ...]
    """Most wanted first; one or more."""
    languages: tuple[str, ...]
    """Most liked first."""
    week: int
    waiting_days: int
    earlier_mentors: frozenset[int] = frozenset()
    """Persons whose mentee they have been, and would be again."""
    refused: frozenset[int] = frozenset()
    """Persons with whom an offer was declined or ran out not long ago, or a pairing
    stalled, and whom either side has blocked."""


@dataclass(frozen=True, kw_only=True)
class MentorOffer:
    person_id: int
    phase: int
    phases: frozenset[int] = frozenset()
    """Of the mentees that they take; empty: of all whom they are ahead of."""
    topics: frozenset[str]
    languages: frozenset[str]
    week: int
    capacity: int
    """Mentees at a time."""
    mentees: int = 0
    """Of them, now."""
    is_paused: bool = False
    refused: frozenset[int] = frozenset()
    """As a request's."""

    @property
    def free(self) -> int:
        return 0 if self.is_paused else max(0, self.capacity - self.mentees)


@dataclass(frozen=True, kw_only=True)
class Pair:
    request_id: int
    mentor_id: int
    """The mentor's person."""
    cost: int
