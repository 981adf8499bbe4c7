"""`reactions.*`, `pins.*`, `bookmarks.*`: what is put on a message or a channel."""

import re

from tests.fakes.slack import wire
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.methods.request import Handler, Request

EMOJI = re.compile(r"[\w+'-]+(::skin-tone-[2-6])?")
# docs.slack.dev/reference/methods/pins.add: a hundred pins in a channel.
PINS = 100


def react(request: Request) -> Json:
    _, message = request.message("timestamp")
    name = request.text("name")
    if not EMOJI.fullmatch(name):
        raise Refused("invalid_name")
    users = message.reactions.setdefault(name, set())
    if request.bot.id in users:
        raise Refused("already_reacted")
    users.add(request.bot.id)
    return {}


def unreact(request: Request) -> Json:
    _, message = request.message("timestamp")
    users = message.reactions.get(request.text("name"), set())
    if request.bot.id not in users:
        raise Refused("no_reaction")
    users.remove(request.bot.id)
    return {}


def pin(request: Request) -> Json:
    channel, message = request.message("timestamp")
    if request.bot.id not in channel.members:
        raise Refused("not_in_channel")
    if message.ts in channel.pins:
        raise Refused("already_pinned")
    if len(channel.pins) == PINS:
        raise Refused("too_many_pins")
    channel.pins.append(message.ts)
    return {}


def unpin(request: Request) -> Json:
    channel, message = request.message("timestamp")
    if message.ts not in channel.pins:
        raise Refused("no_pin")
    channel.pins.remove(message.ts)
    return {}


def pins(request: Request) -> Json:
    channel, origin = request.channel(), request.state.origin
    items = [
        {"type": "message", "message": wire.message(channel.messages[ts], origin)}
        for ts in channel.pins
    ]
    return {"items": items}


def bookmark(request: Request) -> Json:
    channel = request.channel("channel_id")
    if request.text("type") != "link":
        raise Refused("invalid_bookmark_type")
    if not request.text("link"):
        raise Refused("invalid_link")
    told = {
        "id": request.state.new_id("Bk"),
        "channel_id": channel.id,
        **{name: request.text(name) for name in ("title", "link", "emoji", "type")},
    }
    channel.bookmarks.append(told)
    return {"bookmark": told}


def bookmarks(request: Request) -> Json:
    return {"bookmarks": request.channel("channel_id").bookmarks}


METHODS: dict[str, Handler] = {
    "reactions.add": react,
    "reactions.remove": unreact,
    "pins.add": pin,
    "pins.remove": unpin,
    "pins.list": pins,
    "bookmarks.add": bookmark,
    "bookmarks.list": bookmarks,
}
