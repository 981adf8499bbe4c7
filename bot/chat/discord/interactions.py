"""One dispatcher for interactions, whether the gateway brought them or HTTP.

    acknowledge at once ─► router ─► edit the answer in
    a form follows      ─► router ─► modal            it may not follow a "thinking…"
                              └─ slow? acknowledge, and a button that opens the form

Discord wants its first answer within three seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.chat.action_code import ActionTooLong
from bot.chat.attached import contents, source
from bot.chat.command import Command, Message, Path, Place
from bot.chat.discord.answers import DiscordAnswers, drawn, texts_of
from bot.chat.discord.api import Api
from bot.chat.discord.completion import complete
from bot.chat.discord.errors import DiscordError, RefusedByDiscord
from bot.chat.discord.given import Given, actor_of, given, place_of
from bot.chat.discord.heard import (
    CommandKind,
    DiscordMessage,
    Interaction,
    InteractionKind,
)
from bot.chat.discord.messages import JUDGE_MESSAGE
from bot.chat.discord.modal import modal
from bot.chat.discord.payload import MESSAGE, MODAL, answer, deferral, message
from bot.chat.discord.registration import menu_called
from bot.chat.discord.router import DiscordRouter, Home, at_home
from bot.chat.form_button import form_button
from bot.chat.names import spec_of
from bot.chat.refusals import fault_reply
from bot.chat.reply import (
    Action,
    Banner,
    Form,
    Reply,
    Tone,
)
from bot.chat.texts import Texts
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

# Of Discord's three seconds: the way there and back takes its part.
FORM_WITHIN_S = 1.8

Answering = Callable[[], Awaitable[Reply | Form]]


class Interactions:
    def __init__(
        self,
        router: DiscordRouter,
        api: Api,
        answers: DiscordAnswers,
        home: Home,
        now: Clock,
    ) -> None:
        self._router = router
        self._api = api
        self._answers = answers
        self._home = home
        self._now = now

    async def hear(self, interaction: Interaction) -> None:
        """Never raises: whoever asked is told, and what is ours is logged."""
        try:
            await self._answer(interaction)
        except DiscordError:
            # Too late, or Discord is away: nobody is there to be told.
            log.warning("interaction_unanswered", kind=interaction.type, exc_info=True)
        except Exception:
            log.exception("interaction_failed", kind=interaction.type)

    async def _answer(self, interaction: Interaction) -> None:
        place = place_of(interaction, self._now().isoformat())
        if interaction.type == InteractionKind.AUTOCOMPLETE:
            await complete(self._router, self._api, self._home, interaction)
            return
        if interaction.data.type == CommandKind.MESSAGE_MENU:
            await self._thinking(interaction, place, self._menu(interaction, place))
            return
        asked = given(interaction, self._router.table)
        if asked.path == JUDGE_MESSAGE:
            await self._thinking(interaction, place, self._again(interaction, place))
        elif self._opens_form(interaction, asked):
            await self._maybe_form(interaction, place, asked)
        else:
            run = self._run(interaction, place, asked)
            await self._thinking(interaction, place, run)

    def _opens_form(self, interaction: Interaction, asked: Given) -> bool:
        if interaction.type == InteractionKind.MODAL:
            # A modal cannot answer a modal.
            return False
        spec = spec_of(self._router.table, asked.path)
        return spec is not None and spec.opens_form({**asked.options, **_named(asked)})

    def _run(self, interaction: Interaction, place: Place, asked: Given) -> Answering:
        async def run() -> Reply | Form:
            fetched = {
                name: await source(one, self._api.download)
                for name, one in asked.files.items()
            }
            command = Command(
                actor=actor_of(interaction),
                place=await at_home(self._home, place),
                path=asked.path,
                options={**asked.options, **fetched},
            )
            return await self._router.run(command)

        return run

    def _menu(self, interaction: Interaction, place: Place) -> Answering:
        spec = menu_called(interaction.data.name, self._router.table)
        found = interaction.data.resolved.messages.get(interaction.data.target_id or "")

        async def judge() -> Reply | Form:
            if spec is None or found is None:
                return _told(texts_of(place), "platform.message_gone")
            return await self._read(interaction, place, found, spec.path)

        return judge

    def _again(self, interaction: Interaction, place: Place) -> Answering:
        """The offer under a message that was edited: it is read as it is now."""
        asked = given(interaction, self._router.table).options

        async def judge() -> Reply | Form:
            try:
                found = await self._api.message(asked["channel"], asked["message"])
            except DiscordError as error:
                if not error.permanent:
                    raise
                return _told(texts_of(place), "platform.message_gone")
            path = ("challenge", "submit")
            return await self._read(interaction, place, found, path)

        return judge

    async def _read(
        self, interaction: Interaction, place: Place, found: DiscordMessage, path: Path
    ) -> Reply | Form:
        if found.author.id != interaction.author.id:
            return _told(texts_of(place), "platform.not_your_message")
        return await self._router.read(
            Message(
                actor=actor_of(interaction),
                place=await at_home(self._home, place),
                text=found.content,
                attachments=await contents(found.attachments, self._api.download),
                path=path,
            )
        )

    async def _thinking(
        self,
        interaction: Interaction,
        place: Place,
        answering: Answering,
        asked: Given | None = None,
    ) -> None:
        shown = deferral(ephemeral=True)
        await self._api.answer(interaction.id, interaction.token, shown)
        await self._answers.first(place, await self._reply(place, answering, asked))

    async def _reply(
        self, place: Place, answering: Answering, asked: Given | None
    ) -> Reply:
        reply = await self._kindly(place, answering)
        if isinstance(reply, Form):
            # What was answered with it will be again.
            same = Action(asked.path, tuple(asked.options.items())) if asked else None
            return form_button(same or reply.action, texts_of(place))
        return reply

    async def _kindly(self, place: Place, answering: Answering) -> Reply | Form:
        try:
            return await answering()
        except Exception:
            # The router answers for itself; this is what we do around it.
            log.exception("answer_failed", platform="discord")
            return fault_reply(texts_of(place))

    async def _maybe_form(
        self, interaction: Interaction, place: Place, asked: Given
    ) -> None:
        run = self._run(interaction, place, asked)
        working = asyncio.ensure_future(self._kindly(place, run))
        done, _ = await asyncio.wait([working], timeout=FORM_WITHIN_S)
        if not done:

            async def late() -> Reply | Form:
                return await working

            await self._thinking(interaction, place, late, asked)
            return
        reply: Reply | Form | None = working.result()
        if isinstance(reply, Form):
            reply = await self._opened(interaction, place, reply)
        if reply is not None:
            page = drawn(place, reply)
            shown = answer(MESSAGE, message(page, ephemeral=True))
            await self._api.answer(interaction.id, interaction.token, shown, page.files)

    async def _opened(
        self, interaction: Interaction, place: Place, form: Form
    ) -> Reply | None:
        """None when the form is open; otherwise what to say in its place."""
        try:
            shown = answer(MODAL, modal(form, texts_of(place)))
            await self._api.answer(interaction.id, interaction.token, shown)
        except (ActionTooLong, RefusedByDiscord) as error:
            if isinstance(error, RefusedByDiscord) and error.is_late:
                raise
            log.exception("form_refused")
            return fault_reply(texts_of(place))
        return None


def _named(asked: Given) -> dict[str, str]:
    return {name: file.filename for name, file in asked.files.items()}


def _told(texts: Texts, key: str) -> Reply:
    return Reply(blocks=(Banner(texts.line(key), Tone.WAITING),))
