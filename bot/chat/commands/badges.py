"""`/badges`: what a member has earned, and what is missing for the next ones."""

from collections.abc import Mapping

from bot.chat.buttons import action, today_button
from bot.chat.command import CommandSpec
from bot.chat.context import Context
from bot.chat.reply import (
    Block,
    Bullets,
    Button,
    Buttons,
    Details,
    Heading,
    Line,
    Reply,
    Text,
    Words,
)
from bot.chat.texts import Texts
from bot.domain.badge import BadgeStanding, closest
from bot.services.badges import read_badges

NEXT_SHOWN = 4


async def handle_badges(context: Context, _: Mapping[str, str]) -> Reply:
    found = await read_badges(context.world, context.member)
    texts = context.texts
    earned = [one for one in found if one.is_earned]
    near = closest(found, limit=NEXT_SHOWN)
    nearest = {one.badge.id for one in near}
    rest = [one for one in found if not one.is_earned and one.badge.id not in nearest]
    blocks: list[Block] = [
        Heading(texts.line("badges.title", earned=len(earned), total=len(found)))
    ]
    if earned:
        blocks.append(Bullets(tuple(_earned(texts, one) for one in earned)))
    else:
        blocks.append(Text(texts.line("badges.none")))
    if near:
        blocks.append(Heading(texts.line("badges.next"), level=3))
        blocks.append(Bullets(tuple(_missing(texts, one) for one in near)))
    if rest:
        lines = tuple(badge_line(texts, one.badge.id) for one in rest)
        blocks.append(Details(texts("badges.rest"), (Bullets(lines),)))
    profile = Button(texts("button.profile"), action("profile"))
    blocks.append(Buttons((today_button(texts), profile)))
    return Reply(blocks=tuple(blocks))


def badge_line(texts: Texts, badge_id: str) -> Line:
    return texts.line(
        "badges.one",
        name=texts(f"badge.{badge_id}.name"),
        about=texts(f"badge.{badge_id}.about"),
    )


def _earned(texts: Texts, one: BadgeStanding) -> Line:
    line = badge_line(texts, one.badge.id)
    if one.earned_on is None:
        return line
    return (*line, Words(f" ({one.earned_on.isoformat()})"))


def _missing(texts: Texts, one: BadgeStanding) -> Line:
    counted = Words(f" ({one.reached}/{one.badge.asked})")
    return (*badge_line(texts, one.badge.id), counted)


COMMANDS = (CommandSpec(path=("badges",), handler=handle_badges),)
