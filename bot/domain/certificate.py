"""Certificates: earned by finishing a phase, revoked when that turns out not to be so.

  a phase complete ─► CERTIFICATE_EARNED ─► asked for ─► Certificate, at an address
                               │                               │
      a rejudge, an organiser ─┴─► CERTIFICATE_REVOKED ────────┴─► told there
                                      a person deleted ────────┘

What fades is no ground to revoke: a certificate says what was shown by a date. One that
an organiser revoked is not earned again by the next verdict, but only when an organiser
gives it back. Until it is asked for, nobody can read of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.domain.event import Event, EventKind
from bot.domain.leadership import EvidenceStanding, has_led
from bot.domain.progression import LAST_PHASE, PhaseStanding

NAME_LENGTH: Final = 80
"""Two given names and two surnames, and room beside."""


class Revocation(StrEnum):
    """`why` in the facts of CERTIFICATE_REVOKED."""

    REJUDGED = "rejudged"
    """What was handed in is not accepted any more."""
    ORGANISER = "organiser"
    DELETED = "deleted"
    """The person had everything deleted: nothing but the address is left."""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """One that was asked for: from then on whoever has its address can read it."""

    id: UUID
    person_id: int
    member_id: int
    event_key: str
    """Of the CERTIFICATE_EARNED that it tells of."""
    phase: int
    skills: tuple[str, ...]
    """Ids of those that were mastered."""
    name: str
    """As it stands on it, in the holder's words."""
    language: str
    community: str
    """The community's name then."""
    earned_on: date
    issued_at: datetime


@dataclass(frozen=True, kw_only=True)
class Revoked:
    id: UUID
    why: Revocation
    at: datetime


def to_give(
    standings: Sequence[PhaseStanding],
    evidence: Iterable[EvidenceStanding],
    events: Iterable[Event],
) -> Mapping[int, tuple[str, ...]]:
    """Phases that are complete and have no certificate yet, with the mastered skills.

    Complete, where promotion asks only that nothing is left to do: who reads it knows
    nothing of what our catalogue may lack.
    """
    log = list(events)
    standing, held_back = earned(log), withheld(log)
    leads = has_led(evidence)
    return {
        one.phase: mastered(one)
        for one in standings
        if one.share.complete
        and (leads or one.phase != LAST_PHASE)
        and one.phase not in standing.keys() | held_back
    }


def mastered(standing: PhaseStanding) -> tuple[str, ...]:
    return tuple(
        skill.id
        for topic in standing.topics
        for skill in topic.skills
        if skill.mastered
    )


def earned(events: Iterable[Event]) -> Mapping[int, Event]:
    """By phase, what earned it and stands: of linked accounts, the earlier one."""
    log = list(events)
    gone = {str(one.facts["of"]) for one in log if _revokes(one)}
    found: dict[int, Event] = {}
    for event in sorted(log, key=_order):
        if event.kind is EventKind.CERTIFICATE_EARNED and event.key not in gone:
            found.setdefault(int(event.facts["phase"]), event)
    return found


def withheld(events: Iterable[Event]) -> frozenset[int]:
    """Phases of which an organiser took the certificate, and none gave it back."""
    log = sorted(events, key=_order)
    last = {int(one.facts["phase"]): one for one in log if _revokes(one)}
    standing = earned(log)
    return frozenset(
        phase
        for phase, event in last.items()
        if phase not in standing and event.facts["why"] == Revocation.ORGANISER
    )


def times_earned(events: Iterable[Event], phase: int) -> int:
    return sum(
        event.kind is EventKind.CERTIFICATE_EARNED and event.facts["phase"] == phase
        for event in events
    )


def _revokes(event: Event) -> bool:
    return event.kind is EventKind.CERTIFICATE_REVOKED


def _order(event: Event) -> tuple[datetime, str]:
    return event.occurred_at, event.key
