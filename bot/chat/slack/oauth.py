"""What serving many workspaces takes: an application and its secrets, and stores."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from bot.chat.slack.exchange import Exchange
from bot.chat.slack.installed import InstalledWorkspaces
from bot.chat.slack.installing import Installing, Tell
from bot.chat.slack.scopes import asked_for
from bot.chat.slack.sealing import Seal
from bot.services.ports.clock import Clock
from bot.services.ports.installations import Installations, OAuthStates


@dataclass(frozen=True, kw_only=True)
class SlackOAuth:
    client_id: str
    client_secret: str = field(repr=False)
    token_key: str | None = field(default=None, repr=False)
    """Seals the tokens in place of the client's secret, which may be replaced."""
    hears_channels: bool = False
    """Whether workspaces are asked for what is said in channels."""
    installations: Installations
    states: OAuthStates

    def opened(self, client: AsyncWebClient, now: Clock) -> "ManyWorkspaces":
        """`client` has no token of its own."""
        exchange = Exchange(
            client, client_id=self.client_id, client_secret=self.client_secret
        )
        secrets = [self.token_key] if self.token_key else []
        seal = Seal([*secrets, self.client_secret])
        return ManyWorkspaces(
            workspaces=InstalledWorkspaces(self.installations, seal, exchange, now),
            states=self.states,
            exchange=exchange,
            now=now,
            scopes=asked_for(hears_channels=self.hears_channels),
        )


@dataclass(frozen=True, kw_only=True)
class ManyWorkspaces:
    workspaces: InstalledWorkspaces
    states: OAuthStates
    exchange: Exchange
    now: Clock
    scopes: Sequence[str]

    def routes(self, tell: Tell) -> Sequence[BaseRoute]:
        """Of the pages by which a workspace installs the bot; `tell` hears of it."""
        return Installing(
            self.workspaces,
            self.states,
            self.exchange,
            self.now,
            tell,
            scopes=self.scopes,
        ).routes
