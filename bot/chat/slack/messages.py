"""Messages to the bot: those that mention it, and direct ones.

The answer is a reply in the thread, or after a direct message, posted before it is
known what it will say, so that a verdict finds it.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import structlog

from bot.chat.attached import contents
from bot.chat.command import Actor, Message, Path, Place
from bot.chat.form_button import form_button
from bot.chat.parse import ParseError, find_code
from bot.chat.refusals import fault_reply
from bot.chat.reply import (
    Action,
    Banner,
    Button,
    Buttons,
    ButtonStyle,
    Form,
    Reply,
    Text,
    Tone,
)
from bot.chat.slack.answers import SlackAnswers, texts_of
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import SlackError
from bot.chat.slack.heard import SlackMessage
from bot.chat.slack.payload import message
from bot.chat.slack.render import render
from bot.chat.slack.router import SlackRouter
from bot.chat.slack.said import SaidToUs
from bot.chat.slack.speakers import Speakers
from bot.chat.slack.typed import as_typed
from bot.chat.texts import Texts
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

Hearing = Callable[[SaidToUs], Awaitable[None]]

# The adapter's own action: what an edited message says now is handed in.
JUDGE_MESSAGE = ("slack", "judge")
# Of one message the first event counts, and of its edits the first is worth an offer.
KEYS_KEPT = 10_000


class SlackMessages:
    def __init__(
        self,
        router: SlackRouter,
        api: SlackApi,
        answers: SlackAnswers,
        *,
        speakers: Speakers,
        now: Clock,
    ) -> None:
        self._router = router
        self._api = api
        self._answers = answers
        self._speakers = speakers
        self._now = now
        self._known: OrderedDict[tuple[str, bool], None] = OrderedDict()

    async def hear(self, said: SaidToUs) -> None:
        """Never raises, as `SlackInteractions.hear`."""
        # People talk in a thread, and change words: that is nothing to answer.
        if (said.is_edit or said.is_overheard) and not _has_code(said):
            return
        if not self._is_first(said):
            return
        try:
            await (self._offer(said) if said.is_edit else self._read(said))
        except SlackError:
            log.warning("message_unanswered", team=said.team, exc_info=True)
        except Exception:
            log.exception("message_failed", team=said.team)

    async def read_as(
        self, actor: Actor, place: Place, found: SlackMessage, path: Path
    ) -> Reply | Form:
        """Somebody's own message, handed in by a menu or a button."""
        texts = texts_of(place)
        if found.user != place.detail["user"]:
            line = texts.line("platform.not_your_message")
            return Reply(blocks=(Banner(line, Tone.WAITING),))
        return await self._router.read(
            Message(
                actor=actor,
                place=place,
                text=as_typed(found.text, place.community),
                attachments=await contents(
                    found.files, partial(self._api.download, place.community)
                ),
                path=path,
            )
        )

    async def judge(self, actor: Actor, place: Place, ts: str) -> Reply | Form:
        """The offer under a message that was edited: it is read as it is now."""
        channel = place.detail["channel"]
        try:
            found = await self._api.message(place.community, channel, ts)
        except SlackError as error:
            if not error.permanent:
                raise
            line = texts_of(place).line("platform.message_gone")
            return Reply(blocks=(Banner(line, Tone.WAITING),))
        return await self.read_as(actor, place, found, ("challenge", "submit"))

    def _is_first(self, said: SaidToUs) -> bool:
        key = (said.key, said.is_edit)
        if key in self._known:
            return False
        self._known[key] = None
        if len(self._known) > KEYS_KEPT:
            self._known.popitem(last=False)
        return True

    async def _read(self, said: SaidToUs) -> None:
        place = said.place(at=self._now().isoformat())
        actor, place = await self._speakers.meet(place)
        texts = texts_of(place)
        waiting = Banner(texts.line("platform.reading"), Tone.WAITING)
        try:
            posted = await self._post(said, Reply(blocks=(waiting,)), texts)
        except SlackError as error:
            if not error.permanent:
                raise
            # It is judged all the same, and answered where one may.
            log.warning("reply_not_taken", team=said.team, exc_info=True)
        else:
            place = replace(place, detail={**place.detail, "message": posted})
        await self._answers.first(place, await self._reply(said, actor, place))

    async def _reply(self, said: SaidToUs, actor: Actor, place: Place) -> Reply:
        fetch = partial(self._api.download, said.team)
        try:
            reply = await self._router.read(
                Message(
                    actor=actor,
                    place=place,
                    text=said.text,
                    attachments=await contents(said.message.files, fetch),
                )
            )
        except Exception:
            # The router answers for itself; this is what we do around it.
            log.exception("answer_failed", platform="slack")
            return fault_reply(texts_of(place))
        if isinstance(reply, Reply):
            return reply
        # A message gives no trigger that could open a form.
        return form_button(reply.action, texts_of(place))

    async def _offer(self, said: SaidToUs) -> None:
        _, place = await self._speakers.meet(said.place())
        texts = texts_of(place)
        again = Button(
            texts("platform.button.judge_again"),
            Action(JUDGE_MESSAGE, (("message", said.message.ts),)),
            ButtonStyle.PRIMARY,
        )
        line = texts.line("platform.edited")
        reply = Reply(blocks=(Text(line), Buttons((again,))))
        if said.is_direct:
            await self._post(said, reply, texts)
        else:
            body = message(render(reply, texts), thread=said.thread)
            await self._api.post_for(said.team, said.channel, said.user, body)

    async def _post(self, said: SaidToUs, reply: Reply, texts: Texts) -> str:
        body = message(render(reply, texts), thread=said.thread)
        return await self._api.post(said.team, said.channel, body)


def _has_code(said: SaidToUs) -> bool:
    named = {one.filename: b"pass" for one in said.message.files}
    try:
        find_code(said.text, named)
    except ParseError:
        return False
    return True
