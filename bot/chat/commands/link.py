"""`/link`: one person's accounts on several platforms."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    ButtonStyle,
    Fields,
    Heading,
    Line,
    Moment,
    Reply,
    SpanStyle,
    Text,
    Tone,
    Visibility,
)
from bot.chat.texts import Texts, plain
from bot.domain.member import Member
from bot.services.link import Linked, link, links_of, make_code, unlink, whose_code


async def handle_code(context: Context, _: Mapping[str, str]) -> Reply:
    code = await make_code(context.world, context.member)
    texts = context.texts
    facts = (
        (texts("link.code"), plain(code.text, SpanStyle.CODE)),
        (texts("link.until"), (Moment(code.ends_at),)),
    )
    blocks: tuple[Block, ...] = (
        Heading(texts.line("link.title")),
        Fields(facts),
        Text(texts.line("link.how", code=code.text)),
        Text(texts.line("link.yours_alone")),
    )
    return Reply(blocks=blocks, visibility=Visibility.PRIVATE)


async def handle_enter(context: Context, options: Mapping[str, str]) -> Reply:
    """First it says whose code it is; the button then links."""
    code = options["code"]
    texts = context.texts
    if options.get("confirm") != "true":
        other = await whose_code(context.world, context.member, code)
        yes = Button(
            texts("link.yes"),
            action("link", "enter", code=code[:16], confirm="true"),
            ButtonStyle.DANGER,
        )
        blocks: tuple[Block, ...] = (
            Banner(texts.line("link.whose", None, **_side(texts, other)), Tone.WAITING),
            Text(texts.line("link.what_it_means")),
            Buttons((yes,)),
        )
        return Reply(blocks=blocks, visibility=Visibility.PRIVATE)
    linked = await link(context.world, context.member, code)
    done = texts.line("link.done", None, **_side(texts, linked.one))
    holds = texts.line("link.settings", None, **_side(texts, linked.settings_of))
    return Reply(
        blocks=(
            Banner(done, Tone.GOOD),
            Text(holds),
            Text(texts.line("link.undo_hint")),
        )
    )


async def handle_undo(context: Context, options: Mapping[str, str]) -> Reply:
    texts = context.texts
    if "link" in options:
        undone = await unlink(context.world, context.member, int(options["link"]))
        return Reply(blocks=(Banner(_both(texts, "link.undone", undone), Tone.GOOD),))
    links = await links_of(context.world, context.member)
    if not links:
        return Reply(blocks=(Text(texts.line("link.none")),))
    blocks: list[Block] = [Heading(texts.line("link.linked"))]
    for one in links:
        undo = Button(
            texts("link.undo"),
            action("link", "undo", link=str(one.id)),
            ButtonStyle.DANGER,
        )
        blocks += [Text(_both(texts, "link.pair", one)), Buttons((undo,))]
    blocks.append(Text(texts.line("link.what_undoing_means")))
    return Reply(blocks=tuple(blocks))


def _side(texts: Texts, member: Member) -> Mapping[str, str]:
    return {
        "name": member.name,
        "platform": texts(f"platform.{member.community.platform}"),
        "community": member.community.name,
    }


def _both(texts: Texts, key: str, linked: Linked) -> Line:
    other = {f"other_{name}": one for name, one in _side(texts, linked.other).items()}
    return texts.line(key, None, **_side(texts, linked.one), **other)


COMMANDS = (
    CommandSpec(path=("link", "code"), handler=handle_code),
    CommandSpec(
        path=("link", "enter"),
        handler=handle_enter,
        options=(
            Option(name="code", required=True),
            Option(name="confirm", kind=OptionKind.BOOLEAN, is_listed=False),
        ),
    ),
    CommandSpec(
        path=("link", "undo"),
        handler=handle_undo,
        options=(
            Option(
                name="link",
                kind=OptionKind.INTEGER,
                minimum=1,
                maximum=10**18 - 1,
                is_listed=False,
            ),
        ),
    ),
)
