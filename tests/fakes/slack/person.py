"""Somebody in a workspace: what they do, and what they see of it.

Each act returns the first thing that the person sees from then on, of the kind that is
`expecting`; with "nothing" it returns as soon as the application has acknowledged.
"""

from dataclasses import dataclass
from typing import Any

from tests.fakes.slack import answers, payloads, posting
from tests.fakes.slack.delivery import Acknowledgement, Deliveries, Delivery, Sort
from tests.fakes.slack.errors import Json
from tests.fakes.slack.forms import Found, NotThere, Upload, objections, write
from tests.fakes.slack.hands import find, upload_for
from tests.fakes.slack.modals import close
from tests.fakes.slack.plain import escaped
from tests.fakes.slack.screen import Expected, Screen, Sight
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Account, Channel, Message, View, Workspace


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Person:
    state: State
    deliveries: Deliveries
    account: Account
    workspace: Workspace

    @property
    def id(self) -> str:
        return self.account.id

    @property
    def screen(self) -> Screen:
        return self.state.screen(self.account)

    @property
    def view(self) -> View | None:
        """The modal on top."""
        return self.screen.stack[-1] if self.screen.stack else None

    @property
    def direct_channel(self) -> Channel:
        return self.state.direct(self.workspace, self.account)

    def reads(self, channel: Channel) -> list[str]:
        """The channel from top to bottom, as this person sees it."""
        return [
            self.state.plain(message)
            for message in channel.messages.values()
            if message.only_for in (None, self.account)
        ]

    # What is written.

    async def slash(
        self,
        command: str,
        text: str = "",
        channel: Channel | None = None,
        *,
        expecting: Expected = "anything",
    ) -> Sight:
        if command not in self.state.application.commands:
            raise NotThere(f"{command} is not a valid command")
        self._look()
        self.state.hear(text)
        place = channel or self.direct_channel
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
        """A message; the text is escaped as Slack does, the mention is real."""
        self._look()
        self.state.hear(text)
        before = len(self.deliveries.sent)
        typed = (f"<@{self.workspace.bot.id}> " if mention else "") + escaped(text)
        message = posting.post(
            self.state,
            channel,
            self.account,
            text=typed,
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
        """A direct message to the bot."""
        return await self.say(
            text, self.direct_channel, files=files, expecting=expecting
        )

    # What is pressed, chosen and filled in.

    async def shortcut(
        self, callback_id: str, *, expecting: Expected = "anything"
    ) -> Sight:
        self._known_shortcut(callback_id, "global")
        self._look()
        payload = payloads.shortcut(
            self.state, self.account, self.workspace, callback_id
        )
        return await self._act(payload, expecting)

    async def message_shortcut(
        self, callback_id: str, message: Message, *, expecting: Expected = "anything"
    ) -> Sight:
        self._known_shortcut(callback_id, "message")
        self._look()
        payload = payloads.message_shortcut(
            self.state, self.account, callback_id, message
        )
        return await self._act(payload, expecting)

    def _known_shortcut(self, callback_id: str, kind: str) -> None:
        if self.state.application.shortcuts.get(callback_id) != kind:
            raise NotThere(f"no {kind} shortcut {callback_id}")

    async def press(
        self,
        action_id: str,
        value: object = None,
        *,
        on: Message | View | None = None,
        expecting: Expected = "anything",
    ) -> Sight:
        """A button (`value` tells several with one id apart), or a choice in a menu."""
        self._look()
        found = find(self, action_id, on, value)
        action = {"action_id": action_id, "block_id": found.block["block_id"]}
        chosen = await self._chosen(found, value)
        action |= write(found, chosen)
        payload = payloads.action(
            self.state, self.account, self.workspace, found, action
        )
        return await self._act(payload, expecting)

    async def options(
        self, action_id: str, typed: str, *, on: Message | View | None = None
    ) -> list[Json]:
        """What an external menu offers for that."""
        return await self._suggested(find(self, action_id, on), typed)

    async def submit(
        self, values: dict[str, Any] | None = None, *, expecting: Expected = "anything"
    ) -> Sight:
        """The modal on top, with values by action id."""
        self._look()
        view = self._modal()
        for action_id, value in (values or {}).items():
            found = find(self, action_id, view)
            write(found, await self._chosen(found, value))
        if errors := objections(view):
            text = "\n".join(errors.values())
            return Sight(kind="errors", text=text, view=view, errors=errors)
        payload = payloads.submission(self.state, self.account, self.workspace, view)
        told = await self._deliver("interactive", payload)
        if not told.failure:
            answers.after_submission(self.state, self.workspace, view, told.body)
        return await self._seen(expecting)

    async def close_view(self, *, all_of_them: bool = False) -> None:
        view = self._modal()
        closed = self.screen.stack[::-1] if all_of_them else [view]
        for one in closed:
            close(self.state, self.workspace, one)
            if one.definition.get("notify_on_close"):
                payload = payloads.closing(
                    self.state, self.account, self.workspace, one, cleared=all_of_them
                )
                await self._deliver("interactive", payload)

    async def open_home(self, *, expecting: Expected = "home") -> Sight:
        self._look()
        before = len(self.deliveries.sent)
        event = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.direct_channel.id,
            "tab": "home",
        }
        self.state.emit(self.workspace, event)
        await self._taken(self.deliveries.sent[before:])
        return await self._seen(expecting)

    async def sees(self, expected: Expected = "anything") -> Sight:
        """What comes next; waits for it.

        :raises NoAnswer: it did not come.
        """
        return await self.state.bell.until(
            lambda: self.screen.next(expected), told=lambda: self._story(expected)
        )

    def _modal(self) -> View:
        if self.view is None:
            raise NotThere("no modal is open")
        return self.view

    def _look(self) -> None:
        """What was there before is no answer to what comes."""
        self.screen.read = len(self.screen.sights)

    async def _seen(self, expecting: Expected) -> Sight:
        if expecting == "nothing":
            return Sight(kind="nothing")
        return await self.sees(expecting)

    async def _act(self, payload: Json, expecting: Expected) -> Sight:
        told = await self._deliver("interactive", payload)
        answers.after_action(self.state, payload["type"], told.body)
        return await self._seen(expecting)

    async def _deliver(self, sort: Sort, payload: Json) -> Acknowledgement:
        delivery = self.deliveries.send(sort, payload, self.workspace)
        await self._taken([delivery])
        told = delivery.answer.result()
        if told.failure:
            answers.fail(self.state, self.account, told.failure)
        return told

    async def _taken(self, deliveries: list[Delivery]) -> None:
        def over() -> bool | None:
            done = (one.answer.done() or one.again_at for one in deliveries)
            return True if all(done) else None

        await self.state.bell.until(over, told=lambda: self._story("acknowledgement"))

    async def _chosen(self, found: Found, value: Any) -> Any:
        kind: str = found.element["type"]
        if kind == "file_input":
            files = [upload_for(self.state, self, one) for one in value]
            return [self.state.file_json(file) for file in files]
        if "external" in kind and isinstance(value, str):
            for option in await self._suggested(found, value):
                if value in (option["value"], answers.label(option)):
                    return option
            raise NotThere(f"{value!r} is not offered")
        if isinstance(value, str):
            self.state.hear(value)
        return value

    async def _suggested(self, found: Found, typed: str) -> list[Json]:
        payload = payloads.suggestion(
            self.state, self.account, self.workspace, found, typed
        )
        told = await self._deliver("interactive", payload)
        return answers.suggested(self.state, told.body)

    def _story(self, expected: str) -> str:
        calls = [
            f"{call.method} {call.error or 'ok'}" for call in self.state.calls[-8:]
        ]
        seen = [f"{one.kind}: {one.text[:60]!r}" for one in self.screen.sights[-5:]]
        return f"{self.account.name} saw no {expected}; last {seen}; calls {calls}"
