"""Where an answer goes, and where else when that way is closed.

    command, button     the response URL      five times in half an hour, to them alone
    message             edit our reply to it  until somebody deletes it
    button in a view    a page of its own     until they close it
    then                a line for them alone in the channel; a direct message

A place's `detail` says it all, so that a verdict finds its way after a restart. Files
have no place beside what only one person sees: they are sent to them directly.
"""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.chat.command import Place
from bot.chat.in_order import InOrder
from bot.chat.language import language_of_locale
from bot.chat.refusals import fault_reply
from bot.chat.reply import Reply, Visibility
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import RefusedBySlack, SlackError, WayClosed
from bot.chat.slack.parted import parted
from bot.chat.slack.payload import Payload, message, page, response
from bot.chat.slack.render import DrawnForSlack, render
from bot.chat.texts import Texts, texts_in
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

# A response URL lives half an hour; the last minute of it is left for the way.
URL_LIFE = timedelta(minutes=29)
URL_USES = 5
URLS_KEPT = 10_000
# Of the three seconds that a trigger lives: the way there takes its part.
TRIGGER_LIFE = timedelta(seconds=2.5)


class SlackAnswers:
    def __init__(self, api: SlackApi, now: Clock) -> None:
        self._api = api
        self._now = now
        self._order = InOrder(now)
        self._used: OrderedDict[str, int] = OrderedDict()

    async def first(self, place: Place, reply: Reply) -> None:
        """The immediate answer. Says nothing when a later one was quicker."""
        await self._order.first(
            place.detail["asked"], lambda: self._tell(place, reply, is_first=True)
        )

    async def deliver(self, place: Place, reply: Reply) -> None:
        """Raises SlackUnavailable; who cannot be reached at all is logged."""
        asked_at = datetime.fromisoformat(place.detail["at"])
        # What another process sent that way is not known; a receipt it was at least.
        self._used.setdefault(place.detail.get("url", ""), 1)
        await self._order.later(
            place.detail["asked"],
            asked_at,
            lambda: self._tell(place, reply, is_first=False),
        )

    async def open(self, place: Place, view: Payload) -> None:
        """Raises WayClosed when the place's trigger opens nothing any more."""
        at = datetime.fromisoformat(place.detail["at"])
        if self._now() - at > TRIGGER_LIFE:
            raise WayClosed
        trigger = place.detail["asked"]
        if "view" in place.detail:
            await self._api.push_view(place.community, trigger, view)
        else:
            await self._api.open_view(place.community, trigger, view)

    async def _tell(self, place: Place, reply: Reply, *, is_first: bool) -> None:
        try:
            await self._in_place(place, reply, is_first=is_first)
        except RefusedBySlack:
            # A rule that we do not know: better a word of ours than silence.
            log.exception("answer_refused")
            fault = fault_reply(texts_of(place))
            await self._in_place(place, fault, is_first=is_first)
        except SlackError as error:
            if not error.permanent:
                raise
            await self._elsewhere(place, reply)

    async def _in_place(self, place: Place, reply: Reply, *, is_first: bool) -> None:
        detail = place.detail
        if "message" in detail:
            await self._in_message(place, reply)
        elif "view" in detail:
            shown = drawn(place, reply, files_apart=True)
            view = page(shown, texts_of(place))
            await self._api.change_view(place.community, view, view_id=detail["view"])
            await self._send_files(place, shown)
        elif "url" in detail:
            self._spend(detail)
            shown = drawn(place, reply, files_apart=True)
            body = response(shown, thread=detail.get("thread"))
            await self._api.respond(detail["url"], body)
            await self._send_files(place, shown)
        elif "channel" not in detail:
            await self._in_page(place, reply, is_first=is_first)
        else:
            raise WayClosed

    async def _in_message(self, place: Place, reply: Reply) -> None:
        """Others may read it there: to them it is only told how it went."""
        detail = place.detail
        is_open = "direct" not in detail and reply.visibility is Visibility.PRIVATE
        told, kept = parted(reply, texts_of(place)) if is_open else (reply, None)
        shown = drawn(place, told)
        await self._api.change(
            place.community, detail["channel"], detail["message"], message(shown)
        )
        if kept is not None:
            await self._elsewhere(place, kept)
        for file in shown.files:
            await self._api.upload(
                place.community, detail["channel"], file, thread=detail.get("thread")
            )

    async def _in_page(self, place: Place, reply: Reply, *, is_first: bool) -> None:
        """Opened by the first answer, changed by a later one while it is open."""
        shown = drawn(place, reply, files_apart=True)
        name = f"page {place.detail['asked']}"
        view = page(shown, texts_of(place)) | {"external_id": name}
        if is_first:
            await self.open(place, view)
        else:
            await self._api.change_view(place.community, view, external_id=name)
        await self._send_files(place, shown)

    def _spend(self, detail: Mapping[str, str]) -> None:
        """Raises WayClosed when the URL has been used up or is too old."""
        url = detail["url"]
        given_at = datetime.fromisoformat(detail["url_at"])
        used = self._used.get(url, 0)
        if used >= URL_USES or self._now() - given_at > URL_LIFE:
            raise WayClosed
        self._used[url] = used + 1
        if len(self._used) > URLS_KEPT:
            self._used.popitem(last=False)

    async def _elsewhere(self, place: Place, reply: Reply) -> None:
        for way in (self._alone_in_channel, self._directly):
            try:
                await way(place, reply)
            except SlackError as error:
                if not error.permanent:
                    raise
                log.info("answer_not_taken", way=way.__name__, error=repr(error))
            else:
                return
        log.warning("answer_undeliverable", channel=place.detail.get("channel"))

    async def _alone_in_channel(self, place: Place, reply: Reply) -> None:
        detail = place.detail
        if "channel" not in detail or "direct" in detail:
            raise WayClosed
        shown = drawn(place, reply, files_apart=True)
        body = message(shown, thread=detail.get("thread"))
        await self._api.post_for(
            place.community, detail["channel"], detail["user"], body
        )
        await self._send_files(place, shown)

    async def _directly(self, place: Place, reply: Reply) -> None:
        shown = drawn(place, reply)
        channel = await self._api.direct_channel(place.community, place.detail["user"])
        await self._api.post(place.community, channel, message(shown))
        await self._send_files(place, shown)

    async def _send_files(self, place: Place, shown: DrawnForSlack) -> None:
        """Directly. The answer itself is told by now: what fails here is logged."""
        if not shown.files:
            return
        team = place.community
        try:
            channel = await self._api.direct_channel(team, place.detail["user"])
            for file in shown.files:
                await self._api.upload(team, channel, file)
        except SlackError:
            log.warning("files_not_taken", team=team, exc_info=True)


def texts_of(place: Place) -> Texts:
    return texts_in(language_of_locale(place.detail.get("language") or place.locale))


def drawn(place: Place, reply: Reply, *, files_apart: bool = False) -> DrawnForSlack:
    """What cannot be drawn is a fault of ours, and told as one."""
    texts = texts_of(place)
    try:
        return render(reply, texts, files_apart=files_apart)
    except Exception:
        log.exception("reply_undrawable")
        return render(fault_reply(texts), texts)
