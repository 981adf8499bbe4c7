"""How often a method may be called: a bucket that fills with the clock."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fakes.slack.errors import TooMany

# docs.slack.dev/apis/web-api/rate-limits: about one message a second and channel, with
# short bursts "allowed"; how short is not said.
POSTS_PER_S = 1.0
POSTS_AT_ONCE = 10


@dataclass(kw_only=True)
class Bucket:
    size: float
    per_s: float
    content: float
    filled_at: datetime

    def take(self, now: datetime) -> int:
        """Zero, or the seconds to wait."""
        passed = (now - self.filled_at).total_seconds()
        self.content = min(self.size, self.content + passed * self.per_s)
        self.filled_at = now
        if self.content < 1:
            return math.ceil((1 - self.content) / self.per_s)
        self.content -= 1
        return 0


@dataclass(kw_only=True)
class Buckets:
    clock: Callable[[], datetime]
    _buckets: dict[str, Bucket] = field(default_factory=dict)
    _closed_until: dict[str, datetime] = field(default_factory=dict)
    _told: dict[str, datetime] = field(default_factory=dict)

    def close(self, method: str, for_s: int) -> None:
        """As if others of the workspace had used it up."""
        self._closed_until[method] = self.clock() + timedelta(seconds=for_s)

    def was_told(self, key: str) -> bool:
        """The application has been told to wait, and has not."""
        return self.clock() < self._told.get(key, self.clock())

    def take(self, key: str, *, size: float, per_s: float) -> None:
        """:raises TooMany: and the key stays closed for as long as that says."""
        now = self.clock()
        new = Bucket(size=size, per_s=per_s, content=size, filled_at=now)
        bucket = self._buckets.setdefault(key, new)
        closed = self._closed_until.get(key, now) - now
        wait = max(0, math.ceil(closed.total_seconds())) or bucket.take(now)
        if wait > 0:
            until = now + timedelta(seconds=wait)
            self._closed_until[key] = self._told[key] = until
            raise TooMany(wait)
        self._closed_until.pop(key, None)
