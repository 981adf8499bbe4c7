"""The channel of a workspace that is the bot's: the one of the name of the settings."""

from bot.chat.slack.api import SlackApi


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

    def forget(self, team: str) -> None:
        self._channels.pop(team, None)
