"""Certificates that were asked for, and which of them are revoked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.certificate import Certificate, Revoked


class Certificates(Protocol):
    async def put(self, certificate: Certificate) -> None:
        """Adds it, or puts the holder's name and language as they are now."""
        ...

    async def find(self, certificate_id: UUID) -> Certificate | None: ...

    async def of_event(self, event_key: str) -> Certificate | None: ...


class Revocations(Protocol):
    async def add(self, revoked: Revoked) -> None:
        """The first one holds."""
        ...

    async def leave(self, person_id: int, at: datetime) -> None:
        """Revokes all of a person who is about to be deleted."""
        ...

    async def find(self, certificate_id: UUID) -> Revoked | None: ...

    async def all(self) -> Sequence[Revoked]:
        """Those that went with their person too; the oldest first."""
        ...


class Signer(Protocol):
    """The key of this installation: RSA, for Open Badges asks verifiers for RS256."""

    async def sign(
        self, payload: Mapping[str, object], headers: Mapping[str, str]
    ) -> str:
        """A compact JWS."""
        ...

    async def public_key(self) -> Mapping[str, str]:
        """As a JWK."""
        ...
