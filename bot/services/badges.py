"""Badges and certificates: given in the transaction that earned them; badges are read
with what is missing.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.badge import BadgeRules, BadgeStanding, standings, to_give
from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.services.certificates import give_certificates
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.roadmap import challenges_by_id, skills_by_topic
from bot.services.world import World
from challenges.catalogue_index import Catalogue


async def read_badges(world: World, member: Member) -> Sequence[BadgeStanding]:
    """Of each badge there is."""
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    return standings(events, badge_rules(world.catalogue))


async def give_badges(
    world: World,
    unit: UnitOfWork,
    member: Member,
    on: date,
    facts: Mapping[str, str | int],
) -> None:
    """Whatever the person's log has earned by now, certificates too.

    `member` was read with its lock.
    """
    log = await unit.events.of_person(member.person_id)
    await give_by_log(world, unit, member, log, on=on, facts=facts)


async def give_by_log(
    world: World,
    unit: UnitOfWork,
    member: Member,
    log: Sequence[Event],
    *,
    on: date,
    facts: Mapping[str, str | int],
) -> None:
    """The same, for whoever has read the log, with the member's lock held."""
    badges = [
        Event(
            kind=EventKind.BADGE_EARNED,
            key=badge_key(member.person_id, badge),
            person_id=member.person_id,
            member_id=member.id,
            occurred_at=world.now(),
            local_on=on,
            facts={"badge": badge, **facts},
        )
        for badge in to_give(log, badge_rules(world.catalogue))
    ]
    await unit.events.append_all(badges)
    await give_certificates(world, unit, member, log, on=on, facts=facts)


def badge_key(person_id: int, badge: str) -> str:
    """What makes it given once."""
    return f"badge:{person_id}:{badge}"


def badge_rules(catalogue: Catalogue) -> BadgeRules:
    return BadgeRules(
        challenges=challenges_by_id(catalogue), roadmap=skills_by_topic(catalogue)
    )
