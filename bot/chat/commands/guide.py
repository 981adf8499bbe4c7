"""`/help`: what one can type, from the command table itself."""

from collections.abc import Mapping

from bot.chat.buttons import today_button
from bot.chat.command import Audience, CommandSpec
from bot.chat.context import Context
from bot.chat.names import command_line
from bot.chat.reply import (
    Bullets,
    Buttons,
    Heading,
    Line,
    Reply,
    SpanStyle,
    Text,
    Words,
)


async def handle_help(context: Context, _: Mapping[str, str]) -> Reply:
    texts = context.texts
    return Reply(
        blocks=(
            Heading(texts.line("help.title"), level=1),
            Text(texts.line("help.intro")),
            Bullets(
                tuple(
                    _help_line(context, spec)
                    for spec in context.table
                    if spec.is_listed and _may(context, spec)
                )
            ),
            Text(texts.line("help.code")),
            Buttons((today_button(texts),)),
        )
    )


def _may(context: Context, spec: CommandSpec) -> bool:
    return spec.audience is Audience.MEMBER or context.actor.is_organiser


def _help_line(context: Context, spec: CommandSpec) -> Line:
    about = context.texts(f"{spec.key}.about")
    return (
        Words(command_line(context.texts, spec), SpanStyle.CODE),
        Words(f" {about}"),
    )


COMMANDS = (CommandSpec(path=("help",), handler=handle_help),)
