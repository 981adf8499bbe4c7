"""A place where the bot may do whatever there is to do."""

from collections.abc import Collection, Sequence

from bot.chat.lacks import Lack, Need
from bot.chat.operations import Channel


class NothingLacks:
    """The better part of `bot.chat.operations.Permissions`."""

    async def lacking_in(
        self,
        channel: Channel,  # noqa: ARG002 - in any
        needs: Collection[Need],  # noqa: ARG002 - for anything
    ) -> Sequence[Lack]:
        return ()

    async def lacking_to_give(self, community: str, role: str) -> Sequence[Lack]:  # noqa: ARG002 - there are no roles
        return ()

    async def lacking_to_call(self, channel: Channel, role: str) -> Sequence[Lack]:  # noqa: ARG002 - as above
        return ()
