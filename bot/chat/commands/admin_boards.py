"""`/admin boards`: who may read them on the web, and whether the channel shows one."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.commands.look_ahead import daily_channel, told_lacks
from bot.chat.context import Context
from bot.chat.lacks import Need
from bot.chat.pages.links import page_path
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    Fields,
    Link,
    Named,
    Reply,
    Text,
    Tone,
)
from bot.services.board_posts import is_shown, set_shown
from bot.services.open_boards import find_open, set_open

EVERYBODY, MEMBERS = "everybody", "members"
ON, OFF = "on", "off"


async def handle_boards(context: Context, options: Mapping[str, str]) -> Reply:
    """With nothing, tells how it is."""
    texts, community = context.texts, context.member.community
    readers = options.get("readers")
    if readers is None:
        is_open = await find_open(context.world, community.id) is not None
    else:
        is_open = readers == EVERYBODY
        await set_open(context.world, context.member, is_open=is_open)
    state = texts.line("open_boards.everybody" if is_open else "open_boards.members")
    blocks: list[Block] = [Banner(state, Tone.GOOD if readers else Tone.NEUTRAL)]
    if context.pages is not None:
        url = context.pages + page_path(community.id, "boards")
        blocks.append(Fields(((texts("open_boards.at"), (Link(url, url),)),)))
    shown = await _in_channel(context, options)
    blocks.extend(await _lacking(context, options))
    blocks.append(
        Text(texts.line("board_post.on" if shown else "board_post.off")),
    )
    other = MEMBERS if is_open else EVERYBODY
    label = texts("open_boards.to_members" if is_open else "open_boards.to_everybody")
    change = Button(label, action("admin", "boards", readers=other))
    show = Button(
        texts("board_post.turn_off" if shown else "board_post.turn_on"),
        action("admin", "boards", channel=OFF if shown else ON),
    )
    return Reply(blocks=(*blocks, Buttons((change, show))))


async def _in_channel(context: Context, options: Mapping[str, str]) -> bool:
    wanted = options.get("channel")
    if wanted is None:
        return await is_shown(context.world, context.member.community)
    await set_shown(context.world, context.member, is_shown=wanted == ON)
    return wanted == ON


async def _lacking(context: Context, options: Mapping[str, str]) -> tuple[Block, ...]:
    """What keeps the board from the channel, when it is to be shown there."""
    if options.get("channel") != ON or context.permissions is None:
        return ()
    where = await daily_channel(context, context.permissions, None)
    if where is None:
        return (Banner(context.texts.line("admin.lacks.no_channel"), Tone.WAITING),)
    needs = (Need.DAILIES, Need.PINNING)
    lacks = await context.permissions.lacking_in(where, needs)
    named = Named("channel", where.id)
    line = context.texts.line("admin.lacks.board", channel=named)
    return told_lacks(context, line, lacks) if lacks else ()


COMMANDS = (
    CommandSpec(
        path=("admin", "boards"),
        handler=handle_boards,
        options=(
            Option(
                name="readers", kind=OptionKind.CHOICE, choices=(MEMBERS, EVERYBODY)
            ),
            Option(name="channel", kind=OptionKind.CHOICE, choices=(ON, OFF)),
        ),
        audience=Audience.ORGANISER,
    ),
)
