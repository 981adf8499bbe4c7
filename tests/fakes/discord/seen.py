"""What a person has before their eyes, as plain text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.discord.component_rules import LINK, SELECTS, Kind, walk
from tests.fakes.discord.errors import Json
from tests.fakes.discord.wire import PERSON
from tests.fakes.discord.world import Attachment, Message

ROLE = re.compile(r"<@&(\d+)>")
EVERYBODY = re.compile("@everyone|@here")


def message_text(message: Message) -> str:
    lines: list[str | None] = [message.content]
    for embed in message.embeds:
        lines += [embed.get("title"), embed.get("description")]
        lines += [f"{one['name']}: {one['value']}" for one in embed.get("fields", ())]
        lines += [(embed.get("footer") or {}).get("text")]
    lines += [line for one in message.components for line in component_lines(one)]
    return "\n".join(line for line in lines if line)


def component_lines(component: Json) -> Iterator[str]:
    match component["type"]:
        case Kind.TEXT:
            yield component["content"]
        case Kind.BUTTON:
            yield f"[{label_of(component)}]"
        case kind if kind in SELECTS:
            labels = " | ".join(one["label"] for one in component.get("options", ()))
            yield f"[{component.get('placeholder') or 'choose'}: {labels}]"
        case Kind.ROW:
            yield " ".join(line for one in _inner(component) for line in one)
        case Kind.GALLERY:
            for item in component["items"]:
                yield f"({item.get('description') or item['media']['url']})"
        case Kind.THUMBNAIL:
            yield f"({component.get('description') or component['media']['url']})"
        case Kind.FILE:
            yield f"({component['file']['url'].removeprefix('attachment://')})"
        case Kind.SEPARATOR:
            pass
        case _:
            for lines in _inner(component):
                yield from lines


def _inner(component: Json) -> Iterator[Iterator[str]]:
    for one in component.get("components", ()):
        yield component_lines(one)
    if "accessory" in component:
        yield component_lines(component["accessory"])


def label_of(component: Json) -> str:
    return component.get("label") or (component.get("emoji") or {}).get("name") or ""


@dataclass(frozen=True, kw_only=True)
class Modal:
    """Open in front of a person."""

    body: Json

    @property
    def title(self) -> str:
        return str(self.body["title"])

    @property
    def custom_id(self) -> str:
        return str(self.body["custom_id"])

    @property
    def fields(self) -> list[tuple[str, Json]]:
        """Each field with the label that stands over it."""
        found = []
        for one in self.body["components"]:
            if one["type"] == Kind.LABEL:
                found.append((one["label"], one["component"]))
            elif one["type"] == Kind.ROW:
                found += [(field["label"], field) for field in one["components"]]
        return found

    @property
    def text(self) -> str:
        texts = [one for one in self.body["components"] if one["type"] == Kind.TEXT]
        lines = [self.title, *(str(one["content"]) for one in texts)]
        return "\n".join([*lines, *(label for label, _ in self.fields)])


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The result of an act; `text` and the rest are as they stand when asked."""

    message: Message | None = None
    modal: Modal | None = None
    # The interaction that brought it about; none for a message in a channel.
    interaction: Any = None

    @property
    def shown(self) -> Message:
        assert self.message is not None, "a modal, or nothing, is shown"
        return self.message

    @property
    def form(self) -> Modal:
        assert self.modal is not None, f"no modal is shown, but: {self.text}"
        return self.modal

    @property
    def text(self) -> str:
        if self.modal is not None:
            return self.modal.text
        return message_text(self.message) if self.message else ""

    @property
    def ephemeral(self) -> bool:
        return self.shown.ephemeral

    @property
    def files(self) -> Sequence[Attachment]:
        return self.shown.attachments

    @property
    def components(self) -> list[Json]:
        return [one for one, _ in walk(self.shown.components, ())]

    @property
    def buttons(self) -> list[str]:
        """Labels of those that can be pressed."""
        return [label_of(one) for one in self.components if _pressable(one)]

    @property
    def pings(self) -> set[str]:
        """Numbers of people and roles who are notified; "@everyone" for all."""
        return pinged(self.shown, self.text)

    @property
    def followups(self) -> "list[Seen]":
        sent = self.interaction.followups if self.interaction else []
        return [Seen(message=one, interaction=self.interaction) for one in sent]


def pinged(message: Message, text: str) -> set[str]:
    """Without `allowed_mentions`, everybody whom the text names."""
    allowed = message.allowed_mentions
    parsed = ["users", "roles", "everyone"]
    if allowed is not None:
        parsed = allowed.get("parse") or []
    named = {"users": set(PERSON.findall(text)), "roles": set(ROLE.findall(text))}
    found: set[str] = set()
    for kind, those in named.items():
        listed = set(map(str, (allowed or {}).get(kind) or ()))
        found |= those if kind in parsed else those & listed
    found -= _closed_roles(message)
    if "everyone" in parsed and message.may_ping_everyone:
        found |= set(EVERYBODY.findall(text))
    return found


def _closed_roles(message: Message) -> set[str]:
    """Those that whoever wrote it may not call."""
    server = message.channel.server
    if server is None or message.may_ping_everyone:
        return set()
    return {one.id for one in server.roles.values() if not one.mentionable}


def _pressable(component: Json) -> bool:
    return (
        component["type"] == Kind.BUTTON
        and component["style"] != LINK
        and not component.get("disabled")
    )
