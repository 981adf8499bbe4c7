"""Routes of messages in channels, their pins and reactions."""

from typing import Any
from urllib.parse import unquote

from tests.fakes.discord import limits
from tests.fakes.discord.compose import change, draft, post, remove, tell_change
from tests.fakes.discord.errors import Problem, Refused, refuse
from tests.fakes.discord.permission import Permission
from tests.fakes.discord.request import Request, Row
from tests.fakes.discord.session import MESSAGE_CONTENT, is_readable
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import message_json
from tests.fakes.discord.world import EPHEMERAL, Channel, Message

CHANNEL = "/channels/{channel_id}"
ONE = f"{CHANNEL}/messages/{{message_id}}"


def create(state: State, request: Request) -> Any:
    channel = state.channel(request.params["channel_id"])
    _may_send(state, channel, request)
    body = request.body or {}
    if (body.get("flags") or 0) & EPHEMERAL:
        told = "only answers to interactions can be ephemeral"
        refuse([Problem(path=("flags",), code="FLAGS", message=told)])
    before = _sent_before(state, channel, body)
    if before is not None:
        return message_json(before)
    message = draft(state, body, request.files, channel=channel, where=request.where)
    reference = body.get("message_reference")
    if reference:
        message.reply_to = _answered(state, channel, reference)
    return message_json(post(state, message))


def _may_send(state: State, channel: Channel, request: Request) -> None:
    if channel.is_thread:
        state.need(channel, Permission.SEND_MESSAGES_IN_THREADS)
        if channel.archived and channel.locked:
            raise Refused(50083)
    else:
        state.need(channel, Permission.SEND_MESSAGES)
    if request.files:
        state.need(channel, Permission.ATTACH_FILES)
    if channel.server is None and not _takes_direct(state, channel):
        raise Refused(50007)


def _takes_direct(state: State, channel: Channel) -> bool:
    """They allow it, and a server is shared with them."""
    (person,) = [one for one in channel.members.values() if not one.bot]
    return person.takes_direct_messages and any(
        {person.id, state.application.id} <= server.members.keys()
        for server in state.servers.values()
    )


def _sent_before(state: State, channel: Channel, body: Any) -> Message | None:
    nonce = body.get("nonce")
    if nonce is None or not body.get("enforce_nonce"):
        return None
    for message in channel.messages.values():
        if message.nonce == str(nonce) and message.author is state.application:
            return message
    return None


def _answered(state: State, channel: Channel, reference: Any) -> Message | None:
    state.need(channel, Permission.READ_MESSAGE_HISTORY)
    message = channel.messages.get(str(reference["message_id"]))
    if message is not None and not message.deleted:
        return message
    if reference.get("fail_if_not_exists", True):
        problem = Problem(
            path=("message_reference",),
            code="MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
            message="Unknown message",
        )
        raise Refused(50035, [problem])
    return None


def _found(state: State, request: Request, *needed: Permission) -> Message:
    channel = state.channel(request.params["channel_id"], *needed)
    return state.message(channel, request.params["message_id"])


def _own(state: State, request: Request) -> Message:
    message = _found(state, request)
    if message.author is not state.application:
        raise Refused(50005)
    return message


def edit(state: State, request: Request) -> Any:
    message = _own(state, request)
    change(state, message, request.body or {}, request.files, where=request.where)
    tell_change(state, message)
    return message_json(message)


def delete(state: State, request: Request) -> None:
    message = _found(state, request)
    if message.author is not state.application:
        state.need(message.channel, Permission.MANAGE_MESSAGES)
    remove(state, message)


def read(state: State, request: Request) -> Any:
    message = _found(state, request, Permission.READ_MESSAGE_HISTORY)
    return _as_read(state, message)


def _as_read(state: State, message: Message) -> Any:
    # The portal's switch rules this route as it rules the gateway.
    intents = state.privileged & MESSAGE_CONTENT
    readable = is_readable(message, state.application, intents)
    return message_json(message, readable=readable)


def history(state: State, request: Request) -> Any:
    channel = state.channel(request.params["channel_id"])
    if not channel.permissions(state.application) & Permission.READ_MESSAGE_HISTORY:
        return []
    before = int(request.query.get("before", 1 << 63))
    after = int(request.query.get("after", 0))
    found = [
        message
        for message in channel.messages.values()
        if after < int(message.id) < before
        and not message.deleted
        and message.only_for is None
    ]
    limit = int(request.query.get("limit", 50))
    chosen = found[:limit] if "after" in request.query else found[-limit:]
    return [_as_read(state, message) for message in reversed(chosen)]


def pin(state: State, request: Request) -> None:
    message = _found(state, request, Permission.PIN_MESSAGES)
    pinned = [one for one in message.channel.messages.values() if one.pinned]
    if len(pinned) >= limits.PINS and not message.pinned:
        raise Refused(30003)
    message.pinned = True
    tell_change(state, message)


def unpin(state: State, request: Request) -> None:
    message = _found(state, request, Permission.PIN_MESSAGES)
    message.pinned = False
    tell_change(state, message)


def react(state: State, request: Request) -> None:
    message = _found(state, request, Permission.READ_MESSAGE_HISTORY)
    state.need(message.channel, Permission.ADD_REACTIONS)
    emoji = unquote(request.params["emoji_name"])
    those = message.reactions.setdefault(emoji, [])
    if state.application not in those:
        those.append(state.application)
    state.changed()


def unreact(state: State, request: Request) -> None:
    message = _found(state, request)
    those = message.reactions.get(unquote(request.params["emoji_name"]), [])
    if state.application in those:
        those.remove(state.application)
    state.changed()


def typing(state: State, request: Request) -> None:
    _may_send(state, state.channel(request.params["channel_id"]), request)


ROUTES = (
    Row(method="POST", template=f"{CHANNEL}/messages", handler=create),
    Row(method="GET", template=f"{CHANNEL}/messages", handler=history),
    Row(method="PUT", template=f"{CHANNEL}/messages/pins/{{message_id}}", handler=pin),
    Row(
        method="DELETE",
        template=f"{CHANNEL}/messages/pins/{{message_id}}",
        handler=unpin,
    ),
    Row(method="PUT", template=f"{CHANNEL}/pins/{{message_id}}", handler=pin),
    Row(method="DELETE", template=f"{CHANNEL}/pins/{{message_id}}", handler=unpin),
    Row(method="GET", template=ONE, handler=read),
    Row(method="PATCH", template=ONE, handler=edit),
    Row(method="DELETE", template=ONE, handler=delete),
    Row(method="PUT", template=f"{ONE}/reactions/{{emoji_name}}/@me", handler=react),
    Row(
        method="DELETE", template=f"{ONE}/reactions/{{emoji_name}}/@me", handler=unreact
    ),
    Row(method="POST", template=f"{CHANNEL}/typing", handler=typing),
)
