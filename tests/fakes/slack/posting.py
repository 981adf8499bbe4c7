"""Messages come, change and go, and everybody concerned sees it."""

from typing import Any

from tests.fakes.slack import wire
from tests.fakes.slack.errors import Json
from tests.fakes.slack.outgoing import blocks_of
from tests.fakes.slack.screen import Kind, Sight
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Account, Channel, File, Message


def post(
    state: State,
    channel: Channel,
    author: Account,
    *,
    text: str = "",
    blocks: Any = None,
    thread_ts: str | None = None,
    files: list[File] | None = None,
    only_for: Account | None = None,
    metadata: Json | None = None,
) -> Message:
    message = Message(
        ts=state.new_ts(),
        channel=channel,
        author=author,
        text=text,
        blocks=with_ids(state, blocks_of(blocks)),
        thread_ts=thread_ts,
        files=files or [],
        only_for=only_for,
        metadata=metadata,
    )
    channel.messages[message.ts] = message
    for file in message.files:
        file.channels.add(channel.id)
    tell(state, message, "ephemeral" if only_for else "message")
    if only_for is None:
        announce(state, message)
    return message


def change(state: State, message: Message, *, text: str, blocks: Any) -> None:
    message.text = text
    message.blocks = with_ids(state, blocks_of(blocks))
    message.edited = True
    tell(state, message, "changed")


def delete(state: State, message: Message) -> None:
    del message.channel.messages[message.ts]
    tell(state, message, "deleted")


def tell(state: State, message: Message, kind: Kind) -> None:
    sight = Sight(kind=kind, text=state.plain(message), message=message)
    readers = (
        [message.only_for] if message.only_for else message.channel.members.values()
    )
    for account in readers:
        if account is not message.author:
            state.show(account, sight)


def edit(state: State, message: Message, text: str) -> None:
    """Its author does, by hand."""
    before = wire.message(message, state.origin)
    change(state, message, text=text, blocks=None)
    after = wire.message(message, state.origin)
    parts: Json = {"message": after, "previous_message": before}
    _emit_message(state, message, {"subtype": "message_changed", **parts})


def withdraw(state: State, message: Message) -> None:
    """Its author does, by hand."""
    before = wire.message(message, state.origin)
    delete(state, message)
    parts: Json = {"deleted_ts": message.ts, "previous_message": before}
    _emit_message(state, message, {"subtype": "message_deleted", **parts})


def announce(state: State, message: Message) -> None:
    """The events that an application may have subscribed to."""
    channel, bot = message.channel, message.channel.workspace.bot
    told = wire.message(message, state.origin)
    subtype = {"subtype": "file_share"} if message.files else {}
    _emit_message(state, message, told | subtype)
    for file in message.files:
        shared: Json = {"type": "file_shared", "file_id": file.id}
        shared |= {"channel_id": channel.id, "user_id": message.author.id}
        _emit(state, channel, shared | {"file": {"id": file.id}})
    if f"<@{bot.id}>" in message.text and channel.kind != "im":
        mention = {"type": "app_mention", "channel": channel.id}
        _emit(state, channel, told | mention)


def _emit_message(state: State, message: Message, told: Json) -> None:
    kind = message.channel.kind
    place: Json = {
        "type": "message",
        "channel": message.channel.id,
        "channel_type": {"channels": "channel", "groups": "group"}.get(kind, kind),
    }
    _emit(state, message.channel, {"ts": message.ts, **told, **place})


def _emit(state: State, channel: Channel, event: Json) -> None:
    """The application hears of places where it is."""
    if channel.workspace.bot.id in channel.members:
        state.emit(channel.workspace, event)


def with_ids(state: State, blocks: list[Json]) -> list[Json]:
    """Slack gives a name to what has none."""
    named = []
    for given in blocks:
        block = {"block_id": state.new_id("b"), **given}
        for name in ("accessory", "element"):
            if name in block and block[name]["type"] != "image":
                block[name] = {"action_id": state.new_id("a"), **block[name]}
        if block["type"] == "actions":
            block["elements"] = [
                {"action_id": state.new_id("a"), **one} for one in block["elements"]
            ]
        named.append(block)
    return named
