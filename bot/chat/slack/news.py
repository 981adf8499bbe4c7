"""The channel of a workspace that is the bot's: the one of the name of the settings."""

import structlog

from bot.chat.reply import Reply
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import SlackError
from bot.chat.slack.payload import message
from bot.chat.slack.render import render
from bot.chat.texts import texts_in
from bot.domain.member import Community

log = structlog.get_logger(__name__)


class OwnChannel:
    """None where the bot is in none of that name: looked for until it is."""

    def __init__(self, api: SlackApi, name: str) -> None:
        self._api = api
        self._name = name
        self._channels: dict[str, str] = {}

    async def of(self, team: str) -> str | None:
        if team not in self._channels:
            for one in await self._api.own_channels(team):
                if one["name"] == self._name:
                    self._channels[team] = str(one["id"])
        return self._channels.get(team)

    async def tell(self, community: Community, reply: Reply) -> None:
        """Never raises."""
        team = community.external_id
        try:
            channel = await self.of(team)
            if channel is not None:
                drawn = render(reply, texts_in(community.language))
                await self._api.post(team, channel, message(drawn))
        except SlackError:
            # It may be another one by now.
            self._channels.pop(team, None)
            log.warning("news_not_taken", team=team, exc_info=True)
