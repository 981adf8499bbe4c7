"""Before what organisers set is kept: whether the bot may do it there.

A channel or a role that cannot work is taken out of the change, so that what works now
goes on, and a button tries just that again once it is mended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.chat.buttons import action
from bot.chat.context import Context
from bot.chat.lacks import Lack, LackKind, Need, lack_line
from bot.chat.operations import Channel, Permissions
from bot.chat.reply import (
    Action,
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    Line,
    Named,
    Tone,
)
from bot.services.daily_settings import NO_ROLE, DailyChange, read_dailies

# No platform's id is longer; what is may have been typed, and fits into no button.
MOST_ID = 40


@dataclass(frozen=True, kw_only=True)
class Looked:
    change: DailyChange
    """What can work."""
    told: tuple[Block, ...] = ()


async def look_ahead(
    context: Context, change: DailyChange, *, is_whole: bool = False
) -> Looked:
    """`is_whole`: where no channel is chosen, the one of now is looked at, too.

    Raises what the platform raises: unseen, another community's channel would do.
    """
    permissions = context.permissions
    if permissions is None:
        return Looked(change=change)
    channel, told = await _channel(context, permissions, change, is_whole=is_whole)
    mentions, roles = dict(change.mentions), dict(change.roles)
    for phase, role in change.roles.items():
        if role != NO_ROLE:
            lacks = await permissions.lacking_to_give(_community(context), role)
            if lacks:
                del roles[phase]
                again = action("admin", "roles", **_phase(phase), role=role)
                told += _no_role(context, "admin.lacks.give", role, lacks, again)
    for phase, role in change.mentions.items():
        where = await daily_channel(context, permissions, channel)
        if role != NO_ROLE and where is not None:
            lacks = await permissions.lacking_to_call(where, role)
            if lacks:
                del mentions[phase]
                again = action("admin", "roles", **_phase(phase), mention=role)
                told += _no_role(context, "admin.lacks.call", role, lacks, again)
    works = replace(change, channel=channel, mentions=mentions, roles=roles)
    return Looked(change=works, told=told)


async def _channel(
    context: Context,
    permissions: Permissions,
    change: DailyChange,
    *,
    is_whole: bool,
) -> tuple[str | None, tuple[Block, ...]]:
    """The channel to keep, and what is to be said of it."""
    if change.channel is None and not is_whole:
        return None, ()
    where = await daily_channel(context, permissions, change.channel)
    if where is None:
        line = context.texts.line("admin.lacks.no_channel")
        return None, (Banner(line, Tone.WAITING),)
    lacks = await permissions.lacking_in(where, (Need.DAILIES, Need.PAIRS))
    named = Named("channel", where.id)
    vital = [one for one in lacks if one.need is Need.DAILIES]
    if vital:
        line = context.texts.line("admin.lacks.dailies", channel=named)
        again = action("admin", "channel", channel=where.id)
        return None, told_lacks(context, line, vital, again)
    others = [one for one in lacks if one.need is not Need.DAILIES]
    if others:
        line = context.texts.line("admin.lacks.pairs", channel=named)
        return change.channel, told_lacks(context, line, others)
    return change.channel, ()


async def daily_channel(
    context: Context, permissions: Permissions, channel: str | None
) -> Channel | None:
    """Where dailies go by then."""
    community = context.member.community
    if channel is None:
        channel = (await read_dailies(context.world, community)).settings.channel
    if channel is None:
        return await permissions.own_channel(community.external_id)
    return Channel(community=community.external_id, id=channel)


def _no_role(
    context: Context, key: str, role: str, lacks: Sequence[Lack], again: Action
) -> tuple[Block, ...]:
    line = context.texts.line(key, role=Named("role", role))
    return told_lacks(context, line, lacks, again)


def told_lacks(
    context: Context, line: Line, lacks: Sequence[Lack], again: Action | None = None
) -> tuple[Block, ...]:
    lines = tuple(lack_line(context.texts, one) for one in lacks)
    told: tuple[Block, ...] = (Banner(line, Tone.WAITING), Bullets(lines))
    is_in_vain = any(one.kind in {LackKind.GONE, LackKind.ROLE_GONE} for one in lacks)
    if again is None or is_in_vain:
        return told
    if any(len(value) > MOST_ID for _, value in again.options):
        return told
    return (*told, Buttons((Button(context.texts("admin.lacks.again"), again),)))


def _community(context: Context) -> str:
    return context.member.community.external_id


def _phase(phase: int) -> Mapping[str, str]:
    return {"phase": str(phase)} if phase else {}
