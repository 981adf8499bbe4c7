"""One dispatcher for commands and interactions, all acknowledged before.

command, button ─► router ─► answer by the response URL
"""

from collections.abc import Awaitable, Callable

import structlog

from bot.chat.command import Actor, Command, Place
from bot.chat.refusals import fault_reply
from bot.chat.reply import Form, Reply
from bot.chat.slack.answers import SlackAnswers, texts_of
from bot.chat.slack.errors import SlackError
from bot.chat.slack.given import (
    asked_by,
    line_of,
    place_of_command,
    place_of_interaction,
)
from bot.chat.slack.heard import SlackInteraction, SlashCommand
from bot.chat.slack.people import SlackPeople
from bot.chat.slack.router import SlackRouter
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

Answering = Callable[[Actor], Awaitable[Reply | Form]]


class SlackInteractions:
    def __init__(
        self,
        router: SlackRouter,
        answers: SlackAnswers,
        people: SlackPeople,
        now: Clock,
    ) -> None:
        self._router = router
        self._answers = answers
        self._people = people
        self._now = now

    async def hear_command(self, command: SlashCommand) -> None:
        """Never raises: whoever asked is told, and what is ours is logged."""
        place = place_of_command(command, self._now().isoformat())

        async def answer(actor: Actor) -> Reply | Form:
            return await self._router.run_line(actor, place, line_of(command))

        await self._guarded(place, command.user_name, answer)

    async def hear(self, interaction: SlackInteraction) -> None:
        """Never raises, as `hear_command`."""
        place = place_of_interaction(interaction, self._now().isoformat())
        for pressed in interaction.actions:
            asked = asked_by(pressed)

            async def answer(actor: Actor) -> Reply | Form:
                return await self._router.run(
                    Command(
                        actor=actor,
                        place=place,
                        path=asked.path,  # noqa: B023 - awaited within the turn
                        options=asked.options,  # noqa: B023 - as the path
                    )
                )

            await self._guarded(place, interaction.user.name, answer)

    async def _guarded(self, place: Place, name: str, answering: Answering) -> None:
        try:
            await self._answer(place, name, answering)
        except SlackError:
            log.warning("interaction_unanswered", team=place.community, exc_info=True)
        except Exception:
            log.exception("interaction_failed", team=place.community)

    async def _answer(self, place: Place, name: str, answering: Answering) -> None:
        actor = await self._people.actor(place.community, place.detail["user"], name)
        try:
            reply = await answering(actor)
        except Exception:
            # The router answers for itself; this is what we do around it.
            log.exception("answer_failed", platform="slack")
            reply = fault_reply(texts_of(place))
        if isinstance(reply, Reply):
            await self._answers.first(place, reply)
