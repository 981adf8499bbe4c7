"""Who plays, and where."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.calendar import Calendar, Days


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
    """As the zone: what is wished for. `calendar` knows what is in force."""
    calendar: Calendar | None = None
    """None until the member is seen for the first time."""
    hidden: bool = False
    """True: left out of every leaderboard that others see."""
    shares: bool = False
    """True: a solution of theirs may be shown to the others on the day after."""
    reminded: bool = False
    """True: they want a word before a day ends on which nothing was solved."""
    focus: str | None = None
    """Id of the challenge last shown: a bare code block is meant for it."""

    @property
    def zone(self) -> str:
        return self.time_zone or self.platform_time_zone or self.community.time_zone

    @property
    def wished_days(self) -> Days:
        return Days(zone=self.zone, start_hour=self.day_start_hour)

    @property
    def calendar_in_force(self) -> Calendar:
        return self.calendar or Calendar(days=self.wished_days)

    def date_of(self, at: datetime) -> date:
        """The member's own date."""
        return self.calendar_in_force.date_of(at)
