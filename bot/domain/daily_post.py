"""The post of a daily, and its life.

    chosen ─► posting ──► posted
       │      │  ▲  └───► waiting     a try failed; another one comes
       │      │  └──────────┘
       └──────┴─► skipped ◄─┘         its day is over; the reason stands beside

A process may die while it posts. Its claim runs out, and the next one posts again with
the same key: the platform knows the key for some minutes, and after that the channel is
looked through for it (`bot.chat.operations.Posts.post_once`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

CLAIM = timedelta(seconds=60)
"""How long one process has a post for itself; a try is cut off well before."""

FIRST_RETRY = timedelta(seconds=15)
MOST_BETWEEN_TRIES = timedelta(minutes=15)
FIXED_BY_HAND = timedelta(minutes=30)
"""Until a post is tried again that an organiser has to make possible."""


class PostState(StrEnum):
    CHOSEN = "chosen"
    POSTING = "posting"
    WAITING = "waiting"
    POSTED = "posted"
    SKIPPED = "skipped"


class PostEvent(StrEnum):
    CLAIMED = "claimed"
    FAILED = "failed"
    DELIVERED = "delivered"
    CLOSED = "closed"


class Trouble(StrEnum):
    """Why a post waits, or never came."""

    DOWN = "down"
    """We did not run."""
    UNAVAILABLE = "unavailable"
    """The platform did not take it; later it may."""
    REFUSED = "refused"
    """The platform will not take it: the channel is gone, or a permission lacks."""


TRANSITIONS: Mapping[tuple[PostState, PostEvent], PostState] = {
    (PostState.CHOSEN, PostEvent.CLAIMED): PostState.POSTING,
    # Whoever had it before died, or took too long.
    (PostState.POSTING, PostEvent.CLAIMED): PostState.POSTING,
    (PostState.WAITING, PostEvent.CLAIMED): PostState.POSTING,
    (PostState.POSTING, PostEvent.FAILED): PostState.WAITING,
    (PostState.POSTING, PostEvent.DELIVERED): PostState.POSTED,
    # Late news of a post that was thought lost: it stands in the channel, after all.
    (PostState.WAITING, PostEvent.DELIVERED): PostState.POSTED,
    (PostState.SKIPPED, PostEvent.DELIVERED): PostState.POSTED,
    (PostState.POSTED, PostEvent.DELIVERED): PostState.POSTED,
    (PostState.CHOSEN, PostEvent.CLOSED): PostState.SKIPPED,
    (PostState.POSTING, PostEvent.CLOSED): PostState.SKIPPED,
    (PostState.WAITING, PostEvent.CLOSED): PostState.SKIPPED,
}


@dataclass(frozen=True, kw_only=True)
class DailyPost:
    community_id: int
    phase: int
    on: date
    state: PostState
    due_at: datetime
    """From when on it was ours to post."""
    claimed_at: datetime | None = None
    tries: int = 0
    retry_at: datetime | None = None
    channel: str | None = None
    message: str | None = None
    """By the platform's id."""
    thread: str | None = None
    posted_at: datetime | None = None
    trouble: Trouble | None = None

    @property
    def key(self) -> str:
        """What makes it one post, whoever posts it."""
        return f"daily:{self.community_id}:{self.phase}:{self.on.isoformat()}"

    @property
    def is_open(self) -> bool:
        """Something may still come of it."""
        return self.state not in {PostState.POSTED, PostState.SKIPPED}

    def advance(self, event: PostEvent) -> "DailyPost":
        """As it is when the event does not follow its state: it came too late."""
        state = TRANSITIONS.get((self.state, event))
        return self if state is None else replace(self, state=state)

    def may_be_claimed(self, now: datetime) -> bool:
        match self.state:
            case PostState.CHOSEN:
                return True
            case PostState.POSTING:
                return self.claimed_at is None or self.claimed_at + CLAIM <= now
            case PostState.WAITING:
                return self.retry_at is None or self.retry_at <= now
            case _:
                return False


def claim(post: DailyPost, now: datetime) -> DailyPost:
    taken = post.advance(PostEvent.CLAIMED)
    return replace(taken, claimed_at=now, tries=post.tries + 1, retry_at=None)


def failed(post: DailyPost, trouble: Trouble, now: datetime) -> DailyPost:
    waiting = post.advance(PostEvent.FAILED)
    if waiting.state is not PostState.WAITING:
        return waiting
    return replace(waiting, trouble=trouble, retry_at=now + _pause(post, trouble))


def delivered(
    post: DailyPost, *, channel: str, message: str, now: datetime
) -> DailyPost:
    posted = post.advance(PostEvent.DELIVERED)
    if post.state is PostState.POSTED:
        return post
    return replace(
        posted,
        channel=channel,
        message=message,
        posted_at=now,
        retry_at=None,
        trouble=None,
    )


def closed(post: DailyPost) -> DailyPost:
    """Its day is over; what was its trouble stays as the reason."""
    skipped = post.advance(PostEvent.CLOSED)
    # A claim that nobody came back from: whoever had it died.
    return replace(skipped, retry_at=None, trouble=post.trouble or Trouble.DOWN)


def _pause(post: DailyPost, trouble: Trouble) -> timedelta:
    if trouble is Trouble.REFUSED:
        return FIXED_BY_HAND
    doubled: timedelta = FIRST_RETRY * 2 ** min(post.tries, 10)
    return min(doubled, MOST_BETWEEN_TRIES)
