"""Cordada for many workspaces: installed by OAuth, heard over signed HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.command import Platform
from bot.chat.communities import FoundCommunities
from bot.chat.router import Router
from bot.chat.slack.connection import SlackConnection, SlackSettings, connected
from bot.chat.slack.installed import InstalledWorkspaces
from bot.chat.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from bot.chat.slack.oauth import SlackOAuth
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.errors import StorageUnavailable
from bot.services.ports.installations import Installation
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.installations import FakeInstallations, FakeOAuthStates
from tests.fakes.receipts import FakeReceipts
from tests.fakes.slack import FakeSlack, Person
from tests.fakes.slack.bell import Bell
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.integration.chat.slack.village import served


class Fickle(FakeInstallations):
    """A database that goes away."""

    is_away = False
    goes_after_a_claim = False
    removals = 0

    def __init__(self, bell: Bell) -> None:
        super().__init__()
        self._bell = bell

    async def claim(
        self, platform: str, external_id: str, now: datetime, until: datetime
    ) -> bool:
        self.is_away = self.goes_after_a_claim
        return await super().claim(platform, external_id, now, until)

    async def find(self, platform: str, external_id: str) -> Installation | None:
        if self.is_away:
            raise StorageUnavailable
        return await super().find(platform, external_id)

    async def renew(self, installation: Installation) -> bool:
        if self.is_away:
            raise StorageUnavailable
        return await super().renew(installation)

    async def remove(self, platform: str, external_id: str, before: datetime) -> bool:
        removed = await super().remove(platform, external_id, before)
        self.removals += 1
        self._bell.ring()
        return removed


@dataclass
class Bureau:
    slack: FakeSlack
    world: World
    connection: SlackConnection
    kept: Fickle
    url: str

    @property
    def install_url(self) -> str:
        return f"{self.url}{INSTALL_PATH}"

    @property
    def redirect_url(self) -> str:
        return f"{self.url}{REDIRECT_PATH}"

    async def install(
        self, person: Person, *, deny: bool = False, state: str | None = None
    ) -> tuple[int, str]:
        return await self.slack.install(
            person,
            self.install_url,
            deny=deny,
            state=state,
            redirect_url=self.redirect_url,
        )

    def process(self, secret: str = "", base_url: str = "") -> InstalledWorkspaces:
        """What another process on the same database knows of the workspaces."""
        oauth = oauth_of(self.slack, self.kept, secret=secret)
        client = AsyncWebClient(base_url=base_url or self.slack.base_url)
        return oauth.opened(client, self.slack.clock).workspaces


def oauth_of(slack: FakeSlack, kept: Fickle, *, secret: str = "") -> SlackOAuth:
    return SlackOAuth(
        client_id=slack.application.client_id,
        client_secret=secret or slack.application.client_secret,
        installations=kept,
        states=FakeOAuthStates(),
    )


@asynccontextmanager
async def open_bureau(slack: FakeSlack) -> AsyncIterator[Bureau]:
    world = World(
        unit_of_work=fake_unit_of_work_factory(FakeStore()),
        now=slack.clock,
        catalogue=fake_catalogue(),
    )
    kept = Fickle(slack.state.bell)
    settings = SlackSettings(
        oauth=oauth_of(slack, kept),
        signing_secret=slack.application.signing_secret,
        base_url=slack.base_url,
    )
    communities = FoundCommunities(world, Platform.SLACK, "UTC")

    async with (
        connected(
            Router(world, COMMANDS, Metrics()),
            settings,
            receipts=FakeReceipts(),
            found=partial(communities.found_by, language="en"),
            now=slack.clock,
        ) as connection,
        served(connection) as url,
    ):
        slack.use_http(url)
        origin = url.removesuffix(EVENTS_PATH)
        yield Bureau(slack, world, connection, kept, origin)
