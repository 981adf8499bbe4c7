"""One dispatcher for commands and interactions, all acknowledged before.

    command, button, menu ─► router ─► answer, or a form in a modal
    modal sent            ─► router ─► answer, where the form was asked for
    shortcut of a message ─► its words and files ─► router ─► answer

A form needs a trigger of the last three seconds: when it comes too late, a button that
opens it is the answer.
"""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.chat.action_code import ActionTooLong
from bot.chat.attached import source
from bot.chat.command import Actor, Command, Place
from bot.chat.form_button import form_button
from bot.chat.refusals import fault_reply
from bot.chat.reply import Banner, Form, Reply, Tone
from bot.chat.slack.answers import SlackAnswers, texts_of
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import RefusedBySlack, SlackError, WayClosed
from bot.chat.slack.given import (
    Asked,
    asked_by,
    line_of,
    place_of_command,
    place_of_form,
    place_of_interaction,
)
from bot.chat.slack.heard import HeardView, SlackInteraction, SlashCommand
from bot.chat.slack.manifest import shortcut_called
from bot.chat.slack.messages import JUDGE_MESSAGE, SlackMessages
from bot.chat.slack.modal import filled_in, modal
from bot.chat.slack.router import SlackRouter
from bot.chat.slack.speakers import Speakers
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

Answering = Callable[[Actor, Place], Awaitable[Reply | Form]]


class SlackInteractions:
    def __init__(
        self,
        router: SlackRouter,
        api: SlackApi,
        answers: SlackAnswers,
        *,
        speakers: Speakers,
        messages: SlackMessages,
        now: Clock,
    ) -> None:
        self._router = router
        self._api = api
        self._answers = answers
        self._speakers = speakers
        self._messages = messages
        self._now = now

    async def hear_command(self, command: SlashCommand) -> None:
        """Never raises: whoever asked is told, and what is ours is logged."""

        async def answer(actor: Actor, place: Place) -> Reply | Form:
            return await self._router.run_line(actor, place, line_of(command))

        place = place_of_command(command, self._at())
        await self._guarded(place, answer, command.user_name)

    async def hear(self, interaction: SlackInteraction) -> None:
        """Never raises, as `hear_command`."""
        place = place_of_interaction(interaction, self._at())
        name = interaction.user.name
        match interaction.type:
            case "view_submission" if interaction.view is not None:
                await self._hear_form(interaction, interaction.view)
            case "message_action":
                await self._guarded(place, self._shortcut(interaction), name)
            case _:
                for pressed in interaction.actions:
                    await self._guarded(place, self._press(asked_by(pressed)), name)

    async def _hear_form(self, interaction: SlackInteraction, view: HeardView) -> None:
        filled = filled_in(view, interaction.team.id)
        fetch = partial(self._api.download, interaction.team.id)

        async def answer(actor: Actor, place: Place) -> Reply | Form:
            fetched = {
                name: await source(one, fetch) for name, one in filled.files.items()
            }
            options = {**filled.options, **fetched}
            asked = Asked(path=filled.path, options=options)
            return await self._run(actor, place, asked)

        place = place_of_form(interaction, filled.place, self._at())
        await self._guarded(place, answer, interaction.user.name)

    def _press(self, asked: Asked) -> Answering:
        async def answer(actor: Actor, place: Place) -> Reply | Form:
            if asked.path == JUDGE_MESSAGE:
                ts = asked.options["message"]
                return await self._messages.judge(actor, place, ts)
            return await self._run(actor, place, asked)

        return answer

    def _shortcut(self, interaction: SlackInteraction) -> Answering:
        spec = shortcut_called(interaction.callback_id, self._router.table)
        found = interaction.message

        async def answer(actor: Actor, place: Place) -> Reply | Form:
            if spec is None or found is None:
                line = texts_of(place).line("platform.message_gone")
                return Reply(blocks=(Banner(line, Tone.WAITING),))
            return await self._messages.read_as(actor, place, found, spec.path)

        return answer

    async def _run(self, actor: Actor, place: Place, asked: Asked) -> Reply | Form:
        return await self._router.run(
            Command(actor=actor, place=place, path=asked.path, options=asked.options)
        )

    async def _guarded(self, place: Place, answering: Answering, name: str) -> None:
        try:
            actor, place = await self._speakers.meet(place, name)
            reply = await self._kindly(actor, place, answering)
            if isinstance(reply, Form):
                await self._open(place, reply)
            else:
                await self._answers.first(place, reply)
        except SlackError:
            log.warning("interaction_unanswered", team=place.community, exc_info=True)
        except Exception:
            log.exception("interaction_failed", team=place.community)

    async def _kindly(
        self, actor: Actor, place: Place, answering: Answering
    ) -> Reply | Form:
        try:
            return await answering(actor, place)
        except Exception:
            # The router answers for itself; this is what we do around it.
            log.exception("answer_failed", platform="slack")
            return fault_reply(texts_of(place))

    async def _open(self, place: Place, form: Form) -> None:
        texts = texts_of(place)
        try:
            await self._answers.open(place, modal(form, texts, place))
        except (ActionTooLong, RefusedBySlack):
            log.exception("form_refused")
            await self._answers.first(place, fault_reply(texts))
        except WayClosed:
            await self._answers.first(place, form_button(form.action, texts))

    def _at(self) -> str:
        return self._now().isoformat()
