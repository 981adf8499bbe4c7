"""The workspaces that installed the bot over the web, each with a token that is good.

A token is renewed when it is asked for and its end is near, by one process at a time:
the refresh token behind it is good once. No transaction is open meanwhile.
"""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta

import structlog

from bot.chat.command import Platform
from bot.chat.slack.errors import NotInstalled, SlackUnavailable
from bot.chat.slack.exchange import Exchange, ExchangeRefused
from bot.chat.slack.installed_workspace import AS_JSON, InstalledWorkspace
from bot.chat.slack.sealing import Seal, SealBroken
from bot.services.errors import StorageUnavailable
from bot.services.ports.clock import Clock
from bot.services.ports.installations import Installation, Installations

# Slack answers within seconds; whoever died meanwhile is not waited for any longer.
CLAIM = timedelta(seconds=30)
# For what another process fetches, when the old token is over already.
WAITS, WAIT_S = 20, 0.1

log = structlog.get_logger(__name__)


class InstalledWorkspaces:
    def __init__(
        self,
        installations: Installations,
        seal: Seal,
        exchange: Exchange,
        now: Clock,
    ) -> None:
        self._installations = installations
        self._seal = seal
        self._exchange = exchange
        self._now = now
        # What to go on with while the database is away.
        self._last: dict[str, InstalledWorkspace] = {}
        # Renewed, but the database was away: lost only if this process ends before.
        self._unsaved: dict[str, InstalledWorkspace] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def token(self, team: str) -> str:
        """The bot's token of now. Raises NotInstalled and SlackUnavailable."""
        found = await self._found(team)
        if found.is_due(self._now()):
            async with self._locks[team]:
                found = await self._renewed(await self._found(team))
        return found.bot_token

    async def add(self, made: InstalledWorkspace) -> None:
        self._forget(made.team)
        await self._installations.put(self._sealed(made), self._now())
        log.info("workspace_installed", team=made.team)

    async def left(self, team: str, at: datetime) -> None:
        self._forget(team)
        if await self._installations.remove(Platform.SLACK, team, at):
            log.info("workspace_left", team=team)

    async def all(self) -> list[InstalledWorkspace]:
        kept = await self._installations.all(Platform.SLACK)
        opened = [self._opened(one) for one in kept]
        return [one for one in opened if one is not None]

    async def _found(self, team: str) -> InstalledWorkspace:
        if unsaved := self._unsaved.pop(team, None):
            await self._keep(unsaved)
        try:
            kept = await self._installations.find(Platform.SLACK, team)
        except StorageUnavailable as error:
            if team not in self._last:
                raise SlackUnavailable from error
            return self._last[team]
        found = None if kept is None else self._opened(kept)
        if found is None:
            self._forget(team)
            raise NotInstalled(team)
        self._last[team] = found
        return found

    async def _renewed(self, found: InstalledWorkspace) -> InstalledWorkspace:
        now = self._now()
        # Whoever held the lock before has renewed it, perhaps.
        if not found.is_due(now):
            return found
        if not await self._installations.claim(
            Platform.SLACK, found.team, now, now + CLAIM
        ):
            return await self._renewed_elsewhere(found)
        try:
            answer = await self._exchange.of_refresh(found.refresh_token)
        except (ExchangeRefused, SlackUnavailable) as error:
            return self._as_it_is(found, error)
        renewed = found.renewed(answer, now)
        await self._keep(renewed)
        return renewed

    async def _keep(self, renewed: InstalledWorkspace) -> None:
        team = renewed.team
        self._last[team] = renewed
        try:
            await self._installations.renew(self._sealed(renewed))
        except StorageUnavailable:
            self._unsaved[team] = renewed
            log.warning("tokens_not_saved", team=team)
        else:
            log.info("tokens_renewed", team=team)

    async def _renewed_elsewhere(self, found: InstalledWorkspace) -> InstalledWorkspace:
        for _ in range(WAITS):
            if not found.is_over(self._now()):
                return found
            await asyncio.sleep(WAIT_S)
            found = await self._found(found.team)
        raise SlackUnavailable

    def _as_it_is(
        self, found: InstalledWorkspace, error: Exception
    ) -> InstalledWorkspace:
        """Good until its end: the claim keeps everybody from asking again at once."""
        log.warning("tokens_not_renewed", team=found.team, error=repr(error))
        if not found.is_over(self._now()):
            return found
        if isinstance(error, ExchangeRefused):
            raise NotInstalled(found.team) from error
        raise SlackUnavailable from error

    def _forget(self, team: str) -> None:
        self._last.pop(team, None)
        self._unsaved.pop(team, None)

    def _sealed(self, made: InstalledWorkspace) -> Installation:
        return Installation(
            platform=Platform.SLACK,
            external_id=made.team,
            sealed=self._seal.seal(AS_JSON.dump_json(made), workspace=made.team),
        )

    def _opened(self, kept: Installation) -> InstalledWorkspace | None:
        try:
            plain = self._seal.open(kept.sealed, workspace=kept.external_id)
        except SealBroken:
            log.exception("installation_sealed_otherwise", team=kept.external_id)
            return None
        return AS_JSON.validate_json(plain)
