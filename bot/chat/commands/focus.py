"""Which challenge is meant when nobody says."""

from collections.abc import Mapping

from bot.chat.context import Context
from bot.services.errors import Refused
from bot.services.today import today
from challenges.challenge import SOLUTION_FILE


async def challenge_in_hand(context: Context, options: Mapping[str, str]) -> str:
    """The one named, else the one last shown to the member, else today's."""
    named = options.get("challenge")
    if named:
        return named
    focus = context.member.focus
    if focus is not None and context.world.catalogue.has(focus):
        return focus
    return (await today(context.world, context.member)).challenge.id


async def file_in_hand(context: Context) -> str:
    """What the challenge in hand takes; Python where there is none."""
    try:
        challenge_id = await challenge_in_hand(context, {})
    except Refused:
        return SOLUTION_FILE
    return context.world.catalogue.get(challenge_id).file
