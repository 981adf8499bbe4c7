"""Routes of servers, channels, threads, members, roles and direct channels."""

from typing import Any

from tests.fakes.discord.errors import Refused, refuse
from tests.fakes.discord.limits import THREAD_NAME, length, required
from tests.fakes.discord.permission import Permission
from tests.fakes.discord.request import Request, Row
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import (
    account_json,
    channel_json,
    member_json,
    role_json,
    server_json,
)
from tests.fakes.discord.world import (
    DIRECT,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    Account,
    Channel,
    Membership,
    Message,
    Server,
)

CHANNEL = "/channels/{channel_id}"
SERVER = "/guilds/{guild_id}"
MEMBER = f"{SERVER}/members/{{user_id}}"


def read_channel(state: State, request: Request) -> Any:
    return channel_json(state.channel(request.params["channel_id"]))


def thread_from_message(state: State, request: Request) -> Any:
    channel = state.channel(
        request.params["channel_id"], Permission.CREATE_PUBLIC_THREADS
    )
    message = state.message(channel, request.params["message_id"])
    if message.thread is not None:
        raise Refused(160004)
    thread = _thread(state, request, channel, PUBLIC_THREAD, started_by=message)
    message.thread = thread
    return channel_json(thread)


def thread(state: State, request: Request) -> Any:
    kind = request.body.get("type", PRIVATE_THREAD)
    needed = (
        Permission.CREATE_PRIVATE_THREADS
        if kind == PRIVATE_THREAD
        else Permission.CREATE_PUBLIC_THREADS
    )
    channel = state.channel(request.params["channel_id"], needed)
    return channel_json(_thread(state, request, channel, kind))


def _thread(
    state: State,
    request: Request,
    channel: Channel,
    kind: int,
    *,
    started_by: Message | None = None,
) -> Channel:
    name = request.body.get("name") or ""
    refuse(length(name, THREAD_NAME, ("name",), least=1))
    return open_thread(
        state, channel, name, kind, owner=state.application, started_by=started_by
    )


def open_thread(
    state: State,
    channel: Channel,
    name: str,
    kind: int,
    *,
    owner: Account,
    started_by: Message | None = None,
) -> Channel:
    assert channel.server is not None
    made = Channel(
        # A thread that hangs on a message has that message's number.
        id=started_by.id if started_by else state.new_id(),
        name=name,
        type=kind,
        server=channel.server,
        parent=channel,
        owner_id=owner.id,
        members={owner.id: owner},
    )
    state.channels[made.id] = made
    channel.server.channels[made.id] = made
    if made.permissions(state.application):
        state.emit("THREAD_CREATE", channel_json(made) | {"newly_created": True}, made)
    state.changed()
    return made


def change_thread(state: State, request: Request) -> Any:
    channel = state.channel(request.params["channel_id"])
    if not channel.is_thread:
        raise Refused(50013)
    if channel.owner_id != state.application.id:
        state.need(channel, Permission.MANAGE_THREADS)
    channel.archived = bool(request.body.get("archived", channel.archived))
    channel.locked = bool(request.body.get("locked", channel.locked))
    channel.name = request.body.get("name", channel.name)
    state.emit("THREAD_UPDATE", channel_json(channel), channel)
    state.changed()
    return channel_json(channel)


def invite(state: State, request: Request) -> None:
    channel = state.channel(request.params["channel_id"])
    state.need(channel, Permission.SEND_MESSAGES_IN_THREADS)
    if channel.archived:
        raise Refused(50083)
    account = _person(state, request.params["user_id"])
    if channel.server is None or account.id not in channel.server.members:
        raise Refused(10007)
    channel.members[account.id] = account
    state.changed()


def uninvite(state: State, request: Request) -> None:
    channel = state.channel(request.params["channel_id"])
    if channel.owner_id != state.application.id:
        state.need(channel, Permission.MANAGE_THREADS)
    channel.members.pop(request.params["user_id"], None)
    state.changed()


def join(state: State, request: Request) -> None:
    channel = state.channel(request.params["channel_id"])
    channel.members[state.application.id] = state.application


def _person(state: State, account_id: str) -> Account:
    account = state.accounts.get(account_id)
    if account is None:
        raise Refused(10013)
    return account


def direct_channel(state: State, request: Request) -> Any:
    refuse(required(request.body, "recipient_id", ()))
    person = _person(state, str(request.body["recipient_id"]))
    return channel_json(direct_with(state, person))


def direct_with(state: State, person: Account) -> Channel:
    for channel in state.channels.values():
        if channel.type == DIRECT and person.id in channel.members:
            return channel
    both = {one.id: one for one in (person, state.application)}
    made = Channel(id=state.new_id(), name=person.name, type=DIRECT, members=both)
    state.channels[made.id] = made
    return made


def read_server(state: State, request: Request) -> Any:
    server = state.server(request.params["guild_id"])
    return server_json(server, state.application)


def read_channels(state: State, request: Request) -> Any:
    server = state.server(request.params["guild_id"])
    places = [one for one in server.channels.values() if not one.is_thread]
    return list(map(channel_json, places))


def read_roles(state: State, request: Request) -> Any:
    return list(map(role_json, state.server(request.params["guild_id"]).roles.values()))


def _membership(state: State, request: Request) -> tuple[Server, Membership]:
    server = state.server(request.params["guild_id"])
    membership = server.members.get(request.params["user_id"])
    if membership is None:
        raise Refused(10007)
    return server, membership


def read_member(state: State, request: Request) -> Any:
    return member_json(_membership(state, request)[1])


def give_role(state: State, request: Request) -> None:
    _turn_role(state, request, wanted=True)


def take_role(state: State, request: Request) -> None:
    _turn_role(state, request, wanted=False)


def _turn_role(state: State, request: Request, *, wanted: bool) -> None:
    server, membership = _membership(state, request)
    role = server.roles.get(request.params["role_id"])
    if role is None:
        raise Refused(10011)
    if role is server.everyone:
        raise Refused(50028)
    if not state.server_permissions(server) & Permission.MANAGE_ROLES:
        raise Refused(50013)
    if role.position >= server.highest(state.application):
        raise Refused(50013)
    if wanted and role not in membership.roles:
        membership.roles.append(role)
    if not wanted and role in membership.roles:
        membership.roles.remove(role)
    state.changed()


def read_person(state: State, request: Request) -> Any:
    return account_json(_person(state, request.params["user_id"]))


ROUTES = (
    Row(method="GET", template=CHANNEL, handler=read_channel),
    Row(method="PATCH", template=CHANNEL, handler=change_thread),
    Row(
        method="POST",
        template=f"{CHANNEL}/messages/{{message_id}}/threads",
        handler=thread_from_message,
    ),
    Row(method="POST", template=f"{CHANNEL}/threads", handler=thread),
    Row(method="PUT", template=f"{CHANNEL}/thread-members/@me", handler=join),
    Row(method="PUT", template=f"{CHANNEL}/thread-members/{{user_id}}", handler=invite),
    Row(
        method="DELETE",
        template=f"{CHANNEL}/thread-members/{{user_id}}",
        handler=uninvite,
    ),
    Row(method="POST", template="/users/@me/channels", handler=direct_channel),
    Row(method="GET", template=SERVER, handler=read_server),
    Row(method="GET", template=f"{SERVER}/channels", handler=read_channels),
    Row(method="GET", template=f"{SERVER}/roles", handler=read_roles),
    Row(method="GET", template=MEMBER, handler=read_member),
    Row(method="PUT", template=f"{MEMBER}/roles/{{role_id}}", handler=give_role),
    Row(method="DELETE", template=f"{MEMBER}/roles/{{role_id}}", handler=take_role),
    Row(method="GET", template="/users/{user_id}", handler=read_person),
)
