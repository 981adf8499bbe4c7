"""Follow members, to stand beside them on a board of one's own."""

from collections.abc import Sequence

from bot.domain.leaderboard import MOST_FRIENDS, Friend
from bot.domain.member import Member
from bot.services.errors import Refused
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World


async def read_friends(world: World, member: Member) -> Sequence[Friend]:
    async with world.unit_of_work() as unit:
        return await unit.friends.of_member(member.id)


async def add_friend(world: World, member: Member, external_id: str) -> Member:
    """Raises Refused: no_such_member, friend_of_oneself, too_many_friends."""
    async with world.unit_of_work() as unit:
        friend = await _found(unit, member, external_id)
        if friend.id == member.id:
            raise Refused("friend_of_oneself")
        if len(await unit.friends.of_member(member.id)) >= MOST_FRIENDS:
            raise Refused("too_many_friends", most=MOST_FRIENDS)
        await unit.friends.follow(member.id, friend.id)
        await unit.commit()
    return friend


async def remove_friend(world: World, member: Member, external_id: str) -> Member:
    """Raises Refused: no_such_member, not_followed."""
    async with world.unit_of_work() as unit:
        friend = await _found(unit, member, external_id)
        if not await unit.friends.leave(member.id, friend.id):
            raise Refused("not_followed", name=friend.name)
        await unit.commit()
    return friend


async def _found(unit: UnitOfWork, member: Member, external_id: str) -> Member:
    community = member.community
    found = await unit.members.find(
        community.platform, external_id, community.external_id
    )
    if found is None:
        raise Refused("no_such_member", name=external_id[:40])
    return found
