"""Give the role of a member's phase, and take the one before."""

from collections.abc import Mapping

import structlog

from bot.chat.operations import Roles
from bot.services.phase_roles import RoleChange, keep_role, role_changes
from bot.services.world import World

log = structlog.get_logger(__name__)


class RoleGiver:
    """At least once: a crash in between does it again, which changes nothing."""

    def __init__(self, world: World, roles: Mapping[str, Roles]) -> None:
        """`roles` by platform; members of others are left to others."""
        self._world = world
        self._roles = roles

    async def __call__(self) -> None:
        for change in await role_changes(self._world, self._roles.keys()):
            platform = change.member.community.platform
            await self._bring(self._roles[platform], change)

    async def _bring(self, roles: Roles, change: RoleChange) -> None:
        community = change.member.community.external_id
        member = change.due.external_id
        try:
            if change.give is not None:
                await roles.give_role(community, member, change.give)
            if change.take is not None:
                await roles.take_role(community, member, change.take)
        except Exception as error:
            log.warning("role_not_given", member=change.member.id, exc_info=error)
            if not getattr(error, "permanent", False):
                # Another try comes with the next sweep.
                return
            # The organisers were told what is missing; a retry each minute is no help.
        await keep_role(self._world, change)
