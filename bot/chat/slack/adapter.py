"""Slack as a chat platform of Cordada: what joins its parts.

Socket Mode ──┐                ┌─► commands, interactions ─┐
              ├─► bolt ─► heard┼─► messages ───────────────┼─► router ─► answers ─► api
signed HTTP ──┘                └─► App Home ───────────────┘
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from pydantic import ValidationError

from bot.chat.command import Actor, Place, Platform
from bot.chat.reply import Reply
from bot.chat.slack.answers import SlackAnswers
from bot.chat.slack.api import SlackApi
from bot.chat.slack.heard import (
    HeardFromSlack,
    SlackEvent,
    SlackInteraction,
    SlashCommand,
)
from bot.chat.slack.heard_events import HeardEvents
from bot.chat.slack.home import SlackHome
from bot.chat.slack.interactions import SlackInteractions
from bot.chat.slack.messages import SlackMessages
from bot.chat.slack.modal import objections
from bot.chat.slack.operations import SlackOperations
from bot.chat.slack.organisers import SlackOrganisers
from bot.chat.slack.own_channel import OwnChannel
from bot.chat.slack.people import SlackPeople
from bot.chat.slack.router import SlackRouter
from bot.chat.slack.said import SaidToUs, said_in
from bot.chat.slack.speakers import Speakers
from bot.services.ports.clock import Clock
from bot.services.ports.receipts import Receipts

FoundWorkspace = Callable[[str, str, Actor | None], Awaitable[None]]
"""Of a workspace: id and name, and who installed the bot there, when that is known."""

log = structlog.get_logger(__name__)

T = TypeVar("T", bound=HeardFromSlack)


class SlackChat:
    """Bodies are given to it once they are acknowledged; `settle` waits for answers."""

    platform = Platform.SLACK

    def __init__(
        self,
        router: SlackRouter,
        api: SlackApi,
        *,
        channel_name: str,
        receipts: Receipts,
        now: Clock,
        found: FoundWorkspace | None = None,
    ) -> None:
        """`channel_name`: of the channel in each workspace that news are for.

        `found` is told of each workspace that something comes from.
        """
        self._api = api
        self._found = found
        self._met: set[str] = set()
        self._hearing: set[asyncio.Task[None]] = set()
        channel = OwnChannel(api, channel_name)
        organisers = SlackOrganisers(api)
        api.on_missing_scope = lambda team, error: self._start(
            organisers.tell_scope(team, error)
        )
        self.operations = SlackOperations(
            api, receipts, channel=channel, organisers=organisers, now=now
        )
        self._events = HeardEvents(receipts, now)
        self._answers = SlackAnswers(api, now)
        speakers = Speakers(router, SlackPeople(api, now))
        self._home = SlackHome(router, api, speakers)
        self._messages = SlackMessages(
            router, api, self._answers, speakers=speakers, now=now
        )
        self._interactions = SlackInteractions(
            router,
            api,
            self._answers,
            speakers=speakers,
            messages=self._messages,
            now=now,
        )

    async def deliver(self, place: Place, reply: Reply) -> None:
        """Raises SlackUnavailable."""
        await self._answers.deliver(place, reply)

    def hear_command(self, body: Mapping[str, Any]) -> None:
        if heard := _read(SlashCommand, body):
            self._meet(heard.team_id)
            self._start(self._interactions.hear_command(heard))

    def objections(self, body: Mapping[str, Any]) -> Mapping[str, str]:
        """What keeps a form open, by block: told by the acknowledgement itself."""
        heard = _read(SlackInteraction, body)
        return objections(heard.view) if heard and heard.view else {}

    def hear_interaction(self, body: Mapping[str, Any]) -> None:
        if heard := _read(SlackInteraction, body):
            self._meet(heard.team.id)
            self._start(self._interactions.hear(heard))

    def hear_event(self, body: Mapping[str, Any]) -> None:
        heard = _read(SlackEvent, body)
        if heard is None:
            return
        self._meet(heard.team_id)
        if heard.kind == "app_home_opened":
            # Drawn twice, it is the same page.
            if heard.event.get("tab") == "home":
                self._start(self._home.show(heard))
        elif said := said_in(heard):
            self._start(self._hear_once(heard.event_id, said))

    async def _hear_once(self, event_id: str, said: SaidToUs) -> None:
        if await self._events.is_new(event_id):
            await self._messages.hear(said)

    async def settle(self, most_s: float | None = None) -> None:
        """Until whatever was heard is answered."""
        with suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                while self._hearing:
                    await asyncio.wait(self._hearing)

    def _meet(self, team: str) -> None:
        if self._found is not None and team not in self._met:
            self._met.add(team)
            self._start(self._introduce(team, self._found))

    async def _introduce(self, team: str, found: FoundWorkspace) -> None:
        try:
            await found(team, await self._api.team_name(team), None)
        except Exception:
            # It keeps its id for a name until the next start.
            log.warning("workspace_unknown", team=team, exc_info=True)

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
