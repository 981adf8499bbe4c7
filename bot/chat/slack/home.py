"""App Home: the member's own page, drawn anew each time it is opened."""

import structlog

from bot.chat.command import Command, Place, Platform
from bot.chat.names import spec_of
from bot.chat.reply import Reply
from bot.chat.slack.answers import drawn
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import SlackError
from bot.chat.slack.heard import SlackEvent
from bot.chat.slack.payload import home
from bot.chat.slack.router import SlackRouter
from bot.chat.slack.speakers import Speakers

log = structlog.get_logger(__name__)

# The command whose reply it shows; where there is none, the nearest to it.
HOME, INSTEAD = ("home",), ("profile",)


class SlackHome:
    def __init__(self, router: SlackRouter, api: SlackApi, speakers: Speakers) -> None:
        self._router = router
        self._api = api
        self._speakers = speakers

    async def show(self, heard: SlackEvent) -> None:
        """Never raises, as `SlackInteractions.hear`."""
        user = str(heard.event["user"])
        place = Place(
            platform=Platform.SLACK, community=heard.team_id, detail={"user": user}
        )
        try:
            actor, place = await self._speakers.meet(place)
            path = HOME if spec_of(self._router.table, HOME) else INSTEAD
            command = Command(actor=actor, place=place, path=path)
            reply = await self._router.run(command)
            if isinstance(reply, Reply):
                view = home(drawn(place, reply))
                await self._api.publish_home(heard.team_id, user, view)
        except SlackError:
            log.warning("home_not_shown", team=heard.team_id, exc_info=True)
        except Exception:
            log.exception("home_failed", team=heard.team_id)
