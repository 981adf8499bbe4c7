"""Making and changing messages: every way to send one comes through here."""

import mimetypes
from collections.abc import Mapping
from itertools import count

from tests.fakes.discord import limits
from tests.fakes.discord.component_rules import walk
from tests.fakes.discord.errors import Json, Path, Problem, Refused, refuse
from tests.fakes.discord.message_rules import (
    attachment_problems,
    message_problems,
    referred,
)
from tests.fakes.discord.permission import Permission
from tests.fakes.discord.state import State
from tests.fakes.discord.world import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    Account,
    Attachment,
    Channel,
    File,
    Message,
)

# What an application may set: no embeds, ephemeral, silent, components.
SETTABLE = 1 << 2 | EPHEMERAL | 1 << 12 | COMPONENTS_V2
CONTENTS = ("content", "embeds", "components")


def draft(
    state: State,
    body: Json,
    files: Mapping[int, File],
    *,
    channel: Channel,
    where: str,
    path: Path = (),
) -> Message:
    """A message of the application, checked but not yet to be seen by anyone.

    :raises Refused: what it may not be.
    """
    flags = body.get("flags") or 0
    if flags & ~SETTABLE:
        told = f"{flags:#x} has more than may be set"
        refuse([Problem(path=(*path, "flags"), code="FLAGS", message=told)])
    if not (any(map(body.get, (*CONTENTS, "poll", "sticker_ids"))) or files):
        raise Refused(50006)
    require_allowed_mentions(state, body, where)
    message = Message(
        id=state.new_id(),
        channel=channel,
        author=state.application,
        created_at=state.clock(),
        flags=flags,
        nonce=None if body.get("nonce") is None else str(body["nonce"]),
    )
    _fill(state, message, body, files, where=where, path=path)
    return message


def require_allowed_mentions(state: State, body: Json, where: str) -> None:
    if body.get("allowed_mentions") is None:
        told = "would ping whomever the text names"
        state.violate("allowed_mentions is not said", where, told)


def change(
    state: State, message: Message, body: Json, files: Mapping[int, File], *, where: str
) -> None:
    """:raises Refused: what it may not become."""
    if any(map(body.get, CONTENTS)):
        require_allowed_mentions(state, body, where)
    flags = body.get("flags")
    if flags is not None:
        if flags & EPHEMERAL != message.flags & EPHEMERAL and flags & EPHEMERAL:
            state.violate("ephemeral changed after the answer", where, f"{flags:#x}")
        kept = message.flags & (EPHEMERAL | COMPONENTS_V2)
        message.flags = flags & ~EPHEMERAL | kept
    message.flags &= ~LOADING
    before = {name: getattr(message, name) for name in CONTENTS}
    _fill(state, message, before | body, files, where=where, path=())
    message.edited_at = state.clock()


def _fill(
    state: State,
    message: Message,
    body: Json,
    files: Mapping[int, File],
    *,
    where: str,
    path: Path,
) -> None:
    kept = _attach(state, message, body.get("attachments"), files)
    names = [one.file.name for one in kept]
    v2 = message.has_components_v2
    refuse(message_problems(body, v2=v2, files=names, path=path))
    if v2:
        _require_shown(state, body, names, where)
    message.attachments = kept
    message.content = body.get("content") or ""
    message.embeds = [{"type": "rich", **one} for one in body.get("embeds") or ()]
    message.components = numbered(body.get("components") or [])
    message.allowed_mentions = body.get("allowed_mentions")
    granted = message.channel.permissions(message.author)
    message.may_ping_everyone = bool(granted & Permission.MENTION_EVERYONE)


def numbered(components: list[Json]) -> list[Json]:
    """Discord numbers the components that have no `id` with those that are free."""
    everything = [component for component, _ in walk(components, ())]
    taken = {component.get("id") for component in everything}
    free = (number for number in count(1) if number not in taken)
    for component in everything:
        if not component.get("id"):
            component["id"] = next(free)
    return components


def _require_shown(state: State, body: Json, names: list[str], where: str) -> None:
    shown = {
        name
        for component, _ in walk(body.get("components") or [], ())
        for name in referred(component)
    }
    for name in names:
        if name not in shown:
            state.violate("a file that no component shows", where, name)


def _attach(
    state: State,
    message: Message,
    listed: list[Json] | None,
    files: Mapping[int, File],
) -> list[Attachment]:
    """The attachments after this request; those that are not listed are gone."""
    if any(len(one.content) > limits.FILE_BYTES for one in files.values()):
        raise Refused(40005)
    known = {one.id: one for one in message.attachments}
    if listed is None:
        return [
            *known.values(),
            *(store(state, message, one) for one in files.values()),
        ]
    refuse(attachment_problems(listed, files, known))
    kept = []
    for one in listed:
        key = str(one["id"])
        if key in known:
            kept.append(known[key])
        else:
            attachment = store(state, message, files[int(key)])
            attachment.description = one.get("description")
            kept.append(attachment)
    return kept


def store(state: State, message: Message, file: File) -> Attachment:
    """To be had from the CDN from now on."""
    number = state.new_id()
    path = f"attachments/{message.channel.id}/{number}/{file.name}"
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    attachment = Attachment(
        id=number, file=file, url=f"{state.cdn_url}/{path}", content_type=kind
    )
    attachment.description = file.description
    state.files[path] = attachment
    return attachment


def post(state: State, message: Message, *, seen_by: Account | None = None) -> Message:
    """Into its channel, and to who listens; an ephemeral one is told to nobody."""
    channel = message.channel
    message.only_for = seen_by if message.ephemeral else None
    channel.messages[message.id] = message
    channel.archived = channel.archived and channel.locked
    if message.only_for is None:
        state.emit("MESSAGE_CREATE", message, channel)
    state.changed()
    return message


def tell_change(state: State, message: Message) -> None:
    if message.only_for is None:
        state.emit("MESSAGE_UPDATE", message, message.channel)
    state.changed()


def remove(state: State, message: Message) -> None:
    message.deleted = True
    channel = message.channel
    if message.only_for is None:
        told = {"id": message.id, "channel_id": channel.id}
        if channel.server:
            told["guild_id"] = channel.server.id
        state.emit("MESSAGE_DELETE", told, channel)
    state.changed()
