"""Messages to the bot: in a server those that mention it, and direct ones.

With no privileged intent Discord sends the words of no others. The answer is a reply to
the message, posted before it is known what it will say, so that a verdict finds it.
"""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog

from bot.chat.attached import contents
from bot.chat.command import Actor, Message, Place, Platform
from bot.chat.discord.answers import DiscordAnswers, is_veiled
from bot.chat.discord.api import Api
from bot.chat.discord.errors import DiscordError, MissingPermission
from bot.chat.discord.given import DIRECT_COMMUNITY
from bot.chat.discord.heard import DiscordMessage, display_name
from bot.chat.discord.organisers import Organisers
from bot.chat.discord.payload import answer_to, message
from bot.chat.discord.render import render
from bot.chat.discord.router import DiscordRouter, Home
from bot.chat.form_button import form_button
from bot.chat.parse import ParseError, find_code
from bot.chat.refusals import fault_reply
from bot.chat.reply import (
    Action,
    Banner,
    Button,
    Buttons,
    ButtonStyle,
    Reply,
    Text,
    Tone,
)
from bot.chat.texts import Texts, texts_in
from bot.services.ports.clock import Clock

Hearing = Callable[[DiscordMessage], Awaitable[None]]

log = structlog.get_logger(__name__)

# The adapter's own action: what an edited message says now is handed in.
JUDGE_MESSAGE = ("discord", "judge")

# Of edits of one message only the first is worth an offer.
OFFERS_KEPT = 10_000


class Messages:
    def __init__(
        self,
        router: DiscordRouter,
        api: Api,
        answers: DiscordAnswers,
        organisers: Organisers,
        *,
        home: Home,
        own_id: str,
        now: Clock,
    ) -> None:
        self._router = router
        self._api = api
        self._answers = answers
        self._organisers = organisers
        self._home = home
        self._own_id = own_id
        self._now = now
        self._own_mention = re.compile(rf"<@!?{re.escape(own_id)}>")
        self._offered: OrderedDict[str, None] = OrderedDict()

    async def hear(self, heard: DiscordMessage) -> None:
        """Never raises, as `Interactions.hear`."""
        if self._is_for_us(heard):
            await self._guarded(heard, self._read)

    async def hear_edit(self, heard: DiscordMessage) -> None:
        """Discord tells of an edit too when it has looked a link up."""
        if heard.edited_timestamp is None or not self._is_for_us(heard):
            return
        if heard.id in self._offered or not self._has_code(heard):
            return
        self._offered[heard.id] = None
        if len(self._offered) > OFFERS_KEPT:
            self._offered.popitem(last=False)
        await self._guarded(heard, self._offer)

    def _is_for_us(self, heard: DiscordMessage) -> bool:
        if heard.author.bot:
            return False
        mentioned = any(user.id == self._own_id for user in heard.mentions)
        return heard.guild_id is None or mentioned

    def _has_code(self, heard: DiscordMessage) -> bool:
        named = {one.filename: b"pass" for one in heard.attachments}
        try:
            find_code(heard.content, named)
        except ParseError:
            return False
        return True

    async def _guarded(self, heard: DiscordMessage, hear: Hearing) -> None:
        try:
            await hear(heard)
        except DiscordError:
            log.warning("message_unanswered", channel=heard.channel_id, exc_info=True)
        except Exception:
            log.exception("message_failed", channel=heard.channel_id)

    async def _read(self, heard: DiscordMessage) -> None:
        home = await self._home_of(heard)
        texts = await self._texts(heard, home)
        waiting = Banner(texts.line("platform.reading"), Tone.WAITING)
        detail = {
            "asked": heard.id,
            "at": self._now().isoformat(),
            "language": texts.language,
        }
        place = _place(heard, detail, home=home)
        try:
            posted = await self._post(heard, Reply(blocks=(waiting,)), texts)
        except MissingPermission as error:
            # It is judged all the same, and answered in private.
            await self._organisers.tell(heard.guild_id, error)
        else:
            place = _place(heard, {**detail, "message": posted}, home=home)
        await self._answers.first(place, await self._reply(heard, place, texts))

    async def _reply(self, heard: DiscordMessage, place: Place, texts: Texts) -> Reply:
        try:
            reply = await self._router.read(
                Message(
                    actor=_actor(heard),
                    place=place,
                    text=self._own_mention.sub("", heard.content).strip(),
                    attachments=await contents(heard.attachments, self._api.download),
                )
            )
        except Exception:
            # The router answers for itself; this is what we do around it.
            log.exception("answer_failed", platform="discord")
            return fault_reply(texts)
        # A message cannot be answered with a form.
        return reply if isinstance(reply, Reply) else form_button(reply.action, texts)

    async def _offer(self, heard: DiscordMessage) -> None:
        texts = await self._texts(heard, await self._home_of(heard))
        where = (("channel", heard.channel_id), ("message", heard.id))
        again = Button(
            texts("platform.button.judge_again"),
            Action(JUDGE_MESSAGE, where),
            ButtonStyle.PRIMARY,
        )
        line = texts.line("platform.edited")
        await self._post(heard, Reply(blocks=(Text(line), Buttons((again,)))), texts)

    async def _home_of(self, heard: DiscordMessage) -> str:
        return heard.guild_id or await self._home(heard.author.id)

    async def _texts(self, heard: DiscordMessage, home: str) -> Texts:
        """A message does not tell its author's language; we may know it."""
        actor = _actor(heard)
        try:
            member = await self._router.enter(actor, _place(heard, {}, home=home))
        except Exception:
            log.exception("entering_failed", platform="discord")
            return texts_in("en")
        return texts_in(self._router.language_of(member, actor))

    async def _post(self, heard: DiscordMessage, reply: Reply, texts: Texts) -> str:
        drawn = render(reply, texts, veiled=is_veiled(_place(heard, {})))
        body = answer_to(message(drawn), heard.id)
        return await self._api.post(heard.channel_id, body, drawn.files)


def _actor(heard: DiscordMessage) -> Actor:
    return Actor(
        external_id=heard.author.id, name=display_name(heard.author, heard.member)
    )


def _place(
    heard: DiscordMessage, detail: dict[str, str], *, home: str = DIRECT_COMMUNITY
) -> Place:
    where = {"channel": heard.channel_id, "user": heard.author.id, **detail}
    if heard.guild_id is None:
        where["direct"] = "true"
    return Place(
        platform=Platform.DISCORD,
        community=heard.guild_id or home,
        detail=where,
    )
