"""Slack's side of `bot.chat.operations`.

A thread is named by its channel and the message it hangs on, `C1/1700000000.000100`.
What is private is a group conversation, for Slack has no private threads. A role is a
user group where the workspace has some; else it is nothing.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.chat.files import File
from bot.chat.operations import Attached, Channel, Posted
from bot.chat.reply import Reply, SpanStyle, Text
from bot.chat.slack.accounts import workspace_and_user
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import (
    NoEntry,
    NothingThere,
    NotInstalled,
    SlackUnavailable,
)
from bot.chat.slack.lacks import SlackPermissions
from bot.chat.slack.organisers import SlackOrganisers
from bot.chat.slack.own_channel import OwnChannel
from bot.chat.slack.payload import message
from bot.chat.slack.prose import rich_block
from bot.chat.slack.render import DrawnForSlack, render
from bot.chat.slack.rich import Element, section
from bot.chat.slack.rows import SlackBlock
from bot.chat.slack.user_groups import UserGroups
from bot.chat.texts import plain, texts_in
from bot.services.ports.clock import Clock
from bot.services.ports.receipts import Receipts

_USER_GROUP = re.compile(r"S[A-Z0-9]+")


class SlackOperations(SlackPermissions):
    """Implements `bot.chat.operations.Operations`."""

    def __init__(
        self,
        api: SlackApi,
        receipts: Receipts,
        *,
        channel: OwnChannel,
        organisers: SlackOrganisers,
        now: Clock,
    ) -> None:
        super().__init__(api)
        self._channel = channel
        self._organisers = organisers
        self._receipts = receipts
        self._now = now
        self._groups = UserGroups(api)

    async def post_once(
        self,
        channel: Channel,
        reply: Reply,
        *,
        key: str,
        language: str,
        calling: str | None = None,
        again: bool = False,  # noqa: ARG002 - receipts are kept longer than anybody asks
    ) -> Posted:
        drawn = render(reply, texts_in(language))
        if calling is not None and _USER_GROUP.fullmatch(calling):
            drawn = replace(drawn, blocks=(_call(calling), *drawn.blocks))
        return await self._once(channel, key, lambda: self._post(channel, drawn))

    async def own_channel(self, community: str) -> Channel | None:
        try:
            found = await self._channel.of(community)
        except NotInstalled:
            return None
        return None if found is None else Channel(community=community, id=found)

    async def update(self, posted: Posted, reply: Reply, *, language: str) -> None:
        place, _ = _parts(posted.channel)
        drawn = render(reply, texts_in(language))
        team = posted.channel.community
        async with self._complaining(team, place):
            await self._api.change(team, place, posted.id, message(drawn))

    async def pin(self, posted: Posted) -> None:
        place, _ = _parts(posted.channel)
        team = posted.channel.community
        async with self._complaining(team, place):
            await self._api.pin(team, place, posted.id)

    async def send_file(
        self, channel: Channel, attached: Attached, *, key: str
    ) -> Posted:
        """The file's id, not that of a message: Slack posts it when it is ready."""
        file = File(name=attached.name, content=attached.content, alt=attached.alt)
        place, thread = _parts(channel)

        async def send() -> str:
            return await self._api.upload(channel.community, place, file, thread=thread)

        return await self._once(channel, key, send)

    async def open_thread(self, posted: Posted, name: str) -> Channel:
        """It begins with its name, for Slack's threads have none."""
        place, _ = _parts(posted.channel)
        team = posted.channel.community
        thread = Channel(community=team, id=f"{place}/{posted.id}")
        await self._once(thread, "name", lambda: self._post(thread, _named(name)))
        return thread

    async def open_private_thread(
        self, channel: Channel, name: str, members: Sequence[str]
    ) -> Channel:
        """The same people have one conversation, however often it is opened."""
        users = [workspace_and_user(member)[1] for member in members]
        found = await self._api.direct_channel(channel.community, *users)
        group = Channel(community=channel.community, id=found)
        await self._once(group, name, lambda: self._post(group, _named(name)))
        return group

    async def give_role(self, community: str, member: str, role: str) -> None:
        _, user = workspace_and_user(member)
        await self._groups.turn(community, user, role, wanted=True)

    async def take_role(self, community: str, member: str, role: str) -> None:
        _, user = workspace_and_user(member)
        await self._groups.turn(community, user, role, wanted=False)

    async def tell(self, member: str, reply: Reply, *, language: str) -> bool:
        team, user = workspace_and_user(member)
        drawn = render(reply, texts_in(language))
        try:
            direct = await self._api.direct_channel(team, user)
            await self._post(Channel(community=team, id=direct), drawn)
        except (NoEntry, NothingThere):
            return False
        return True

    async def _post(self, channel: Channel, drawn: DrawnForSlack) -> str:
        place, thread = _parts(channel)
        team = channel.community
        posted = await self._api.post(team, place, message(drawn, thread=thread))
        for file in drawn.files:
            await self._api.upload(team, place, file, thread=thread or posted)
        return posted

    async def _once(
        self, channel: Channel, key: str, post: Callable[[], Awaitable[str]]
    ) -> Posted:
        """Raises SlackUnavailable while another process is at it: ask again."""
        name = f"slack post {channel.community} {channel.id} {key}"
        if await self._receipts.take(name, self._now()):
            async with self._complaining(channel.community, _parts(channel)[0]):
                posted = await post()
            await self._receipts.tell(name, posted)
            return Posted(channel=channel, id=posted)
        told = await self._receipts.told(name)
        if told is None:
            raise SlackUnavailable(name)
        return Posted(channel=channel, id=told)

    @asynccontextmanager
    async def _complaining(self, team: str, channel: str) -> AsyncIterator[None]:
        """Who can let us in is told; the caller is, too. Of scopes the API tells."""
        try:
            yield
        except (NoEntry, NothingThere):
            # It may be another one by now.
            self._channel.forget(team)
            await self._organisers.tell_entry(team, channel)
            raise


def _call(group: str) -> SlackBlock:
    called: Element = {"type": "usergroup", "usergroup_id": group}
    return rich_block([section([called])])


def _parts(channel: Channel) -> tuple[str, str | None]:
    """The channel that Slack knows, and the thread in it."""
    place, _, thread = channel.id.partition("/")
    return place, thread or None


def _named(name: str) -> DrawnForSlack:
    title = Text(plain(" ".join(name.split()) or "…", SpanStyle.STRONG))
    # Nothing in it is of any language but the name's.
    return render(Reply(blocks=(title,)), texts_in("en"))
