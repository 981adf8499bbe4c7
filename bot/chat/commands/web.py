"""`/web`: the community's pages, with a link that signs in."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.pages.links import PAGES
from bot.chat.pages.way_in import way_in
from bot.chat.reply import (
    Banner,
    Button,
    Buttons,
    Heading,
    Line,
    Link,
    Reply,
    Text,
    Tone,
    Visibility,
)
from bot.services.errors import Refused
from bot.services.sign_in import LINK_LASTS, sign_out_everywhere

LINK_MINUTES = int(LINK_LASTS.total_seconds()) // 60


async def handle_web(context: Context, options: Mapping[str, str]) -> Reply:
    """Raises Refused(no_pages)."""
    texts = context.texts
    if context.pages is None:
        raise Refused("no_pages")
    if options.get("page") == "sign_out":
        await sign_out_everywhere(context.world, context.member)
        signed_out = Banner(texts.line("web_pages.signed_out"), Tone.GOOD)
        return Reply(blocks=(signed_out,))
    page = options.get("page", "boards")
    url = context.pages + await way_in(context.world, context.member, page)
    link: Line = (Link(texts("web_pages.open"), url),)
    return Reply(
        blocks=(
            Heading(texts.line("web_pages.title")),
            Text(link),
            Text(texts.line("web_pages.once", minutes=LINK_MINUTES)),
            Buttons(
                (Button(texts("web_pages.sign_out"), action("web", page="sign_out")),)
            ),
        ),
        # Who has it is signed in as the member.
        visibility=Visibility.PERSONAL,
    )


COMMANDS = (
    CommandSpec(
        path=("web",),
        handler=handle_web,
        options=(
            Option(name="page", kind=OptionKind.CHOICE, choices=(*PAGES, "sign_out")),
        ),
    ),
)
