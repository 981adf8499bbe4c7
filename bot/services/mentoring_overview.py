"""What organisers see of mentoring and reviews in their community."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.member import Member
from bot.domain.mentoring_overview import (
    SEASON,
    Load,
    Pairs,
    Satisfaction,
    WaitingNow,
    load,
    pairs,
    satisfaction,
    waiting,
)
from bot.domain.review import RequestKind
from bot.services.world import World

# Beyond it the figure is "so many or more": the queue is in trouble either way.
QUEUE_LOOKED_AT = 500


@dataclass(frozen=True, kw_only=True)
class Unread:
    code: int
    evidence: int
    longest_days: int


@dataclass(frozen=True, kw_only=True)
class MentoringOverview:
    waiting: WaitingNow
    pairs: Pairs
    load: Load
    satisfaction: Satisfaction
    unread: Unread
    reports: int
    """Told to the organisers, and not settled yet."""


async def read_overview(world: World, organiser: Member) -> MentoringOverview:
    community_id, now = organiser.community.id, world.now()
    since = now - SEASON
    challenges = [one.id for one in world.catalogue.all]
    async with world.unit_of_work() as unit:
        queue = await unit.mentor_requests.waiting(community_id)
        season = await unit.mentor_requests.since(community_id, since)
        live = await unit.pairings.live(community_id)
        counts = await unit.pairings.counts(community_id, since)
        offering = await unit.mentor_offers.of_community(community_id)
        feedback = await unit.pairing_feedback.of_community(community_id, since)
        reports = await unit.mentor_reports.unsettled(community_id)
        unread = await unit.reviews.waiting(
            community_id, challenges, now, limit=QUEUE_LOOKED_AT
        )
    asked = [one.request for one in unread]
    return MentoringOverview(
        waiting=waiting([one.request for one in queue], season, now),
        pairs=pairs(live, counts, now),
        load=load([one.offer for one in offering], live, now),
        satisfaction=satisfaction(feedback),
        unread=Unread(
            code=sum(one.kind is RequestKind.CODE for one in asked),
            evidence=sum(one.kind is RequestKind.EVIDENCE for one in asked),
            longest_days=max(
                ((now - one.asked_at) // timedelta(days=1) for one in asked), default=0
            ),
        ),
        reports=len(reports),
    )
