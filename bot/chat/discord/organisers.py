"""Tell a server's owner, once, which permission the bot lacks and where."""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.chat.discord.api import Api
from bot.chat.discord.errors import DiscordError, MissingPermission
from bot.chat.discord.payload import message
from bot.chat.discord.permissions import GIVE_ROLES, NEEDED, granted, lacking
from bot.chat.discord.render import render
from bot.chat.language import language_of_locale
from bot.chat.reply import Banner, Line, Reply, Tone
from bot.chat.texts import Texts, texts_in

# Of announcements, for everybody, and private.
THREADS = (10, 11, 12)
GONE = ("gone",)

log = structlog.get_logger(__name__)


class Organisers:
    def __init__(self, api: Api, own_id: str) -> None:
        self._api = api
        self._own_id = own_id
        self._told: set[tuple[str, str | None, tuple[str, ...]]] = set()

    async def tell(self, guild_id: str | None, error: MissingPermission) -> None:
        """Never raises: it comes on the way to something else."""
        known = (guild_id or "", error.channel, error.permissions)
        if guild_id is None or known in self._told:
            return
        self._told.add(known)
        log.warning("permission_missing", guild=guild_id, channel=error.channel)
        try:
            await self._tell(guild_id, error)
        except DiscordError:
            log.warning("organiser_not_told", guild=guild_id, exc_info=True)

    async def tell_gone(self, guild_id: str, channel_id: str) -> None:
        """The channel is not there any more. Never raises, as above."""
        known = (guild_id, channel_id, GONE)
        if known in self._told:
            return
        self._told.add(known)
        log.warning("channel_gone", guild=guild_id, channel=channel_id)
        try:
            guild = await self._api.guild(guild_id)
            texts = texts_in(language_of_locale(guild.get("preferred_locale")))
            line = texts.line("discord.channel_gone", server=str(guild["name"]))
            await self._say(guild["owner_id"], line, texts)
        except DiscordError:
            log.warning("organiser_not_told", guild=guild_id, exc_info=True)

    async def _tell(self, guild_id: str, error: MissingPermission) -> None:
        guild = await self._api.guild(guild_id)
        texts = texts_in(language_of_locale(guild.get("preferred_locale")))
        missing = await self._missing(guild, error)
        where = await self._name(guild, error.channel)
        if not missing and error.permissions == GIVE_ROLES:
            line = texts.line("discord.role_above", where=where)
        else:
            names = [texts(f"permission.{one}") for one in missing or error.permissions]
            line = texts.line(
                "discord.missing_permission",
                where=where,
                permissions=", ".join(names),
            )
        await self._say(guild["owner_id"], line, texts)

    async def _say(self, owner_id: str, line: Line, texts: Texts) -> None:
        drawn = render(Reply(blocks=(Banner(line, Tone.WAITING),)), texts)
        channel = await self._api.direct_channel(owner_id)
        await self._api.post(channel, message(drawn))

    async def _name(self, guild: Mapping[str, Any], channel_id: str | None) -> str:
        """Of a hidden channel not even that is told: its number, then."""
        if channel_id is None:
            return str(guild["name"])
        try:
            channel = await self._api.channel(channel_id)
        except MissingPermission:
            return f"{guild['name']}, #{channel_id}"
        return f"{guild['name']}, #{channel['name']}"

    async def _missing(
        self, guild: Mapping[str, Any], error: MissingPermission
    ) -> tuple[str, ...]:
        """Of what it takes; where Discord does not let it look, just that."""
        try:
            member = await self._api.member(guild["id"], self._own_id)
            channel = await self._api.channel(error.channel) if error.channel else {}
            is_thread = channel.get("type") in THREADS
            if is_thread:
                # It has no words of its own on who may do what.
                channel = await self._api.channel(str(channel["parent_id"]))
        except MissingPermission:
            return ("view_channel",)
        aside = "send_messages" if is_thread else "send_messages_in_threads"
        names = error.permissions or tuple(NEEDED)
        if "send_messages" in names:
            names = tuple(one for one in names if one != aside)
        return lacking(granted(guild, member, channel), names)
