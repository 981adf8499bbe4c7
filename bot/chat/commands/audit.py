"""`/admin audit`: what organisers did, for organisers."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.reply import (
    Bullets,
    Button,
    Buttons,
    Heading,
    Line,
    Moment,
    Reply,
    SpanStyle,
    Text,
    Words,
)
from bot.services.ports.audit import Audited
from bot.services.read_audit import read_audit


async def handle_audit(context: Context, options: Mapping[str, str]) -> Reply:
    before = int(options["before"]) if "before" in options else None
    page = await read_audit(context.world, context.member, before=before)
    texts = context.texts
    heading = Heading(texts.line("audit.title"))
    if not page.entries:
        key = "audit.empty" if before is None else "audit.no_more"
        return Reply(blocks=(heading, Text(texts.line(key))))
    items = Bullets(tuple(_item(context, one) for one in page.entries))
    if page.older is None:
        return Reply(blocks=(heading, items))
    older = Button(
        texts("audit.older"), action("admin", "audit", before=str(page.older))
    )
    return Reply(blocks=(heading, items, Buttons((older,))))


def _item(context: Context, audited: Audited) -> Line:
    texts, entry = context.texts, audited.entry
    gone = texts("audit.gone")
    sentence = texts.line(
        f"audit.act.{entry.act}",
        None,
        **entry.facts,
        subject=audited.subject_name or gone,
    )
    reason = (Words(f" — {entry.reason}", SpanStyle.EMPHASIS),) if entry.reason else ()
    actor = Words(audited.actor_name or gone, SpanStyle.STRONG)
    return (Moment(entry.at), Words(" · "), actor, Words(" "), *sentence, *reason)


COMMANDS = (
    CommandSpec(
        path=("admin", "audit"),
        handler=handle_audit,
        options=(
            Option(
                name="before",
                kind=OptionKind.INTEGER,
                minimum=1,
                # What the parser takes: eighteen digits.
                maximum=10**18 - 1,
                is_listed=False,
            ),
        ),
        audience=Audience.ORGANISER,
    ),
)
