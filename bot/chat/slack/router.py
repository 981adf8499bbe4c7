"""What the adapter asks of the router; the real one is `bot.chat.router.Router`."""

from collections.abc import Sequence
from typing import Protocol

from bot.chat.command import Actor, Command, CommandSpec, Message, Place
from bot.chat.reply import Form, Reply
from bot.domain.member import Member


class SlackRouter(Protocol):
    @property
    def table(self) -> Sequence[CommandSpec]: ...

    async def run(self, command: Command) -> Reply | Form: ...

    async def run_line(self, actor: Actor, place: Place, line: str) -> Reply | Form: ...

    async def read(self, message: Message) -> Reply | Form: ...

    async def enter(self, actor: Actor, place: Place) -> Member: ...

    def language_of(self, member: Member, actor: Actor) -> str: ...
