"""`chat.*`: posting, changing, deleting."""

from tests.fakes.slack import posting, wire
from tests.fakes.slack.buckets import POSTS_AT_ONCE, POSTS_PER_S
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.methods.request import Handler, Request
from tests.fakes.slack.outgoing import check_message, check_unfurling, content
from tests.fakes.slack.world import Channel, Message


def post_message(request: Request) -> Json:
    channel = _destination(request)
    key = f"chat.postMessage {channel.id}"
    request.state.buckets.take(key, size=POSTS_AT_ONCE, per_s=POSTS_PER_S)
    check_message(request.state, request.method.name, request.arguments)
    check_unfurling(request.state, request.method.name, request.arguments)
    text, blocks = content(request.arguments)
    message = posting.post(
        request.state,
        channel,
        request.bot,
        text=text,
        blocks=blocks,
        thread_ts=_thread(request, channel),
        metadata=request.arguments.get("metadata"),
    )
    told = wire.message(message, request.state.origin)
    return {"channel": channel.id, "ts": message.ts, "message": told}


def post_ephemeral(request: Request) -> Json:
    channel, account = request.joined_channel(), request.account()
    if account.id not in channel.members:
        raise Refused("user_not_in_channel")
    check_message(request.state, request.method.name, request.arguments)
    text, blocks = content(request.arguments)
    message = posting.post(
        request.state,
        channel,
        request.bot,
        text=text,
        blocks=blocks,
        thread_ts=_thread(request, channel),
        only_for=account,
    )
    return {"message_ts": message.ts}


def update(request: Request) -> Json:
    channel, message = _own(request, "cant_update_message")
    text, blocks = content(request.arguments)
    check_message(request.state, request.method.name, request.arguments)
    if message.blocks and not {"blocks", "markdown_text"} & request.arguments.keys():
        # The reference has said both, that they stay and that they go.
        request.state.violate("blocks_not_said", request.method.name)
    posting.change(request.state, message, text=text, blocks=blocks)
    told = wire.message(message, request.state.origin)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": told}


def delete(request: Request) -> Json:
    channel, message = _own(request, "cant_delete_message")
    posting.delete(request.state, message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(request: Request) -> Json:
    channel, message = request.message("message_ts")
    place = f"{request.workspace.domain}.slack.com/archives/{channel.id}"
    link = f"https://{place}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _destination(request: Request) -> Channel:
    """A user's id stands for the conversation with them."""
    name = request.text("channel")
    if name.startswith("U"):
        account = request.account("channel")
        channel = request.state.direct(request.workspace, account)
    else:
        channel = request.channel()
    if channel.kind == "im" and not request.state.application.messages_tab:
        raise Refused("messages_tab_disabled")
    if channel.archived:
        raise Refused("is_archived")
    public = channel.kind == "channels" and "chat:write.public" in request.token.scopes
    if request.bot.id not in channel.members and not public:
        raise Refused("not_in_channel")
    return channel


def _thread(request: Request, channel: Channel) -> str | None:
    ts = request.text("thread_ts")
    if not ts:
        return None
    if ts not in channel.messages or channel.messages[ts].only_for:
        raise Refused("cannot_reply_to_message")
    parent = channel.messages[ts]
    return parent.thread_ts or parent.ts


def _own(request: Request, error: str) -> tuple[Channel, Message]:
    channel, message = request.message("ts")
    if message.author is not request.bot:
        raise Refused(error)
    return channel, message


METHODS: dict[str, Handler] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
}
