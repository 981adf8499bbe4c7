"""`/admin boards`: who may read the community's boards on the web."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.pages.links import page_path
from bot.chat.reply import Banner, Block, Button, Buttons, Fields, Link, Reply, Tone
from bot.services.open_boards import find_open, set_open

EVERYBODY, MEMBERS = "everybody", "members"


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
    other = MEMBERS if is_open else EVERYBODY
    label = texts("open_boards.to_members" if is_open else "open_boards.to_everybody")
    change = Button(label, action("admin", "boards", readers=other))
    return Reply(blocks=(*blocks, Buttons((change,))))


COMMANDS = (
    CommandSpec(
        path=("admin", "boards"),
        handler=handle_boards,
        options=(
            Option(
                name="readers", kind=OptionKind.CHOICE, choices=(MEMBERS, EVERYBODY)
            ),
        ),
        audience=Audience.ORGANISER,
    ),
)
