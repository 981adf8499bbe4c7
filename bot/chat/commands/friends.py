"""`/friends`: whom one follows, to stand beside them on a board of one's own."""

import re
from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind, Platform
from bot.chat.context import Context
from bot.chat.reply import Banner, Bullets, Button, Buttons, Heading, Reply, Text, Tone
from bot.chat.texts import Texts, plain
from bot.domain.member import Member
from bot.services.friends import add_friend, read_friends, remove_friend
from bot.services.leaderboard import Scope

# As platforms write one in a text: <@U1>, <@!1>, <@U1|ana>; and as people do: @ana.
_MENTION = re.compile(r"<@!?(?P<id>[^>|]+)(?:\|[^>]*)?>")


async def handle_add(context: Context, options: Mapping[str, str]) -> Reply:
    friend = await add_friend(context.world, context.member, _named(context, options))
    return _done(context.texts, "friends.added", friend)


async def handle_remove(context: Context, options: Mapping[str, str]) -> Reply:
    friend = await remove_friend(
        context.world, context.member, _named(context, options)
    )
    return _done(context.texts, "friends.removed", friend)


async def handle_list(context: Context, _: Mapping[str, str]) -> Reply:
    texts = context.texts
    friends = await read_friends(context.world, context.member)
    if not friends:
        return Reply(blocks=(Text(texts.line("friends.none")),))
    return Reply(
        blocks=(
            Heading(texts.line("friends.title")),
            Bullets(tuple(plain(friend.name) for friend in friends)),
            Text(texts.line("friends.private")),
            Buttons((_board_button(texts),)),
        )
    )


def _done(texts: Texts, key: str, friend: Member) -> Reply:
    return Reply(
        blocks=(
            Banner(texts.line(key, name=friend.name), Tone.GOOD),
            Buttons((_board_button(texts),)),
        )
    )


def _board_button(texts: Texts) -> Button:
    return Button(texts("friends.board"), action("leaderboard", scope=Scope.FRIENDS))


def _named(context: Context, options: Mapping[str, str]) -> str:
    """The platform's id of whom was meant; on the web a name is one."""
    typed = options["member"].strip()
    mention = _MENTION.fullmatch(typed)
    if mention:
        return mention["id"]
    name = typed.removeprefix("@")
    # There a name is the id, whatever its case; Slack's ids are upper case.
    return name.casefold() if context.place.platform is Platform.WEB else name


_MEMBER = Option(name="member", kind=OptionKind.MEMBER, required=True)

COMMANDS = (
    CommandSpec(path=("friends", "add"), handler=handle_add, options=(_MEMBER,)),
    CommandSpec(path=("friends", "remove"), handler=handle_remove, options=(_MEMBER,)),
    CommandSpec(path=("friends", "list"), handler=handle_list),
)
