"""How long a community waits for mentors now."""

from datetime import datetime, timedelta

from bot.domain.member import Community
from bot.domain.pairing.standing import RequestState
from bot.domain.pairing.waiting import Wait, WaitingTimes, waiting_times
from bot.services.ports.unit_of_work import UnitOfWork

LOOKED_BACK = timedelta(days=90)
"""A season: what was before is another community."""


async def community_waits(
    unit: UnitOfWork, community: Community, now: datetime
) -> WaitingTimes | None:
    """None while there are too few to say."""
    requests = await unit.mentor_requests.since(community.id, now - LOOKED_BACK)
    return waiting_times(
        Wait(
            ((one.ended_at or now) - one.asked_at) // timedelta(days=1),
            one.state is RequestState.SERVED,
        )
        for one in requests
    )
