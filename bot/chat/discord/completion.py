"""What Discord offers for an option that is being typed."""

import structlog

from bot.chat.answer_form import shortened
from bot.chat.command import Command
from bot.chat.discord.api import Api
from bot.chat.discord.given import actor_of, half_typed, place_of
from bot.chat.discord.heard import Interaction
from bot.chat.discord.payload import CHOICES, answer
from bot.chat.discord.render import CHOICE_LENGTH, CHOICES_IN_SELECT
from bot.chat.discord.router import DiscordRouter, Home, at_home

log = structlog.get_logger(__name__)


async def complete(
    router: DiscordRouter, api: Api, home: Home, interaction: Interaction
) -> None:
    choices = await _choices(router, home, interaction)
    offered = [
        {"name": shortened(label, CHOICE_LENGTH), "value": value}
        for value, label in choices[:CHOICES_IN_SELECT]
        if label.strip() and len(value) <= CHOICE_LENGTH
    ]
    shown = answer(CHOICES, {"choices": offered})
    await api.answer(interaction.id, interaction.token, shown)


async def _choices(
    router: DiscordRouter, home: Home, interaction: Interaction
) -> list[tuple[str, str]]:
    half = half_typed(interaction, router.table)
    if half is None:
        return []
    asked, option, typed = half
    try:
        command = Command(
            actor=actor_of(interaction),
            place=await at_home(home, place_of(interaction)),
            path=asked.path,
            options=asked.options,
        )
        return list(await router.complete(command, option, typed))
    except Exception:
        # An empty list says less than a broken one, and typing goes on.
        log.exception("completion_failed", platform="discord")
        return []
