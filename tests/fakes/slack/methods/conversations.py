"""`conversations.*`: places, who is in them and what was said there."""

import re

from tests.fakes.slack import wire
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.methods.request import Handler, Request
from tests.fakes.slack.world import Account, Channel

# docs.slack.dev/reference/methods/conversations.create#naming.
NAME = re.compile(r"[\w-]{1,80}")
# The same site, conversations.open: eight people at most.
TOGETHER = 8
TOPIC_CHARACTERS = 250


def open_(request: Request) -> Json:
    if request.text("channel"):
        return {"channel": wire.channel(request.channel())}
    names = request.words("users")
    if not names:
        raise Refused("users_list_not_supplied")
    if len(names) > TOGETHER:
        raise Refused("too_many_users")
    accounts = [request.state.account(request.workspace, name) for name in names]
    if any(account.deactivated for account in accounts):
        raise Refused("user_disabled")
    request.need_for("im" if len(names) == 1 else "mpim")
    channel = request.state.direct(request.workspace, *accounts)
    full = request.flag("return_im")
    return {"channel": wire.channel(channel) if full else {"id": channel.id}}


def create(request: Request) -> Json:
    name, private = request.text("name"), request.flag("is_private")
    request.need_for("groups" if private else "channels")
    if not NAME.fullmatch(name) or name != name.lower():
        raise Refused("invalid_name_specials" if name else "invalid_name_required")
    if any(name == one.name for one in request.workspace.channels.values()):
        raise Refused("name_taken")
    channel = Channel(
        id=request.state.new_id("C"),
        name=name,
        kind="groups" if private else "channels",
        workspace=request.workspace,
        members={request.bot.id: request.bot},
    )
    request.workspace.channels[channel.id] = channel
    return {"channel": wire.channel(channel)}


def invite(request: Request) -> Json:
    channel = request.joined_channel()
    accounts = [
        request.state.account(request.workspace, name)
        for name in request.words("users")
    ]
    if not accounts:
        raise Refused("no_user")
    for account in accounts:
        if account is request.bot:
            raise Refused("cant_invite_self")
        if account.id in channel.members:
            raise Refused("already_in_channel")
    for account in accounts:
        _enter(request, channel, account)
    return {"channel": wire.channel(channel)}


def join(request: Request) -> Json:
    channel = request.state.channel(request.workspace, request.text("channel"))
    if channel.kind != "channels":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    if request.bot.id not in channel.members:
        _enter(request, channel, request.bot)
    return {"channel": wire.channel(channel)}


def _enter(request: Request, channel: Channel, account: Account) -> None:
    channel.members[account.id] = account
    event = {
        "type": "member_joined_channel",
        "user": account.id,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "channels" else "G",
        "team": request.workspace.id,
        "inviter": request.bot.id,
    }
    request.state.emit(request.workspace, event)


def info(request: Request) -> Json:
    channel = request.channel()
    told = wire.channel(channel)
    if request.flag("include_num_members"):
        told["num_members"] = len(channel.members)
    return {"channel": told}


def members(request: Request) -> Json:
    page, rest = request.page(sorted(request.channel().members))
    return {"members": page, **rest}


def history(request: Request) -> Json:
    channel = request.joined_channel()
    heads = [
        message
        for message in reversed(channel.messages.values())
        if message.only_for is None and message.thread_ts in (None, message.ts)
    ]
    page, rest = request.page(heads)
    told = [wire.message(message, request.state.origin) for message in page]
    has_more = bool(rest["response_metadata"]["next_cursor"])
    return {"messages": told, "has_more": has_more, "pin_count": 0, **rest}


def replies(request: Request) -> Json:
    channel = request.joined_channel()
    thread = channel.thread(request.text("ts"))
    if not thread:
        raise Refused("thread_not_found")
    page, rest = request.page(thread)
    told = [wire.message(message, request.state.origin) for message in page]
    has_more = bool(rest["response_metadata"]["next_cursor"])
    return {"messages": told, "has_more": has_more, **rest}


def set_topic(request: Request) -> Json:
    channel = request.joined_channel()
    if channel.kind == "im":
        raise Refused("method_not_supported_for_channel_type")
    if len(request.text("topic")) > TOPIC_CHARACTERS:
        raise Refused("too_long")
    channel.topic = request.text("topic")
    return {"channel": wire.channel(channel)}


KINDS = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}


def listed(request: Request) -> Json:
    """`conversations.list`, and `users.conversations` for those of one user."""
    kinds = [KINDS[name] for name in request.words("types") or ["public_channel"]]
    for kind in kinds:
        request.need_for(kind)
    mine = request.method.name == "users.conversations"
    of = request.text("user") or request.bot.id
    found = [
        wire.channel(channel)
        for channel in request.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channels" or request.bot.id in channel.members)
        and (not mine or of in channel.members)
        and not (channel.archived and request.flag("exclude_archived"))
    ]
    page, rest = request.page(found)
    return {"channels": page, **rest}


METHODS: dict[str, Handler] = {
    "conversations.open": open_,
    "conversations.create": create,
    "conversations.invite": invite,
    "conversations.join": join,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.setTopic": set_topic,
    "conversations.list": listed,
    "users.conversations": listed,
}
