"""`/admin reports`: what members told the organisers of a pairing, in confidence."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.reply import (
    Block,
    Button,
    Buttons,
    Heading,
    Moment,
    Reply,
    Text,
    Visibility,
)
from bot.chat.texts import plain
from bot.services.mentor_reports import read_reports, settle_report

REPORTS_SHOWN = 5
"""Each may fill a screen, and each wants to be thought about."""


async def handle_reports(context: Context, options: Mapping[str, str]) -> Reply:
    texts, world, organiser = context.texts, context.world, context.member
    if "settled" in options:
        reports = await settle_report(world, organiser, int(options["settled"]))
    else:
        reports = await read_reports(world, organiser)
    blocks: list[Block] = [Heading(texts.line("mentor.reports.title", len(reports)))]
    for one in reports[:REPORTS_SHOWN]:
        head = texts.line(
            "mentor.reports.head",
            None,
            by=one.by.name,
            about=one.about.name,
            at=Moment(one.report.at),
        )
        settle = action("admin", "reports", settled=str(one.report.id))
        blocks += [
            Text(head),
            Text(plain(one.report.what)),
            Buttons((Button(texts("mentor.reports.settle"), settle),)),
        ]
    if not reports:
        blocks.append(Text(texts.line("mentor.reports.none")))
    return Reply(blocks=tuple(blocks), visibility=Visibility.PERSONAL)


COMMANDS = (
    CommandSpec(
        path=("admin", "reports"),
        handler=handle_reports,
        options=(
            Option(name="settled", kind=OptionKind.INTEGER, minimum=1, is_listed=False),
        ),
        audience=Audience.ORGANISER,
    ),
)
