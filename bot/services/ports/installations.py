"""What communities gave us when they installed us over the web, and who is doing so.

Each call is its own transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Installation:
    platform: str
    external_id: str
    """The platform's id of the server or workspace."""
    sealed: bytes
    """The adapter's own, tokens and all, which only it can open."""


class Installations(Protocol):
    async def put(self, installation: Installation, at: datetime) -> None:
        """Made, or put in the place of an earlier one."""
        ...

    async def renew(self, installation: Installation) -> bool:
        """Other tokens of one that is there; false when it is gone. Ends a claim."""
        ...

    async def find(self, platform: str, external_id: str) -> Installation | None: ...

    async def all(self, platform: str) -> Sequence[Installation]:
        """By the platform's id."""
        ...

    async def claim(
        self, platform: str, external_id: str, now: datetime, until: datetime
    ) -> bool:
        """True for one caller until then, or until it is renewed."""
        ...

    async def remove(self, platform: str, external_id: str, before: datetime) -> bool:
        """False when it is not there, or was made since: news of leaving come late."""
        ...


class OAuthStates(Protocol):
    async def issue(self, state: str, now: datetime, until: datetime) -> None: ...

    async def consume(self, state: str, now: datetime) -> bool:
        """True once, and only while it lasts."""
        ...
