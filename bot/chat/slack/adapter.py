"""Slack as a chat platform of Cordada: what joins its parts.

Socket Mode ──┐                ┌─► commands, interactions ─┐
              ├─► bolt ─► heard┼─► messages ───────────────┼─► router ─► answers ─► api
signed HTTP ──┘                └─► App Home ───────────────┘
"""

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from pydantic import ValidationError

from bot.chat.command import Place, Platform
from bot.chat.reply import Reply
from bot.chat.slack.answers import SlackAnswers
from bot.chat.slack.api import SlackApi
from bot.chat.slack.heard import HeardFromSlack, SlackInteraction, SlashCommand
from bot.chat.slack.interactions import SlackInteractions
from bot.chat.slack.people import SlackPeople
from bot.chat.slack.router import SlackRouter
from bot.domain.member import Community
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

T = TypeVar("T", bound=HeardFromSlack)


class SlackChat:
    """Bodies are given to it once they are acknowledged; `settle` waits for answers."""

    platform = Platform.SLACK

    def __init__(self, router: SlackRouter, api: SlackApi, *, now: Clock) -> None:
        self._hearing: set[asyncio.Task[None]] = set()
        self._answers = SlackAnswers(api, now)
        people = SlackPeople(api, now)
        self._interactions = SlackInteractions(router, self._answers, people, now)

    async def deliver(self, place: Place, reply: Reply) -> None:
        """Raises SlackUnavailable."""
        await self._answers.deliver(place, reply)

    async def post(self, community: Community, reply: Reply) -> None:
        """Soon, and never raises."""

    def hear_command(self, body: Mapping[str, Any]) -> None:
        if heard := _read(SlashCommand, body):
            self._start(self._interactions.hear_command(heard))

    def hear_interaction(self, body: Mapping[str, Any]) -> None:
        if heard := _read(SlackInteraction, body):
            self._start(self._interactions.hear(heard))

    def hear_event(self, body: Mapping[str, Any]) -> None:
        pass

    async def settle(self, most_s: float | None = None) -> None:
        """Until whatever was heard is answered."""
        with suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                while self._hearing:
                    await asyncio.wait(self._hearing)

    def _start(self, hearing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(hearing)
        # The loop itself keeps no task alive.
        self._hearing.add(task)
        task.add_done_callback(self._hearing.discard)


def _read(model: type[T], body: Mapping[str, Any]) -> T | None:
    """None for what has a shape that nobody knew: it must not end the connection."""
    try:
        return model.model_validate(body)
    except ValidationError:
        log.exception("body_unknown", model=model.__name__)
        return None
