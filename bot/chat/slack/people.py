"""Who somebody is on Slack: name, language and time zone, asked for once in a while."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.chat.command import Actor
from bot.chat.slack.accounts import external_id
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import SlackError
from bot.services.ports.clock import Clock

log = structlog.get_logger(__name__)

# Few change their language or move more often than they can wait for.
KNOWN_FOR = timedelta(hours=1)
KEPT = 10_000


@dataclass(frozen=True, kw_only=True)
class _Known:
    actor: Actor
    at: datetime


class SlackPeople:
    def __init__(self, api: SlackApi, now: Clock) -> None:
        self._api = api
        self._now = now
        self._known: OrderedDict[str, _Known] = OrderedDict()

    async def actor(self, team: str, user: str, name: str = "") -> Actor:
        """Never raises: who cannot be looked up speaks the community's language."""
        who = external_id(team, user)
        known = self._known.get(who)
        if known is not None and self._now() - known.at < KNOWN_FOR:
            return known.actor
        try:
            found = await self._api.user(team, user)
        except SlackError:
            log.warning("user_unknown", team=team, exc_info=True)
            return known.actor if known else Actor(external_id=who, name=name or user)
        actor = actor_from(who, found, name)
        self._known[who] = _Known(actor=actor, at=self._now())
        self._known.move_to_end(who)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return actor


def actor_from(who: str, found: Mapping[str, object], name: str) -> Actor:
    """From what `users.info` says."""
    profile = found.get("profile")
    told = profile if isinstance(profile, dict) else {}
    names = (told.get("display_name"), told.get("real_name"), found.get("name"), name)
    locale, zone = found.get("locale"), found.get("tz")
    return Actor(
        external_id=who,
        name=next((str(one) for one in names if one), who),
        locale=str(locale) if locale else None,
        time_zone=str(zone) if zone else None,
        is_organiser=bool(found.get("is_admin") or found.get("is_owner")),
    )
