"""Somebody who does whatever can be done next, sensible or not.

Each act is given numbers and a text that were drawn before; what they mean depends on
what there is to see by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.names import command_name, option_name
from bot.chat.texts import texts_in
from tests.fakes.slack import (
    Channel,
    FakeSlack,
    Message,
    NotThere,
    Person,
    Upload,
    View,
)
from tests.fakes.slack.kit.blocks import elements
from tests.fakes.slack.kit.elements import offered

# How far back somebody scrolls.
SCREEN = 8
# What a person's message holds at most.
MESSAGE_LENGTH = 4000


def pick(options: Sequence[Any], number: int) -> Any:
    if not options:
        raise NotThere("nothing to choose from")
    return options[number % len(options)]


@dataclass(kw_only=True)
class SlackWanderer:
    slack: FakeSlack
    person: Person
    channel: Channel
    language: str
    table: Sequence[CommandSpec]
    said: list[Message] = field(default_factory=list)

    async def command(self, numbers: Sequence[int], text: str) -> None:
        texts = texts_in(self.language)
        spec = pick([one for one in self.table if one.is_listed], numbers[0])
        options = [
            f"{option_name(texts, spec, one)}:{self._value(one, number, text)}"
            for one, number in zip(spec.options, numbers[1:], strict=False)
            if one.is_listed and (one.required or number % 2)
        ]
        name, *rest = command_name(texts, spec).split()
        line = " ".join([*rest, *options])[:MESSAGE_LENGTH]
        await self.person.slash(name, line, self.channel, expecting="nothing")

    async def mistype(self, numbers: Sequence[int], text: str) -> None:
        name = pick(sorted(self.slack.application.commands), numbers[0])
        await self.person.slash(name, text, self.channel, expecting="nothing")

    async def use(self, numbers: Sequence[int], text: str) -> None:
        """Any button or menu on the screen; on a modal, if one is open."""
        found = [
            (where, element)
            for where in self._screen()
            for _, block, element in elements(where.blocks)
            if block["type"] != "input"
        ]
        where, element = pick(found, numbers[0])
        value = element.get("value")
        if element["type"] == "static_select":
            value = pick(offered(element), numbers[1])["value"]
        name = element["action_id"]
        await self.person.press(name, value, on=where, expecting="nothing")

    async def fill_in(self, numbers: Sequence[int], text: str) -> None:
        view = self.person.view
        if view is None or not view.definition.get("submit"):
            raise NotThere("no form is open")
        fields = [one["element"] for one in view.blocks if one["type"] == "input"]
        values = {
            one["action_id"]: self._filled(one, number, text)
            for one, number in zip(fields, numbers, strict=False)
            if number % 4
        }
        await self.person.submit(values, expecting="nothing")

    async def close(self, numbers: Sequence[int], text: str) -> None:
        await self.person.close_view(all_of_them=bool(numbers[0] % 2))

    async def menu(self, numbers: Sequence[int], text: str) -> None:
        message = pick(self.said, numbers[1])
        if message.ts in message.channel.messages:
            name = f"menu.challenge.submit.{self.language}"
            await self.person.message_shortcut(name, message, expecting="nothing")

    async def say(self, numbers: Sequence[int], text: str) -> None:
        """Addressed to the bot, in words, in a block or as a file."""
        name = pick(["solution.py", "a.txt", "query.sql", "x" * 99], numbers[1])
        content = text.encode(errors="replace")
        files = (Upload(name=name, content=content),) if numbers[0] % 3 == 0 else ()
        fenced = f"```\n{text[:1500]}\n```" if numbers[0] % 2 else text[:1900]
        say = self.person.direct if numbers[2] % 2 else self._mention
        sight = await say(fenced, files=files, expecting="nothing")
        assert sight.message is not None
        self.said = [*self.said[-3:], sight.message]

    async def edit(self, numbers: Sequence[int], text: str) -> None:
        message = pick(self.said, numbers[0])
        await self.person.edit(message, text[:1900], expecting="nothing")

    async def home(self, numbers: Sequence[int], text: str) -> None:
        await self.person.open_home(expecting="nothing")

    async def _mention(self, text: str, **more: Any) -> Any:
        return await self.person.mention(text, self.channel, **more)

    def _screen(self) -> list[Message | View]:
        if self.person.view:
            return [self.person.view]
        seen = [
            message
            for channel in (self.channel, self.person.direct_channel)
            for message in channel.messages.values()
            if message.only_for in (None, self.person.account)
        ]
        home = self.person.workspace.homes.get(self.person.id)
        return [*seen[-SCREEN:], *([home] if home else [])]

    def _value(self, option: Option, number: int, text: str) -> str:
        match option.kind:
            case OptionKind.INTEGER:
                return str(number % 10)
            case OptionKind.BOOLEAN:
                return str(pick(["true", "false"], number))
            case OptionKind.CHOICE:
                return str(pick(option.choices, number))
            case OptionKind.CODE:
                return f"\n```\n{text}\n```"
            case OptionKind.MEMBER:
                return f"@{pick(sorted(self._names()), number)}"
            case _:
                return f'"{text}"'

    def _names(self) -> list[str]:
        return [one.name for one in self.person.workspace.accounts.values()]

    def _filled(self, element: dict[str, Any], number: int, text: str) -> Any:
        match element["type"]:
            case "plain_text_input":
                return text[: element.get("max_length") or 3000]
            case "file_input":
                content = text.encode(errors="replace")
                return [Upload(name="solution.py", content=content)]
            case _:
                return pick(offered(element), number)["value"]
