"""Where the bot is installed, and with which token it speaks there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.slack.errors import NotInstalled


class Workspaces(Protocol):
    async def token(self, team: str) -> str:
        """The bot's token of now. Raises NotInstalled and SlackUnavailable."""
        ...

    async def left(self, team: str, at: datetime) -> None:
        """The application was removed there, or its tokens were taken back.

        `at`: when that happened, by the event's `event_time`. Slack tells of it up to
        an hour late, and whoever has installed again since stays.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class OneWorkspace:
    """The one that CORDADA_SLACK_BOT_TOKEN is for."""

    team: str
    bot_token: str

    async def token(self, team: str) -> str:
        if team != self.team:
            raise NotInstalled(team)
        return self.bot_token

    async def left(self, team: str, at: datetime) -> None:
        """Nothing is kept of it: the next request is refused by Slack."""
