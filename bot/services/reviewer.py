"""A member as one who reviews: what they have seen, and with whom they are apart."""

from bot.domain.member import Member
from bot.domain.review import RequestKind
from bot.domain.review_queue import Reviewer
from bot.domain.review_rubric import CODE_RUBRIC, RubricLine
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.record import record_of
from challenges.challenge import Challenge


async def reviewer_of(unit: UnitOfWork, member: Member) -> Reviewer:
    every = await unit.members.of_person(member.person_id)
    own, apart = await apart_from(unit, member)
    record = record_of(await unit.events.of_person(member.person_id))
    offer = await unit.mentor_offers.get(member.id)
    return Reviewer(
        member_id=member.id,
        members=own,
        people=frozenset(one.person_id for one in every),
        phase=member.phase,
        seen=record.solved | record.opened,
        apart=apart,
        is_mentor=offer is not None,
    )


async def apart_from(
    unit: UnitOfWork, member: Member
) -> tuple[frozenset[int], frozenset[int]]:
    """All of the person's accounts, and those whom one of the two sides has blocked."""
    every = await unit.members.of_person(member.person_id)
    own = frozenset(one.id for one in every)
    blocks = await unit.blocks.of_community(member.community.id)
    apart = {whom for who, whom in blocks if who in own}
    apart |= {who for who, whom in blocks if whom in own}
    return own, frozenset(apart)


def rubric_of(challenge: Challenge, kind: RequestKind) -> tuple[RubricLine, ...]:
    if kind is RequestKind.CODE:
        return CODE_RUBRIC
    return tuple(
        RubricLine(criterion=one.id, least=0, most=one.points)
        for one in challenge.rubric
    )
