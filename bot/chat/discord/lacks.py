"""What Discord would refuse the bot, found out before it is tried."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.chat.discord.api import Api
from bot.chat.discord.errors import MissingPermission, NotThere
from bot.chat.discord.permissions import (
    CALL_ROLES,
    GIVE_ROLES,
    granted,
    lacking,
    needed,
)
from bot.chat.discord.registration import POSTABLE
from bot.chat.lacks import Lack, LackKind, Need
from bot.chat.operations import Channel


class DiscordPermissions:
    """Implements `bot.chat.operations.Permissions`."""

    def __init__(self, api: Api, own_id: str) -> None:
        self._api = api
        self._own_id = own_id

    async def lacking_in(
        self, channel: Channel, needs: Collection[Need]
    ) -> Sequence[Lack]:
        if not channel.id.isdecimal():
            return (Lack(kind=LackKind.GONE),)
        try:
            found = await self._api.channel(channel.id)
        except NotThere:
            return (Lack(kind=LackKind.GONE),)
        except MissingPermission:
            return (Lack(kind=LackKind.PERMISSION, name="view_channel"),)
        # Its number may be typed, and be that of another server's.
        if found.get("guild_id") != channel.community or found["type"] not in POSTABLE:
            return (Lack(kind=LackKind.GONE),)
        guild, member = await self._of(channel.community)
        allowed = granted(guild, member, found)
        return [
            Lack(kind=LackKind.PERMISSION, name=name, need=need)
            for need in Need
            if need in needs
            for name in lacking(allowed, needed(need))
        ]

    async def lacking_to_give(self, community: str, role: str) -> Sequence[Lack]:
        guild, member = await self._of(community)
        positions = {one["id"]: one["position"] for one in guild["roles"]}
        found = _role(guild, role)
        if found is None:
            return (Lack(kind=LackKind.ROLE_GONE),)
        if found["managed"] or found["id"] == guild["id"]:
            return (Lack(kind=LackKind.ROLE_MANAGED),)
        lacks = [
            Lack(kind=LackKind.PERMISSION, name=name)
            for name in lacking(granted(guild, member, {}), GIVE_ROLES)
        ]
        highest = max((positions.get(one, 0) for one in member["roles"]), default=0)
        if found["position"] >= highest:
            lacks.append(Lack(kind=LackKind.ROLE_ABOVE))
        return lacks

    async def lacking_to_call(self, channel: Channel, role: str) -> Sequence[Lack]:
        guild, member = await self._of(channel.community)
        found = _role(guild, role)
        if found is None:
            return (Lack(kind=LackKind.ROLE_GONE),)
        if found["mentionable"]:
            return ()
        try:
            place = await self._api.channel(channel.id)
        except NotThere:
            return (Lack(kind=LackKind.GONE),)
        except MissingPermission:
            return (Lack(kind=LackKind.PERMISSION, name="view_channel"),)
        return [
            Lack(kind=LackKind.PERMISSION, name=name)
            for name in lacking(granted(guild, member, place), CALL_ROLES)
        ]

    async def _of(self, community: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """The server, and ourselves in it."""
        guild = await self._api.guild(community)
        return guild, await self._api.member(community, self._own_id)


def _role(guild: Mapping[str, Any], role: str) -> Mapping[str, Any] | None:
    return next((one for one in guild["roles"] if one["id"] == role), None)
