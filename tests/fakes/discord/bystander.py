"""Somebody in a channel: what they say there, and what they see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

from tests.fakes.discord import compose
from tests.fakes.discord.invocation import CannotDo
from tests.fakes.discord.permission import Permission
from tests.fakes.discord.places import direct_with, open_thread
from tests.fakes.discord.seen import Seen
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import account_json
from tests.fakes.discord.world import PUBLIC_THREAD, Account, Channel, File, Message


@dataclass(frozen=True, kw_only=True)
class Bystander:
    """`channel` is where they are; `at` puts them somewhere else."""

    state: State
    account: Account
    channel: Channel

    @property
    def mention(self) -> str:
        return f"<@{self.account.id}>"

    def at(self, channel: Channel) -> Self:
        return replace(self, channel=channel)

    def direct(self) -> Self:
        """In the direct channel with the application."""
        return self.at(direct_with(self.state, self.account))

    def say(
        self,
        text: str,
        *,
        files: Iterable[File] = (),
        reply_to: Message | Seen | None = None,
    ) -> Message:
        needed = (
            Permission.SEND_MESSAGES_IN_THREADS
            if self.channel.is_thread
            else Permission.SEND_MESSAGES
        )
        if not self.channel.permissions(self.account) & needed:
            raise CannotDo("nothing may be said here")
        answered = reply_to.shown if isinstance(reply_to, Seen) else reply_to
        message = Message(
            id=self.state.new_id(),
            channel=self.channel,
            author=self.account,
            created_at=self.state.clock(),
            content=text,
            reply_to=answered,
        )
        message.attachments = [
            compose.store(self.state, message, file) for file in files
        ]
        return compose.post(self.state, message)

    def edit(self, message: Message, text: str) -> None:
        if message.author is not self.account:
            raise CannotDo("somebody else's message")
        message.content = text
        message.edited_at = self.state.clock()
        compose.tell_change(self.state, message)

    def delete(self, message: Message) -> None:
        compose.remove(self.state, message)

    def open_thread(self, name: str) -> Self:
        """This person in a public thread of their own."""
        channel = open_thread(
            self.state, self.channel, name, PUBLIC_THREAD, owner=self.account
        )
        return self.at(channel)

    def leave(self) -> None:
        server = self.channel.server
        assert server is not None
        del server.members[self.account.id]
        told = {"guild_id": server.id, "user": account_json(self.account)}
        self.state.emit("GUILD_MEMBER_REMOVE", told, server)

    def sees(self) -> list[Seen]:
        """Messages of the application here, the oldest first."""
        return [
            Seen(message=message)
            for message in self.channel.messages.values()
            if message.author is self.state.application
            and message.can_be_seen_by(self.account)
        ]

    async def answer_to(self, message: Message) -> Seen:
        """The application's first message after this one, here or in its thread."""
        found: list[Message] = []

        def answered() -> bool:
            found[:] = self._after(message)
            return bool(found)

        await self.state.bell.until(answered, what=lambda: self._excuse("a message"))
        return Seen(message=found[0])

    async def until(self, condition: Callable[[], object]) -> None:
        """Asked again at each change of the fake's world."""
        await self.state.bell.until(condition, what=self._scene)

    def _scene(self) -> str:
        texts = "\n--\n".join(one.text for one in self.sees())
        return f"{self._excuse('what was waited for')}\n{texts}"

    def _after(self, message: Message) -> list[Message]:
        places = [message.channel, *([message.thread] if message.thread else [])]
        return [
            one
            for place in places
            for one in place.messages.values()
            if one.author is self.state.application
            and int(one.id) > int(message.id)
            and one.can_be_seen_by(self.account)
        ]

    def _excuse(self, wanted: str) -> str:
        last = self.state.exchanges[-5:]
        return f"{wanted} did not come; {self.state.violations}; {last}"
