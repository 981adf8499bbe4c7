"""Tell who runs a workspace, once, what keeps the bot from its work there.

Slack names nobody for it, and the token's own installer may have left: it is the
workspace's owner, else one of its admins.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog

from bot.chat.lacks import Lack, LackKind, lack_line
from bot.chat.language import language_of_locale
from bot.chat.reply import Banner, Block, Bullets, Line, Named, Reply, Tone
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import MissingScope, SlackError
from bot.chat.slack.payload import message
from bot.chat.slack.render import render
from bot.chat.slack.scopes import asked_for
from bot.chat.texts import Texts, texts_in

log = structlog.get_logger(__name__)

_RANKS = ("is_primary_owner", "is_owner", "is_admin")


class SlackOrganisers:
    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._told: set[tuple[str, str]] = set()

    async def tell_scope(self, team: str, error: MissingScope) -> None:
        """Never raises: it comes on the way to something else.

        What the bot never asks for is no fault of the installation's.
        """
        known = asked_for(hears_channels=True)
        left_out = {*error.needed} - {*error.provided}
        lacks = [
            Lack(kind=LackKind.SCOPE, name=one) for one in known if one in left_out
        ]
        if lacks:
            await self._once(team, error.needed, lacks)

    async def tell_entry(self, team: str, channel: str) -> None:
        """Never raises, as above."""
        lacks = [Lack(kind=LackKind.ENTRY)]
        await self._once(team, (channel,), lacks, channel)

    async def _once(
        self,
        team: str,
        about: Iterable[str],
        lacks: Iterable[Lack],
        channel: str | None = None,
    ) -> None:
        known = (team, " ".join(about))
        if known in self._told:
            return
        # Before it is told, which may lack the very same.
        self._told.add(known)
        log.warning("slack_lacks", team=team, about=known[1])
        try:
            await self._tell(team, list(lacks), channel)
        except SlackError:
            log.warning("organiser_not_told", team=team, exc_info=True)

    async def _tell(self, team: str, lacks: list[Lack], channel: str | None) -> None:
        found = _highest(await self._api.users(team))
        if found is None:
            return
        texts = texts_in(language_of_locale(found.get("locale")))
        blocks: tuple[Block, ...] = (
            Banner(_heading(texts, channel), Tone.WAITING),
            Bullets(tuple(lack_line(texts, one) for one in lacks)),
        )
        drawn = render(Reply(blocks=blocks), texts)
        direct = await self._api.direct_channel(team, str(found["id"]))
        await self._api.post(team, direct, message(drawn))


def _heading(texts: Texts, channel: str | None) -> Line:
    if channel is None:
        return texts.line("lack.scope_missing")
    return texts.line("lack.entry_missing", channel=Named("channel", channel))


def _highest(users: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    here = [one for one in users if not one.get("deleted") and not one.get("is_bot")]
    ranked = (one for rank in _RANKS for one in here if one.get(rank))
    return next(ranked, None)
