"""What every use case is given: database, clock, catalogue, and what rules are set."""

from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import local_date
from bot.domain.member import Community, Member
from bot.domain.schedule import DAY_STARTS_AT
from bot.services.ports.certificates import Signer
from bot.services.ports.clock import Clock
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from challenges.catalogue_index import Catalogue


@dataclass(frozen=True, kw_only=True)
class World:
    unit_of_work: UnitOfWorkFactory
    now: Clock
    catalogue: Catalogue
    submissions_per_minute: int = 6
    signer: Signer | None = None
    """None: this process signs no certificates."""

    def today_of(self, member: Member) -> date:
        """The member's own date, by their zone and the hour that their day starts."""
        return member.date_of(self.now())

    def today_in(self, community: Community) -> date:
        """The date of the community's daily and boards."""
        return local_date(self.now(), community.time_zone, COMMUNITY_DAY_STARTS_AT)


COMMUNITY_DAY_STARTS_AT = DAY_STARTS_AT
