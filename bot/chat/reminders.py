"""Remind who asked for it, one after another, each once a day."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.chat.buttons import action, today_button
from bot.chat.language import language_for
from bot.chat.operations import PrivateMessages
from bot.chat.reply import Button, Buttons, Moment, Reply, Text
from bot.chat.texts import Texts, texts_in
from bot.services.remind import (
    Reminder,
    claim_reminder,
    due_reminders,
    stop_reminding,
)
from bot.services.world import World

# Platforms take who writes to many people at once for a sender of spam.
BETWEEN_TWO_S = 1.0

Pause = Callable[[float], Awaitable[object]]

log = structlog.get_logger(__name__)


class Reminding:
    def __init__(
        self,
        world: World,
        platforms: Mapping[str, PrivateMessages],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._world = world
        self._platforms = platforms
        self._pause = pause

    async def __call__(self) -> None:
        """Raises what the database does. Who cannot be told now is not told today."""
        for reminder in await due_reminders(self._world):
            platform = self._platforms.get(reminder.member.community.platform)
            if platform is None or not await claim_reminder(self._world, reminder):
                continue
            texts = texts_in(language_for(reminder.member))
            try:
                is_told = await platform.tell(
                    reminder.external_id,
                    reminder_reply(texts, reminder),
                    language=texts.language,
                )
            except Exception:
                log.warning("reminder_failed", exc_info=True)
                continue
            if not is_told:
                await stop_reminding(self._world, reminder.member)
            await self._pause(BETWEEN_TWO_S)


def reminder_reply(texts: Texts, reminder: Reminder) -> Reply:
    ends_at = Moment(reminder.ends_at)
    if reminder.streak:
        line = texts.line("reminder.streak", n=reminder.streak, at=ends_at)
    else:
        line = texts.line("reminder.daily", at=ends_at)
    stop = Button(texts("reminder.stop"), action("settings", reminder="off"))
    return Reply(blocks=(Text(line), Buttons((today_button(texts), stop))))
