"""What organisers did, so that the others can see it and ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AuditAct(StrEnum):
    """Each has a sentence `audit.act.<value>`, which may name `{subject}` and facts."""

    POINTS_GRANTED = "points_granted"
    POINTS_REVOKED = "points_revoked"
    REJUDGED = "rejudged"
    ALIKE_DISMISSED = "alike_dismissed"
    ALIKE_NOTED = "alike_noted"
    ALIKE_TALKED = "alike_talked"
    DAILY_CHANNEL_SET = "daily_channel_set"
    DAILY_TIME_SET = "daily_time_set"
    DAILY_PHASES_SET = "daily_phases_set"
    DAILY_ROLES_SET = "daily_roles_set"
    DAILY_PAUSED = "daily_paused"
    DAILY_RESUMED = "daily_resumed"
    BOARDS_OPENED = "boards_opened"
    BOARDS_CLOSED = "boards_closed"
    BOARD_SHOWN = "board_shown"
    BOARD_NOT_SHOWN = "board_not_shown"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_RETURNED = "certificate_returned"


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """`facts` are ids, numbers and settings: never a secret, never a name.

    A member is referred to by id alone, so that the entry can outlive them without
    naming them.
    """

    community_id: int
    act: AuditAct
    actor_id: int | None
    """The organiser's member; None once they have been deleted."""
    at: datetime
    subject_id: int | None = None
    """The member to whom it was done; None for an act on something else, or once they
    have been deleted."""
    reason: str = ""
    """In the organiser's words. Goes with the subject, of whom it may tell."""
    facts: Mapping[str, str | int] = field(default_factory=dict)
