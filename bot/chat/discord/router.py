"""What the adapter asks of the router; the real one is `bot.chat.router.Router`."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.chat.command import Actor, Command, CommandSpec, Message, Place
from bot.chat.discord.given import DIRECT_COMMUNITY
from bot.chat.reply import Form, Reply
from bot.domain.member import Member

Home = Callable[[str], Awaitable[str]]
"""The community that a person's direct messages count for, by their id."""


class DiscordRouter(Protocol):
    @property
    def table(self) -> Sequence[CommandSpec]: ...

    async def run(self, command: Command) -> Reply | Form: ...

    async def read(self, message: Message) -> Reply | Form: ...

    async def complete(
        self, command: Command, option: str, typed: str
    ) -> Sequence[tuple[str, str]]: ...

    async def enter(self, actor: Actor, place: Place) -> Member: ...

    def language_of(self, member: Member, actor: Actor) -> str: ...


async def at_home(home: Home, place: Place) -> Place:
    """Outside of a server one plays where one is at home."""
    if place.community != DIRECT_COMMUNITY:
        return place
    return replace(place, community=await home(place.detail["user"]))
