"""Bring members' roles on their platform to the phase that they are in.

Asked for in the transaction that changes the phase, and done after it: who is asked for
stays due until the platform has done it, whatever dies in between, and doing it twice
changes nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.member import Member
from bot.services.ports.phase_roles import RoleDue
from bot.services.world import World

# A minute's work on a platform that takes some changes a second.
MOST_AT_ONCE = 50


@dataclass(frozen=True, kw_only=True)
class RoleChange:
    due: RoleDue
    member: Member
    give: str | None
    """The role of their phase; None where the community has none for it."""

    @property
    def take(self) -> str | None:
        return self.due.given if self.due.given != self.give else None


async def role_changes(
    world: World, platforms: Collection[str]
) -> Sequence[RoleChange]:
    async with world.unit_of_work() as unit:
        changes = []
        for due in await unit.phase_roles.due(platforms, limit=MOST_AT_ONCE):
            member = await unit.members.get(due.member_id)
            settings = await unit.schedules.get(member.community.id)
            role = settings.roles.get(member.phase) if settings is not None else None
            changes.append(RoleChange(due=due, member=member, give=role))
    return changes


async def keep_role(world: World, change: RoleChange) -> None:
    async with world.unit_of_work() as unit:
        await unit.phase_roles.keep(change.due, change.give)
        await unit.commit()
