"""Who plays, and where."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Community:
    id: int
    platform: str
    external_id: str
    name: str
    language: str = "en"
    time_zone: str = "UTC"


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person as one community knows them, with the person's own settings.

    `language` and `time_zone` are None until the person chooses: what the platform said
    last and the community's default stand in, in that order.
    """

    id: int
    person_id: int
    community: Community
    name: str
    joined_at: datetime
    phase: int = 1
    language: str | None = None
    time_zone: str | None = None
    platform_language: str | None = None
    """A BCP 47 tag."""
    platform_time_zone: str | None = None
    day_start_hour: int = 4
    hidden: bool = False
    """True: left out of every leaderboard that others see."""
    focus: str | None = None
    """Id of the challenge last shown: a bare code block is meant for it."""

    @property
    def zone(self) -> str:
        return self.time_zone or self.platform_time_zone or self.community.time_zone
