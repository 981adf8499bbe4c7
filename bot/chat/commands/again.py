"""`/challenge again`: what failed and what fades, each in its time."""

from collections.abc import Mapping, Sequence

from bot.chat.buttons import action, show_button, today_button
from bot.chat.command import CommandSpec
from bot.chat.context import Context
from bot.chat.markdown import inline
from bot.chat.reply import (
    Block,
    Bullets,
    Buttons,
    Details,
    Heading,
    Line,
    Reply,
    Select,
    Text,
)
from bot.domain.again import Return
from bot.services.again import read_returns

# A screen, and more than anybody does in a day.
DUE_SHOWN = 10
LATER_SHOWN = 5


async def handle_again(context: Context, _: Mapping[str, str]) -> Reply:
    found = await read_returns(context.world, context.member)
    texts = context.texts
    blocks: list[Block] = [Heading(texts.line("again.title"))]
    if found.due:
        shown = found.due[:DUE_SHOWN]
        blocks.append(Text(texts.line("again.due", n=len(found.due))))
        blocks.append(Bullets(tuple(_due_line(context, one) for one in shown)))
        blocks.append(_open_one(context, shown))
        blocks.append(Text(texts.line("again.counts")))
    else:
        blocks.append(Text(texts.line("again.nothing")))
    later = found.later[:LATER_SHOWN]
    if later:
        lines = tuple(
            texts.line("again.on", on=one.on.isoformat(), title=title_of(context, one))
            for one in later
        )
        blocks.append(Details(texts("again.later"), (Bullets(lines),)))
    blocks.append(Buttons((today_button(texts),)))
    return Reply(blocks=tuple(blocks))


async def return_due(context: Context, todays: str) -> tuple[Block, ...]:
    """The first return that is due, as an offer beside today's challenge."""
    found = await read_returns(context.world, context.member)
    first = next((one for one in found.due if one.challenge_id != todays), None)
    if first is None:
        return ()
    texts, title = context.texts, title_of(context, first)
    return (
        Text(texts.line("again.offer", title=title)),
        Buttons((show_button(texts, first.challenge_id, label=title),)),
    )


def title_of(context: Context, planned: Return) -> str:
    challenge = context.world.catalogue.get(planned.challenge_id)
    return challenge.title.in_(context.language)


def _due_line(context: Context, due: Return) -> Line:
    skill = context.world.catalogue.roadmap.skill(due.skill).name.in_(context.language)
    why = context.texts.line(f"again.why.{due.why}", title=title_of(context, due))
    return (*why, *inline(skill))


def _open_one(context: Context, due: Sequence[Return]) -> Select:
    return Select(
        label=context.texts("browse.open"),
        action=action("challenge", "show"),
        option="challenge",
        choices=tuple((one.challenge_id, title_of(context, one)) for one in due),
    )


COMMANDS = (CommandSpec(path=("challenge", "again"), handler=handle_again),)
