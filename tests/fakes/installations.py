"""Installations over the web, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.ports.installations import Installation


@dataclass
class _Kept:
    installation: Installation
    installed_at: datetime
    claimed_until: datetime | None = None


class FakeInstallations:
    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], _Kept] = {}

    async def put(self, installation: Installation, at: datetime) -> None:
        self._kept[installation.platform, installation.external_id] = _Kept(
            installation, at
        )

    async def renew(self, installation: Installation) -> bool:
        kept = self._kept.get((installation.platform, installation.external_id))
        if kept is None:
            return False
        kept.installation, kept.claimed_until = installation, None
        return True

    async def find(self, platform: str, external_id: str) -> Installation | None:
        kept = self._kept.get((platform, external_id))
        return None if kept is None else kept.installation

    async def all(self, platform: str) -> Sequence[Installation]:
        return [
            kept.installation
            for key, kept in sorted(self._kept.items())
            if key[0] == platform
        ]

    async def claim(
        self, platform: str, external_id: str, now: datetime, until: datetime
    ) -> bool:
        kept = self._kept.get((platform, external_id))
        if kept is None or (kept.claimed_until and kept.claimed_until > now):
            return False
        kept.claimed_until = until
        return True

    async def remove(self, platform: str, external_id: str, before: datetime) -> bool:
        kept = self._kept.get((platform, external_id))
        if kept is None or kept.installed_at > before:
            return False
        del self._kept[platform, external_id]
        return True


class FakeOAuthStates:
    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    async def issue(self, state: str, now: datetime, until: datetime) -> None:
        self._until[state] = until

    async def consume(self, state: str, now: datetime) -> bool:
        until = self._until.pop(state, None)
        return until is not None and until > now
