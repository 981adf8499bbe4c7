"""Discord as a chat platform of Cordada: what joins its parts.

gateway ──┐                        ┌─► Interactions ─┐
          ├─► heard (as Discord's) ┤                 ├─► router ─► answers ─► Api
endpoint ─┘                        └─► Messages ─────┘
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from pydantic import ValidationError

from bot.chat.command import Place, Platform
from bot.chat.discord.answers import DiscordAnswers
from bot.chat.discord.api import Api
from bot.chat.discord.heard import DiscordMessage, Heard, Interaction
from bot.chat.discord.interactions import Interactions
from bot.chat.discord.messages import Messages
from bot.chat.discord.operations import DiscordOperations
from bot.chat.discord.organisers import Organisers
from bot.chat.discord.router import DiscordRouter, Home
from bot.chat.reply import Reply
from bot.services.ports.clock import Clock

FoundGuild = Callable[[str, str, str], Awaitable[None]]
"""Of a server: id, name, its locale."""

log = structlog.get_logger(__name__)

T = TypeVar("T", bound=Heard)


class DiscordChat:
    platform = Platform.DISCORD

    def __init__(
        self,
        router: DiscordRouter,
        api: Api,
        *,
        own_id: str,
        channel_name: str,
        home: Home,
        now: Clock,
        found: FoundGuild | None = None,
    ) -> None:
        """`channel_name`: of the channel in each server that news are for.

        `found` is told of servers where no gateway tells of them.
        """
        self._api = api
        self._own_id = own_id
        self._found = found
        self._met: set[str] = set()
        self._hearing: set[asyncio.Task[None]] = set()
        organisers = Organisers(api, own_id)
        self._answers = DiscordAnswers(api, organisers, now)
        self._interactions = Interactions(router, api, self._answers, home, now)
        self._messages = Messages(
            router, api, self._answers, organisers, home=home, own_id=own_id, now=now
        )
        self.operations = DiscordOperations(
            api, organisers, own_id=own_id, channel_name=channel_name
        )

    async def deliver(self, place: Place, reply: Reply) -> None:
        """Raises DiscordUnavailable."""
        await self._answers.deliver(place, reply)

    def hear_interaction(self, payload: Mapping[str, Any]) -> None:
        heard = _read(Interaction, payload)
        if heard is None:
            return
        if self._found and heard.guild_id and heard.guild_id not in self._met:
            self._met.add(heard.guild_id)
            self._start(self._meet(self._found, heard.guild_id, heard.guild_locale))
        self._start(self._interactions.hear(heard))

    def hear_message(self, payload: Mapping[str, Any]) -> None:
        if self._may_be_for_us(payload) and (heard := _read(DiscordMessage, payload)):
            self._start(self._messages.hear(heard))

    def hear_edit(self, payload: Mapping[str, Any]) -> None:
        if self._may_be_for_us(payload) and (heard := _read(DiscordMessage, payload)):
            self._start(self._messages.hear_edit(heard))

    def _may_be_for_us(self, payload: Mapping[str, Any]) -> bool:
        """Cheaply, for all that is said in all servers comes by here."""
        # Of what changed beside the words Discord tells without an author.
        if "author" not in payload:
            return False
        if "guild_id" not in payload:
            return True
        return any(one["id"] == self._own_id for one in payload.get("mentions", ()))

    async def settle(self, most_s: float | None = None) -> None:
        """Until whatever was heard is answered."""
        with suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                while self._hearing:
                    await asyncio.wait(self._hearing)

    def _start(self, hearing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(hearing)
        # The loop itself keeps no task alive.
        self._hearing.add(task)
        task.add_done_callback(self._hearing.discard)

    async def _meet(self, found: FoundGuild, guild_id: str, locale: str | None) -> None:
        try:
            name = str((await self._api.guild(guild_id))["name"])
            await found(guild_id, name, locale or "")
        except Exception:
            # It keeps its id for a name until the next start.
            log.warning("server_unknown", guild=guild_id, exc_info=True)


def _read(model: type[T], payload: Mapping[str, Any]) -> T | None:
    """None for what has a shape that nobody knew: it must not end the connection."""
    try:
        return model.model_validate(payload)
    except ValidationError:
        log.exception("payload_unknown", model=model.__name__)
        return None
