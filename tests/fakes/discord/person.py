"""Somebody who uses the application: acts, and is given what they then see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.discord import compose
from tests.fakes.discord.bystander import Bystander
from tests.fakes.discord.component_rules import SELECTS, walk
from tests.fakes.discord.errors import Json
from tests.fakes.discord.forms import chosen_values, modal_data
from tests.fakes.discord.interaction import Answered, Asked, Interaction
from tests.fakes.discord.invocation import (
    CannotDo,
    Resolved,
    command_data,
    find_command,
    has_name,
)
from tests.fakes.discord.permission import Permission
from tests.fakes.discord.seen import Modal, Seen, label_of, message_text
from tests.fakes.discord.wire import message_json
from tests.fakes.discord.world import (
    Attachment,
    File,
    Message,
    Server,
)


@dataclass(frozen=True, kw_only=True)
class Person(Bystander):
    """`slash` and the rest return what the application's answer shows."""

    deliver: Callable[[Interaction], None]

    async def slash(
        self, line: str, options: Mapping[str, Any] = {}, *, locale: str | None = None
    ) -> Seen:
        """`line` is a command with its subcommands: "challenge today"."""
        asked = self._command(line, options, locale=locale)
        return await self._answer(asked)

    async def autocomplete(
        self,
        line: str,
        option: str,
        typed: str,
        options: Mapping[str, Any] = {},
        *,
        locale: str | None = None,
    ) -> list[tuple[str, Any]]:
        """The choices: what is shown and what is sent."""
        given = {**options, option: typed}
        asked = self._command(line, given, locale=locale, focused=option)
        await self._until_finished(asked)
        shown = locale or self.account.locale
        return [(_shown_as(one, shown), one["value"]) for one in asked.choices]

    async def menu(self, name: str, on: Message, *, locale: str | None = None) -> Seen:
        """A command in a message's menu."""
        locale = locale or self.account.locale
        if not on.can_be_seen_by(self.account):
            raise CannotDo("this message is not to be seen")
        for command in self._commands().values():
            if command["type"] == 3 and has_name(command, name, locale):
                body: Json = {"messages": {on.id: message_json(on)}}
                data = {"id": command["id"], "name": command["name"], "type": 3}
                data |= {"target_id": on.id, "resolved": body}
                return await self._answer(self._ask(Asked.COMMAND, data, locale=locale))
        raise CannotDo(f"no {name!r} in the message menu")

    async def press(self, on: Seen | Message, label: str) -> Seen:
        """A button, by its label or `custom_id`."""
        message = on.shown if isinstance(on, Seen) else on
        button = self._component(message, label)
        data = {"component_type": button["type"], "custom_id": button["custom_id"]}
        return await self._answer(
            self._ask(Asked.COMPONENT, data | {"id": button["id"]}, source=message)
        )

    async def choose(
        self, on: Seen | Message, values: Sequence[Any], menu: str | None = None
    ) -> Seen:
        """In the only select, or in the one with this placeholder or `custom_id`."""
        message = on.shown if isinstance(on, Seen) else on
        select = self._component(message, menu)
        resolved = self._resolved()
        data = {
            "component_type": select["type"],
            "custom_id": select["custom_id"],
            "id": select["id"],
            "values": chosen_values(select, values, resolved),
            "resolved": resolved.body,
        }
        return await self._answer(self._ask(Asked.COMPONENT, data, source=message))

    async def submit(self, on: Seen, values: Mapping[str, Any]) -> Seen:
        """The modal that is open, with these values by label or `custom_id`."""
        data = modal_data(on.form, values, self._resolved())
        source = on.interaction.source
        return await self._answer(self._ask(Asked.MODAL, data, source=source))

    def _commands(self) -> Mapping[str, Json]:
        server = self.channel.server
        local = self.state.commands.get(server.id, {}) if server else {}
        granted = self.channel.permissions(self.account)
        if not granted & Permission.USE_APPLICATION_COMMANDS:
            raise CannotDo("commands may not be used here")
        return {
            key: one
            for key, one in {**self.state.commands.get("", {}), **local}.items()
            if _is_offered(one, granted, direct=server is None)
            and (server is None or self._is_installed(one, server))
        }

    def _is_installed(self, command: Json, server: Server) -> bool:
        """By the server, or else by this person for themselves."""
        where = 0 if self.state.application.id in server.members else 1
        return where in (command.get("integration_types") or [0])

    def _command(
        self,
        line: str,
        options: Mapping[str, Any],
        *,
        locale: str | None,
        focused: str | None = None,
    ) -> Interaction:
        locale = locale or self.account.locale
        command, path = find_command(self._commands(), line, locale)
        data = command_data(
            command, path, options, self._resolved(), locale=locale, focused=focused
        )
        kind = Asked.AUTOCOMPLETE if focused else Asked.COMMAND
        return self._ask(kind, data, locale=locale)

    def _resolved(self) -> Resolved:
        return Resolved(self.channel, self._store)

    def _store(self, file: File) -> Attachment:
        holder = Message(
            id="0",
            channel=self.channel,
            author=self.account,
            created_at=self.state.clock(),
        )
        return compose.store(self.state, holder, file)

    def _component(self, message: Message, name: str | None) -> Json:
        if not message.can_be_seen_by(self.account):
            raise CannotDo("this message is not to be seen")
        usable = [
            one for one, _ in walk(message.components, ()) if one.get("custom_id")
        ]
        for one in usable:
            names = (label_of(one), one.get("placeholder"), one["custom_id"])
            if one["type"] in SELECTS if name is None else name in names:
                if one.get("disabled"):
                    raise CannotDo(f"{name!r} is disabled")
                return one
        raise CannotDo(f"no {name!r} on this message:\n{message_text(message)}")

    def _ask(
        self,
        kind: Asked,
        data: Json,
        *,
        source: Message | None = None,
        locale: str | None = None,
    ) -> Interaction:
        number = self.state.new_id()
        interaction = Interaction(
            id=number,
            token=f"{number}.{self.account.id}",
            type=kind,
            person=self.account,
            channel=self.channel,
            data=data,
            locale=locale or self.account.locale,
            created_at=self.state.clock(),
            source=source,
        )
        self.state.interactions[number] = interaction
        self.deliver(interaction)
        return interaction

    async def _answer(self, interaction: Interaction) -> Seen:
        await self._until_finished(interaction)
        if interaction.answer is Answered.MODAL and interaction.modal is not None:
            body = interaction.modal
            body["components"] = compose.numbered(body["components"])
            return Seen(modal=Modal(body=body), interaction=interaction)
        message = interaction.original
        if interaction.answer in (Answered.DEFERRED_UPDATE, Answered.UPDATE):
            fresh = interaction.followups and not interaction.updated
            message = interaction.followups[0] if fresh else message
        return Seen(message=message, interaction=interaction)

    async def _until_finished(self, interaction: Interaction) -> None:
        await interaction.bell.until(
            lambda: interaction.finished,
            what=lambda: self._excuse(f"an answer to {interaction.data}"),
        )


def _shown_as(choice: Json, locale: str) -> str:
    localised = choice.get("name_localizations") or {}
    return str(localised.get(locale, choice["name"]))


def _is_offered(command: Json, granted: Permission, *, direct: bool) -> bool:
    needed = int(command.get("default_member_permissions") or 0)
    contexts = command.get("contexts")
    if contexts is not None and (1 if direct else 0) not in contexts:
        return False
    if direct and contexts is None and not command.get("dm_permission", True):
        return False
    return direct or int(granted) & needed == needed
