"""Who speaks, as Slack and as we know them, and in which language they are answered."""

from dataclasses import replace

import structlog

from bot.chat.command import Actor, Place
from bot.chat.slack.people import SlackPeople
from bot.chat.slack.router import SlackRouter

log = structlog.get_logger(__name__)


class Speakers:
    def __init__(self, router: SlackRouter, people: SlackPeople) -> None:
        self._router = router
        self._people = people

    async def meet(self, place: Place, name: str = "") -> tuple[Actor, Place]:
        """The same place, with the language that is spoken there. Never raises."""
        actor = await self._people.actor(place.community, place.detail["user"], name)
        place = replace(place, locale=actor.locale)
        try:
            member = await self._router.enter(actor, place)
        except Exception:
            # With the database away, what Slack says of them has to do.
            log.exception("entering_failed", platform="slack")
            return actor, place
        language = self._router.language_of(member, actor)
        return actor, replace(place, detail={**place.detail, "language": language})
