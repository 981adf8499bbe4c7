"""`/streak`: how many days in a row, and why."""

from collections.abc import Mapping
from datetime import date

from bot.chat.buttons import today_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.pictures.drawings import draw_streak
from bot.chat.pictures.pictured import VIEW, pictured
from bot.chat.reply import (
    Block,
    Bullets,
    Buttons,
    Details,
    Fields,
    Heading,
    Line,
    Reply,
    Text,
)
from bot.chat.texts import Texts, plain
from bot.domain.streak import MOST_FREEZES, Day, DayState, Streak
from bot.services.streaks import read_streak

# Two weeks explain a streak on one screen.
DAYS_SHOWN = 14


async def handle_streak(context: Context, options: Mapping[str, str]) -> Reply:
    streak = await read_streak(context.world, context.member)
    texts = context.texts
    blocks: list[Block] = [
        Heading(texts.line("streak.title", n=streak.current)),
        Text(streak_advice(texts, streak, context.world.today_of(context.member))),
        Fields(
            (
                (
                    texts("streak.longest"),
                    texts.line("streak.days", n=streak.longest),
                ),
                (texts("streak.freezes"), plain(str(streak.freezes))),
                *_next_freeze(texts, streak),
            )
        ),
    ]
    days = tuple(_day_line(texts, day) for day in streak.days[-DAYS_SHOWN:])
    if days and options.get("view") == "why":
        blocks += [Bullets(days), Text(texts.line("streak.rules"))]
    elif days:
        blocks.append(Details(texts("streak.day_by_day"), (Bullets(days),)))
    blocks.append(Buttons((today_button(texts),)))
    return Reply(blocks=tuple(blocks))


def _next_freeze(texts: Texts, streak: Streak) -> tuple[tuple[str, Line], ...]:
    if streak.freezes == MOST_FREEZES:
        return ()
    days = texts.line("streak.days", n=streak.days_to_freeze)
    return ((texts("streak.next_freeze"), days),)


def streak_advice(texts: Texts, streak: Streak, today: date) -> Line:
    if not streak.days:
        return texts.line("streak.none")
    state = next((day.state for day in streak.days if day.on == today), None)
    if state is DayState.SOLVED:
        return texts.line("streak.safe")
    if state is DayState.REST and streak.current:
        return texts.line("streak.rest")
    return texts.line("streak.open" if streak.current else "streak.again")


def _day_line(texts: Texts, day: Day) -> Line:
    key = "streak.day.solved_freeze" if day.freeze_earned else f"streak.day.{day.state}"
    return texts.line(key, on=day.on.isoformat(), current=day.current)


COMMANDS = (
    CommandSpec(
        path=("streak",),
        handler=pictured(("streak",), handle_streak, draw_streak),
        options=(Option(name="view", kind=OptionKind.CHOICE, choices=("why", VIEW)),),
    ),
)
