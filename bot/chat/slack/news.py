"""The channel of a workspace that news are for: the one of that name."""

import structlog

from bot.chat.reply import Reply
from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import SlackError
from bot.chat.slack.payload import message
from bot.chat.slack.render import render
from bot.chat.texts import texts_in
from bot.domain.member import Community

log = structlog.get_logger(__name__)


class SlackNewsChannel:
    """Nothing is posted where the bot is in none of that name."""

    def __init__(self, api: SlackApi, channel_name: str) -> None:
        self._api = api
        self._channel_name = channel_name
        self._channels: dict[str, str] = {}

    async def post(self, community: Community, reply: Reply) -> None:
        team = community.external_id
        try:
            channel = await self._channel(team)
            if channel is not None:
                drawn = render(reply, texts_in(community.language))
                await self._api.post(team, channel, message(drawn))
        except SlackError:
            # The channel may be another one by now.
            self._channels.pop(team, None)
            log.warning("news_not_taken", team=team, exc_info=True)

    async def _channel(self, team: str) -> str | None:
        """Looked for until there is one."""
        if team not in self._channels:
            for one in await self._api.own_channels(team):
                if one["name"] == self._channel_name:
                    self._channels[team] = str(one["id"])
        return self._channels.get(team)
