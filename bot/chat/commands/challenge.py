"""`/challenge` today, show, browse: find something to solve."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.chat.buttons import action
from bot.chat.challenge_view import challenge_reply, stars
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.again import return_due
from bot.chat.commands.focus import challenge_in_hand
from bot.chat.commands.phases import PHASE, phase_choices
from bot.chat.context import Context
from bot.chat.daily_why import another_button, read_date, why_button, why_reply
from bot.chat.reply import Block, Buttons, Heading, Reply, Select, Table, Text
from bot.chat.texts import Texts
from bot.domain.daily import Daily
from bot.services.another import another
from bot.services.browse import Listed, browse
from bot.services.show import show
from bot.services.today import daily_of, today, todays_daily
from challenges.challenge import Challenge

# The most that a select holds on every platform.
BROWSE_ROWS = 25


async def handle_today(context: Context, options: Mapping[str, str]) -> Reply:
    """`view:why` tells why it is this one; a daily's post asks that of itself."""
    if options.get("view") == "why":
        return why_reply(context.texts, context.world, await _asked(context, options))
    shown = await today(context.world, context.member)
    reply = challenge_reply(context.texts, context.world.catalogue, shown)
    more = Buttons((why_button(context.texts), another_button(context.texts)))
    due = await return_due(context, shown.challenge.id)
    return replace(reply, blocks=(*reply.blocks, more, *due))


async def _asked(context: Context, options: Mapping[str, str]) -> Daily:
    phase, on = options.get("phase"), read_date(options.get("on"))
    if phase is None or on is None:
        return await todays_daily(context.world, context.member)
    return await daily_of(context.world, context.member.community, int(phase), on)


async def handle_another(context: Context, _: Mapping[str, str]) -> Reply:
    shown = await another(context.world, context.member)
    reply = challenge_reply(context.texts, context.world.catalogue, shown)
    told = Text(context.texts.line("daily.another"))
    return replace(reply, blocks=(told, *reply.blocks))


async def handle_show(context: Context, options: Mapping[str, str]) -> Reply:
    challenge_id = await challenge_in_hand(context, options)
    shown = await show(context.world, context.member, challenge_id)
    return challenge_reply(context.texts, context.world.catalogue, shown)


async def handle_browse(context: Context, options: Mapping[str, str]) -> Reply:
    text = options.get("text", "")
    # Who searches by words looks everywhere; who does not, in their own phase.
    phase = options.get("phase") or (None if text else str(context.member.phase))
    listed = await browse(
        context.world,
        context.member,
        phase=int(phase) if phase else None,
        text=text,
        language=context.language,
    )
    return Reply(blocks=_listing(context, listed, phase))


def _listing(
    context: Context, listed: Sequence[Listed], phase: str | None
) -> tuple[Block, ...]:
    texts = context.texts
    roadmap = context.world.catalogue.roadmap
    blocks: list[Block] = []
    if phase:
        name = roadmap.phase(int(phase)).name.in_(context.language)
        blocks.append(Heading(texts.line("browse.phase", phase=phase, name=name)))
    else:
        blocks.append(Heading(texts.line("browse.found")))
    if not listed:
        blocks.append(Text(texts.line("browse.nothing")))
    else:
        blocks.append(_table(texts, listed[:BROWSE_ROWS]))
        if len(listed) > BROWSE_ROWS:
            left = len(listed) - BROWSE_ROWS
            blocks.append(Text(texts.line("browse.more", n=left)))
        blocks.append(_open_one(texts, [one.challenge for one in listed]))
    blocks.append(_other_phase(context, phase))
    return tuple(blocks)


def _table(texts: Texts, listed: Sequence[Listed]) -> Table:
    return Table(
        header=(
            texts("browse.column.title"),
            texts("browse.column.difficulty"),
            texts("browse.column.points"),
            texts("browse.column.state"),
        ),
        rows=tuple(
            (
                one.challenge.title.in_(texts.language),
                stars(one.challenge.difficulty),
                str(one.points),
                texts(f"browse.state.{_state(one)}"),
            )
            for one in listed
        ),
        numeric=(2,),
    )


def _state(listed: Listed) -> str:
    if listed.is_solved:
        return "solved"
    return "open" if listed.is_open else "closed"


def _open_one(texts: Texts, challenges: Sequence[Challenge]) -> Select:
    return Select(
        label=texts("browse.open"),
        action=action("challenge", "show"),
        option="challenge",
        choices=tuple(
            (one.id, one.title.in_(texts.language)) for one in challenges[:BROWSE_ROWS]
        ),
    )


def _other_phase(context: Context, phase: str | None) -> Select:
    return Select(
        label=context.texts("browse.choose_phase"),
        action=action("challenge", "browse"),
        option="phase",
        choices=phase_choices(context),
        chosen=phase,
    )


CHALLENGE = Option(name="challenge", kind=OptionKind.CHALLENGE)

COMMANDS = (
    CommandSpec(
        path=("challenge", "today"),
        handler=handle_today,
        options=(
            Option(name="view", kind=OptionKind.CHOICE, choices=("why",)),
            replace(PHASE, is_listed=False),
            Option(name="on", is_listed=False),
        ),
    ),
    CommandSpec(path=("challenge", "show"), handler=handle_show, options=(CHALLENGE,)),
    CommandSpec(
        path=("challenge", "browse"),
        handler=handle_browse,
        options=(
            PHASE,
            Option(name="text"),
        ),
    ),
    CommandSpec(path=("challenge", "another"), handler=handle_another),
)
