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
    CERTIFICATE_REJUDGED = "certificate_rejudged"
    """A rejudge took the ground from a certificate of theirs."""
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_RETURNED = "certificate_returned"
    REVIEWED = "reviewed"
    REVIEW_OFFERED = "review_offered"
    """A solution that equals theirs was reviewed."""
    REVIEW_THANKED = "review_thanked"


@dataclass(frozen=True, kw_only=True)
class Notice:
    id: UUID
    member_id: int
    kind: NoticeKind
    at: datetime
    facts: Mapping[str, str | int] = field(default_factory=dict)
    """Of nobody else: a notice is the member's own."""
