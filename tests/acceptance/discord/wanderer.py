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
from tests.fakes.discord import FakeDiscord, File, Message, Person, Seen
from tests.fakes.discord.component_rules import SELECTS, Kind

# How far back somebody scrolls.
SCREEN = 8


def pick(options: Sequence[Any], number: int) -> Any:
    return options[number % len(options)]


@dataclass(kw_only=True)
class Wanderer:
    fake: FakeDiscord
    person: Person
    language: str
    table: Sequence[CommandSpec]
    forms: list[Seen] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)

    async def command(self, numbers: Sequence[int], text: str) -> None:
        texts = texts_in(self.language)
        spec = pick([one for one in self.table if one.is_listed], numbers[0])
        options = {
            option_name(texts, spec, one): self._value(one, number, text)
            for one, number in zip(spec.options, numbers[1:], strict=False)
            if one.is_listed and (one.required or number % 2)
        }
        self._keep(await self.person.slash(command_name(texts, spec), options))

    async def complete(self, numbers: Sequence[int], text: str) -> None:
        texts = texts_in(self.language)
        spec = pick([one for one in self.table if one.is_listed], numbers[0])
        for one in spec.options:
            if one.kind is OptionKind.CHALLENGE:
                line, name = command_name(texts, spec), option_name(texts, spec, one)
                await self.person.autocomplete(line, name, text[:100])

    async def use(self, numbers: Sequence[int], text: str) -> None:
        """Any button or menu on the screen, whoever it was shown to."""
        screen = self.person.sees()[-SCREEN:]
        found = [
            (seen, one)
            for seen in screen
            for one in seen.components
            if one.get("custom_id")
        ]
        if not found:
            return
        seen, component = pick(found, numbers[0])
        if component["type"] in SELECTS:
            value = pick(component["options"], numbers[1])["value"]
            chosen = await self.person.choose(seen, [value], component["custom_id"])
            self._keep(chosen)
        else:
            self._keep(await self.person.press(seen, component["custom_id"]))

    async def fill_in(self, numbers: Sequence[int], text: str) -> None:
        if not self.forms:
            return
        form = self.forms.pop(numbers[0] % len(self.forms))
        values = {
            one["custom_id"]: self._filled(one, number, text)
            for (_, one), number in zip(form.form.fields, numbers[1:], strict=False)
            if number % 4
        }
        self._keep(await self.person.submit(form, values))

    async def menu(self, numbers: Sequence[int], text: str) -> None:
        texts = texts_in(self.language)
        names = [f"menu.{'.'.join(o.path)}" for o in self.table if o.takes_message]
        shown = [*self.said, *(one.shown for one in self.person.sees()[-2:])]
        if names and shown:
            name, message = pick(names, numbers[0]), pick(shown, numbers[1])
            self._keep(await self.person.menu(texts(name), message))

    async def say(self, numbers: Sequence[int], text: str) -> None:
        """Addressed to the bot, in words, in a block or as a file."""
        name = pick(["solution.py", "a.txt", "`@everyone`.py", "x" * 99], numbers[1])
        files = [File(name=name, content=text.encode())] if numbers[0] % 3 == 0 else []
        fenced = f"```py\n{text[:1500]}\n```" if numbers[0] % 2 else text[:1900]
        said = self.person.say(
            f"<@{self.fake.application.id}> {fenced}"[:2000], files=files
        )
        self.said = [*self.said[-3:], said]
        await self.person.answer_to(said)

    async def edit(self, numbers: Sequence[int], text: str) -> None:
        if self.said:
            message = pick(self.said, numbers[0])
            self.person.edit(message, f"<@{self.fake.application.id}> {text}"[:2000])

    def _keep(self, seen: Seen) -> None:
        if seen.modal is not None:
            self.forms = [*self.forms[-3:], seen]

    def _value(self, option: Option, number: int, text: str) -> Any:
        match option.kind:
            case OptionKind.INTEGER:
                return number % 10
            case OptionKind.BOOLEAN:
                return bool(number % 2)
            case OptionKind.CHOICE:
                return pick(option.choices, number)
            case OptionKind.CODE:
                return File(name="solution.py", content=text.encode())
            case OptionKind.MEMBER:
                return self.person.account
            case OptionKind.CHANNEL:
                return self.person.channel
            case _:
                return text

    def _filled(self, component: dict[str, Any], number: int, text: str) -> Any:
        match component["type"]:
            case Kind.INPUT:
                return text[: component.get("max_length") or 4000]
            case Kind.UPLOAD:
                return [File(name="solution.py", content=text.encode())]
            case Kind.CHECKBOX:
                return bool(number % 2)
            case Kind.RADIOS:
                return pick(component["options"], number)["value"]
            case _:
                return [pick(component["options"], number)["value"]]
