"""What a person is told in private without having asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class NoticeKind(StrEnum):
    """Each has a sentence `notice.<value>`, which takes the facts.

    A fact `challenge` is shown as that challenge's title, and `platform` as its name.
    """

    ACCOUNT_LINKED = "account_linked"
    ACCOUNT_UNLINKED = "account_unlinked"
    POINTS_GRANTED = "points_granted"
    POINTS_REVOKED = "points_revoked"
    RESCORED = "rescored"
    """A rejudge changed their points."""
    REJUDGED = "rejudged"
    """It changed a verdict, and no points."""
    CERTIFICATE_EARNED = "certificate_earned"
    """By what others had of them, and not by a verdict, which tells of it itself."""
    CERTIFICATE_REJUDGED = "certificate_rejudged"
    """A rejudge took the ground from a certificate of theirs."""
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_RETURNED = "certificate_returned"
    REVIEWED = "reviewed"
    REVIEW_OFFERED = "review_offered"
    """A solution that equals theirs was reviewed."""
    REVIEW_THANKED = "review_thanked"
    PAIRING_OFFERED = "pairing_offered"
    """This and what follows name a pairing by its number; see `pairing_notices`."""
    PAIRING_DECLINED = "pairing_declined"
    PAIRING_RAN_OUT = "pairing_ran_out"
    PAIRING_WITHDRAWN = "pairing_withdrawn"
    PAIRING_OPENED = "pairing_opened"
    PAIRING_ENDED = "pairing_ended"
    PAIRING_STALLED = "pairing_stalled"
    PAIRING_WORDS = "pairing_words"
    """What the other wrote with their rating."""
    CHECK_IN = "check_in"
    SESSION_PROPOSED = "session_proposed"
    SESSION_AGREED = "session_agreed"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_OVER = "session_over"
    SESSION_SOON = "session_soon"
    MENTORING_EARNED = "mentoring_earned"


OF_MENTORING = frozenset(
    kind
    for kind in NoticeKind
    if kind.value.startswith(("pairing_", "check_in", "session_", "mentoring_"))
)


@dataclass(frozen=True, kw_only=True)
class Notice:
    id: UUID
    member_id: int
    kind: NoticeKind
    at: datetime
    facts: Mapping[str, str | int] = field(default_factory=dict)
    """Of nobody else: a notice is the member's own."""
