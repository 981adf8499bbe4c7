"""Where an answer goes, and where else when that way is closed.

    command, button     the response URL      five times in half an hour, to them alone
    message             edit our reply to it  until somebody deletes it
    then                a line for them alone in the channel; a direct message

A place's `detail` says it all, so that a verdict finds its way after a restart.
"""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.chat.command import Place
from bot.chat.in_order import InOrder
from bot.chat.language import language_of_locale
from bot.chat.refusals import fault_reply
from bot.chat.reply import Reply
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import RefusedBySlack, SlackError, WayClosed
from bot.chat.slack.payload import message, response
from bot.chat.slack.render import DrawnForSlack, render
from bot.chat.texts import Texts, texts_in
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

# A response URL lives half an hour; the last minute of it is left for the way.
URL_LIFE = timedelta(minutes=29)
URL_USES = 5
URLS_KEPT = 10_000


class SlackAnswers:
    def __init__(self, api: SlackApi, now: Clock) -> None:
        self._api = api
        self._now = now
        self._order = InOrder(now)
        self._used: OrderedDict[str, int] = OrderedDict()

    async def first(self, place: Place, reply: Reply) -> None:
        """The immediate answer. Says nothing when a later one was quicker."""
        await self._order.first(_key(place), lambda: self._tell(place, reply))

    async def deliver(self, place: Place, reply: Reply) -> None:
        """Raises SlackUnavailable; who cannot be reached at all is logged."""
        asked_at = datetime.fromisoformat(place.detail["at"])
        await self._order.later(_key(place), asked_at, lambda: self._tell(place, reply))

    async def _tell(self, place: Place, reply: Reply) -> None:
        page = drawn(place, reply)
        try:
            await self._in_place(place, page)
        except RefusedBySlack:
            # A rule that we do not know: better a word of ours than silence.
            log.exception("answer_refused")
            page = drawn(place, fault_reply(texts_of(place)))
            await self._in_place(place, page)
        except SlackError as error:
            if not error.permanent:
                raise
            await self._elsewhere(place, page)

    async def _in_place(self, place: Place, page: DrawnForSlack) -> None:
        detail = place.detail
        if "url" in detail:
            self._spend(detail)
            body = response(page, thread=detail.get("thread"))
            await self._api.respond(detail["url"], body)
        else:
            raise WayClosed

    def _spend(self, detail: Mapping[str, str]) -> None:
        """Raises WayClosed when the URL has been used up or is too old."""
        url = detail["url"]
        asked_at = datetime.fromisoformat(detail["at"])
        used = self._used.get(url, 0)
        if used >= URL_USES or self._now() - asked_at > URL_LIFE:
            raise WayClosed
        self._used[url] = used + 1
        if len(self._used) > URLS_KEPT:
            self._used.popitem(last=False)

    async def _elsewhere(self, place: Place, page: DrawnForSlack) -> None:
        for way in (self._alone_in_channel, self._directly):
            try:
                await way(place, page)
            except SlackError as error:
                if not error.permanent:
                    raise
                log.info("answer_not_taken", way=way.__name__, error=repr(error))
            else:
                return
        log.warning("answer_undeliverable", channel=place.detail.get("channel"))

    async def _alone_in_channel(self, place: Place, page: DrawnForSlack) -> None:
        detail = place.detail
        if "channel" not in detail:
            raise WayClosed
        body = message(page, thread=detail.get("thread"))
        await self._api.post_for(
            place.community, detail["channel"], detail["user"], body
        )

    async def _directly(self, place: Place, page: DrawnForSlack) -> None:
        channel = await self._api.direct_channel(place.community, place.detail["user"])
        await self._api.post(place.community, channel, message(page))


def texts_of(place: Place) -> Texts:
    return texts_in(language_of_locale(place.detail.get("language") or place.locale))


def drawn(place: Place, reply: Reply) -> DrawnForSlack:
    """What cannot be drawn is a fault of ours, and told as one."""
    texts = texts_of(place)
    try:
        return render(reply, texts)
    except Exception:
        log.exception("reply_undrawable")
        return render(fault_reply(texts), texts)


def _key(place: Place) -> str:
    return place.detail.get("asked", "")
