"""Where an answer goes, and where else when that way is closed.

    interaction   edit "thinking…" by the token      fifteen minutes
    message       edit our reply to it               until somebody deletes it
    then          the thread it was asked in; a direct message; a line in the channel
                  with a button that asks for it again

A place's `detail` says it all, so that a verdict finds its way after a restart.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.chat.buttons import action
from bot.chat.command import Place
from bot.chat.discord.api import Api
from bot.chat.discord.errors import (
    ClosedToMessages,
    DiscordError,
    MissingPermission,
    NotThere,
    RefusedByDiscord,
    TokenExpired,
)
from bot.chat.discord.organisers import Organisers
from bot.chat.discord.payload import message
from bot.chat.discord.render import Drawn, render
from bot.chat.in_order import InOrder
from bot.chat.language import language_of_locale
from bot.chat.refusals import fault_reply, personal_reply
from bot.chat.reply import Button, Buttons, Reply, Text, Visibility
from bot.chat.texts import Texts, texts_in
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

# A token lives fifteen minutes; the last of them is left for the way.
TOKEN_LIFE = timedelta(minutes=14)


class DiscordAnswers:
    def __init__(self, api: Api, organisers: Organisers, now: Clock) -> None:
        self._api = api
        self._organisers = organisers
        self._now = now
        self._order = InOrder(now)

    async def first(self, place: Place, reply: Reply) -> None:
        """The immediate answer. Says nothing when a later one was quicker."""
        await self._order.first(_key(place), lambda: self._tell(place, reply))

    async def deliver(self, place: Place, reply: Reply) -> None:
        """Raises DiscordUnavailable; who cannot be reached at all is logged."""
        asked_at = datetime.fromisoformat(place.detail["at"])
        await self._order.later(_key(place), asked_at, lambda: self._tell(place, reply))

    async def _tell(self, place: Place, reply: Reply) -> None:
        try:
            await self._in_place(place, reply)
        except MissingPermission as error:
            await self._organisers.tell(place.community, error)
            await self._elsewhere(place, reply)
        except (TokenExpired, NotThere):
            await self._elsewhere(place, reply)
        except RefusedByDiscord:
            # A rule that we do not know: better a word of ours than "thinking…".
            log.exception("answer_refused")
            await self._in_place(place, fault_reply(texts_of(place)))

    async def _in_place(self, place: Place, reply: Reply) -> None:
        detail = place.detail
        if "message" in detail:
            page = drawn(place, reply, veiled=is_veiled(place))
            await self._api.edit(
                detail["channel"], detail["message"], message(page), page.files
            )
        elif "token" in detail and not self._is_over(detail):
            page = drawn(place, reply)
            await self._api.edit_answer(
                detail["application"], detail["token"], message(page), page.files
            )
        else:
            raise TokenExpired

    def _is_over(self, detail: Mapping[str, str]) -> bool:
        return self._now() - datetime.fromisoformat(detail["at"]) > TOKEN_LIFE

    async def _elsewhere(self, place: Place, reply: Reply) -> None:
        detail = place.detail
        ways = (
            [self._in_thread, self._directly, self._by_name]
            if "thread" in detail
            else [self._directly, self._by_name]
        )
        for way in ways:
            try:
                await way(place, reply)
            except DiscordError as error:
                if not error.permanent:
                    raise
                log.info("answer_not_taken", way=way.__name__, error=repr(error))
            else:
                return
        log.warning("answer_undeliverable", channel=detail.get("channel"))

    async def _in_thread(self, place: Place, reply: Reply) -> None:
        page = drawn(place, reply, veiled=True)
        body = message(page, mentioned=[place.detail["user"]])
        await self._api.post(place.detail["channel"], body, page.files)

    async def _directly(self, place: Place, reply: Reply) -> None:
        channel = await self._api.direct_channel(place.detail["user"])
        page = drawn(place, reply)
        await self._api.post(channel, message(page), page.files)

    async def _by_name(self, place: Place, _: Reply) -> None:
        """In the channel, where everybody reads, only that there is an answer."""
        if "channel" not in place.detail:
            raise ClosedToMessages
        page = drawn(place, _to_be_asked_for(texts_of(place)))
        user = place.detail["user"]
        called = {"type": 10, "content": f"<@{user}>"}
        body = message(page, mentioned=[user])
        body |= {"components": [called, *page.components]}
        await self._api.post(place.detail["channel"], body)


def texts_of(place: Place) -> Texts:
    return texts_in(language_of_locale(place.detail.get("language") or place.locale))


def drawn(place: Place, reply: Reply, *, veiled: bool = False) -> Drawn:
    """What cannot be drawn is a fault of ours, and told as one."""
    texts = texts_of(place)
    if veiled and reply.visibility is Visibility.PERSONAL:
        reply = personal_reply(texts)
    try:
        return render(reply, texts, veiled=veiled)
    except Exception:
        log.exception("reply_undrawable")
        return render(fault_reply(texts), texts)


def is_veiled(place: Place) -> bool:
    """Others can read the answer there."""
    return "token" not in place.detail and "direct" not in place.detail


def _key(place: Place) -> str:
    detail = place.detail
    return detail.get("token") or detail.get("asked") or ""


def _to_be_asked_for(texts: Texts) -> Reply:
    history = Button(texts("button.history"), action("challenge", "history"))
    return Reply(
        blocks=(Text(texts.line("discord.private_answer")), Buttons((history,)))
    )
