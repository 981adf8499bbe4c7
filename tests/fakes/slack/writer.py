"""What a person writes: commands, messages, threads; and what is done to messages."""

from dataclasses import dataclass

from tests.fakes.slack import answers, payloads, posting
from tests.fakes.slack.errors import Json
from tests.fakes.slack.forms import NotThere, Upload
from tests.fakes.slack.hands import upload_for
from tests.fakes.slack.plain import typed, typed_command
from tests.fakes.slack.presence import Presence
from tests.fakes.slack.screen import Expected, Sight
from tests.fakes.slack.world import Channel, Message


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Writer(Presence):
    async def slash(
        self,
        command: str,
        text: str = "",
        channel: Channel | None = None,
        *,
        expecting: Expected = "anything",
    ) -> Sight:
        spec = self.state.application.commands.get(command)
        if spec is None or not self.state.installed(self.workspace):
            raise NotThere(f"{command} is not a valid command")
        self._look()
        self.state.hear(text)
        place = channel or self.direct_channel
        if spec.get("should_escape"):
            text = typed_command(text, self._people(), self._places())
        payload = payloads.command(self.state, self.account, place, command, text)
        told = await self._deliver("slash_commands", payload)
        if not told.failure:
            answers.after_command(self.state, self.account, place, told.body)
        return await self._seen(expecting)

    async def say(
        self,
        text: str,
        channel: Channel,
        *,
        thread: Message | None = None,
        mention: bool = False,
        files: tuple[Upload, ...] = (),
        expecting: Expected = "nothing",
    ) -> Sight:
        """A message; escaped as Slack does, `@name` of somebody is a mention."""
        self._look()
        self.state.hear(text)
        before = len(self.deliveries.sent)
        address = f"<@{self.workspace.bot.id}> " if mention else ""
        message = posting.post(
            self.state,
            channel,
            self.account,
            text=address + typed(text, self._people()),
            thread_ts=(thread.thread_ts or thread.ts) if thread else None,
            files=[upload_for(self.state, self, file) for file in files],
        )
        await self._taken(self.deliveries.sent[before:])
        if expecting == "nothing":
            return Sight(kind="nothing", message=message)
        return await self._seen(expecting)

    async def mention(
        self,
        text: str,
        channel: Channel,
        *,
        thread: Message | None = None,
        files: tuple[Upload, ...] = (),
        expecting: Expected = "anything",
    ) -> Sight:
        return await self.say(
            text, channel, thread=thread, files=files, mention=True, expecting=expecting
        )

    async def direct(
        self,
        text: str,
        *,
        files: tuple[Upload, ...] = (),
        expecting: Expected = "anything",
    ) -> Sight:
        """A direct message to the bot.

        :raises NotThere: the manifest gives the application no place to write to.
        """
        if not self.state.application.messages_tab:
            raise NotThere("messages to this app have been turned off")
        return await self.say(
            text, self.direct_channel, files=files, expecting=expecting
        )

    async def edit(
        self, message: Message, text: str, *, expecting: Expected = "nothing"
    ) -> Sight:
        self._look()
        self.state.hear(text)
        before = len(self.deliveries.sent)
        posting.edit(self.state, message, typed(text, self._people()))
        await self._taken(self.deliveries.sent[before:])
        return await self._seen(expecting)

    async def delete(self, message: Message) -> None:
        before = len(self.deliveries.sent)
        posting.withdraw(self.state, message)
        await self._taken(self.deliveries.sent[before:])

    async def react(
        self, message: Message, name: str, *, expecting: Expected = "nothing"
    ) -> Sight:
        message.reactions.setdefault(name, set()).add(self.id)
        item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        event: Json = {
            "type": "reaction_added",
            "user": self.id,
            "reaction": name,
            "item": item,
            "item_user": message.author.id,
        }
        return await self._happen(event, expecting)

    async def open_home(self, *, expecting: Expected = "home") -> Sight:
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.direct_channel.id,
            "tab": "home",
        }
        return await self._happen(event, expecting)

    def _people(self) -> dict[str, str]:
        return {one.name: one.id for one in self.workspace.accounts.values()}

    def _places(self) -> dict[str, str]:
        return {one.name: one.id for one in self.workspace.channels.values()}

    async def _happen(self, event: Json, expecting: Expected) -> Sight:
        self._look()
        before = len(self.deliveries.sent)
        self.state.emit(self.workspace, event)
        await self._taken(self.deliveries.sent[before:])
        return await self._seen(expecting)
