"""What Slack would refuse the bot, found out before it is tried."""

from collections.abc import Collection, Mapping, Sequence

from bot.chat.lacks import Lack, LackKind, Need
from bot.chat.operations import Channel
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import MissingScope, NothingThere, RefusedBySlack
from bot.chat.slack.user_groups import WITHOUT

_NEEDED: Mapping[Need, tuple[str, ...]] = {
    Need.DAILIES: ("chat:write", "files:write"),
    Need.PAIRS: ("mpim:write",),
    Need.PINNING: ("pins:write",),
}
_SEE_PRIVATE = "groups:read"
_GIVE_GROUPS = ("usergroups:read", "usergroups:write")


class SlackPermissions:
    """Implements `bot.chat.operations.Permissions`."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def lacking_in(
        self, channel: Channel, needs: Collection[Need]
    ) -> Sequence[Lack]:
        granted = await self._api.granted(channel.community)
        lacks = [
            Lack(kind=LackKind.SCOPE, name=scope, need=need)
            for need in Need
            if need in needs
            for scope in _NEEDED[need]
            if scope not in granted
        ]
        return [*lacks, *await self._entry(channel, granted)]

    async def lacking_to_give(self, community: str, role: str) -> Sequence[Lack]:
        granted = await self._api.granted(community)
        lacks = [
            Lack(kind=LackKind.SCOPE, name=scope)
            for scope in _GIVE_GROUPS
            if scope not in granted
        ]
        if lacks:
            return lacks
        try:
            await self._api.group_users(community, role)
        except NothingThere:
            return (Lack(kind=LackKind.ROLE_GONE),)
        except RefusedBySlack as error:
            if error.error in WITHOUT:
                return (Lack(kind=LackKind.NO_ROLES),)
            raise
        return ()

    async def lacking_to_call(self, channel: Channel, role: str) -> Sequence[Lack]:  # noqa: ARG002 - anybody may call a user group
        return ()

    async def _entry(
        self, channel: Channel, granted: Collection[str]
    ) -> Sequence[Lack]:
        try:
            found = await self._api.channel(channel.community, channel.id)
        except NothingThere:
            return (Lack(kind=LackKind.ENTRY),)
        except RefusedBySlack as error:
            if isinstance(error, MissingScope) and _SEE_PRIVATE not in granted:
                # A private channel: whether we are in it shows when we post.
                return ()
            raise
        if found.get("is_archived"):
            return (Lack(kind=LackKind.GONE),)
        return () if found.get("is_member") else (Lack(kind=LackKind.ENTRY),)
